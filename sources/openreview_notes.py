"""OpenReview's notes read: who wrote what, where it went, and what became of it there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sources.ids import arxiv_id, doi, is_preprint_doi
from sources.names import parse_author
from sources.openreview_standing import ACCEPTED, standing
from sources.record import Appearance, Author, DateKind, PartialDate, Record, Skipped, Stage

Note = Mapping[str, Any]

_DECISION = re.compile(r"(?i)/(?:acceptance_)?decision\Z|/meta_?review\Z")
_PAGES = re.compile(r"\bpages\s*=\s*\{(\d+(?:-+\d+)?)\}")
MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_EPOCH = date(1970, 1, 1)
_RAW = (
    "id forum number invitation invitations cdate tcdate odate pdate domain externalId externalIds"
).split()
_RAW_CONTENT = "title authors authorids venue venueid html pdf _bibtex year".split()


def content(note: Note, key: str) -> Any:
    """A field of either API: v2 wraps each in {'value': …}. None if it is not there."""
    fields = note.get("content")
    value = fields.get(key) if isinstance(fields, dict) else None
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def text(note: Note, key: str) -> str:
    """A field that is text, white space collapsed; '' for anything else."""
    value = content(note, key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_submission(note: Note) -> bool:
    """Reviews, comments and revisions also have titles; they are no papers."""
    forum = note.get("forum") or note.get("id")
    return not note.get("replyto") and not note.get("referent") and forum == note.get("id")


def _decision_of(replies: Sequence[Note]) -> Note | None:
    """The decision among a note's replies."""
    for reply in sorted(replies, key=lambda reply: str(reply.get("id"))):
        if any(_DECISION.search(name) for name in _invitations(reply)) and _decided(reply):
            return reply
    return None


def _decided(reply: Note) -> str:
    return text(reply, "decision") or text(reply, "recommendation")


def read_note(
    note: Note, replies: Sequence[Note], source: str, where: str, line: int
) -> Record | Skipped:
    """The record of one submission or imported note."""
    name = str(note.get("id") or note.get("externalId") or "")
    place = f"{where}:{line}" if line else where
    if not name:
        return Skipped(source, place, "note has no id; skipped")
    if note.get("ddate"):
        return Skipped(source, place, f"note {name} was deleted at OpenReview", fault=False)
    title = text(note, "title")
    if not title:
        return Skipped(source, place, f"note {name} has no title; skipped")
    people, whole = authors(note)
    return Record(
        source=source,
        id=name,
        kind="openreview",
        title=title,
        authors=people,
        authors_complete=whole,
        appearances=tuple(_appearances(note, replies)),
        where=where,
        line=line,
        raw=_raw(note),
    )


def _raw(note: Note) -> str:
    """The parts that were read, without abstracts, and without the e-mail addresses of v1."""
    kept = {key: note[key] for key in _RAW if note.get(key) is not None}
    fields = note.get("content")
    fields = fields if isinstance(fields, dict) else {}
    kept["content"] = {key: fields[key] for key in _RAW_CONTENT if key in fields}
    return MAIL.sub("…", json.dumps(kept, ensure_ascii=False, sort_keys=True))


def authors(note: Note) -> tuple[tuple[Author, ...], bool]:
    """The authors in order, and whether they are all.

    Of `authorids` only profile ids are kept: v1 has e-mail addresses there, imports have
    search links. A note under double-blind review has no authors, or 'Anonymous'.
    """
    listed = content(note, "authors")
    if isinstance(listed, str):
        listed = re.split(r",\s*(?:and\s+)?|\s+and\s+", listed)
    rows = _list(listed)
    ids = _list(content(note, "authorids"))
    ids = ids if len(ids) == len(rows) else [None] * len(rows)
    found: list[Author] = []
    for row, id in zip(rows, ids, strict=True):
        # Since April 2026 a list of objects, and no authorids: FORMATS 2.6.
        name, who = (
            (row.get("fullname"), row.get("username")) if isinstance(row, dict) else (row, id)
        )
        profile = who if isinstance(who, str) and who.startswith("~") else ""
        author = parse_author(name, profile) if isinstance(name, str) and "@" not in name else None
        if author and str(author) != "Anonymous":
            found.append(author)
    return tuple(found), bool(found) and len(found) == len(rows)


