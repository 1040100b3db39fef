"""What people ruled, kept: added after a look for contradictions, taken back, loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import Connection, select

from db.store import table
from harvester import recordtext
from harvester.canon import Decision
from harvester.ledger import moment

_DECISION, _RECORD = table("decision"), table("record")

_LEAST = {"same": 2, "apart": 2, "take": 1, "mine": 1, "not-mine": 1}
"""How many records each kind names at least."""


class DecisionError(Exception):
    """A decision that cannot be kept or taken back. The message says which and why."""


def load_decisions(connection: Connection) -> list[Decision]:
    """The decisions that hold, oldest first."""
    rows = connection.execute(
        select(_DECISION).where(_DECISION.c.undone_at.is_(None)).order_by(_DECISION.c.id)
    )
    return [
        Decision(
            kind=row.kind,
            records=tuple(json.loads(row.records)),
            field=row.field,
            slot=row.slot,
            value=row.value,
            who=row.who,
            when=row.decided_at,
            note=row.note,
            id=row.id,
        )
        for row in rows
    ]


def add_decision(connection: Connection, decision: Decision, now: datetime) -> Decision:
    """Keep a decision and return it as kept; one that holds already is returned as it is.

    Raises DecisionError for a record nobody knows and for same and apart that contradict
    each other, through any chain.
    """
    records = tuple(sorted(set(decision.records)))
    _check(connection, decision.kind, records)
    held = load_decisions(connection)
    what = (decision.kind, records, decision.field, decision.slot, decision.value)
    for old in held:
        later = [d for d in held if d.id > old.id and _overrules(d, old)]
        if (old.kind, old.records, old.field, old.slot, old.value) == what and not later:
            return old
    made = Decision(*what, who=decision.who, when=moment(now), note=decision.note)
    _refuse_contradiction(held, made)
    values = {
        "kind": made.kind,
        "records": recordtext.dumps(made.records),
        "field": made.field,
        "slot": made.slot,
        "value": made.value,
        "who": made.who,
        "decided_at": made.when,
        "note": made.note,
    }
    done = connection.execute(_DECISION.insert().values(values))
    id = int(done.inserted_primary_key[0])  # type: ignore[index]
    return Decision(*what, who=made.who, when=made.when, note=made.note, id=id)


def undo_decision(connection: Connection, now: datetime, id: int | None = None) -> Decision:
    """Take back a decision, the last that holds if no id is given. Raises DecisionError."""
    held = {decision.id: decision for decision in load_decisions(connection)}
    if not held:
        raise DecisionError("there is no decision to take back")
    wanted = max(held) if id is None else id
    if wanted not in held:
        known = connection.execute(select(_DECISION.c.id).where(_DECISION.c.id == wanted)).first()
        raise DecisionError(
            f"decision {wanted} " + ("is taken back already" if known else "is not there")
        )
    where = _DECISION.c.id == wanted
    connection.execute(_DECISION.update().where(where).values(undone_at=moment(now)))
    return held[wanted]


def _overrules(later: Decision, old: Decision) -> bool:
    """Whether a later decision took another value for what the older was about."""
    return (later.kind, later.field, later.slot) == ("take", old.field, old.slot)


def _check(connection: Connection, kind: str, records: Sequence[str]) -> None:
    if kind not in _LEAST:
        raise DecisionError(f"no decision is called {kind!r}; there are {', '.join(_LEAST)}")
    if len(records) < _LEAST[kind]:
        raise DecisionError(f"{kind} needs {_LEAST[kind]} records or more")
    known = set(connection.execute(select(_RECORD.c.key)).scalars())
    for key in records:
        if key not in known:
            raise DecisionError(f"no source ever sent a record {key!r}; `harvest show` names them")


def _refuse_contradiction(held: Iterable[Decision], new: Decision) -> None:
    decisions = [*held, new]
    group: dict[str, str] = {}

    def first(key: str) -> str:
        while group.get(key, key) != key:
            key = group[key]
        return key

    for decision in decisions:
        if decision.kind == "same":
            for key in decision.records[1:]:
                group[first(key)] = first(decision.records[0])
    for decision in decisions:
        if decision.kind == "apart":
            for a, b in combinations(decision.records, 2):
                if first(a) == first(b):
                    raise DecisionError(_contradiction(a, b, decision, new))


def _contradiction(a: str, b: str, apart: Decision, new: Decision) -> str:
    if new.kind == "same":
        return (
            f"{a} and {b} would be one work, but decision {apart.id} keeps them apart; "
            f"`harvest undo {apart.id}` first"
        )
    return f"{a} and {b} are one work by earlier decisions; `harvest undo` those first"
