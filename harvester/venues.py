"""The table of venues (venues.toml): names, editions and their dates, what DOIs spell."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from harvester.titles import fold


@dataclass(frozen=True, slots=True)
class Edition:
    """When one edition took place, and who says so."""

    first_day: date
    last_day: date
    source: str
    exact: bool = True
    """False: only the month that is usual for the series."""


@dataclass(frozen=True, slots=True)
class Venue:
    """One row of venues.toml."""

    key: str
    name: str
    full: str
    kind: str
    phrases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    first: int = 0
    volumes: int = 0
    doi: tuple[str, ...] = ()
    openreview: tuple[str, ...] = ()
    month: int = 0
    editions: dict[int, Edition] = field(default_factory=dict)

    def edition(self, year: int) -> Edition | None:
        """The dates of an edition, or the usual month of the series as a whole; else None."""
        if year in self.editions:
            return self.editions[year]
        if not self.month:
            return None
        after = date(year + self.month // 12, self.month % 12 + 1, 1)
        last = date.fromordinal(after.toordinal() - 1)
        return Edition(date(year, self.month, 1), last, "usual month of the series", exact=False)


@cache
def table() -> dict[str, Venue]:
    """Every venue by key, as venues.toml has them."""
    text = (files("harvester") / "venues.toml").read_text(encoding="utf-8")
    return {row["key"]: _venue(row) for row in tomllib.loads(text)["venue"]}


def _venue(row: dict[str, object]) -> Venue:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    editions = {
        int(year): Edition(date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[2])
        for year, days in dict(row.get("editions") or {}).items()  # type: ignore[call-overload]
    }
    return Venue(**{**values, "editions": editions})  # type: ignore[arg-type]


def full_name(key: str, track: str) -> str:
    """The booktitle or journal name for an exported entry; '' if the table has none."""
    venue = table().get(key)
    if venue is None:
        return ""
    return workshop_name(venue.name, track) if track else venue.full


def workshop_name(parent: str, track: str) -> str:
    """'ICML TokShop Workshop', 'ICLR Workshop on Neural Network Weights …'."""
    if not track:
        return f"{parent} Workshop".strip()
    if re.match(r"(?i)workshop\b", track):
        return f"{parent} {track}".strip()
    return f"{parent} {track} Workshop".strip()


def edition_of_doi(value: str) -> tuple[str, int]:
    """(venue key, year) that a publisher's DOI spells ('10.1109/allerton.2017.8262735').

    ('', 0) if the stem is no venue's; year 0 if it names the venue alone.
    """
    for venue in table().values():
        for stem in venue.doi:
            if value.startswith(stem):
                spelled = re.match(r"\d*\.((?:19|20)\d{2})\.", value[len(stem) :])
                return venue.key, int(spelled[1]) if spelled else 0
    return "", 0


def names_one_workshop(a: str, b: str) -> bool:
    """Whether two names of workshops may be taken for one: equal words, or one in the other.

    'Weight Space Learning' and 'Neural Network Weights as a New Data Modality' are not:
    only a person can know.
    """
    drop = {"workshop", "on", "for", "of", "the", "and", "in", "at", "a", "an"}
    first, second = (set(fold(x).split()) - drop for x in (a, b))
    if not first or not second or first <= second or second <= first:
        return True
    short, long = sorted((a, b), key=len)
    letters = "".join(word[0] for word in fold(long).split() if word not in drop)
    return fold(short).replace(" ", "") == letters
