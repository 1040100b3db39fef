"""Decisions that do nothing any more: what they ruled everybody says, or nobody speaks of it.

Plain sqlite3, as `harvester.shelf`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from harvester import logbook
from harvester.canon import Decision

UNNEEDED, ORPHANED = "no longer needed", "orphaned"


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A decision, and why it could be taken back."""

    decision: int
    standing: str
    """UNNEEDED or ORPHANED."""
    text: str

    @property
    def command(self) -> str:
        """What to type to be rid of it."""
        return f"harvest undo {self.decision}"


def lapsed(connection: sqlite3.Connection) -> list[Lapsed]:
    """The decisions that do nothing any more, by their numbers.

    same, apart, mine, not-mine and key hold for ever: they lapse only where no source sends
    any of their records.
    """
    held = logbook.held(connection)
    if not held:
        return []
    alive = {
        row[0] for row in connection.execute("SELECT key FROM record WHERE gone_since IS NULL")
    }
    found: list[Lapsed] = []
    for number, one in enumerate(held, 1):
        about = one.field or one.kind
        if alive.isdisjoint(one.records):
            text = f"{about}: no source sends {_some(one.records)} any more"
            found.append(Lapsed(one.id, ORPHANED, text))
        elif one.kind == "take" and not _overruled(one, held[number:]):
            found += _take(connection, one, about)
    return sorted(found, key=lambda one: one.decision)


def _some(records: tuple[str, ...]) -> str:
    return records[0] if len(records) == 1 else f"{records[0]} and {len(records) - 1} more"


def _overruled(one: Decision, later: Iterable[Decision]) -> bool:
    """Whether another decision about the same came after it: nobody needs to hear of that."""
    about = (one.kind, one.field, one.slot)
    return any(
        (d.kind, d.field, d.slot) == about and not set(d.records).isdisjoint(one.records)
        for d in later
    )


def _take(connection: sqlite3.Connection, one: Decision, about: str) -> list[Lapsed]:
    if one.slot.startswith("id/"):
        number = one.slot.removeprefix("id/")
        asked = connection.execute(
            "SELECT 1 FROM conflict WHERE kind = 'identifier' AND field = ? AND proposed = ?",
            (one.field, number),
        ).fetchone()
        return (
            [] if asked else [Lapsed(one.id, UNNEEDED, f"{about}: one work alone claims {number}")]
        )
    values = _claimed(connection, one)
    if not values:
        return [Lapsed(one.id, ORPHANED, f"{about}: nobody speaks of it any more")]
    if values == {True}:
        return [Lapsed(one.id, UNNEEDED, f"{about}: all say {one.value} now")]
    return []


def _claimed(connection: sqlite3.Connection, one: Decision) -> set[bool]:
    """Of every source that speaks of the field now, whether it says what was decided."""
    rows = connection.execute(
        "SELECT claim.struck_by = '' AS kept, settled.state, work.records FROM settled"
        " JOIN work ON work.id = settled.work"
        " LEFT JOIN claim USING (work, version, field)"
        " WHERE settled.field = ? AND settled.slot = ? AND settled.rule IN ('decided', 'reopened')"
        " AND coalesce(claim.gone, 0) = 0",
        (one.field, one.slot),
    )
    found: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        found[row["records"]].add(bool(row["kept"]) and row["state"] == "decided")
    mine = [kept for records, kept in found.items() if set(one.records) & set(json.loads(records))]
    return mine[0] if mine else set()
