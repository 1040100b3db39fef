"""Titles that a source repeats from issue to issue, as a column does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from harvester import policy
from harvester.traits import Traits


def serials(records: Sequence[tuple[str, Traits]]) -> frozenset[str]:
    """Squeezed titles that one (source, record) names in several years or issues of one venue.

    A paper that is cited often has one year, and slips beside it; a column has many years.
    """
    times: dict[str, int] = Counter(record.title.flat for _, record in records)
    years: dict[tuple[str, str, str], Counter[object]] = defaultdict(Counter)
    issues: dict[tuple[str, str, str], Counter[object]] = defaultdict(Counter)
    pages: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for source, record in records:
        flat = record.title.flat
        if times[flat] < policy.ISSUES:
            continue
        for place in record.places:
            about = source, place.key, flat
            pages[about].add(place.first)
            if place.year:
                years[about][place.year] += 1
            if place.volume and place.number:
                issues[about][place.volume, place.number] += 1
    # One article keeps its pages, whatever a catalogue writes into its number.
    found = {about[2] for about, seen in years.items() if _spread(seen)}
    found |= {
        about[2]
        for about, seen in issues.items()
        if _spread(seen) and ("" in pages[about] or len(pages[about]) >= policy.ISSUES)
    }
    return frozenset(found)


def _spread(seen: Counter[object]) -> bool:
    return len(seen) >= policy.ISSUES and 3 * max(seen.values()) <= seen.total()


def tidy_sources(records: Sequence[tuple[str, Traits]]) -> frozenset[str]:
    """Sources of many records that hardly ever name one paper twice."""
    sizes = Counter(source for source, _ in records)
    told = Counter(
        (source, record.title.flat, record.names)
        for source, record in records
        if record.title.bits >= policy.RARE_TITLE and len(record.names) > 1
    )
    again: Counter[str] = Counter()
    for (source, *_), times in told.items():
        again[source] += times - 1
    return frozenset(
        source
        for source, size in sizes.items()
        if size >= policy.MANY and again[source] <= size * policy.TIDY
    )
