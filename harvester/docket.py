"""The conflicts, for those who only read them: the most harmful first, all or a few of them.

A queue of thousands is put in order by its ids alone; what is shown of it is read then.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from harvester import policy, shelf
from harvester.canon import Judgement
from harvester.shelf import ShelvedClaim


@dataclass(frozen=True, slots=True)
class Side:
    """One of the works that a conflict is about, in short."""

    work: str
    """Citation key."""
    title: str
    authors: tuple[str, ...]
    authors_complete: bool
    venue: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ShelvedConflict:
    """Claims that cannot all be true. Works are named by their citation keys."""

    id: str
    kind: str
    state: str
    field: str
    slot: str
    works: tuple[str, ...]
    title: str
    """Of the first work."""
    claims: tuple[ShelvedClaim, ...]
    """Of a duplicate the titles of the two records."""
    proposed: str
    rule: str
    why: str
    judgement: Judgement | None
    sides: tuple[Side, ...] = ()
    """The works, in the order of `works`."""


def harm(kind: str, field: str) -> int:
    """0 for the conflicts that do most harm if they are left, and so on."""
    last = max(policy.HARM.values()) + 1
    return policy.HARM.get(field if kind == "field" else kind, last)


def ids(connection: sqlite3.Connection, *states: str) -> list[str]:
    """Ids of the conflicts, the most harmful first; of these states, or all."""
    rows = connection.execute("SELECT id, kind, field, state FROM conflict ORDER BY number")
    found = [row for row in rows if not states or row["state"] in states]
    return [row["id"] for row in sorted(found, key=lambda row: harm(row["kind"], row["field"]))]


def conflicts(connection: sqlite3.Connection, *states: str) -> list[ShelvedConflict]:
    """All conflicts, the most harmful first; of these states, or all."""
    return read(connection, ids(connection, *states))


def read(connection: sqlite3.Connection, wanted: Collection[str]) -> list[ShelvedConflict]:
    """The conflicts of these ids, in their order."""
    rows = {row["id"]: row for row in _rows(connection, _CONFLICTS, wanted)}
    works = {key for row in rows.values() for key in json.loads(row["works"])}
    sides = {row["key"]: _side(row) for row in _rows(connection, _WORKS, works)}
    judged = {row["about"]: shelf.judgement(row) for row in _rows(connection, _EVIDENCE, wanted)}
    claims = _claims(connection, rows.values(), judged)
    return [
        _conflict(rows[id], tuple(claims[id]), judged.get(id), sides) for id in wanted if id in rows
    ]


_CONFLICTS = "SELECT * FROM conflict WHERE id IN (SELECT value FROM json_each(?))"
_WORKS = "SELECT * FROM work WHERE key IN (SELECT value FROM json_each(?))"
_EVIDENCE = (
    "SELECT * FROM evidence WHERE about IN (SELECT value FROM json_each(?))"
    " ORDER BY about, bits, b, a"
)
_CLAIMS = (
    "SELECT * FROM conflict_claim WHERE conflict IN (SELECT value FROM json_each(?))"
    " ORDER BY conflict, number"
)
_TITLES = (
    "SELECT * FROM claim WHERE field = 'title' AND version = -1"
    " AND record IN (SELECT value FROM json_each(?)) ORDER BY record, number DESC"
)


def _rows(
    connection: sqlite3.Connection, statement: str, wanted: Iterable[str]
) -> Iterator[sqlite3.Row]:
    yield from connection.execute(statement, (json.dumps(list(wanted)),))


def _claims(
    connection: sqlite3.Connection, rows: Collection[sqlite3.Row], judged: Mapping[str, Judgement]
) -> dict[str, list[ShelvedClaim]]:
    found: dict[str, list[ShelvedClaim]] = defaultdict(list)
    pairs = {
        row["id"]: (judged[row["id"]].a, judged[row["id"]].b)
        for row in rows
        if row["kind"] == "duplicate" and row["id"] in judged
    }
    records = [record for pair in pairs.values() for record in pair]
    titles = {row["record"]: shelf.claim(row) for row in _rows(connection, _TITLES, records)}
    for id, pair in pairs.items():
        found[id] = [titles[record] for record in pair if record in titles]
    for row in _rows(connection, _CLAIMS, [row["id"] for row in rows]):
        found[row["conflict"]].append(shelf.claim(row))
    return found


def _conflict(
    row: sqlite3.Row,
    claims: tuple[ShelvedClaim, ...],
    judgement: Judgement | None,
    sides: Mapping[str, Side],
) -> ShelvedConflict:
    works = tuple(json.loads(row["works"]))
    return ShelvedConflict(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        field=row["field"],
        slot=row["slot"],
        works=works,
        title=sides[works[0]].title,
        claims=claims,
        proposed=row["proposed"],
        rule=row["rule"],
        why=row["why"],
        judgement=judgement,
        sides=tuple(sides[key] for key in works),
    )


def _side(row: sqlite3.Row) -> Side:
    return Side(
        work=row["key"],
        title=row["title"],
        authors=tuple(json.loads(row["authors"])),
        authors_complete=bool(row["authors_complete"]),
        venue=row["venue"] or row["stage"],
        year=row["year"],
    )
