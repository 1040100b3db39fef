"""Entries of a publication list: authors, title and venue, each in a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.page_found import Found, Lost, clean_title
from sources.page_names import NameList, is_owner, name_list
from sources.page_rows import Block, Row, joined
from sources.page_sections import announces_publications, under_publications
from sources.page_venue import appearances, looks_like_place, only_links, statement

_LABEL = re.compile(r"\s*(?:\[(?:\d{1,3}|[*∗†]|[A-Z]{1,2}\d{0,3})\]|\(\d{1,3}\))\s*")
_LONGEST_LIST = 20_000
"""Characters of an author list; the longest real ones have some hundred names."""
_LONGEST_TITLE = 400


def read_entries(blocks: Sequence[Block], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """Every entry of a page's publication lists.

    Where no heading announces publications, an entry is any authors, title and venue
    of which the owner is an author.
    """
    strict = not announces_publications(blocks)
    for block, announced in under_publications(blocks):
        if announced or strict:
            yield from _entries(block, owner, strict)


def _entries(block: Block, owner: tuple[str, ...], strict: bool) -> Iterator[Found | Lost]:
    found = list(_scan(_wrapped(block.segments), owner, strict))
    if not any(isinstance(one, Found) for one in found) and block.segments != block.rows:
        found = list(_scan(_wrapped(block.rows), owner, strict)) or found
    yield from found


def _wrapped(rows: Sequence[Row]) -> list[Row]:
    """Rows, with those joined that end in a comma: an author list that runs on."""
    done: list[list[Row]] = []
    for row in rows:
        if done and done[-1][-1].text.endswith(","):
            done[-1].append(row)
        else:
            done.append([row])
    return [joined(group) for group in done]


def _scan(rows: list[Row], owner: tuple[str, ...], strict: bool) -> Iterator[Found | Lost]:
    at = 0
    while at < len(rows):
        names = _author_row(rows[at], owner)
        if names is None:
            at += 1
            continue
        owned = any(is_owner(author, owner) for author in names.authors)
        title, venue, after = _rest(rows, at)
        if title is not None and venue is not None and (owned or not strict):
            yield _found(rows[at], names, title, venue, rows[at + 1 : after])
        elif owned and not strict:
            yield Lost(rows[at].line, "an author list without a title and a venue; skipped")
        at = after


def _author_row(row: Row, owner: tuple[str, ...]) -> NameList | None:
    label = _LABEL.match(row.text)
    text = row.text[label.end() if label else 0 :]
    names = name_list(text) if len(text) < _LONGEST_LIST else None
    if names and len(names.authors) == 1 and not is_owner(names.authors[0], owner):
        return None
    return names


def _rest(rows: list[Row], at: int) -> tuple[Row | None, Row | None, int]:
    """Title and venue row that belong to the author row, and where the next entry may begin."""
    below = rows[at + 1 : at + 3]
    if len(below) == 2 and _is_title(below[0]) and _is_place(below[1]):
        after = at + 3
        while after < len(rows) and only_links(rows[after]):
            after += 1
        return below[0], below[1], after
    if at and below and _is_title(rows[at - 1]) and _is_place(below[0]):
        return rows[at - 1], below[0], at + 2
    return None, None, at + 1


def _is_title(row: Row) -> bool:
    return (
        len(row.text) <= _LONGEST_TITLE
        and any(char.isalpha() for char in row.text)
        and name_list(row.text) is None
    )


def _is_place(row: Row) -> bool:
    """Whether a row can be a venue statement; after a meant break nearly any short one can."""
    if looks_like_place(row.text) or only_links(row):
        return True
    return row.hard and 0 < len(statement(row).text) <= 150 and not row.text.endswith("!")


def _found(authors: Row, names: NameList, title: Row, venue: Row, below: Sequence[Row]) -> Found:
    linked = [title, *(row for row in below if row is not title)]
    return Found(
        form="entry",
        title=clean_title(title.text),
        title_line=title.line,
        authors=names.authors,
        authors_line=authors.line,
        first=min(authors.line, title.line),
        last=max(row.last_line for row in (title, venue, *below)),
        appearances=appearances(statement(venue), linked),
        complete=names.complete,
    )
