"""Decisions carried from one workspace to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from db.store import table
from harvester.canon import Decision
from harvester.changes import Change
from harvester.config import Config
from harvester.decisions import DecisionError, keep_decision, load_decisions
from harvester.decisions_text import Fault, Placed
from harvester.sync import republish, workspace, write_canonical_bib

_RECORD = table("record")


class FileRefusedError(DecisionError):
    """A file of decisions that cannot be brought in; none of it is kept."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.reason for fault in faults))
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What became of a file of decisions."""

    kept: tuple[Decision, ...]
    known: int
    """How many held here already."""
    waiting: tuple[Fault, ...]
    """Records that no source has sent here: their decisions hold once one does."""
    changes: tuple[Change, ...] = ()


def bring_in(config: Config, placed: Sequence[Placed], now: datetime) -> BroughtIn:
    """Keep all decisions of a file that do not hold here yet, and publish what follows.

    Raises FileRefusedError, and then keeps none; Locked, StoreError.
    """
    with workspace(config) as store:
        with store.transaction() as connection:
            found = _keep(connection, placed)
            changes = republish(connection, now) if found.kept else ()
        if found.kept:
            write_canonical_bib(config)
    return BroughtIn(found.kept, found.known, found.waiting, tuple(changes))


def _keep(connection: Connection, placed: Sequence[Placed]) -> BroughtIn:
    held = load_decisions(connection)
    before = {one.id for one in held}
    made = {_moment(one) for one in held}
    kept, faults = [], []
    for one in placed:
        if _moment(one.decision) in made:
            continue
        try:
            decision = keep_decision(connection, one.decision, held)
        except DecisionError as error:
            faults.append(Fault(one.line, str(error)))
            continue
        if decision.id not in before:
            kept.append(decision)
            held = sorted([*held, decision], key=lambda d: (d.when, d.id))
            before.add(decision.id)
    if faults:
        raise FileRefusedError(faults)
    sent = set(connection.execute(select(_RECORD.c.key)).scalars())
    waiting = [
        Fault(one.line, f"no source has sent {key!r} here; the decision waits for it")
        for one in placed
        for key in one.decision.records
        if key not in sent
    ]
    waiting.sort(key=lambda fault: fault.line)
    return BroughtIn(tuple(kept), len(placed) - len(kept), tuple(waiting))


def _moment(one: Decision) -> tuple[object, ...]:
    """What a decision rules, and when it was made: equal for one that came back in a file."""
    return one.kind, one.records, one.field, one.slot, one.value, one.claims, one.when
