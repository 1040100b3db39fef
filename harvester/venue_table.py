"""Venues as values: a row of venues.toml, its editions, and tables of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from datetime import date
from difflib import get_close_matches


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
    kind: str = "conference"
    phrases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    publisher: str = ""
    first: int = 0
    every: int = 1
    since: int = 0
    volumes: int = 0
    doi: tuple[str, ...] = ()
    doi_years: dict[str, int] = field(default_factory=dict)
    anthology: tuple[str, ...] = ()
    series: dict[str, dict[str, int]] = field(default_factory=dict)
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

    def counted(self, number: int) -> int:
        """The year of the edition of that number; 0 where numbers do not tell years."""
        year = self.first + (number - 1) * self.every
        return year if self.first and number and max(self.since, self.first) <= year < 2050 else 0


class Table(Mapping[str, Venue]):
    """Venues by key. Where two rows have one key or one spelling, the earlier is right."""

    def __init__(self, venues: Iterable[Venue]) -> None:
        self._venues: dict[str, Venue] = {}
        for venue in venues:
            self._venues.setdefault(venue.key, venue)

    __hash__ = object.__hash__
    __eq__ = object.__eq__

    def __getitem__(self, key: str) -> Venue:
        return self._venues[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._venues)

    def __len__(self) -> int:
        return len(self._venues)

    def under(self, rows: Iterable[Mapping[str, object]]) -> Table:
        """The same table with a user's rows before it.

        A row with a key of the table needs only what differs; its spellings and editions are
        added. Raises ValueError, naming the row, for what is not a row.
        """
        own = [venue_of_row(row, self.get(str(row.get("key", "")))) for row in rows]
        return Table((*own, *self.values()))


_IN_USE: ContextVar[Table | None] = ContextVar("the workspace's venues", default=None)


def use(known: Table | None) -> None:
    """From now on venues are read by a workspace's table; None: by the shipped one."""
    _IN_USE.set(known)


def in_use() -> Table | None:
    """The workspace's table; None: it has no rows of its own."""
    return _IN_USE.get()


_NAMES = sorted(one.name for one in fields(Venue))
_LISTS = ("phrases", "short", "uncounted", "doi", "anthology", "openreview")
_SPELLINGS = ("phrases", "short", "uncounted")
_TEXTS = ("key", "name", "full", "kind", "publisher")
_NUMBERS = ("first", "every", "since", "volumes", "month")
_KINDS = ("conference", "journal", "preprint")
_EXAMPLE = 'as in key = "zebra", name = "ZEBRA", phrases = ["conference on zebras"]'


def venue_of_row(row: Mapping[str, object], base: Venue | None = None) -> Venue:
    """A venue as a row of TOML gives it, over the row that it amends if there is one.

    Raises ValueError, naming the row, what is wrong with it and what to do.
    """
    if not isinstance(row, Mapping) or not row.get("key"):
        raise ValueError(f"venue '': a row needs a key, {_EXAMPLE}")
    key = str(row["key"])
    _check(key, row)
    values: dict[str, object] = {k: v for k, v in row.items() if k not in _LISTS}
    for name in _LISTS:
        values[name] = (*_strings(row.get(name, [])), *(getattr(base, name) if base else ()))
    values["editions"] = (base.editions if base else {}) | _editions(key, row.get("editions"))
    if base:
        return replace(base, **values)  # type: ignore[arg-type]
    return Venue(**{"name": key, "full": row.get("name", key), **values})  # type: ignore[arg-type]


def _strings(value: object) -> Sequence[str]:
    """The list, if it is one; else nothing."""
    return value if isinstance(value, list) else ()


def _check(key: str, row: Mapping[str, object]) -> None:
    for name, value in row.items():
        if name not in _NAMES:
            near = get_close_matches(name, _NAMES, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"a row has {', '.join(_NAMES)}"
            raise ValueError(f"venue '{key}': has no {name!r}; {hint}")
        if name in _TEXTS and not isinstance(value, str):
            raise ValueError(f"venue '{key}': {name} must be a string, in quotes")
        if name in _NUMBERS and type(value) is not int:
            raise ValueError(f"venue '{key}': {name} must be a whole number")
        if name in _LISTS and not _is_strings(value):
            raise ValueError(f"venue '{key}': {name} must be a list of strings")
        if name in _SPELLINGS and not all(map(_says_something, _strings(value))):
            raise ValueError(f"venue '{key}': each of {name} needs a letter")
        if name in ("doi_years", "series") and not isinstance(value, dict):
            raise ValueError(
                f"venue '{key}': {name} must be a table, as in the shipped venues.toml"
            )
    if not key.replace("-", "").isalnum() or key != key.lower() or not key.isascii():
        raise ValueError(f"venue '{key}': a key is lower-case letters, digits and hyphens")
    if row.get("kind", "conference") not in _KINDS:
        raise ValueError(f"venue '{key}': kind is one of {', '.join(_KINDS)}")
    month = row.get("month", 0)
    if isinstance(month, int) and not 0 <= month <= 12:
        raise ValueError(f"venue '{key}': month is a number from 1 to 12")


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _says_something(spelling: str) -> bool:
    return any(char.isalpha() for char in spelling)


def _editions(key: str, found: object) -> dict[int, Edition]:
    try:
        return {
            int(year): Edition(date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[2])
            for year, days in dict(found or {}).items()  # type: ignore[call-overload]
        }
    except (TypeError, ValueError, IndexError) as bad:
        raise ValueError(
            f"venue '{key}': an edition is YEAR = [first day, last day, source], "
            f'as in 2021 = ["2021-06-19", "2021-06-25", "its site"]: {bad}'
        ) from bad
