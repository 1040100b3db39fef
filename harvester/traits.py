"""A record read once: what the signals of the matcher look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from harvester import policy
from harvester.people import Parts, is_nobody, parts
from harvester.places import Place, read_place
from harvester.title_traits import Title, read_title
from harvester.venue_table import Table
from harvester.venues import table
from sources.record import Appearance, Author, DateKind, Record, Stage

_KINDS = ("arxiv", "doi", "openreview")
_NO_IDS: Mapping[str, frozenset[str]] = MappingProxyType({})
_ARCHIVAL = (Stage.CONFERENCE, Stage.JOURNAL)


@dataclass(frozen=True, slots=True)
class Traits:
    """What of one record the signals look at."""

    key: str
    source: str
    title: Title
    names: tuple[Parts, ...]
    complete: bool
    """The author list is no lower bound."""
    ids: Mapping[str, frozenset[str]]
    years: frozenset[int]
    places: tuple[Place, ...]
    archival: frozenset[tuple[Stage, str, bool]]
    """(stage, venue key, whether the venue is known) of published appearances."""


def traits(record: Record) -> Traits:
    """Read once, by the venues in use, what every comparison of a record needs."""
    return _remembered(record, table())


@lru_cache(maxsize=1024)
def _remembered(record: Record, known: Table) -> Traits:
    """`known` are the venues by which it was read: another workspace may have its own."""
    return read(record)


def read(record: Record) -> Traits:
    """The same without remembering it."""
    names = tuple([name for author in record.authors if (name := _name(author)) is not None])
    # A preprint and its revision are one place.
    appeared = [seen for seen in record.appearances if seen.date_kind is not DateKind.REVISED]
    places = tuple([read_place(seen) for seen in appeared])
    years = {place.year for place in places if place.year}
    years |= {seen.date.year for seen in appeared if seen.date}
    archival = {
        (place.stage, place.key, place.known)
        for place in places
        # Scholar calls everything an article (FORMATS 3.2).
        if place.stage in _ARCHIVAL and (place.known or record.kind != "scholar")
    }
    title = read_title(record.title[: policy.LONGEST_TITLE])
    return Traits(
        key=record.key,
        source=record.source,
        title=title,
        names=names,
        complete=record.authors_complete and len(names) == len(record.authors),
        ids=_ids(record.appearances),
        years=_years(*sorted(years or {title.year} - {0})),
        places=places,
        archival=_archival(*sorted(archival)),
    )


@lru_cache(maxsize=1 << 20)
def _name(author: Author) -> Parts | None:
    return None if is_nobody(author) else parts(author)


def _ids(appearances: Iterable[Appearance]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for seen in appearances:
        for name in _KINDS:
            if value := getattr(seen, name):
                found[name] = found.get(name, frozenset()) | {value}
    return found or _NO_IDS


# A million records have few years and few places: each set of them is kept once.
@lru_cache(maxsize=1 << 16)
def _years(*years: int) -> frozenset[int]:
    return frozenset(years)


@lru_cache(maxsize=1 << 16)
def _archival(*places: tuple[Stage, str, bool]) -> frozenset[tuple[Stage, str, bool]]:
    return frozenset(places)
