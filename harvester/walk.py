"""`harvest diff -i`: the open conflicts one by one, a key for each.

Each answer is kept as it is given. The canon is derived once, when the walk ends: on a list of
thousands of works that takes too long to wait for between two questions.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from db.files import Locked, StoreError
from db.reading import open_for_reading
from harvester import docket, keys, review, shapes
from harvester.canon import Decision
from harvester.config import Config
from harvester.docket import ShelvedConflict
from harvester.keys import QUIT, TYPE, UNDO, WHY, Key
from harvester.pending import Pending
from harvester.questions import LATER, Answer, Answered, fingerprint
from harvester.report import bold, plain, wrapped
from harvester.terminal import now, show_lines


class Walk:
    """Where a walk is, and what was decided in it."""

    def __init__(self, config: Config, ids: Sequence[str], held: Sequence[Decision]) -> None:
        """`held` are the decisions that hold, whether the canon follows them already or not."""
        self.decided: list[Decision] = []
        self.behind = False
        """Whether the canon may not follow all decisions."""
        self._config = config
        self._ids = ids
        self._held = list(held)
        self._pending = Pending(held)
        self._at = 0
        self._places: list[int] = []
        """Where each of `decided` was asked."""

    def go(self) -> None:
        """Ask until nothing is left or the person leaves. Raises keys.HungUpError."""
        while self._at < len(self._ids):
            conflict = look(self._config, self._ids[self._at])
            if conflict is None or conflict.state != "open":
                self._at += 1
            elif self._pending.answers(conflict):
                self.behind = True
                self._at += 1
            else:
                self._ask(conflict)

    def _ask(self, conflict: ShelvedConflict) -> None:
        """Show a question and do what the keys say, until another is to be shown."""
        shape = shapes.conflict_json(conflict)
        meanings = keys.meanings(conflict, shape)
        told = f"{self._at + 1} of {len(self._ids)}"
        if self.decided:
            told += f", {len(self.decided)} decided"
        show_lines(["", bold(told), "", *review.body(shape), "", *keys.legend(conflict, shape)])
        # The tables are slow to load: while somebody reads, not while nothing is to be seen.
        from harvester import clerk  # noqa: F401

        while not self._do(conflict, _next(meanings)):
            pass

    def _do(self, conflict: ShelvedConflict, key: Key) -> bool:
        """Do what a key says. Whether this question need not wait for another key."""
        click.echo(f"{key.verb} {key.word}".strip())
        if key.verb == QUIT:
            self._at = len(self._ids)
        elif key.verb == LATER:
            self._at += 1
        elif key.verb == UNDO:
            return self._undo()
        elif key.verb == WHY:
            from harvester.why import why

            show_lines(["", *why(conflict), ""])
            return False
        else:
            word = _typed() if key.verb == TYPE else key.word
            if key.verb == TYPE and not word:
                return False
            self._keep(conflict, Answer(key.verb, word))
        return True

    def _keep(self, conflict: ShelvedConflict, answer: Answer) -> None:
        """Keep an answer; where it cannot be kept, say why, and ask again."""
        from harvester import clerk
        from harvester.decisions import DecisionError

        answered = Answered(conflict.id, fingerprint(conflict), answer)
        self.behind = True
        try:
            [kept] = clerk.keep(self._config, [answered], now())
        except (DecisionError, Locked) as error:
            show_lines(wrapped(f"Not kept: {error}.", 2))
            return
        self.decided.append(kept)
        self._places.append(self._at)
        self._held.append(kept)
        self._pending.add(kept)
        self._at += 1
        what = f"take {plain(kept.value)}" if kept.kind == "take" else kept.kind
        show_lines(wrapped(f"Decision {kept.id} is kept: {what}.", 2))

    def _undo(self) -> bool:
        """Take back what was decided last, and ask it again."""
        from harvester import clerk
        from harvester.decisions import DecisionError

        if not self.decided:
            show_lines(["  Nothing is decided in this walk yet; see also `harvest undo`."])
            return False
        last = self.decided[-1]
        try:
            clerk.take_back(self._config, last.id, now())
        except (DecisionError, Locked) as error:
            show_lines(wrapped(f"Not taken back: {error}.", 2))
            return False
        self._held = [decision for decision in self._held if decision.id != last.id]
        self._pending = Pending(self._held)
        self.decided.pop()
        self._at = self._places.pop()
        show_lines([f"  Decision {last.id} is taken back."])
        return True


def look(config: Config, id: str) -> ShelvedConflict | None:
    """A conflict as it is now; None where there is none of this id. Raises StoreError."""
    for tries in (1, 2):
        try:
            with open_for_reading(config.database) as connection:
                return next(iter(docket.read(connection, [id])), None)
        except StoreError:
            # A sync may have folded its log in just now.
            if tries == 2:
                raise
    return None


def _next(meanings: dict[str, Key]) -> Key:
    """The next key that means something here."""
    while True:
        click.echo("  > ", nl=False)
        key = meanings.get(keys.pressed())
        if key:
            return key
        click.echo(f"one of {' '.join(meanings)}")


def _typed() -> str:
    """A value, or the letter of one; nothing where somebody thought better of it."""
    return str(click.prompt("  value", default="", show_default=False)).strip()
