"""The records of one work, parted by the version that each speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harvester import policy
from harvester.claims import sightings
from sources.ids import is_preprint_doi
from sources.record import Record, Stage

_VAGUE = (Stage.OTHER, Stage.SUBMISSION)
"""Where a record says no more than this, it may speak of any version."""
_ARCHIVAL = (Stage.CONFERENCE, Stage.JOURNAL)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The version that a record speaks of: its most final appearance. Empty is not said."""

    stage: Stage | None = None
    known: bool = False
    """The venue is in the table."""
    venue: str = ""
    year: int = 0
    doi: str = ""


@dataclass(slots=True)
class _Edition:
    records: list[Record] = field(default_factory=list)
    said: list[Spoken] = field(default_factory=list)


def editions(records: Iterable[Record]) -> list[list[Record]]:
    """Records of one work in groups of one version each, whatever their order.

    Stage, venue and year agree as far as they are said; years may be one apart, as those of
    an issue and of its first day online are.
    """
    found: list[_Edition] = []
    said = [(spoken(record), record) for record in sorted(records, key=lambda r: r.key)]
    # Those that say most come first; what says nothing goes where most is like it.
    for one, record in sorted(said, key=lambda pair: -_told(pair[0])):
        fitting = [e for e in found if all(may_be_one(one, other) for other in e.said)]
        if fitting:
            home = max(fitting, key=lambda e: _likeness(one, e.said))
        else:
            home = _Edition()
            found.append(home)
        home.records.append(record)
        if one not in home.said:
            home.said.append(one)
    return [edition.records for edition in found]


def spoken(record: Record) -> Spoken:
    """Read which version a record speaks of."""
    seen = sightings([record], frozenset())
    if not seen:
        return Spoken()
    head = min(seen, key=lambda one: policy.STAGE_RANK[one.reading.stage])
    stage = None if head.reading.stage in _VAGUE else head.reading.stage
    doi = head.appearance.doi
    return Spoken(
        stage=stage,
        known=head.reading.known,
        venue=head.reading.key,
        year=head.year,
        doi="" if is_preprint_doi(doi) else doi,
    )


def may_be_one(a: Spoken, b: Spoken) -> bool:
    """Whether nothing that the two say parts them."""
    if a.stage and b.stage and a.stage is not b.stage:
        # Types of entries take one for the other; a venue that is known does not.
        guessed = a.stage in _ARCHIVAL and b.stage in _ARCHIVAL and not (a.known and b.known)
        if not guessed:
            return False
    if a.known and b.known and a.venue != b.venue:
        return False
    if a.doi and b.doi and a.doi != b.doi:
        return False
    return not a.year or not b.year or abs(a.year - b.year) <= policy.YEARS_NEAR


def _told(one: Spoken) -> int:
    return 4 * bool(one.stage) + 3 * one.known + bool(one.year) + bool(one.doi)


def _likeness(one: Spoken, others: Sequence[Spoken]) -> tuple[int, int, int]:
    """The most that is alike with any of the others, then the nearest year."""
    alike = max(
        (one.doi == other.doi != "") * 8
        + (one.venue == other.venue != "") * 4
        + (one.stage is other.stage is not None) * 2
        for other in others
    )
    gap = min((abs(one.year - o.year) for o in others if one.year and o.year), default=9)
    return alike, -gap, max(_rank(other) for other in others)


def _rank(one: Spoken) -> int:
    return -policy.STAGE_RANK[one.stage or Stage.OTHER]
