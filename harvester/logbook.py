"""How syncing went, for `harvest status` and `harvest log`. Plain sqlite3, as `harvester.shelf`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from harvester.canon import Decision
from harvester.changes import Change
from sources.record import Skipped


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How one source did when it was last read."""

    name: str
    kind: str
    last_ok: str
    """When the run began that last read it in full, ISO; '' if none ever did."""
    records: int
    failure: str
    """Why it failed last; '' if it has worked since."""
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One run and what it changed in the canon."""

    id: int
    started: str
    finished: str
    """'' if it was killed."""
    outcome: str
    counts: Mapping[str, int]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one work, and the run that made it."""

    run: int
    when: str
    """When the run began, ISO."""
    change: Change


def sources(connection: sqlite3.Connection) -> list[SourceStatus]:
    """Every source that was ever read, by name."""
    rows = connection.execute(
        "SELECT source.*, coalesce(run.started, '') AS at FROM source"
        " LEFT JOIN run ON run.id = source.last_ok ORDER BY name"
    ).fetchall()
    return [
        SourceStatus(
            name=row["name"],
            kind=row["kind"],
            last_ok=row["at"],
            records=row["records"],
            failure=row["failure"],
            skipped=_skipped(connection, row["name"]),
        )
        for row in rows
    ]


def _skipped(connection: sqlite3.Connection, source: str) -> tuple[Skipped, ...]:
    rows = connection.execute("SELECT * FROM skipped WHERE source = ? ORDER BY number", (source,))
    return tuple(Skipped(source, row["place"], row["reason"], bool(row["fault"])) for row in rows)


def runs(connection: sqlite3.Connection, last: int) -> list[RunStatus]:
    """The last so many runs, the latest first."""
    rows = connection.execute("SELECT * FROM run ORDER BY id DESC LIMIT ?", (last,)).fetchall()
    return [
        RunStatus(
            id=row["id"],
            started=row["started"],
            finished=row["finished"] or "",
            outcome=row["outcome"],
            counts=json.loads(row["counts"]),
            changes=_changes(connection, row["id"]),
        )
        for row in rows
    ]


def _changes(connection: sqlite3.Connection, run: int) -> tuple[Change, ...]:
    rows = connection.execute("SELECT * FROM change WHERE run = ? ORDER BY number", (run,))
    return tuple(Change(row["kind"], row["key"], row["text"]) for row in rows)


def history(connection: sqlite3.Connection, keys: Collection[str]) -> list[Event]:
    """All that ever changed about the work of these citation keys, the earliest first."""
    rows = connection.execute(
        "SELECT change.*, run.started FROM change JOIN run ON run.id = change.run"
        " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY run, number",
        (json.dumps(list(keys)),),
    )
    return [
        Event(row["run"], row["started"], Change(row["kind"], row["key"], row["text"]))
        for row in rows
    ]


def decisions(connection: sqlite3.Connection, records: Collection[str]) -> list[Decision]:
    """What people ruled about any of these records and did not take back, the earliest first."""
    rows = connection.execute(
        "SELECT * FROM decision WHERE undone_at IS NULL AND EXISTS (SELECT 1 FROM"
        " json_each(decision.records) AS one WHERE one.value IN"
        " (SELECT value FROM json_each(?))) ORDER BY decided_at, id",
        (json.dumps(list(records)),),
    )
    return [_decision(row) for row in rows]


def held(connection: sqlite3.Connection) -> list[Decision]:
    """All that people ruled and did not take back, the earliest first."""
    rows = connection.execute(
        "SELECT * FROM decision WHERE undone_at IS NULL ORDER BY decided_at, id"
    )
    return [_decision(row) for row in rows]


def behind(connection: sqlite3.Connection, now: str) -> int:
    """How many decisions were made or taken back since the canon was derived: a walk was killed.

    Those that other machines made in what is the future here do not count.
    """
    found = connection.execute(
        "SELECT count(*) FROM decision WHERE max(decided_at, coalesce(undone_at, '')) <= ? AND"
        " max(decided_at, coalesce(undone_at, '')) >"
        " (SELECT coalesce(max(started), '') FROM run WHERE finished IS NOT NULL)",
        (now,),
    )
    return int(found.fetchone()[0])


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        kind=row["kind"],
        records=tuple(json.loads(row["records"])),
        field=row["field"],
        slot=row["slot"],
        value=row["value"],
        who=row["who"],
        when=row["decided_at"],
        note=row["note"],
        id=row["id"],
        claims=tuple((record, value, text) for record, value, text in json.loads(row["claims"])),
    )
