"""Decisions that cannot hold together, found through any chain of same and apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import combinations

from harvester.canon import Decision

_MINE = {"mine": "this person's", "not-mine": "somebody else's"}


def contradiction(held: Iterable[Decision], new: Decision) -> str:
    """The pair that contradicts, in a sentence that says what to undo; '' if nothing does.

    `held` are free of contradictions.
    """
    if new.kind in ("take", "key"):
        return ""
    decisions = [*held, new]
    joined = _Joined(decisions)
    return _apart(decisions, joined, new) or _mine(decisions, joined, new)


def _apart(decisions: Sequence[Decision], joined: _Joined, new: Decision) -> str:
    for apart in decisions:
        if apart.kind != "apart":
            continue
        for a, b in combinations(apart.records, 2):
            if joined.one(a, b):
                if new.kind == "same":
                    return (
                        f"{a} and {b} would be one work, but decision {apart.id} keeps them "
                        f"apart; `harvest undo {apart.id}` first"
                    )
                chain = joined.chain(a, b)
                return f"{a} and {b} are one work by {_named(chain)}"
    return ""


def _mine(decisions: Sequence[Decision], joined: _Joined, new: Decision) -> str:
    said: dict[str, tuple[str, Decision]] = {}
    for decision in decisions:
        if decision.kind not in _MINE:
            continue
        for record in decision.records:
            other, old = said.setdefault(joined.first(record), (record, decision))
            if old.kind != decision.kind:
                if new.kind != "same":
                    pair = record if record == other else f"{record}, one work with {other},"
                    return f"{pair} is {_MINE[old.kind]} by {_named([old])}"
                return (
                    f"{other} and {record} would be one work, but by decisions {old.id} and "
                    f"{decision.id} one is {_MINE[old.kind]} and one {_MINE[decision.kind]}; "
                    f"`harvest undo {decision.id}` first"
                )
    return ""


def _named(decisions: Sequence[Decision]) -> str:
    """'decisions 1 and 2; `harvest undo 2` first'."""
    ids = [str(id) for id in sorted(decision.id for decision in decisions)]
    numbers = " and ".join(filter(None, (", ".join(ids[:-1]), ids[-1])))
    return f"decision{'s' if len(ids) > 1 else ''} {numbers}; `harvest undo {ids[-1]}` first"


class _Joined:
    """What same decisions make one work."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._same = [decision for decision in decisions if decision.kind == "same"]
        self._above: dict[str, str] = {}
        for decision in self._same:
            for record in decision.records[1:]:
                self._above[self.first(record)] = self.first(decision.records[0])

    def first(self, record: str) -> str:
        """The record that stands for the work."""
        while (above := self._above.get(record, record)) != record:
            record = above
        return record

    def one(self, a: str, b: str) -> bool:
        return self.first(a) == self.first(b)

    def chain(self, a: str, b: str) -> list[Decision]:
        """The fewest decisions that make two records one work."""
        reached: dict[str, list[Decision]] = {a: []}
        queue = deque([a])
        while b not in reached:
            record = queue.popleft()
            for decision in self._same:
                if record in decision.records:
                    for other in decision.records:
                        if other not in reached:
                            reached[other] = [*reached[record], decision]
                            queue.append(other)
        return reached[b]
