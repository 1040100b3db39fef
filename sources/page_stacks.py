"""Entries whose title, authors and venue stand in blocks of their own, as themes render them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sources.page_entries import read_rows
from sources.page_found import Found
from sources.page_names import is_owner, name_list
from sources.page_rows import Block, Row
from sources.page_sections import under_publications
from sources.page_venue import looks_like_place, only_links

_LONGEST = 4000
_LINKS = 6
"""Blocks of nothing but links that are looked at below an entry."""


def read_stacks(
    blocks: Sequence[Block], owner: tuple[str, ...], taken: set[int]
) -> Iterator[Found]:
    """Every entry in three blocks one below the other: a title, names with the owner, a venue.

    Only under a heading of publications, and not on lines that are `taken`.
    """
    listed = [id(block) for block, announced in under_publications(blocks) if announced]
    known = set(listed)
    for at in range(1, len(blocks) - 1):
        if id(blocks[at]) in known and blocks[at].whole.line not in taken:
            yield from _stack(blocks, at, owner)


def _stack(blocks: Sequence[Block], at: int, owner: tuple[str, ...]) -> Iterator[Found]:
    title, names, place = (_row(block) for block in blocks[at - 1 : at + 2])
    if title is None or names is None or place is None or not looks_like_place(place.text):
        return
    authors = name_list(names.text)
    if authors is None or not any(is_owner(author, owner) for author in authors.authors):
        return
    rows = [title, names, place]
    for block in blocks[at + 2 : at + 2 + _LINKS]:
        links = _row(block)
        if links is None or not only_links(links):
            break
        rows.append(links)
    yield from (found for found in read_rows(rows, owner) if isinstance(found, Found))


def _row(block: Block) -> Row | None:
    whole = block.whole
    return replace(whole, hard=True) if len(whole.text) <= _LONGEST else None
