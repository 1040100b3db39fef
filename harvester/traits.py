"""A record read once: what the signals of the matcher look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from harvester.people import Parts, is_nobody, parts
from harvester.places import Place, read_place
from harvester.title_traits import Title, read_title
from sources.record import Record, Stage

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
    ids: dict[str, frozenset[str]]
    years: frozenset[int]
    places: tuple[Place, ...]
    archival: frozenset[tuple[Stage, str, bool]]
    """(stage, venue key, whether the venue is known) of published appearances."""


@lru_cache(maxsize=1024)
def traits(record: Record) -> Traits:
    """Read once what every comparison of a record needs."""
    return read(record)


def read(record: Record) -> Traits:
    """The same without remembering it."""
    ids: dict[str, set[str]] = {"arxiv": set(), "doi": set(), "openreview": set()}
    for seen in record.appearances:
        for name, values in ids.items():
            if value := getattr(seen, name):
                values.add(value)
    people = [author for author in record.authors if not is_nobody(author)]
    places = tuple(read_place(seen) for seen in record.appearances)
    archival = frozenset(
        (place.stage, place.key, place.known)
        for place in places
        # Scholar calls everything an article (FORMATS 3.2).
        if place.stage in _ARCHIVAL and (place.known or record.kind != "scholar")
    )
    title = read_title(record.title)
    years = {place.year for place in places if place.year}
    years |= {seen.date.year for seen in record.appearances if seen.date}
    return Traits(
        key=record.key,
        source=record.source,
        title=title,
        names=tuple(parts(author) for author in people),
        complete=record.authors_complete and len(people) == len(record.authors),
        ids={name: frozenset(values) for name, values in ids.items() if values},
        years=frozenset(years or {title.year} - {0}),
        places=places,
        archival=archival,
    )
