"""What the line under a title says: the venue statement, and the links beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sources.ids import arxiv_id, doi, is_preprint_doi, openreview_id
from sources.page_dates import whole_date
from sources.page_rows import Row
from sources.record import Appearance, PartialDate, Stage

_STATUS = re.compile(
    r"(?:currently\s+)?(?:(?:under|in)\s+(?:review|submission|revision|preparation)|submitted\b"
    r"|in\s+progress|work\s+in\s+progress|manuscript\b)",
    re.IGNORECASE,
)
# 'to appear in X' and 'accepted to X' are promises of X; 'to appear on arXiv soon' names no place.
_PROMISE = re.compile(
    r"(?:to\s+appear|accepted|forthcoming|in\s+press)\b"
    r"(?:\s+for\s+(?:publication|presentation))?[\s,:]*(?:(?:in|at|to|by)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"arxiv(?:\.org)?\b(?:\s+e-?print)?(?:\s+preprint)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_VOLUME = re.compile(
    r"(?P<venue>.*?[^\W\d_).])[\s,]+(?:[Vv]ol(?:ume|\.)?\s*)?(?P<volume>\d{1,4})\s*"
    r"\((?!(?:19|20)\d\d\))(?P<number>\d{1,4}(?:[-–/]\d{1,4})?)\)"
    r"(?:\s*[,:]\s*(?:pp?\.?\s*|pages?\s+|article\s+)?(?P<pages>[A-Za-z]?\d+(?:\s*[-–—]+\s*[A-Za-z]?\d+)?))?"
    r"(?:\s*,\s*(?P<year>(?:19|20)\d\d))?"
)
_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")
_SHORT_YEAR = re.compile(r"['’‘](\d\d)(?!\w)")
_CENTURY_TURNS = 60
"""'17 is 2017 and '97 is 1997."""
_LINK_WORDS = re.compile(
    r"(?i)\b(?:paper|pdf|arxiv|code|bibtex|bib|slides|poster|video|project|page|website|link|data"
    r"|openreview|doi|talk|blog|abstract|abs|html|and|\d)\b"
)
_OPENREVIEW = re.compile(r"https?://(?:www\.)?openreview\.net/")
_RATE = re.compile(r"(?i)[\s,;.]*[(\[]\s*acceptance rate\b.{0,60}\Z")
_EDGE = " ,;:.|·–—-"
_LONGEST = 250


def read_place(text: str) -> Appearance | None:
    """What a venue statement says, without its lines; None if it names no place or state.

    The venue is kept as written, but for a year that ends it after a comma. Volume, number and
    pages are read from '6 (1), 96' alone; any other tail stays in the venue.
    """
    text = re.sub(r"^[Ii]n:?\s+(?=[A-Z0-9])", "", _RATE.sub("", text).strip(_EDGE)).strip(_EDGE)
    if not any(char.isalpha() for char in text) or len(text) > _LONGEST:
        return None
    if _STATUS.match(text):
        return Appearance(stage=Stage.SUBMISSION, venue=text)
    if found := _ARXIV.match(text):
        return _on_arxiv(found["rest"])
    if promise := _PROMISE.match(text):
        place = text[promise.end() :].strip(_EDGE)
        return read_place(place) if place else Appearance(stage=Stage.SUBMISSION, venue=text)
    if found := _VOLUME.fullmatch(text):
        return _with_volume(found)
    head, _, tail = text.rpartition(",")
    date = whole_date(tail) if head else None
    if date and (found := _VOLUME.fullmatch(head)):
        return replace(_with_volume(found), date=date)
    return Appearance(venue=head.rstrip(_EDGE) if date else text, date=date or _year(text))


def _with_volume(found: re.Match[str]) -> Appearance:
    return Appearance(
        venue=found["venue"].rstrip(_EDGE),
        date=_year(found["year"] or found["venue"]),
        volume=found["volume"],
        number=found["number"],
        pages=re.sub(r"\s*[-–—]+\s*", "-", found["pages"] or ""),
    )


def _on_arxiv(rest: str) -> Appearance:
    number = arxiv_id(rest)
    bare = rest.replace(number, " ") if number else rest
    return Appearance(stage=Stage.PREPRINT, venue="arXiv", date=_year(bare), arxiv=number)


def _year(text: str | None) -> PartialDate | None:
    if years := _YEAR.findall(text or ""):
        return PartialDate(int(years[-1]))
    if short := _SHORT_YEAR.search(text or ""):
        year = int(short[1])
        return PartialDate(year + (2000 if year < _CENTURY_TURNS else 1900))
    return None


def looks_like_place(text: str) -> bool:
    """Whether a line can be a venue statement: it has a year, a state, a volume or links."""
    text = text.strip(_EDGE)
    if not text or len(text) > _LONGEST:
        return False
    bare = without_brackets(text)
    return bool(
        bare != text
        or _YEAR.search(text)
        or _SHORT_YEAR.search(text)
        or _STATUS.match(text)
        or _PROMISE.match(text)
        or _ARXIV.match(text)
        or _VOLUME.fullmatch(text)
    )


def without_brackets(text: str) -> str:
    """A statement without the '[arXiv, code 1 2, bibTeX]' that a copied page has at its end."""
    found = re.search(r"\[([^\[\]]{1,80})\]\s*\Z", text)
    if not found or not only_link_words(found[1]):
        return text
    return text[: found.start()].rstrip(_EDGE)


def statement(row: Row) -> Row:
    """The part of a row that is the venue statement, without links and their brackets."""
    links = row.links
    if not links:
        return row.part(0, len(without_brackets(row.text)))
    end = links[0].start
    opened = max(row.text.rfind("[", 0, end), row.text.rfind("(", 0, end))
    if opened >= 0 and not re.search(r"[\])]", row.text[opened:end]):
        end = opened
    before = row.text[:end].strip(_EDGE)
    if before:
        return row.part(0, end)
    label = row.part(links[0].start, links[0].end)
    return label if _YEAR.search(label.text) or _SHORT_YEAR.search(label.text) else row.part(0, 0)


def only_links(row: Row) -> bool:
    """Whether a row is links and little else."""
    rest = list(row.text)
    for link in row.links:
        rest[link.start : link.end] = " " * (link.end - link.start)
    return bool(row.links) and only_link_words("".join(rest))


def only_link_words(text: str) -> bool:
    """Whether a text says no more than what is behind its links: 'pdf, code'."""
    return not re.search(r"[^\W\d_]", _LINK_WORDS.sub("", text))


def appearances(place: Row, linked: Sequence[Row]) -> tuple[Appearance, ...]:
    """The appearances that a venue statement and the links around it speak of."""
    found = read_place(place.text)
    return with_links(replace(found, lines=_lines(found, place)) if found else None, linked)


def with_links(found: Appearance | None, linked: Sequence[Row]) -> tuple[Appearance, ...]:
    """An appearance with the identifiers that stand beside it.

    A link to arXiv is a preprint of its own, unless the appearance is that preprint; a forum or a
    DOI belongs to the venue.
    """
    ids, preprints = _link_ids(linked)
    said = []
    if found and found.stage is Stage.PREPRINT and found.venue == "arXiv":
        said, found = [_with_number(found, preprints)], None
    if found or ids:
        said.insert(0, _with_ids(found or Appearance(), ids))
    for number, (line, preprint_doi) in preprints.items():
        if number not in (one.arxiv for one in said):
            lines = (("arxiv", line),)
            said.append(
                Appearance(Stage.PREPRINT, "arXiv", arxiv=number, doi=preprint_doi, lines=lines)
            )
    return tuple(said)


def _lines(found: Appearance, place: Row) -> tuple[tuple[str, int], ...]:
    named = "venue date arxiv volume number pages".split()
    return tuple((name, place.line) for name in named if getattr(found, name))


def _with_number(found: Appearance, preprints: dict[str, tuple[int, str]]) -> Appearance:
    """The preprint that a statement names, with the number that a link beside it gives."""
    if found.arxiv or not preprints:
        return found
    number, (line, preprint_doi) = next(iter(preprints.items()))
    lines = (*found.lines, ("arxiv", line))
    return replace(found, arxiv=number, doi=preprint_doi, lines=lines)


def _with_ids(venue: Appearance, ids: dict[str, tuple[str, int]]) -> Appearance:
    lines = venue.lines + tuple((name, line) for name, (_, line) in ids.items())
    forum, number = ids.get("openreview", ("", 0)), ids.get("doi", ("", 0))
    said = (forum[0] or venue.openreview, number[0] or venue.doi)
    return replace(venue, openreview=said[0], doi=said[1], lines=lines)


def _link_ids(
    rows: Sequence[Row],
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[int, str]]]:
    """First forum and publisher's DOI among the links; every arXiv number with line and DOI."""
    ids: dict[str, tuple[str, int]] = {}
    preprints: dict[str, tuple[int, str]] = {}
    for row in rows:
        for link in row.links:
            line = row.line_at(link.start)
            number = doi(link.href) if "doi.org/" in link.href else ""
            if is_preprint_doi(number):
                preprints.setdefault(arxiv_id(number), (line, number))
            elif number:
                ids.setdefault("doi", (number, line))
            elif "arxiv.org/" in link.href and arxiv_id(link.href):
                preprints.setdefault(arxiv_id(link.href), (line, ""))
            elif _OPENREVIEW.match(link.href) and (forum := openreview_id(link.href)):
                ids.setdefault("openreview", (forum, line))
    return ids, preprints
