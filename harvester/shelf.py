"""What is published, for those who only read: rows of the database as values.

Plain sqlite3 and no table classes, so that a reading command starts at once (STACK 3).
The connections come from `db.reading.open_for_reading`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from harvester.canon import Evidence, Judgement
from harvester.changes import Change
from harvester.listed import Listed, ListedVersion


@dataclass(frozen=True, slots=True)
class ShelvedClaim:
    """One record's statement of one field, and what became of it."""

    value: str
    text: str
    """As the source wrote it."""
    record: str
    source: str
    where: str
    seen: str
    struck_by: str


@dataclass(frozen=True, slots=True)
class ShelvedField:
    """One published field of a work with all that was claimed of it."""

    version: int
    """Number of the version; -1 for the work's own title and authors."""
    slot: str
    field: str
    value: str
    state: str
    rule: str
    why: str
    claims: tuple[ShelvedClaim, ...]


@dataclass(frozen=True, slots=True)
class ShelvedFix:
    """A statement in the user's own pages that the canon contradicts."""

    source: str
    file: str
    line: int
    field: str
    says: str
    canon: str
    work: str
    """Citation key."""


_VERSION_COLUMNS = (
    "stage venue venue_key track year date doi arxiv openreview url volume pages publisher"
).split()


def listed(connection: sqlite3.Connection) -> list[Listed]:
    """Every work, newest first, then by citation key."""
    versions: dict[int, list[ListedVersion]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM version ORDER BY work, number"):
        values = {name: row[name] for name in _VERSION_COLUMNS}
        versions[row["work"]].append(ListedVersion(number=row["issue"], **values))
    rows = connection.execute(
        # Of one year the dated come first, the latest before the earlier.
        "SELECT * FROM work WHERE aside = '' ORDER BY year DESC, date DESC, key"
    )
    return [_listed(row, versions[row["id"]]) for row in rows]


def _listed(row: sqlite3.Row, versions: Sequence[ListedVersion]) -> Listed:
    return Listed(
        key=row["key"],
        title=row["title"],
        authors=_tuple(row["authors"]),
        authors_complete=bool(row["authors_complete"]),
        versions=tuple(versions),
        headline=row["headline"],
        records=_tuple(row["records"]),
        status=row["status"],
        aliases=_tuple(row["aliases"]),
        disputed=_tuple(row["disputed"]),
        gone=bool(row["gone"]),
    )


def _tuple(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def claim(row: sqlite3.Row) -> ShelvedClaim:
    """A row of the tables claim or conflict_claim."""
    return ShelvedClaim(
        value=row["value"],
        text=row["text"],
        record=row["record"],
        source=row["source"],
        where=row["place"],
        seen=row["seen"],
        struck_by=row["struck_by"],
    )


def fields(connection: sqlite3.Connection, key: str) -> list[ShelvedField]:
    """Every field of one work with every claim: its own first, then version by version."""
    claims: dict[tuple[int, str], list[ShelvedClaim]] = defaultdict(list)
    found = connection.execute(
        "SELECT claim.* FROM claim JOIN work ON work.id = claim.work"
        " WHERE work.key = ? ORDER BY claim.version, claim.field, claim.number",
        (key,),
    )
    for row in found:
        claims[row["version"], row["field"]].append(claim(row))
    rows = connection.execute(
        "SELECT settled.* FROM settled JOIN work ON work.id = settled.work"
        " WHERE work.key = ? ORDER BY settled.version, settled.field",
        (key,),
    )
    return [
        ShelvedField(
            version=row["version"],
            slot=row["slot"],
            field=row["field"],
            value=row["value"],
            state=row["state"],
            rule=row["rule"],
            why=row["why"],
            claims=tuple(claims[row["version"], row["field"]]),
        )
        for row in rows
    ]


def judgements(connection: sqlite3.Connection, key: str) -> list[Judgement]:
    """The pairs of records that hold one work together, strongest first."""
    rows = connection.execute(
        "SELECT * FROM evidence WHERE about = ? ORDER BY bits DESC, a, b", (key,)
    )
    return [judgement(row) for row in rows]


def judgement(row: sqlite3.Row) -> Judgement:
    """A row of the table evidence."""
    evidence = tuple(Evidence(**signal) for signal in json.loads(row["signals"]))
    return Judgement(row["a"], row["b"], row["verdict"], row["bits"], evidence, row["cap"])


def fixes(connection: sqlite3.Connection) -> list[ShelvedFix]:
    """What should be corrected in the user's own pages, by file and line."""
    rows = connection.execute(
        "SELECT fix.*, work.key FROM fix JOIN work ON work.id = fix.work ORDER BY fix.number"
    )
    return [
        ShelvedFix(
            source=row["source"],
            file=row["file"],
            line=row["line"],
            field=row["field"],
            says=row["says"],
            canon=row["canon"],
            work=row["key"],
        )
        for row in rows
    ]


def changed(connection: sqlite3.Connection, since: int | None = None) -> list[Change]:
    """What the last sync that changed anything changed, or all runs from `since` on.

    What a decision changed is no news to the person who made it, and must be as if it had
    never been when it is taken back: only who asks for a run is told.
    """
    last = (
        "SELECT kind, key, text FROM change WHERE run = (SELECT max(change.run) FROM change"
        " JOIN run ON run.id = change.run WHERE run.outcome != 'decided') ORDER BY number"
    )
    later = "SELECT kind, key, text FROM change WHERE run >= ? ORDER BY run, number"
    rows = connection.execute(last) if since is None else connection.execute(later, (since,))
    return [Change(row["kind"], row["key"], row["text"]) for row in rows]
