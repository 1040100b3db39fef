"""The vocabulary that every source speaks: records, appearances, authors, partial dates.

Nothing here knows a venue, a rule or a file format. Values are frozen; two records that
say the same are equal.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """How far a work had come when it appeared. A submission is never a venue."""

    PREPRINT = "preprint"
    SUBMISSION = "submission"
    WORKSHOP = "workshop"
    CONFERENCE = "conference"
    JOURNAL = "journal"
    THESIS = "thesis"
    OTHER = "other"


class DateKind(StrEnum):
    """What happened on a date."""

    STATED = "stated"
    """The source gives a year or date of the appearance and no more."""
    POSTED = "posted"
    """First made public on a preprint server."""
    SUBMITTED = "submitted"
    """Sent in, to be reviewed."""
    REVISED = "revised"
    """The latest version was posted; the first one has an appearance of its own."""
    ACCEPTED = "accepted"
    ONLINE = "online"
    PRINT = "print"
    EVENT = "event"
    SYNTHETIC = "synthetic"
    """Made up by a program, as 1 January for a whole year: only its year counts."""


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day; never finer than what was said. 0 means not said."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for what is on no calendar, and for a day without a month."""
        if self.day and not self.month:
            raise ValueError(f"a day without a month: {self.year}-00-{self.day:02}")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read '2017', '2017-06', '2017-06-12' or a timestamp that begins so, else None."""
        found = _ISO.match(text.strip()[:10])
        if not found:
            return None
        try:
            return cls(*(int(part or 0) for part in found.groups()))
        except ValueError:
            return None

    def agrees(self, other: PartialDate) -> bool:
        """Whether both can be true of one day: '2017' agrees with '2017-06-12'."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a == b or not a or not b for a, b in pairs)

    @property
    def first_day(self) -> date:
        """The earliest day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """ISO 8601, as long as it is precise."""
        parts = [f"{self.year:04}"] + [f"{p:02}" for p in (self.month, self.day) if p]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Author:
    """One name in an author list, as one source wrote it."""

    family: str
    """Family name with its particles; the whole name of a group or of a single word."""
    given: str = ""
    """Given names or initials, as written."""
    suffix: str = ""
    """Jr., III."""
    explicit: bool = False
    """The source itself said where the family name begins ('Ver Steeg, Greg').
    False: the name came in natural order and was split after its last blank."""
    id: str = ""
    """Who this is at the source ('~Greg_Ver_Steeg1', a DBLP pid), if it says so."""

    def __str__(self) -> str:
        """'Family, Given' with the suffix where BibTeX puts it."""
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)


Lines = tuple[tuple[str, int], ...]
"""(field, line) pairs, lines counted from 1: where in the file a field stands."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """One place and time at which a record says the work appeared.

    Venue and date of one appearance never part. A status without a place ('under review')
    is an appearance of stage SUBMISSION with the words in `venue`.
    """

    stage: Stage | None = None
    """What the source says outright or by its type of entry; None: it does not say.
    A hint only: a venue that is known outranks it ('@article' in NeurIPS)."""
    venue: str = ""
    """The venue as written, year and all: 'NeurIPS'19', 'CVPR 2021'."""
    date: PartialDate | None = None
    date_kind: DateKind = DateKind.STATED
    arxiv: str = ""
    """arXiv number without version."""
    doi: str = ""
    """Lower case, no resolver."""
    openreview: str = ""
    """Forum id."""
    url: str = ""
    """Another link to this appearance, where none of the three identifiers says it."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    """'15567-15577', with one hyphen."""
    publisher: str = ""
    venue_id: str = ""
    """The group id at OpenReview ('ICLR.cc/2025/Workshop/X'): spells series and edition even
    where `venue` does not."""
    status: str = ""
    """What an OpenReview note says of itself: accepted, rejected, withdrawn, under review."""
    lines: Lines = ()
    """Lines of venue, date, arxiv, doi, … where they differ from the record's own."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source said about one publication at one time."""

    source: str
    """Name of the configured source: 'arxiv', 'homepage', 'cv'."""
    id: str
    """Stable within the source, independent of position: '2111.13733', 'news/failure-modes-…'."""
    kind: str
    """The adapter that read it: arxiv, openreview, scholar, page, bibtex."""
    title: str
    """Plain Unicode text, white space collapsed."""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    """False: the list is a lower bound ('and others', 'our work', ten names in a Scholar row)."""
    appearances: tuple[Appearance, ...] = ()
    form: str = "entry"
    """'entry' of a list; 'news' for a dated announcement; 'degree' for a thesis in a CV."""
    said: PartialDate | None = None
    """When the statement itself is dated, as a news item is."""
    categories: tuple[str, ...] = ()
    """Subject classes at the source ('cs.LG'), the primary one first."""
    by_name: tuple[str, ...] = ()
    """The names that were searched for, if nothing else than a search by name found it: it may
    be a namesake's."""
    where: str = ""
    """File (as the user would name it) or URL."""
    line: int = 0
    """First line of the entry in that file, from 1; 0: a place without lines."""
    lines: Lines = ()
    """Lines of title and authors where they differ from `line`."""
    raw: str = ""
    """The entry verbatim, for audit."""
    seen: str = ""
    """Day on which this was first read, ISO; filled by the ledger."""
    gone: bool = False
    """The source no longer sends it; filled by the ledger."""

    @property
    def key(self) -> str:
        """'arxiv:2111.13733': how decisions and people name a record."""
        return f"{self.source}:{self.id}"

    def place(self, field: str = "", appearance: Appearance | None = None) -> str:
        """Where a field stands, as 'index.md:264', or the plain address if it has no lines.

        A field without a line of its own stands where its appearance does.
        """
        lines = dict(appearance.lines) if appearance else {}
        nearest = lines.get("venue") or min(lines.values(), default=0)
        line = lines.get(field) or dict(self.lines).get(field) or nearest or self.line
        return f"{self.where}:{line}" if line else self.where


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a source that is not on the list, and why."""

    source: str
    where: str
    """'cv.md:58', or a URL."""
    reason: str
    """What is wrong and what was done: 'entry has no closing brace; skipped'."""
    fault: bool = True
    """False: nothing is wrong, it is only said (a degree without an identifier)."""
