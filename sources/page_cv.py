"""Theses in the education part of a CV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.ids import arxiv_id, doi, is_preprint_doi
from sources.names import parse_author
from sources.page_dates import end_of_range
from sources.page_found import Found, Lost, clean_title
from sources.page_rows import Block, Row, joined
from sources.record import Appearance, PartialDate, Stage

_LABEL = re.compile(
    r"(?i)(?:(?:ph\.?\s?d\.?|m\.?sc\.?|b\.?sc\.?|master'?s?|bachelor'?s?|doctoral|diploma)\s+)?"
    r"(?:thesis|dissertation)(?:\s+title)?\s*:\s*"
)
_IDENTIFIER = re.compile(r"(?i)[\[(]?\s*(?:arxiv\s*:|doi\s*:|https?://)\s*\S+?\s*[\])]?\s*\.?\Z")
_RUNS_ON = (":", ",", "-", "–", "—")
_LONGEST = 1000
_NO_TITLE = "a thesis without a title; seen, not listed"
_NO_IDENTIFIER = "a thesis without an identifier; seen, not listed"


def read_degrees(blocks: Sequence[Block], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """Every thesis that a CV names under a school; one without an identifier is only reported."""
    rows = [(row, block.level) for block in blocks for row in block.segments]
    school: Row | None = None
    ended: tuple[PartialDate, int] | None = None
    for at, (row, level) in enumerate(rows):
        if len(row.text) > _LONGEST:
            continue
        if level or _is_bold(row):
            school, ended = row, None
        elif span := end_of_range(row.text):
            ended = (span[0], row.line) if span[0] else None
        elif label := _LABEL.match(row.text):
            below = [after for after, heads in rows[at + 1 : at + 4] if not heads]
            thesis = _whole(row.part(label.end()), below)
            yield _degree(thesis, row.line, school, ended, owner)


def _whole(title: Row, below: Sequence[Row]) -> Row:
    """A title with the lines below that it plainly runs on into, or that are its identifier."""
    for row in below:
        runs_on = title.text.endswith(_RUNS_ON) and not _LABEL.match(row.text)
        if len(row.text) > _LONGEST or not (runs_on or _IDENTIFIER.fullmatch(row.text)):
            break
        title = joined((title, row))
    return title


def _is_bold(row: Row) -> bool:
    return any(s.kind == "strong" and s.end - s.start == len(row.text) for s in row.spans)


def _degree(
    thesis: Row,
    line: int,
    school: Row | None,
    ended: tuple[PartialDate, int] | None,
    owner: tuple[str, ...],
) -> Found | Lost:
    named = _IDENTIFIER.search(thesis.text)
    places = [named[0] if named else "", *(link.href for link in thesis.links)]
    number = next(filter(None, map(arxiv_id, places)), "")
    published = next((d for d in map(doi, places) if d and not is_preprint_doi(d)), "")
    if not number and not published:
        return Lost(line, _NO_IDENTIFIER, fault=False)
    title = clean_title(thesis.text[: named.start()] if named else thesis.text)
    if not title:
        return Lost(line, _NO_TITLE, fault=False)
    lines = [("venue", school.line)] if school else []
    lines += [("date", ended[1])] if ended else []
    degree = Appearance(
        stage=Stage.THESIS,
        venue=school.text if school else "",
        date=ended[0] if ended else None,
        doi=published,
        lines=tuple(lines),
    )
    stands = (("arxiv", thesis.line_at(named.start() if named else 0)),)
    preprint = Appearance(Stage.PREPRINT, "arXiv", arxiv=number, lines=stands)
    author = parse_author(owner[0]) if owner else None
    # Without a school nothing says where it appeared as a thesis.
    degrees = (degree,) if degree.venue or degree.doi else ()
    return Found(
        form="degree",
        title=title,
        title_line=thesis.line,
        authors=(author,) if author else (),
        authors_line=line,
        first=line,
        last=thesis.last_line,
        appearances=(*degrees, preprint) if number else degrees,
    )
