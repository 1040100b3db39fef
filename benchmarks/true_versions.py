"""True versions: conference entries of DBLP, and the published records of the samples."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harvester import venue_strings, venues
from harvester.venue_table import Venue
from sources.bibliography import read_bibliography
from sources.names import parse_author
from sources.record import Author, Record, Stage


@dataclass(frozen=True, slots=True)
class Truth:
    """A version as it really was."""

    id: str
    title: str
    authors: tuple[Author, ...]
    venue: Venue
    year: int
    doi: str = ""
    volume: str = ""
    pages: str = ""


def truths(shared: Path) -> list[Truth]:
    """The conference entries of near-pairs and the published records of the samples."""
    found = {truth.id: truth for truth in _near_pairs(shared / "bench/near-pairs/records.csv")}
    files = [*sorted((shared / "samples/personal").glob("*.bib"))]
    for file in [*files, shared / "samples/dblp/nutanlimaye_dblp.bib"]:
        found.update({truth.id: truth for truth in _bibliography(file)})
    return [found[id] for id in sorted(found)]


def _near_pairs(path: Path) -> Iterator[Truth]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = [parse_author(name) for name in row["authors"].split(";")]
            authors = tuple(name for name in names if name)
            reading = venue_strings.read(row["venue"])
            if ":conf/" in row["id"] and reading.known and authors:
                venue = venues.table()[reading.key]
                pages = row["pages"].replace("--", "-")
                year = int(row["year"])
                yield Truth(row["id"], row["title"], authors, venue, year, row["doi"], "", pages)


def _bibliography(path: Path) -> Iterator[Truth]:
    for record in read_bibliography(path.read_bytes(), path.name):
        if not isinstance(record, Record) or not record.authors or not record.authors_complete:
            continue
        for seen in record.appearances:
            reading = venue_strings.read(seen.venue, seen.stage)
            year = seen.date.year if seen.date else 0
            published = reading.stage in (Stage.CONFERENCE, Stage.JOURNAL) and not reading.track
            if reading.known and published and year and reading.year in (0, year):
                venue = venues.table()[reading.key]
                id = f"{path.stem}:{record.id}"
                yield Truth(
                    id, record.title, record.authors, venue, year, seen.doi, seen.volume, seen.pages
                )
