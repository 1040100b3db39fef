"""The clerk: keeps what was answered to open conflicts, and brings the canon up to date.

Keeping is quick however long the list is, deriving is not: a walk through thousands of
questions keeps each answer as it is given and derives once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from db.reading import open_for_reading
from harvester import answers, decisions, docket
from harvester.canon import Decision
from harvester.changes import Change
from harvester.config import Config
from harvester.decisions import DecisionError
from harvester.docket import ShelvedConflict
from harvester.ledger import moment
from harvester.questions import Answered, fingerprint
from harvester.signature import signature
from harvester.sync import republish, workspace, write_canonical_bib


class RefusedError(DecisionError):
    """Answers that cannot be kept; none of those given with them is."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join(reason for _, reason in faults))
        self.faults = tuple(faults)
        """(which of the answers, why), in order."""


def keep(config: Config, answered: Sequence[Answered], now: datetime) -> list[Decision]:
    """Keep all answers or none; the canon is as it was until `publish` or the next sync.

    Raises RefusedError, Locked, StoreError.
    """
    with workspace(config) as store:
        found = _found(config, answered)
        with store.transaction() as connection:
            return _add(connection, found, now)


def rule(
    config: Config, answered: Sequence[Answered], now: datetime
) -> tuple[list[Decision], list[Change]]:
    """Keep all answers and publish what follows, or do neither. Raises as `keep`."""
    with workspace(config) as store:
        found = _found(config, answered)
        with store.transaction() as connection:
            kept = _add(connection, found, now)
            changes = republish(connection, now)
        write_canonical_bib(config)
    return kept, changes


def take_back(config: Config, number: int, now: datetime) -> Decision:
    """Take a decision back; the canon follows as in `keep`. Raises DecisionError, Locked."""
    with workspace(config) as store, store.transaction() as connection:
        return decisions.undo_decision(connection, now, number)


def publish(config: Config, now: datetime) -> list[Change]:
    """Bring the canon and its .bib up to date with what was decided. Raises Locked, StoreError."""
    with workspace(config) as store:
        with store.transaction() as connection:
            changes = republish(connection, now)
        write_canonical_bib(config)
    return changes


def _found(config: Config, answered: Sequence[Answered]) -> list[tuple[int, Decision]]:
    """Each answer as a decision, if its conflict still is what it was. Nobody else may write."""
    with open_for_reading(config.database) as connection:
        read = docket.read(connection, [one.id for one in answered])
    shown = {conflict.id: conflict for conflict in read}
    made, faults = [], []
    for number, one in enumerate(answered):
        try:
            made.append((number, _decision(shown.get(one.id), one)))
        except DecisionError as error:
            faults.append((number, str(error)))
    if faults:
        raise RefusedError(faults)
    return made


def _decision(conflict: ShelvedConflict | None, one: Answered) -> Decision:
    if conflict is None or conflict.state != "open":
        raise DecisionError("this is no longer asked: a sync or a decision settled it")
    if fingerprint(conflict) != one.seen:
        raise DecisionError("this changed since it was asked; look at it again")
    made = answers.decision(conflict, one.answer)
    if made.kind != "take":
        return made
    return replace(
        made, claims=tuple(sorted({(c.record, c.value, c.text) for c in conflict.claims}))
    )


def _add(
    connection: Connection, found: Sequence[tuple[int, Decision]], now: datetime
) -> list[Decision]:
    held = decisions.load_decisions(connection)
    kept, faults = [], []
    for number, decision in found:
        try:
            made = replace(decision, when=moment(now), who=signature())
            kept.append(decisions.keep_decision(connection, made, held))
        except DecisionError as error:
            faults.append((number, str(error)))
        else:
            held.append(kept[-1])
    if faults:
        raise RefusedError(faults)
    return kept
