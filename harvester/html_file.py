"""`harvest diff --html FILE`: all that a page shows, gathered and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from db.files import StoreError
from db.reading import open_for_reading
from harvester import logbook, selection, shapes, shelf
from harvester.config import Config
from harvester.html_page import GENERATOR, WORKS, Review, page, shown_in_full
from harvester.listed import Listed
from harvester.report import Row
from harvester.selection import Wanted
from harvester.statements import statements
from harvester.terminal import named_work, write
from harvester.timeline import Happening, happenings

_BEGINNING = 2048


def written(path: Path, config: Config, words: tuple[str, ...]) -> bool:
    """Write the page of a workspace, or of the work that the words name.

    Whether anything needs a person. Raises StoreError where the page cannot be written.
    """
    _require_page(path)
    with open_for_reading(config.database) as connection:
        works = shelf.listed(connection)
        heading = ", ".join(person.name for person in config.persons)
        if words:
            works = [named_work(works, words)]
            heading = works[0].title
        diff = selection.review(connection, Wanted(work=works[0] if words else None))
        write(path, page(_review(connection, heading, diff, works)))
    return bool(diff["open"] or diff["fixes"])


def _require_page(path: Path) -> None:
    """A list of publications is easily named by mistake, and is not to be lost."""
    if str(path) == "-":
        return
    if path.is_dir():
        raise StoreError(path, "is a folder; name a file in it")
    if not path.parent.is_dir():
        raise StoreError(path, "cannot be written, there is no such folder; make it first")
    if not path.is_file():
        return
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if beginning and f'content="{GENERATOR}"'.encode() not in beginning:
        raise StoreError(path, f"exists and is no page of {GENERATOR}; name another file")


def _review(
    connection: sqlite3.Connection, heading: str, diff: Row, works: Sequence[Listed]
) -> Review:
    """What a page of these works and this diff shows."""
    asked = {key for conflict in shown_in_full(diff) for key in conflict["works"]}
    records = {work.key: work.records for work in works}
    return Review(
        heading=heading,
        diff=diff,
        works=[
            shapes.show_json(work, shelf.fields(connection, work.key), ()) for work in works[:WORKS]
        ],
        sources=shapes.status_json(logbook.sources(connection))["sources"],
        times={key: _times(connection, key, records.get(key)) for key in sorted(asked)},
        all_works=len(works),
    )


def _times(
    connection: sqlite3.Connection, key: str, records: Iterable[str] | None
) -> list[Happening]:
    fields = shelf.fields(connection, key)
    # A work that was set aside is not listed: its claims tell its records.
    keys = records or sorted({claim.record for field in fields for claim in field.claims})
    return happenings(fields, statements(connection, keys))
