"""Questions that are answered already, though the canon does not follow the decisions yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from harvester.canon import Decision
from harvester.docket import ShelvedConflict


class Pending:
    """What decisions say of conflicts that were derived before them.

    A claim that a decision does not remember is asked about: it may be what reopened it.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._taken: dict[tuple[str, str], list[Decision]] = defaultdict(list)
        self._persons: set[str] = set()
        self._refused: set[str] = set()
        self._apart: list[tuple[str, ...]] = []
        self._group: dict[str, str] = {}
        for decision in decisions:
            self.add(decision)

    def add(self, decision: Decision) -> None:
        """Take a decision into account."""
        records = decision.records
        if decision.kind == "take":
            self._taken[decision.field, decision.slot].append(decision)
        elif decision.kind == "apart":
            self._apart.append(records)
        elif decision.kind == "same":
            for record in records[1:]:
                self._group[self._first(record)] = self._first(records[0])
        elif decision.kind in ("mine", "not-mine"):
            self._persons.update(records)
            if decision.kind == "not-mine":
                self._refused.update(records)

    def answers(self, conflict: ShelvedConflict) -> bool:
        """Whether nobody needs to be asked about a conflict any more."""
        if conflict.judgement:
            return self._pair(conflict.judgement.a, conflict.judgement.b)
        records = {claim.record for claim in conflict.claims}
        if conflict.kind == "person":
            return not records.isdisjoint(self._persons)
        if conflict.kind == "field" and not records.isdisjoint(self._refused):
            return True
        slot = f"id/{conflict.proposed}" if conflict.kind == "identifier" else conflict.slot
        claims = {(claim.record, claim.value, claim.text) for claim in conflict.claims}
        return any(
            records.issuperset(taken.records) and claims <= (set(taken.claims) or claims)
            for taken in self._taken.get((conflict.field, slot), ())
        )

    def _pair(self, a: str, b: str) -> bool:
        """Whether the two are one or two works by what was decided, through any chain."""
        first, second = self._first(a), self._first(b)
        if first == second:
            return True
        groups = ({self._first(record) for record in records} for records in self._apart)
        return any({first, second} <= group for group in groups)

    def _first(self, record: str) -> str:
        while (above := self._group.get(record, record)) != record:
            record = above
        return record
