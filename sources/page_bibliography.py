"""Publication lists in the styles of references, one item, row or paragraph a reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sources.page_dates import opening_date, whole_date
from sources.page_found import Found, Lost, bare_title
from sources.page_names import family_names, is_owner
from sources.page_reference import LONGEST, Reference, read_reference
from sources.page_rows import Block, Row, joined
from sources.page_sections import announces_publications, under_publications
from sources.page_tail import line_of_year, lines_in, read_tail
from sources.page_venue import with_links
from sources.record import Appearance, PartialDate, Stage

_LABEL = re.compile(
    r"\s*(?:\[[^\[\]]{1,6}\]|\(?[A-Z]{0,2}[-.]?\d{1,3}[.)\]])\s+(?=\S)"
    r"|\s*(?:recommended citation|citation|cite as)\s*:\s*",
    re.IGNORECASE,
)
_PENDING = re.compile(r"submitted|under review")
_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")
_WORDS = 6
_NO_SEAM = "cannot tell authors, title and venue apart in this line; skipped"
_TEMPLATE = "the site's template fills in this list from other files; give the folder of those"
_FILLED_IN = re.compile(
    r"(?i)\{%-?\s*(?:for\s[^%]*\bin\s+(?:site\.|data\.)*\w{0,20}(?:pubs?|publications?|papers?)\b"
    r"|bibliography\b)"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a page that may be one reference."""

    row: Row
    year: tuple[PartialDate, int] | None
    """The year in the heading above, and its line."""
    announced: bool


def read_bibliography(
    blocks: Sequence[Block], owner: tuple[str, ...], taken: set[int]
) -> Iterator[Found | Lost]:
    """Every reference in a page's publication lists but on lines that are `taken`.

    Where no heading announces publications, it must be plain and the owner one of several authors.
    """
    strict = not announces_publications(blocks)
    for unit in _units(blocks, owner, strict):
        if taken.isdisjoint(range(unit.row.line, unit.row.last_line + 1)):
            found = _found(unit, owner)
            if found:
                yield found
            elif unit.announced and _is_lost(unit.row, owner):
                yield Lost(unit.row.line, _NO_SEAM)


def filled_in(lines: Sequence[str]) -> Iterator[Lost]:
    """Each place where Jekyll's template puts publications from other files."""
    for number, line in enumerate(lines, start=1):
        if "{%" in line and _FILLED_IN.search(line[:500]):
            yield Lost(number, _TEMPLATE, fault=False)


def _units(blocks: Sequence[Block], owner: tuple[str, ...], strict: bool) -> Iterator[_Unit]:
    listed = dict.fromkeys(
        id(block) for block, announced in under_publications(blocks) if announced
    )
    year: tuple[PartialDate, int] | None = None
    for block in blocks:
        if block.level:
            date = whole_date(block.whole.text[:40])
            year = (date, block.whole.line) if date else None
        elif strict or id(block) in listed:
            own = year
            rows = _rows(block, owner)
            in_front = len(rows) > 1 and whole_date(rows[0].text[:40])
            for row in rows:
                if in_front and (date := whole_date(row.text[:40])):
                    own = (date, row.line)
                else:
                    yield _Unit(row, own, id(block) in listed)


def _rows(block: Block, owner: tuple[str, ...]) -> list[Row]:
    """The references that a block may hold: by their labels, by its rows, else the block whole."""
    labelled = [at for at, row in enumerate(block.rows) if _LABEL.match(row.text[:40])]
    if len(labelled) > 1 and labelled[0] == 0:
        ends = (*labelled[1:], len(block.rows))
        return [joined(block.rows[a:b]) for a, b in zip(labelled, ends, strict=True)]
    whole = block.whole
    if len(block.segments) > 1 or len(whole.text) > LONGEST:
        read = [row for row in block.segments if read_reference(_bare(row)[0], owner)]
        if len(read) > 1 or (read and len(whole.text) > LONGEST):
            return list(block.segments)
    return [whole]


def _bare(row: Row) -> tuple[Row, PartialDate | None]:
    """A row without its label and the year in front of it, and that year."""
    label = _LABEL.match(row.text[:60])
    bare = row.part(label.end()) if label else row
    date = opening_date(bare.text[:60])
    return (bare.part(date[1]), date[0]) if date else (bare, None)


def _found(unit: _Unit, owner: tuple[str, ...]) -> Found | None:
    row, year = _bare(unit.row)
    reference = read_reference(row, owner)
    if reference is None or not _is_sure(reference, owner, unit.announced):
        return None
    dated = (year, unit.row.line) if year else (reference.year, reference.year_line)
    said = _appearance(reference, dated, unit)
    appearances = with_links(said, [reference.title, reference.tail])
    if not appearances and not unit.announced:
        return None
    return Found(
        form="entry",
        title=bare_title(reference.title.text),
        title_line=reference.title.line,
        authors=reference.names.authors,
        authors_line=reference.authors.line,
        first=unit.row.line,
        last=unit.row.last_line,
        appearances=appearances,
        complete=reference.names.complete,
    )


def _appearance(
    reference: Reference, dated: tuple[PartialDate | None, int], unit: _Unit
) -> Appearance | None:
    """What a reference says of its place; `dated` is the year before its title, and the line."""
    year, line = dated
    if _PENDING.match(reference.state):
        where = (("venue", reference.year_line),)
        return Appearance(Stage.SUBMISSION, reference.state, lines=where)
    said = read_tail(reference.tail, year)
    if said is None and year:
        said = Appearance(date=year)
    if said is None:
        return None
    if said.date and not year:
        line = line_of_year(reference.tail, said.date)
    elif said.date is None and unit.year:
        said, line = replace(said, date=unit.year[0]), unit.year[1]
    lines = lines_in(reference.tail, said)
    return replace(said, lines=(*lines, ("date", line)) if said.date else lines)


def _is_sure(reference: Reference, owner: tuple[str, ...], announced: bool) -> bool:
    """Whether it is the owner's reference, and one reference alone."""
    owned = any(is_owner(author, owner) for author in reference.names.authors)
    if _names_owner(reference.tail.text, owner):
        return False
    if announced:
        return owned or reference.delimited
    return owned and (reference.delimited or len(reference.names.authors) > 1)


def _names_owner(text: str, owner: tuple[str, ...]) -> bool:
    return bool(family_names(owner) & set(re.findall(r"\w+", text.casefold())))


def _is_lost(row: Row, owner: tuple[str, ...]) -> bool:
    """Whether a row that could not be read is a reference for all that one can see."""
    text = row.text[:LONGEST]
    if len(text.split()) < _WORDS or not _YEAR.search(text):
        return False
    links = row.links[:1]
    # '[A title](https://arxiv.org/abs/…) (ICML 2019), with …' names everybody but the owner.
    titled = [link for link in links if link.start < 3 and " " in text[link.start : link.end]]
    return _names_owner(text, owner) or bool(with_links(None, [row]) and titled)
