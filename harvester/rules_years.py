"""Rules for years and dates: identifiers, time, first versions, issues of journals."""

from __future__ import annotations

from harvester import policy, venues
from harvester.canon import Claim
from harvester.rule import Case, Claims, most_voices, voices_by_value
from sources.record import PartialDate, Stage


def spelled(claims: Claims, case: Case) -> Claims:
    """Keeps the editions that identifiers spell."""
    values = {c.value for c in claims if c.basis == "identifier" and not c.gone}
    return [c for c in claims if c.value in values]


def in_volume(claims: Claims, case: Case) -> Claims:
    """Keeps the editions that the volume of the proceedings is of: '… Systems 34' is 2021's."""
    values = {c.value for c in claims if c.basis == "volume" and not c.gone}
    return [c for c in claims if c.value in values]


def numbered(claims: Claims, case: Case) -> Claims:
    """Keeps the years that the paper's arXiv number allows: its own, or the one before if it was
    posted on a last of December. A .bib of a revision has the year of that.
    """
    if case.numbered is None:
        return claims
    first = case.numbered.year - (case.numbered.month == 1)
    return [c for c in claims if first <= int(c.value[:4]) <= case.numbered.year]


def not_over(claims: Claims, case: Case) -> Claims:
    """Keeps editions that were not over long before the paper was first posted.

    A paper may be posted long after its conference: an edition that more independent voices
    name than any other is not struck, nor for one that may only be the year of the posting.
    """
    venue = venues.table().get(case.venue_key)
    if venue is None or case.posted is None:
        return claims
    kept = []
    for claim in claims:
        edition = venue.edition(int(claim.value))
        grace = policy.OVER_DAYS["exact" if edition and edition.exact else "usual"]
        if not edition or (case.posted.first_day - edition.last_day).days <= grace:
            kept.append(claim)
    struck = [claim for claim in claims if claim not in kept]
    heard = most_voices(c for c in kept if not is_first_version(c, case))
    return kept if heard and heard >= most_voices(struck) else claims


def is_first_version(claim: Claim, case: Case) -> bool:
    """Whether a year may be that of another version: Scholar's is of whichever it saw first
    (FORMATS 3.1), unless the venue string or an identifier spells it, or nothing was posted then.
    """
    if claim.kind not in policy.MERGES or claim.basis not in ("date", "issue"):
        return False
    return case.posted is None or case.posted.year == int(claim.value)


def corroborated(claims: Claims, case: Case) -> Claims:
    """Keeps the year that most independent voices name, two at least.

    A voice that contradicts itself is heard for all that it says: whatever another names as
    well is no slip of the pen.
    """
    named = voices_by_value(c for c in claims if not is_first_version(c, case))
    ranked = sorted(named, key=lambda value: -len(named[value]))
    if not ranked or len(named[ranked[0]]) < 2:
        return claims
    best = {value for value in ranked if len(named[value]) == len(named[ranked[0]])}
    return [c for c in claims if c.value in best]


def in_print(claims: Claims, case: Case) -> Claims:
    """Keeps the year of the issue where an article was online the year before: both are true."""
    if case.stage is not Stage.JOURNAL:
        return claims
    issues = {int(c.value) for c in claims if c.basis == "issue"}
    return [c for c in claims if int(c.value) + 1 not in issues or int(c.value) in issues]


def finest(claims: Claims, case: Case) -> Claims:
    """Drops dates that a finer one, which agrees with them, makes needless."""
    dates = {c.value: PartialDate.parse(c.value) for c in claims}

    def is_coarse(value: str) -> bool:
        mine = dates[value]
        return any(
            other is not None and mine is not None and len(v) > len(value) and mine.agrees(other)
            for v, other in dates.items()
        )

    return [c for c in claims if not is_coarse(c.value)]
