"""Entries of a publication list: authors, title and venue, each in a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sources.page_dates import whole_date
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


def read_rows(rows: list[Row], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """The entries that rows hold of which the owner is an author."""
    return _scan(rows, owner, strict=True)


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
    at = free = 0
    while at < len(rows):
        names = _author_row(rows[at], owner)
        if names is None:
            at += 1
            continue
        owned = any(is_owner(author, owner) for author in names.authors)
        rest = _rest(rows, at, free)
        after = rest[2] if rest else at + 1
        if rest and (owned or not strict):
            yield _found(rows[at], names, rest[0], rest[1], rows[at + 1 : after])
        elif owned and not strict:
            yield Lost(
                rows[at].line, "an author list without a title and a venue below it; skipped"
            )
        at = free = after


def _author_row(row: Row, owner: tuple[str, ...]) -> NameList | None:
    label = _LABEL.match(row.text)
    text = row.text[label.end() if label else 0 :]
    names = name_list(text) if len(text) < _LONGEST_LIST else None
    if names and len(names.authors) == 1 and not is_owner(names.authors[0], owner):
        return None
    return names


def _rest(rows: list[Row], at: int, free: int) -> tuple[Row, Row, int] | None:
    """Title and venue row of the author row, and the row after the entry; None without them.

    Some put the title first; rows before `free` belong to another entry.
    """
    above = rows[at - 1] if at > free and _is_title(rows[at - 1]) else None
    first, second = (*rows[at + 1 : at + 3], None, None)[:2]
    if first is None:
        return None
    titled = second is not None and _is_title(first) and _is_place(second)
    if above and looks_like_place(first.text):
        # A venue in the second row makes the first one a title; links or a date alone do not.
        bare = not titled or not second or only_links(second) or whole_date(second.text[:40])
        surely = second and looks_like_place(second.text)
        if bare or (not surely and _is_marked(above)):
            return above, first, _after_links(rows, at + 2)
    if titled and second:
        return first, second, _after_links(rows, at + 3)
    return _long_title(rows, at)


def _long_title(rows: list[Row], at: int) -> tuple[Row, Row, int] | None:
    """The same for a title that plainly runs on in the next row, with a small letter."""
    below = rows[at + 1 : at + 4]
    if len(below) < 3 or not below[1].text[0].islower() or not looks_like_place(below[2].text):
        return None
    title = joined(below[:2])
    return (title, below[2], _after_links(rows, at + 4)) if _is_title(title) else None


def _after_links(rows: list[Row], at: int) -> int:
    while at < len(rows) and (only_links(rows[at]) or whole_date(rows[at].text[:40])):
        at += 1
    return at


def _is_title(row: Row) -> bool:
    return (
        len(row.text) <= _LONGEST_TITLE
        and any(char.isalpha() for char in row.text)
        and name_list(row.text) is None
    )


def _is_marked(row: Row) -> bool:
    """Whether a row begins with a link or bold text, as titles do."""
    return any(span.start == 0 and span.kind in ("link", "strong") for span in row.spans)


def _is_place(row: Row) -> bool:
    """Whether a row can be a venue statement; after a meant break nearly any short one can."""
    if looks_like_place(row.text) or only_links(row):
        return True
    return row.hard and 0 < len(statement(row).text) <= 150 and not row.text.endswith("!")


def _found(authors: Row, names: NameList, title: Row, venue: Row, below: Sequence[Row]) -> Found:
    linked = [title, *(row for row in below if row is not title)]
    said = appearances(statement(venue), linked)
    dated = next((row for row in below if whole_date(row.text[:40])), None)
    if dated and said and said[0].date is None:
        lines = (*said[0].lines, ("date", dated.line))
        said = (replace(said[0], date=whole_date(dated.text[:40]), lines=lines), *said[1:])
    return Found(
        form="entry",
        title=clean_title(title.text),
        title_line=title.line,
        authors=names.authors,
        authors_line=authors.line,
        first=min(authors.line, title.line),
        last=max(row.last_line for row in (title, venue, *below)),
        appearances=said,
        complete=names.complete,
    )
