"""The records of one work, parted by the version that each speaks of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from harvester import policy
from harvester.claims import sightings
from harvester.linkage import average_linkage
from harvester.match import Scale, shipped, weigh_version
from sources.ids import is_preprint_doi
from sources.record import Record, Stage

_DRAFT = re.compile(r"(?i)\bunpublished\b|\A\W*(?:draft )?manuscript\b")
"""What says of itself that it is not the paper that was published."""
_VAGUE = (Stage.OTHER, Stage.SUBMISSION)
"""Where a record says no more than this, it may speak of any version."""
_ARCHIVAL = (Stage.CONFERENCE, Stage.JOURNAL)
_MEETINGS = (*_ARCHIVAL, Stage.WORKSHOP)
"""COLT was an annual workshop before it was a conference."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The version that a record speaks of: its most final appearance. Empty is not said."""

    stage: Stage | None = None
    known: bool = False
    """The venue is in the table."""
    venue: str = ""
    year: int = 0
    doi: str = ""
    stated: int = 0
    """The year of its date, where the venue spells another edition."""


def editions(
    records: Iterable[Record],
    scale: Scale | None = None,
    partners: Container[tuple[str, str]] = (),
) -> list[list[Record]]:
    """Records of one work in groups of one version each, whatever their order.

    Stage and venue agree as far as they are said. Years may be one apart, as those of an issue
    and of its first day online are; further, they speak against the two as much as anything
    can, unless the pages agree. `partners` are sorted pairs of keys of clean sources that have
    only each other.
    """
    ordered = sorted(records, key=lambda r: r.key)
    if len(ordered) < 2:
        return [ordered] if ordered else []
    weights = scale or shipped()
    read = {record.key: weights.read(record) for record in ordered}
    known = {
        record.key: (spoken(record, read[record.key].title.year), read[record.key])
        for record in ordered
    }

    def bits(a: Record, b: Record) -> float | None:
        (one, mine), (other, theirs) = known[a.key], known[b.key]
        judgement = weigh_version(mine, theirs, weights)
        found = {piece.signal: piece.level for piece in judgement.evidence}
        alike = found.get("venue") in ("same", "alike")
        paged = found.get("pages") == "same"
        if not may_be_one(one, other, paged=paged, alike=alike):
            return None
        if not paged and not of_one_year(one, other):
            return -policy.MOST_BITS
        weight = judgement.bits
        if (judgement.a, judgement.b) in partners:
            weight += policy.PARTNER
        return max(-policy.MOST_BITS, min(policy.MOST_BITS, weight))

    # Those that say most come first; what says nothing goes where most is like it.
    ordered.sort(key=lambda record: -_told(known[record.key][0]))
    return average_linkage(ordered, bits, policy.AVERAGE)


def spoken(record: Record, before: int = 0) -> Spoken:
    """Read which version a record speaks of. `before` is the year that stands before its title,
    which counts where it says no other.
    """
    seen = sightings([record], frozenset())
    if not seen:
        return Spoken(year=before)
    head = min(seen, key=lambda one: policy.STAGE_RANK[one.reading.stage])
    stage = None if head.reading.stage in _VAGUE else head.reading.stage
    if stage is None and _DRAFT.search(head.appearance.venue):
        stage = Stage.PREPRINT
    doi = head.appearance.doi
    return Spoken(
        stage=stage,
        known=head.reading.known,
        venue=head.reading.key,
        year=head.year or before,
        doi="" if is_preprint_doi(doi) else doi,
        stated=head.appearance.date.year if head.appearance.date else 0,
    )


def may_be_one(a: Spoken, b: Spoken, *, paged: bool = False, alike: bool = False) -> bool:
    """Whether nothing that the two say parts them.

    `paged`: they name the same pages; `alike`: their venues are written alike.
    """
    if a.stage and b.stage and a.stage is not b.stage:
        # Types of entries take one for the other; a venue that is known does not.
        kinds = _MEETINGS if alike else _ARCHIVAL
        guessed = a.stage in kinds and b.stage in kinds and not (a.known and b.known)
        if not guessed:
            return False
    if a.known and b.known and a.venue != b.venue and not paged:
        return False
    return not a.doi or not b.doi or a.doi == b.doi or paged


def of_one_year(a: Spoken, b: Spoken) -> bool:
    """Whether the two are of one edition, as far as years tell."""
    if not a.year or not b.year:
        return True
    # 'Eighteenth annual symposium, 1993': one of the two is a slip.
    gaps = [abs(x - y) for x in {a.year, a.stated} - {0} for y in {b.year, b.stated} - {0}]
    return min(gaps) <= policy.YEARS_NEAR


def _told(one: Spoken) -> int:
    return 4 * bool(one.stage) + 3 * one.known + bool(one.year) + bool(one.doi)
