"""A review for people: few of each kind, and each read when it is shown.

So the first question of thousands is on the screen before the others are read.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from harvester import docket, selection, shapes
from harvester.changes import Change
from harvester.selection import Wanted
from harvester.shelf import ShelvedFix

SHOWN = 20
"""Questions, settled conflicts and fixes that are shown where nobody asked for all."""
_AT_ONCE = 100
"""Conflicts that are read at a time."""


class Brief:
    """What was asked for, as long as the connection is open. Raises SelectionError."""

    def __init__(self, connection: sqlite3.Connection, wanted: Wanted) -> None:
        self._connection = connection
        self.wanted = wanted
        self.in_full = wanted.everything or bool(wanted.work or wanted.conflict)
        """Whether all is shown, and what was settled at full length."""
        self._few = None if self.in_full else SHOWN
        selection.check(connection, wanted)

    @cached_property
    def _news(self) -> list[Change]:
        return selection.news_of(self._connection, self.wanted)

    @cached_property
    def _open(self) -> list[str]:
        news = self._news if self.wanted.since else ()
        return selection.ids(self._connection, self.wanted, news, "open")

    @cached_property
    def _settled(self) -> list[str]:
        found = selection.ids(self._connection, self.wanted, self._news, "settled", "decided")
        recent = selection.named(self._news)
        return [id for id in found if self.in_full or id in recent]

    @cached_property
    def _fixes(self) -> list[ShelvedFix]:
        return selection.fixes(self._connection, self.wanted, self._news)

    @cached_property
    def changed(self) -> Sequence[Change]:
        """What the last sync that changed something, or those asked for, changed."""
        return selection.changed(self._connection, self.wanted, self._news)

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many changes there are of each kind."""
        return Counter(change.kind for change in self.changed)

    @cached_property
    def story(self) -> dict[str, Any]:
        """Decisions about the one work that was asked for, and its history; else nothing."""
        work = self.wanted.work
        return selection.story(self._connection, work) if work else {}

    @cached_property
    def lapsed(self) -> list[dict[str, Any]]:
        """Decisions that do nothing any more."""
        found: list[dict[str, Any]] = selection.idle(self._connection, self.wanted)["lapsed"]
        return found

    @property
    def questions(self) -> int:
        """How many are open."""
        return len(self._open)

    @property
    def settled(self) -> int:
        """How many were settled or decided."""
        return len(self._settled)

    @property
    def fixes(self) -> int:
        """How many fixes there are."""
        return len(self._fixes)

    @property
    def can_patch(self) -> bool:
        """Whether some fix is of words that stand in a file on this machine."""
        return any(fix.field != "missing" and "://" not in fix.file for fix in self._fixes)

    @property
    def needs(self) -> bool:
        """Whether anything needs a person."""
        return bool(self.questions or self.fixes)

    def each_question(self) -> Iterator[dict[str, Any]]:
        """The open conflicts to be shown, as `--json` has them."""
        return self._each(self._open[: self._few])

    def each_settled(self) -> Iterator[dict[str, Any]]:
        """The settled and decided conflicts to be shown."""
        return self._each(self._settled[: self._few])

    def each_fix(self) -> Iterator[dict[str, Any]]:
        """The fixes to be shown."""
        return (shapes.fix_json(fix) for fix in self._fixes[: self._few])

    def _each(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), _AT_ONCE):
            for conflict in docket.read(self._connection, ids[start : start + _AT_ONCE]):
                yield shapes.conflict_json(conflict)
