"""Publications that stand in a table whose first row says what its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sources.names import parse_author
from sources.page_dates import whole_date
from sources.page_found import Found, Lost, bare_title
from sources.page_names import NameList, is_owner, read_names
from sources.page_rows import Block, Row
from sources.page_sections import under_publications
from sources.page_tail import line_of_year, lines_in, read_tail
from sources.page_venue import only_link_words, with_links
from sources.record import Appearance

_COLUMNS = {
    "title": re.compile(r"(?i)\W*(?:(?:paper|publication|article)\s+)?titles?\W*"),
    "authors": re.compile(r"(?i)\W*authors?(?:\s+list)?\W*"),
    "venue": re.compile(r"(?i)\W*(?:venue|journal|conference|published(?:\s+in)?|where|in)\b.*"),
    "year": re.compile(r"(?i)\W*(?:year|date|when)\W*"),
}
_TITLE_TOO = re.compile(r"(?i)\W*(?:papers?|publications?|articles?|works?)\W*")
_NO_NAMES = "cannot read the authors in this row of the table; skipped"

Columns = dict[str, int]


def read_tables(
    blocks: Sequence[Block], owner: tuple[str, ...], taken: set[int]
) -> Iterator[Found | Lost]:
    """Every row of a table of publications, but for lines that are `taken`.

    A table that names no authors must stand under a heading of publications.
    """
    columns: dict[int, Columns | None] = {}
    for block, announced in under_publications(blocks):
        if len(block.cells) < 2:
            continue
        if block.table not in columns:
            columns[block.table] = _columns(block)
        elif (known := columns[block.table]) and block.whole.line not in taken:
            yield from _row(block, known, owner, announced)


def _columns(block: Block) -> Columns | None:
    """Which column is what, None unless there are titles, and authors or venues."""
    heads = [row.text[:60] if row else "" for row in block.columns]
    found: Columns = {}
    for name, head in _COLUMNS.items():
        at = next((at for at, text in enumerate(heads) if head.fullmatch(text)), None)
        if at is not None:
            found[name] = at
    if "title" not in found:
        titled = [at for at, text in enumerate(heads) if _TITLE_TOO.fullmatch(text)]
        found |= {"title": titled[0]} if titled else {}
    return found if "title" in found and found.keys() & {"authors", "venue"} else None


def _row(
    block: Block, columns: Columns, owner: tuple[str, ...], announced: bool
) -> Iterator[Found | Lost]:
    cells = block.columns
    said = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    title, line = said.get("title"), block.whole.line
    if title is None:
        return
    names = _names(said.get("authors"), owner) if "authors" in columns else _own(owner)
    if names is None:
        yield Lost(line, _NO_NAMES)
        return
    owned = "authors" in columns and any(is_owner(author, owner) for author in names.authors)
    if not (owned or announced):
        return
    venue = _venue(said.get("venue"), said.get("year"))
    yield Found(
        form="entry",
        title=bare_title(title.text),
        title_line=title.line,
        authors=names.authors,
        authors_line=(said.get("authors") or title).line,
        first=line,
        last=block.whole.last_line,
        appearances=with_links(venue, [row for row in cells if row]),
        complete=names.complete,
    )


def _names(cell: Row | None, owner: tuple[str, ...]) -> NameList | None:
    return read_names(cell.text, owner) if cell else _own(owner)


def _own(owner: tuple[str, ...]) -> NameList | None:
    author = parse_author(owner[0]) if owner else None
    return NameList((author,), complete=False) if author else None


def _venue(cell: Row | None, year: Row | None) -> Appearance | None:
    date = whole_date(year.text[:40]) if year else None
    place = read_tail(cell, date) if cell else None
    if cell and not (place and place.venue) and not only_link_words(cell.text):
        named = replace(cell, spans=tuple(s for s in cell.spans if s.kind != "link"))
        place = read_tail(named, date)
    if place is None:
        place = Appearance(date=date) if date else None
    if place is None:
        return None
    lines = list(lines_in(cell, place)) if cell else []
    if place.date and (dated := year if date else cell):
        lines.append(("date", line_of_year(dated, place.date)))
    return replace(place, lines=tuple(lines))
