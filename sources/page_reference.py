"""One reference written as people write references: authors, title and venue in one go.

Every style parts the three by a sign: quotes, emphasis, a link, the year in parentheses, full
stops. Where the signs allow two readings none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sources.page_names import NameList, is_name, is_owner, read_names, without_open_end
from sources.page_rows import Row
from sources.page_titles import (
    EDGE,
    is_place,
    is_title,
    marked_spans,
    quotation,
    sentence_ends,
    starts_place,
    title_cut,
)
from sources.page_venue import looks_like_place, only_link_words
from sources.record import PartialDate

LONGEST = 4000
_TRIES = 20
"""Ends of an author list that are tried; in a real list few full stops can be one."""
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
# 'Galstyan, A. (2020).', 'A. Galstyan. 2020.', 'A. Galstyan (in press).'
_YEAR_BEHIND = re.compile(
    rf"[\s,.]*(?:[(\[](?:{_YEAR}(?:,\s*\w+\.?(?:\s+\d{{1,2}})?)?"
    rf"|(?P<state>in press|to appear|forthcoming|submitted|under review))[)\]][\s.,:;]*"
    rf"|[.,]\s+{_YEAR.replace('?P<year>', '?P<bare>')}[.:,]\s+)"
)
_YEAR_AT_END = re.compile(rf"[\s,.;:]*[(\[]?\b{_YEAR}[)\]]?[\s,.;:]*\Z")
_LIST_ENDS = re.compile(r"[.:]\s+(?=\S)")
_LINKS = re.compile(r"\[([^\[\]]{1,40})\]\s*")
_GOES_ON = re.compile(r"(?:[A-Z]\.|and\b|&|,|et al)")
_TWO_NAMES = re.compile(r"[^\W\d_][^,;]{2,60}\s(?:and|&)\s[^,;]{3,60}")
_INITIALS_LAST = re.compile(r"(?:,\s+|\b[A-Z]\..*\s|[A-Z]\.[\s-]?)[A-Z]\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart."""

    names: NameList
    authors: Row
    title: Row
    tail: Row
    """What follows the title; may be empty."""
    year: PartialDate | None
    """What stands between the names and the title."""
    delimited: bool
    """The title was set off by more than full stops."""
    state: str = ""
    """What stands in place of the year: 'in press', 'under review'."""
    year_line: int = 0
    """Where the year, or what stands in its place, is."""


@dataclass(frozen=True, slots=True)
class _Halves:
    names: NameList
    authors: Row
    rest: Row
    year: PartialDate | None = None
    state: str = ""
    year_line: int = 0


def read_reference(row: Row, owner: tuple[str, ...]) -> Reference | None:
    """Take a reference apart, None where that cannot be done with confidence."""
    if not 8 < len(row.text) <= LONGEST:
        return None
    for halves in _names_first(row, owner):
        if found := _with_title(halves):
            return found
    return _title_first(row, owner)


def _names_first(row: Row, owner: tuple[str, ...]) -> Iterator[_Halves]:
    """Every way to part a row into names and the rest, the surest first."""
    quoted = quotation(row)
    if quoted:
        before = row.text[: quoted[0]]
        year = _YEAR_AT_END.search(before[-40:])
        head = before[: len(before) - len(year[0])] if year else before
        yield from _halves(row, len(head), quoted[0], owner, year["year"] if year else "")
    behind = _YEAR_BEHIND.search(row.text)
    if behind:
        year_said = behind["year"] or behind["bare"] or ""
        found = _halves(row, behind.start(), behind.end(), owner, year_said)
        yield from (replace(halves, state=behind["state"] or "") for halves in found)
    for span in marked_spans(row)[:3]:
        yield from _halves(row, span.start, span.start, owner)
    for end, after in _list_ends(row.text):
        yield from _halves(row, end, after, owner)


def _halves(
    row: Row, end: int, start: int, owner: tuple[str, ...], year: str = ""
) -> Iterator[_Halves]:
    if row.text[end : end + 1] == "." and _INITIALS_LAST.search(row.text[:end][-300:]):
        end += 1  # the full stop of the last initials
    authors = row.part(0, end)
    names = read_names(authors.text.rstrip(EDGE.replace(".", "")), owner) if end else None
    if names and (len(names.authors) > 1 or is_owner(names.authors[0], owner)):
        date = PartialDate(int(year)) if year else None
        line = row.line_at(max(row.text.find(year, end), end) if year else end)
        yield _Halves(names, authors, row.part(start), date, year_line=line)


