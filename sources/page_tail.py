"""What a reference says after its title: venue, volume, pages, date, in one sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from sources.ids import arxiv_id, doi, is_preprint_doi
from sources.page_dates import MONTH, date_in
from sources.page_rows import Row
from sources.page_venue import read_place, statement, without_brackets
from sources.record import Appearance, Lines, PartialDate, Stage

_LONGEST = 400
_IN = re.compile(
    r"(?:(?:[Pp]ublished |[Tt]o appear )?[Ii]n|[Pp]resented at)\b:?\s+(?:the\s+(?=proceedings\b))?"
    r"(?!(?i:press|review|submission|revision|preparation|progress)\b)"
)
_EDGE = " ,;:.|·–—-"
_PAGES = r"[A-Za-z]?\d{1,6}(?:\s*[-–—]+\s*[A-Za-z]?\d{1,6})?"
# Where the name of a venue ends: 'pp. 3-9', 'vol. 12', '12(3)', '3:45', ', 2020', 'doi:10.…'.
_NUMBERS = re.compile(
    rf"""
    [,.;(]\s*
    (?: (?:{MONTH})\b \.?,?\s+ (?: \d{{1,2}} (?:[-–]\d{{1,2}})? ,?\s+ )? )?
    (?:19|20)\d\d\b (?![\s)]*[^\W\d])
    | (?<=(?:19|20)\d\d) (?: [.;]\s | \s*:\s*(?=[A-Za-z]?\d) )
    | [\s,.;(]+ \d{{1,4}},\s+no\.\s*\d
    | [\s,.;(]+ (?:
        (?: pp?\. | pages?\b | vol(?:ume\b|\.) | no\. | issue\b | art(?:icle\b|\.) ) \s* [A-Za-z]?\d
      | \d{{1,4}}\s*\(\d{{1,4}}(?:[-–/]\d{{1,4}})?\)
      | (?!(?:19|20)\d\d\b) \d{{1,4}}\s*:\s*[A-Za-z]?\d
      | (?:doi|arXiv)\s*:\s*\d
      | (?<=[,.;]\s) \d{{1,6}}\s*[-–—]+\s*\d{{1,6}}
      | (?<=[,.;]\s) \d{{1,4}} (?=[,.;])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?<![\d.])(\d{1,4})\s*(?:\((?!(?:19|20)\d\d\))|,\s+no\.\s*)(\d{1,4}(?:[-–/]\d{1,4})?)(?!\d)\)?"
)
_VOLUME = re.compile(r"(?i)\bvol(?:ume|\.)\s*(\d{1,4})")
_NUMBER = re.compile(r"(?i)\b(?:no\.|issue)\s*(\d{1,4})")
_PAGED = re.compile(rf"(?i)(?:\bpp?\.|\bpages?)\s*({_PAGES})")
_AFTER_COLON = re.compile(
    rf"(?:(?!(?:19|20)\d\d\b)(?<!\d)(\d{{1,4}})|\)|\A)\s*:\s*(?:pp?\.\s*)?({_PAGES})"
)
_RANGE = re.compile(r"(?<![\w./-])(\d{1,6}\s*[-–—]+\s*\d{1,6})(?![\w/-])")
_ALONE = re.compile(r"[\s,.;]*(?!(?:19|20)\d\d\b)(\d{1,4})(?=[,.;])")
_DAYS = re.compile(rf"(?:{MONTH})\b\.?\s+\d{{1,2}}\s*[-–]\s*\d{{1,2}}", re.IGNORECASE)
# 'Nature (under review)', 'Journal of X, submitted': no place of publication.
_PENDING = re.compile(
    r"(?i)[(\[,;.–—-]\s*(?:currently\s+)?(?:(?:under|in)\s+(?:review|submission|revision|preparation)"
    r"|submitted|manuscript|in\s+prep)\b"
)
_BARE_LINK = re.compile(
    r"(?i)(?:https?://|doi:|arxiv:|10\.)\S*|pdf|paper|arxiv|doi|link|code|slides"
)
_THESIS = re.compile(
    r"(?i)(?:(?:unpublished\s+)?(?:ph\.?\s?d\.?|doctoral|master'?s?|m\.?\s?sc\.?|bachelor'?s?|diploma)"
    r"\s+(?:thesis|dissertation)\b|th[eè]se\s+de\s+doctorat\b)(?:\s*\((?:19|20)\d\d\))?(?:[\s,.:;(]|\bat\b)*"
)
_YEAR_FIRST = re.compile(r"[\s.,;:]*[(\[]((?:19|20)\d\d)[a-z]?[)\]][\s.,;:]+(?=\S)")
_PUBLISHER = re.compile(r"[.]\s+([A-Z][^\d.,;:]{2,60})\.?\s*\Z")


