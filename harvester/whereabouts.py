"""Where two records appeared, compared as a whole: the two most alike of their appearances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from harvester.places import (
    Place,
    compare_numbers,
    compare_pages,
    compare_venues,
    compare_volumes,
)
from harvester.traits import Traits


@dataclass(frozen=True, slots=True)
class Where:
    """How two appearances compare."""

    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    detail: str = ""


def by_place(a: Traits, b: Traits) -> Where:
    """How the two most alike appearances of the two compare."""
    if len(a.places) == len(b.places) == 1:
        return _compare(a.places[0], b.places[0])
    found = [_compare(x, y) for x in a.places for y in b.places]
    return max(found, key=_alike, default=Where())


def _alike(where: Where) -> tuple[int, str]:
    worth = {"same": 2, "alike": 1, "touch": 1, "": 0}
    parts = (where.venue, where.volume, where.number, where.pages)
    return sum(worth.get(part, -1) for part in parts), where.detail


@lru_cache(maxsize=8)
def _compare(a: Place, b: Place) -> Where:
    venue, volume = compare_venues(a, b), compare_volumes(a, b)
    number, pages = compare_numbers(a, b), compare_pages(a, b)
    if pages in ("same", "start") and not _in_one_volume(a, b, venue, volume):
        pages = "touch"
    if venue == "differs" and volume != "same" and "differ" in (volume[:6], pages):
        # Names of journals that are not in the table, and the numbers say so too.
        venue = "elsewhere"
    if venue in ("differs", "elsewhere"):
        number = ""
    detail = f"{a.first}-{a.last} / {b.first}-{b.last}" if pages else " "
    return Where(venue, volume, number, pages, detail)


def _in_one_volume(a: Place, b: Place, venue: str, volume: str) -> bool:
    """Whether equal pages are the same pages."""
    if venue in ("differs", "elsewhere"):
        return volume == "same" and bool(a.last and b.last)
    if volume:
        return volume == "same"
    # Years slip, and are left as they were when a paper was submitted; two pages seldom do.
    return a.year == b.year or not (a.year and b.year) or bool(venue and a.last and b.last)