def _list_ends(text: str) -> Iterator[tuple[int, int]]:
    """Where an author list can end: at a full stop or colon before which all are names."""
    tries = 0
    for found in _LIST_ENDS.finditer(text[:3000]):
        rest = text[found.end() : found.end() + 12]
        inside = re.search(r"\b[A-Z]\Z", text[: found.start()][-3:])
        inverted = re.search(
            r",\s+(?:[A-Z]\.\s?-?)*[A-Z]\Z|\w [A-Z]{1,3}\Z", text[: found.start()][-20:]
        )
        if _GOES_ON.match(rest) or (inside and not inverted):
            continue
        tries += 1
        if tries > _TRIES:
            return
        yield found.start(), found.end()


def _with_title(halves: _Halves) -> Reference | None:
    """The reference whose names are known, if its title can be told from its venue."""
    rest = halves.rest
    cut = title_cut(rest, bool(halves.year))
    if cut is None or (cut.end == len(rest.text) and not rest.links):
        return None
    title, tail = rest.part(cut.start, cut.end), rest.part(cut.after)
    delimited = cut.delimited or halves.year is not None
    return Reference(
        names=halves.names,
        authors=halves.authors,
        title=title,
        tail=tail,
        year=halves.year,
        delimited=delimited,
        state=halves.state,
        year_line=halves.year_line,
    )


def _title_first(row: Row, owner: tuple[str, ...]) -> Reference | None:
    """The reference that begins with its title: '**Title**. A. Galstyan, H. H. *ICML*, 2020'."""
    for title_end, start, marked in _openings(row):
        rest = row.part(start)
        while (links := _LINKS.match(rest.text)) and only_link_words(links[1]):
            rest = rest.part(links.end())
        rest = rest.part(3) if rest.text.startswith(("by ", "By ")) else rest
        for end, after in _tail_starts(rest):
            names = read_names(rest.text[:end].strip(EDGE.replace(".", "")), owner)
            if names and any(is_owner(author, owner) for author in names.authors):
                title, tail = row.part(0, title_end), rest.part(after)
                if _begins_with_names(tail.text):
                    continue
                if is_title(title.text) and (marked or is_place(tail.text)):
                    return Reference(names, rest.part(0, end), title, tail, None, True)
    return None


def _begins_with_names(tail: str) -> bool:
    """Whether what should be the venue goes on with the authors: 'Hua Shen, Thai Le, …, AAAI'."""
    pieces = [piece.strip(EDGE + "*") for piece in tail[:200].lstrip(EDGE + "*").split(",")[:2]]
    opened = any(without_open_end(piece) != piece for piece in pieces)
    return opened or (len(pieces) == 2 and all(map(is_name, pieces)))


def _openings(row: Row) -> Iterator[tuple[int, int, bool]]:
    """Where a title that begins the row ends, where the next thing starts, and if it is marked."""
    quoted = quotation(row)
    if quoted and quoted[0] == 0:
        yield quoted[1], _past(row.text, quoted[1]), True
    for span in marked_spans(row)[:1]:
        if span.start == 0:
            yield span.end, _past(row.text, span.end), True
    for end in sentence_ends(row.text)[:1]:
        if " " in row.text[:end]:
            yield end + (row.text[end] in "?!"), end + 1, False


def _past(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip(EDGE))


def _tail_starts(rest: Row) -> Iterator[tuple[int, int]]:
    """Where an author list that begins the row can end, and where the tail starts."""
    year = _YEAR_BEHIND.search(rest.text)
    if year:
        yield year.start(), year.start()
    for span in sorted(rest.spans, key=lambda span: span.start):
        if span.kind != "strong" and span.start > 3:
            yield span.start, span.start
            break
    yield from _list_ends(rest.text)
    if seam := _comma_seam(rest.text):
        yield seam, seam
    if not rest.links:
        yield len(rest.text), len(rest.text)


def _comma_seam(text: str) -> int:
    """Where 'T. Galstyan, H. Harutyunyan, CVPR 2022' goes over from names to a venue, else 0.

    'Neural Computation, 2020' looks like one more name, so that the venue must have letters.
    """
    at = 0
    for piece in re.finditer(r"[^,;]+[,;]?\s*", text[:3000]):
        name = re.sub(r"\A(?:and|&)\s+", "", piece[0].strip(EDGE.replace(".", "")))
        if not (is_name(without_open_end(name)) or _TWO_NAMES.fullmatch(name)):
            named = starts_place(piece[0].strip(EDGE)) and any(map(str.isalpha, piece[0]))
            return at if named and looks_like_place(text[at:][:250]) else 0
        at = piece.end()
        if without_open_end(name) != name:
            return at if looks_like_place(text[at:][:250]) else 0
    return 0
