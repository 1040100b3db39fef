"""Rules for any field: what most independent voices say, and who is trusted where none do."""

from __future__ import annotations

from collections import Counter, defaultdict

from harvester import policy
from harvester.rule import Case, Claims, distrust, heard, values_by_voice, voices_by_value


def witnesses(claims: Claims, case: Case) -> Claims:
    """Keeps the value of most independent voices.

    A voice that contradicts itself speaks for what it says most; if that is a tie, not at all.
    One voice is no majority, however often it says so.
    """
    votes: Counter[str] = Counter()
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in heard(claims):
        said[claim.voice][claim.value] += 1
    for counts in said.values():
        top = counts.most_common()
        if len(top) == 1 or top[0][1] > top[1][1]:
            votes[top[0][0]] += 1
    most = max(votes.values(), default=0)
    if most < 2:
        return claims
    best = {value for value, count in votes.items() if count == most}
    return [c for c in claims if c.value in best]


def united_witnesses(claims: Claims, case: Case) -> Claims:
    """As `witnesses`, but a voice that contradicts itself is not heard while another is."""
    said = values_by_voice(claims)
    united = [c for c in heard(claims) if len(said[c.voice]) == 1]
    values = {c.value for c in witnesses(united, case)}
    kept = [c for c in claims if c.value in values]
    return kept or witnesses(claims, case)


def trusted(claims: Claims, case: Case) -> Claims:
    """Keeps what the kind of source says that is trusted most in this field."""
    best = min(distrust(c) for c in claims)
    values = {c.value for c in claims if distrust(c) == best}
    return [c for c in claims if c.value in values]


def trusted_among_lone(claims: Claims, case: Case) -> Claims:
    """As `trusted`, but trust never overrules what two independent voices name."""
    kept = trusted(claims, case)
    values = {c.value for c in kept}
    named = voices_by_value(c for c in claims if c.value not in values)
    return claims if any(len(voices) > 1 for voices in named.values()) else kept


def authority(claims: Claims, case: Case) -> Claims:
    """Keeps what the best of the services says whose records are made by the venues."""
    order = policy.AUTHORITY
    ranks = [order.index(c.kind) if c.kind in order else len(order) for c in claims]
    best = min(ranks)
    if best == len(order):
        return claims
    values = {c.value for c, rank in zip(claims, ranks, strict=True) if rank == best}
    return [c for c in claims if c.value in values]
