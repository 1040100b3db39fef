"""A .bib entry that still speaks of a preprint or a submission, made to name where it appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harvester.bib import TYPES
from harvester.latex_out import latex
from harvester.listed import Listed
from harvester.splices import Refused, Splice, Stretch
from harvester.venues import full_name
from sources.record import Stage

ENTRY = re.compile(r"\s*@\s*(\w+)\s*[{(]")
_FIELD = re.compile(r"(?<=[,\s{(])([A-Za-z][\w-]*)\s*=\s*")
_PLACES = "journal journaltitle booktitle howpublished note pubstate addendum publisher".split()
_UNPUBLISHED = re.compile(r"(?i)arxiv|preprint|\bcorr\b|review|submi|a?rxiv")
_GENERAL = ("article", "misc", "unpublished", "techreport", "online", "inproceedings")
_NUMBER = re.compile(r"(?<!\d)(\d{4}\.\d{4,5})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of an entry, by offsets in the text; `inside` leaves the delimiters out."""

    name: str
    start: int
    inside: tuple[int, int]
    end: int


def status(entry: Stretch, work: Listed) -> Iterator[Splice]:
    """The type, the place and the year of an entry as those of the work's headline.

    An arXiv number that the old place gave gets a field of its own. Raises Refused.
    """
    kind = ENTRY.match(entry.shown)
    if kind is None:
        raise Refused("no entry begins there any more; run `harvest sync` first")
    fields = {field.name.lower(): field for field in _fields(entry, kind.end())}
    head = work.head
    if head.stage == Stage.PREPRINT:
        old = _old_place(entry.text, fields)
        yield Splice(*old.inside, f"arXiv preprint arXiv:{head.arxiv}")
        return
    wanted, name = TYPES.get(Stage(head.stage), ("", ""))
    place = latex(full_name(head.venue_key, head.track) or head.venue)
    if kind[1].lower() not in _GENERAL or not (wanted and place and head.year):
        raise Refused("its type of entry is none that can be exchanged; correct it by hand")
    if kind[1].lower() != wanted:
        yield entry.splice(kind, wanted, 1)
    yield from _place(entry.text, fields, name, place)
    year = fields.get("year")
    if year and entry.text[slice(*year.inside)].strip() != str(head.year):
        yield Splice(*year.inside, str(head.year))


def year(entry: Stretch, old: str, new: str) -> Iterator[Splice]:
    """The field `year` of an entry, if it is the old one."""
    kind = ENTRY.match(entry.shown)
    for field in _fields(entry, kind.end()) if kind else ():
        if field.name.lower() == "year" and entry.text[slice(*field.inside)].strip() == old:
            yield Splice(*field.inside, new)


def _place(text: str, fields: dict[str, _Field], name: str, place: str) -> Iterator[Splice]:
    yield from _volume(text, fields)
    try:
        old = _old_place(text, fields)
    except Refused:
        if "eprint" not in fields or name in fields:
            raise
        first = fields["eprint"]
        yield Splice(first.start, first.start, f"{name}={{{place}}}{_between(text, first)}")
        return
    number = _NUMBER.search(text, *old.inside)
    more = ""
    if number and "eprint" not in fields:
        between = _between(text, old)
        more = f"{between}eprint={{{number[1]}}}{between}archivePrefix={{arXiv}}"
    label = text[old.start : old.start + len(old.name)]
    if label.lower() != name:
        yield Splice(old.start, old.start + len(label), name)
    yield Splice(*old.inside, place)
    if more:
        yield Splice(old.end, old.end, more)


def _volume(text: str, fields: dict[str, _Field]) -> Iterator[Splice]:
    """DBLP's volume of CoRR is an arXiv number: it becomes one, or goes if there is one."""
    old = fields.get("volume")
    found = re.compile(r"abs/(\d{4}\.\d{4,5})").fullmatch(text, *old.inside) if old else None
    if old and found and "eprint" not in fields:
        yield Splice(old.start, old.end, f"eprint={{{found[1]}}}")
    elif old and found:
        later = [field.start for field in fields.values() if field.start > old.start]
        if later:
            yield Splice(old.start, min(later), "")


def _old_place(text: str, fields: dict[str, _Field]) -> _Field:
    for name in _PLACES:
        if name in fields and _UNPUBLISHED.search(text, *fields[name].inside):
            return fields[name]
    raise Refused("no field of it says so any more; run `harvest sync` first")


def _between(text: str, field: _Field) -> str:
    """The comma, the end of line and the indent that part two fields of this entry."""
    start = max(text.rfind("\n", 0, field.start) + 1, 0)
    indent = text[start : field.start]
    if indent.strip():
        return ", "
    end = "\r\n" if text.endswith("\r", 0, max(start - 1, 0)) else "\n"
    return f",{end}{indent}"


def _fields(entry: Stretch, at: int) -> Iterator[_Field]:
    """The fields of one entry whose value is in braces, in quotes, or a bare word."""
    text, at = entry.text, entry.start + at
    while found := _FIELD.search(text, at, entry.end):
        begin = found.end()
        closing = _closing(text, begin, entry.end)
        inside = (begin + 1, closing - 1) if text[begin] in '{"' else (begin, closing)
        yield _Field(found[1], found.start(1), inside, closing)
        at = closing


def _closing(text: str, at: int, end: int) -> int:
    """Where the value that begins at an offset ends, its delimiter included."""
    if text[at] not in '{"':
        word = re.compile(r"[\w.:/-]*").match(text, at, end)
        return word.end() if word else at
    depth, quoted = 0, text[at] == '"'
    for place in range(at, end):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0 and place > at and (not quoted or text[place] == '"'):
            return place + 1
        if depth == 0 and not quoted:
            return place + 1
    raise Refused("its braces do not close; correct it by hand")