def _appearances(note: Note, replies: Sequence[Note]) -> Iterator[Appearance]:
    venue, venueid = text(note, "venue"), text(note, "venueid")
    invitations = _invitations(note)
    house = venueid.lower()
    if house.startswith("dblp.org/") or any("dblp.org/-/record" in n.lower() for n in invitations):
        yield _mirror(note, venue, venueid)
    elif house.startswith("openreview.net/") or (not venueid and _externals(note)):
        yield from _imported(note, venue)
    else:
        # v2 keeps every invitation that a note ever had; there the group id is newer.
        moved = invitations if not venueid or "invitation" in note else []
        reply = _decision_of(replies)
        said = standing(venue, venueid, moved, _decided(reply) if reply else "")
        accepted = said.status == ACCEPTED
        # Before 2021 only the decision among the replies is dated.
        when = _day(note.get("pdate")) or (_made(reply) if reply else None)
        yield Appearance(
            stage=said.stage,
            venue=said.venue,
            venue_id=said.group,
            date=when if accepted else _made(note),
            date_kind=DateKind.ACCEPTED if accepted else DateKind.SUBMITTED,
            openreview=str(note.get("forum") or note.get("id") or ""),
            status=said.status,
        )
        # Venues before 2017 took a link to arXiv in place of a file.
        if number := _arxiv(text(note, "pdf")):
            yield Appearance(stage=Stage.PREPRINT, venue="arXiv", arxiv=number)


def _mirror(note: Note, venue: str, venueid: str) -> Appearance:
    """A copy of a DBLP record. Its dates are made up from the year, its id is no one's forum."""
    link, pdf = text(note, "html"), text(note, "pdf")
    year = venueid.rpartition("/")[2]
    made = _day(note.get("cdate"))
    if _YEAR.match(year):
        when: PartialDate | None = PartialDate(int(year))
    else:
        when = made and PartialDate(made.year)
    if "/journals/corr" in venueid.lower():
        return Appearance(
            stage=Stage.PREPRINT,
            venue=venue,
            date=when,
            date_kind=DateKind.SYNTHETIC,
            arxiv=_arxiv(link) or _arxiv(pdf),
        )
    number = doi(link)
    pages = _PAGES.search(text(note, "_bibtex"))
    return Appearance(
        stage=Stage.JOURNAL if "/journals/" in venueid.lower() else None,
        venue=venue,
        date=when,
        date_kind=DateKind.SYNTHETIC,
        doi=number,
        url="" if number else link,
        pages=re.sub("-+", "-", pages[1]) if pages else "",
    )


def _imported(note: Note, venue: str) -> Iterator[Appearance]:
    """What a person let OpenReview fetch from arXiv or ORCID, or uploaded with a venue typed in."""
    when = _day(note.get("pdate"))
    known = dict(reversed([name.partition(":")[::2] for name in _externals(note)]))
    number = (
        arxiv_id(known.get("arxiv", "")) or _arxiv(text(note, "html")) or _arxiv(text(note, "pdf"))
    )
    published = doi(known.get("doi", "")) or doi(text(note, "html"))
    if number:
        guessed = _made_of_a_year(note.get("pdate"))
        yield Appearance(
            stage=Stage.PREPRINT,
            venue="arXiv",
            date=PartialDate(when.year) if when and guessed else when,
            date_kind=DateKind.SYNTHETIC if guessed else DateKind.POSTED,
            arxiv=number,
        )
    published = "" if is_preprint_doi(published) else published
    if published or (venue and not (number and re.match(r"(?i)arxiv|corr\b", venue))):
        yield Appearance(
            venue=venue,
            date=when and PartialDate(when.year),
            date_kind=DateKind.SYNTHETIC,
            doi=published,
        )


def _externals(note: Note) -> list[str]:
    named = [note.get("externalId"), *_list(note.get("externalIds"))]
    return [name for name in named if isinstance(name, str) and ":" in name]


def _invitations(note: Note) -> list[str]:
    named = [note.get("invitation"), *_list(note.get("invitations"))]
    return [name for name in named if isinstance(name, str)]


def _arxiv(link: str) -> str:
    return arxiv_id(link) if "arxiv" in link.lower() else ""


def _day(stamp: object) -> PartialDate | None:
    """The day, in UTC, of milliseconds since 1970."""
    if isinstance(stamp, bool) or not isinstance(stamp, int) or stamp == 0:
        return None
    try:
        day = _EPOCH + timedelta(milliseconds=stamp)
    except OverflowError:
        return None
    return PartialDate(day.year, day.month, day.day)


def _made_of_a_year(stamp: object) -> bool:
    """Whether a stamp is the first instant of a 1 January or 31 December."""
    day = _day(stamp)
    ends = day is not None and (day.month, day.day) in ((1, 1), (12, 31))
    return ends and isinstance(stamp, int) and stamp % 86_400_000 == 0


def _made(note: Note) -> PartialDate | None:
    """The day on which a note was written; `cdate` can be set, as to 1 January (FORMATS 2.6)."""
    return _day(note.get("tcdate")) or _day(note.get("cdate"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
