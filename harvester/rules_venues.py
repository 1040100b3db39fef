"""Rules for venues: what identifiers and pages prove, what witnesses name, what is misspelt."""

from __future__ import annotations

from collections import Counter, defaultdict

from harvester import policy, venues
from harvester.rule import Case, Claims, heard, most_voices


def in_table(claims: Claims, case: Case) -> Claims:
    """Drops a name that no table knows where it may be another spelling of one that is known."""
    known = [c for c in claims if c.basis]
    return [
        c for c in claims if c.basis or not any(venues.may_name(c.text, k.value) for k in known)
    ]


def identified(claims: Claims, case: Case) -> Claims:
    """Keeps the venues of which an identifier of the paper is: its DOI, its OpenReview group."""
    values = {c.value for c in claims if c.basis == "identifier"}
    return [c for c in claims if c.value in values]


def printed(claims: Claims, case: Case) -> Claims:
    """Keeps the venues in whose volumes the paper has pages, as sources say beside the name; a
    talk has none. Not where two independent voices name a venue without pages.
    """
    values = {c.value for c in claims if c.basis == "print"}
    others = [c for c in claims if c.value not in values]
    return [c for c in claims if c.value in values] if most_voices(others) < 2 else claims


def most_named(claims: Claims, case: Case) -> Claims:
    """Keeps the venue that most independent voices name, two at least; a voice that contradicts
    itself is heard for what it says most often, and for each where it says two as often. One that
    names pages elsewhere is no second voice.
    """
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in heard(claims):
        said[claim.voice][claim.value] += 1
    votes: dict[str, set[str]] = defaultdict(set)
    for voice, counts in said.items():
        for value in counts:
            if counts[value] == max(counts.values()):
                votes[value].add(voice)
    most = max(map(len, votes.values()), default=0)
    best = {value for value in votes if len(votes[value]) == most}
    elsewhere = {c.voice for c in claims if c.basis == "print" and c.value not in best}
    if any(len(votes[value] - elsewhere) < 2 for value in best):
        return claims
    return [c for c in claims if c.value in best]


def own_lists(claims: Claims, case: Case) -> Claims:
    """Keeps the venue that two lists of the person name, and none of them another, against what
    merges versions: a person knows where they spoke, Scholar files workshops under conferences
    (FORMATS 11).
    """
    own = [c for c in claims if c.voice == "owner"]
    merged = all(c.kind in policy.MERGES for c in claims if c not in own)
    sure = len({c.record for c in own}) > 1 and len({c.value for c in own}) == 1
    return own if sure and merged else claims