def read_tail(tail: Row, year: PartialDate | None = None) -> Appearance | None:
    """The appearance that the end of a reference states; None if it names no place or date.

    `year` is what the reference says elsewhere, after the authors' names; it dates the appearance.
    What is set off as the venue is the venue whole.
    """
    said = statement(_past_links(tail))
    if first := _YEAR_FIRST.match(said.text):
        said, year = said.part(first.end()), year or PartialDate(int(first[1]))
    text = said.text[:_LONGEST]
    while (bare := without_brackets(text)) != text:
        text = bare
    if (whole := read_place(text)) and whole.volume:
        return replace(whole, date=year or whole.date)
    if _PENDING.search(text):
        return Appearance(Stage.SUBMISSION, text.strip(_EDGE))
    start = _start(text)
    marked = next((s for s in said.spans if s.kind == "em" and s.start in (start, start + 1)), None)
    if marked:
        head, rest = text[marked.start : marked.end], text[marked.end :]
        inner = _NUMBERS.search(head, 1)
        head, rest = (
            (head[: inner.start()], head[inner.start() :] + rest) if inner else (head, rest)
        )
    else:
        text = text[start:]
        found = _NUMBERS.search(text)
        head, rest = (text[: found.start()], text[found.start() :]) if found else (text, "")
    return _appearance(head.strip(_EDGE), rest, year, bool(marked))


def lines_in(row: Row, said: Appearance) -> Lines:
    """On which line of a row each thing stands that was read from it; the date is not told."""
    places: list[tuple[str, int]] = []
    after = 0
    for name in "venue arxiv doi volume number pages publisher".split():
        if value := getattr(said, name):
            at = _at(row.text, value, after)
            places.append((name, row.line_at(at)))
            after = at if name == "venue" else after
    return tuple(places)


def line_of_year(row: Row, date: PartialDate) -> int:
    """The line of the last place in a row where the year of a date stands, or its short form."""
    at = row.text.rfind(str(date.year))
    return row.line_at(max(at if at >= 0 else row.text.rfind(f"{date.year % 100:02}"), 0))


def _at(text: str, value: str, after: int) -> int:
    """Where a value stands, or the first word of one that was tidied."""
    word = re.match(r"\w*", value)
    for wanted in (value, word[0] if word else ""):
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}", re.IGNORECASE)
        if wanted and (found := pattern.search(text, after) or pattern.search(text)):
            return found.start()
    return 0


def _past_links(tail: Row) -> Row:
    """The tail without the bare addresses and '[pdf]' that stand before the venue."""
    for link in tail.links[:5]:
        text = tail.text[link.start : link.end]
        if tail.text[: link.start].strip(_EDGE + "[](){}") or not _BARE_LINK.fullmatch(text):
            break
        rest = tail.part(link.end)
        if not rest.text.strip(_EDGE + "[]()"):
            break
        return _past_links(rest.part(len(rest.text) - len(rest.text.lstrip(_EDGE + "])"))))
    return tail


def _start(text: str) -> int:
    start = len(text) - len(text.lstrip(_EDGE + '()”“’"'))
    opens = _IN.match(text, start)
    return opens.end() if opens and text[opens.end() : opens.end() + 1].strip() else start


def _appearance(head: str, rest: str, year: PartialDate | None, marked: bool) -> Appearance | None:
    place = read_place(head)
    when = _finer(year, date_in(rest))
    if place is None:
        when = when or date_in(head)
        place = Appearance() if when else None
    if place is None:
        return None
    if thesis := _THESIS.match(place.venue):
        venue = place.venue[thesis.end() :].strip(_EDGE + "()") or place.venue
        place = replace(place, stage=Stage.THESIS, venue=venue)
    place = replace(place, date=when or place.date)
    if place.stage is Stage.SUBMISSION or not rest:
        return place
    if place.stage is Stage.PREPRINT:
        return replace(place, arxiv=place.arxiv or arxiv_id(rest))
    return _with_numbers(place, rest, marked)


def _finer(year: PartialDate | None, later: PartialDate | None) -> PartialDate | None:
    return later if year and later and later.agrees(year) else year or later


def _with_numbers(place: Appearance, rest: str, marked: bool) -> Appearance:
    """The appearance with volume, number, pages, DOI and publisher, as far as they are labelled."""
    rest = _DAYS.sub(" ", rest)
    issue, colon = _ISSUE.search(rest), _AFTER_COLON.search(rest)
    volume = issue or _VOLUME.search(rest) or (colon if colon and colon[1] else None)
    volume = volume or (_ALONE.match(rest) if marked else None)
    number = _NUMBER.search(rest)
    pages = _PAGED.search(rest) or _RANGE.search(rest)
    publisher = _PUBLISHER.search(rest) if marked else None
    named = doi(rest) if "10." in rest else ""
    return replace(
        place,
        volume=place.volume or (volume[1] if volume else ""),
        number=place.number or (issue[2] if issue else number[1] if number else ""),
        pages=place.pages or _hyphened(colon[2] if colon else pages[1] if pages else ""),
        publisher=publisher[1].strip() if publisher else "",
        doi="" if is_preprint_doi(named) else named,
    )


def _hyphened(pages: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", pages)
