"""How other programs pick one of several values: a line each, over the same claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.claims_drawn import Drawn
from harvester import policy, venue_strings
from harvester.claims import witness
from harvester.people import parts
from sources.record import Record, Stage

Value = str | tuple[tuple[str, ...], ...]
Said = Sequence[tuple[Value, Record]]
FIELDS = ("venue", "year", "authors")


def said(drawn: Drawn, field: str) -> Said:
    """What each record says of a field, in the order of the records.

    Peers are given our reading of venue strings, and never the preprint's venue and year.
    """
    if field == "authors":
        named = [(tuple(map(parts, one.authors)), one) for one in drawn.records]
        return [(names, one) for names, one in named if names]
    found: list[tuple[Value, Record]] = []
    for one in drawn.records:
        for seen in one.appearances:
            reading = venue_strings.read(seen.venue, seen.stage, seen.venue_id)
            year = str(seen.date.year) if seen.date else ""
            value = reading.key if field == "venue" else year
            if value and reading.stage is not Stage.PREPRINT:
                found.append((value, one))
    return found


def _majority(claims: Said, field: str) -> Value:
    counts = Counter(value for value, _ in claims)
    return max((value for value, _ in claims), key=lambda value: counts[value])


def _trusted(claims: Said, field: str) -> Value:
    return min(claims, key=lambda claim: policy.TRUST[field].index(witness(claim[1])))[0]


def _newest(claims: Said, field: str) -> Value:
    return max(claims, key=lambda claim: claim[1].seen)[0]


def _longest(claims: Said, field: str) -> Value:
    return max(claims, key=lambda claim: len(claim[0]))[0]


def _first_seen(claims: Said, field: str) -> Value:
    return min(claims, key=lambda claim: claim[1].seen)[0]


POLICIES: dict[str, Callable[[Said, str], Value]] = {
    "majority": _majority,
    "trusted": _trusted,
    "newest": _newest,
    "longest": _longest,
    "first seen": _first_seen,
}
"""By the name that the report gives them."""
