"""Rules for years and dates: identifiers, time, first versions, issues of journals."""

from __future__ import annotations

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

    A paper may be posted long after its conference: an edition that a registry or an entry with
    pages has, or more independent voices name than any other, is not struck, nor is any for one
    that may only be the year of the posting.
    """
    venue = venues.table().get(case.venue_key)
    if venue is None or case.posted is None:
        return claims
    kept = []
    for claim in claims:
        edition = venue.edition(int(claim.value))
        grace = policy.OVER_DAYS["exact" if edition and edition.exact else "usual"]
        late = edition and (case.posted.first_day - edition.last_day).days > grace
        if not late or is_recorded(claim):
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


def is_recorded(claim: Claim) -> bool:
    """Whether a year comes from a registry or stands with pages or the title of proceedings."""
    return claim.kind in policy.AUTHORITY or claim.basis in ("title", "pages")


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


def pasted(claims: Claims, case: Case) -> Claims:
    """Keeps the years of .bib entries that have the pages, unless two independent voices name
    another: who pastes an entry mistypes nothing.

    Of 36 such entries of conferences whose edition is spelled elsewhere none has another year.
    """
    values = {c.value for c in claims if c.basis == "pages" and c.kind == "bibtex"}
    others = [c for c in claims if c.value not in values and not is_first_version(c, case)]
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
    well is no slip of the pen. Not the year before another of an article: many name that in which
    it was online.
    """
    named = voices_by_value(c for c in claims if not is_first_version(c, case))
    ranked = sorted(named, key=lambda value: -len(named[value]))
    if not ranked or len(named[ranked[0]]) < 2:
        return claims
    best = {value for value in ranked if len(named[value]) == len(named[ranked[0]])}
    following = {str(int(value) + 1) for value in best} - best
    if case.stage is Stage.JOURNAL and any(c.value in following for c in claims):
        return claims
    return [c for c in claims if c.value in best]


def in_print(claims: Claims, case: Case) -> Claims:
    """Keeps the year of the issue where an article was online the year before: both are true.

    Of 211 articles that lists have with their volume ten have the year before it, none a later:
    an earlier year is the online one even beside the volume, but not in a registry.
    """
    if case.stage is not Stage.JOURNAL:
        return claims
    registered = {c.value for c in claims if c.kind in policy.AUTHORITY}
    issues = {int(c.value) for c in claims if c.basis == "issue" or c.value in registered}
    return [c for c in claims if int(c.value) + 1 not in issues or c.value in registered]


def later(claims: Claims, case: Case) -> Claims:
    """Keeps the later of two years of an article that are one apart, if no issue is named:
    articles are online before they are in print. Not where only its owner names the later, who
    may mistype it, but for Scholar's year, which may be that of the posting.
    """
    values = {int(c.value) for c in claims}
    bare = not any(c.basis == "issue" for c in claims)
    if case.stage is not Stage.JOURNAL or not bare or len(values) != 2:
        return claims
    kept = [c for c in claims if int(c.value) == max(values)]
    struck = [c for c in claims if int(c.value) == max(values) - 1]
    by_another = any(c.voice != "owner" and not is_first_version(c, case) for c in kept)
    lone = all(is_first_version(c, case) for c in struck)
    return kept if struck and (by_another or lone) else claims


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
