"""Rules for years and dates: identifiers, time, first versions, issues of journals."""

from __future__ import annotations

from collections import Counter

from harvester import policy, venues
from harvester.canon import Claim
from harvester.rule import Case, Claims, most_voices, voices_by_value
from harvester.venue_table import Venue
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
    heard = [c for c in kept if not is_first_version(c, case)]
    if not heard or not _follows(kept, [c for c in struck if is_first_version(c, case)], venue):
        return claims
    return kept if most_voices(heard) >= most_voices(struck) else claims


def _follows(kept: Claims, postings: Claims, venue: Venue) -> bool:
    """Whether the edition after that of a year of posting is claimed: where only a later one is,
    nothing tells whether that is right.
    """
    following = {int(c.value) + venue.every for c in postings}
    return not postings or any(int(c.value) in following for c in kept)


def not_of_posting(claims: Claims, case: Case) -> Claims:
    """Drops what may be the year of the first posting where that was too late for its edition,
    but not for the next, which is claimed too.
    """
    venue = venues.table().get(case.venue_key)
    if venue is None or case.posted is None:
        return claims
    posted = case.posted.first_day

    def is_late(claim: Claim) -> bool:
        edition = venue.edition(int(claim.value))
        late = edition and (edition.last_day - posted).days < policy.BEFORE_DAYS
        return bool(late) and is_first_version(claim, case)

    kept = [c for c in claims if not is_late(c)]
    return kept if _follows(kept, [c for c in claims if c not in kept], venue) else claims


def titled(claims: Claims, case: Case) -> Claims:
    """Keeps the editions that titles of proceedings spell, unless two independent voices name
    another: titles are pasted, years are typed.
    """
    values = {c.value for c in claims if c.basis == "title"}
    others = [c for c in claims if c.value not in values]
    return [c for c in claims if c.value in values] if most_voices(others) < 2 else claims


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
    issues = {int(c.value) for c in claims if c.basis == "issue" or c.kind in policy.AUTHORITY}
    return [c for c in claims if int(c.value) + 1 not in issues or int(c.value) in issues]


def later(claims: Claims, case: Case) -> Claims:
    """Keeps the later of two years of an article that are one apart, if neither stands with its
    issue and no more lists name the earlier: articles are online before they are in print.

    Of 97 articles that Scholar lists with their volume 7 have the year before it, none a later.
    """
    counts = Counter(int(c.value) for c in claims)
    bare = not any(c.basis == "issue" for c in claims)
    if case.stage is not Stage.JOURNAL or len(counts) != 2 or not bare:
        return claims
    first, last = sorted(counts)
    online = last - first == 1 and counts[first] <= counts[last]
    return [c for c in claims if int(c.value) == last] if online else claims


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
