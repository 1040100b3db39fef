"""How a walk begins and how it ends, however it ends: nothing that was decided is lost."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from db.files import Locked, StoreError
from db.reading import open_for_reading
from harvester import docket, logbook, shelf
from harvester.config import Config
from harvester.keys import HungUpError
from harvester.report import Row, change, count, dim
from harvester.terminal import LOCKED, TROUBLE, fail, now, progress, show_lines
from harvester.walk import Walk

_FEW = 12
"""Changes up to which all are told."""


class _KilledError(Exception):
    """The process was told to end."""


def run(config: Config, ids: Sequence[str]) -> int:
    """Walk through the conflicts of these ids; the exit code, as of `harvest diff`."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        reason = "reads single keys and needs a terminal"
        instead = "`harvest diff` prints, `harvest diff --to FILE` writes a file to answer in"
        fail(f"harvest diff -i: {reason}; {instead}", TROUBLE)
    if not ids:
        click.echo("No question is open.")
        return 0
    with open_for_reading(config.database) as connection:
        walk = Walk(config, ids, logbook.held(connection))
    seen = True
    with _signals():
        try:
            walk.go()
        except (KeyboardInterrupt, click.Abort):
            click.echo("")
        except HungUpError:
            seen = False
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            seen = False
        except _KilledError:
            _leave(walk, signal.SIGTERM)
        return _end(config, walk, seen=seen)


def _end(config: Config, walk: Walk, *, seen: bool) -> int:
    """Bring the canon up to date and tell what that changed, if anybody is there to read it."""
    changes: Sequence[Row] = ()
    if walk.behind:
        from harvester import clerk

        say = progress() if seen else lambda text: None
        say("bringing the canon up to date; Ctrl-C leaves it to the next sync")
        try:
            found = clerk.publish(config, now())
        except KeyboardInterrupt:
            _leave(walk, signal.SIGINT)
        except _KilledError:
            _leave(walk, signal.SIGTERM)
        except StoreError as error:
            say("")
            fail(
                f"{error}\n{_kept(walk)} {_BEHIND}",
                LOCKED if isinstance(error, Locked) else TROUBLE,
            )
        say("")
        changes = [{"kind": c.kind, "work": c.key, "text": c.text} for c in found]
    with open_for_reading(config.database) as connection:
        left = len(docket.ids(connection, "open"))
        fixes = len(shelf.fixes(connection))
    if seen:
        show_lines(_told(walk, changes, left))
    return 1 if left or fixes else 0


_BEHIND = "The canon does not follow yet: harvest sync"


def _leave(walk: Walk, number: int) -> NoReturn:
    """Say how things stand and exit as one whom a signal ended."""
    fail("\n" + (f"{_kept(walk)} {_BEHIND}" if walk.behind else _kept(walk)), 128 + number)


def _kept(walk: Walk) -> str:
    number = len(walk.decided)
    return f"{count(number, 'decision')} {'is' if number == 1 else 'are'} kept."


def _told(walk: Walk, changes: Sequence[Row], left: int) -> Iterator[str]:
    yield ""
    yield _kept(walk) if walk.decided else "Nothing is decided."
    rows = [row for row in changes if row["kind"] not in ("decided", "open")]
    for row in rows[:_FEW]:
        yield from change(row, 2)
    if len(rows) > _FEW:
        yield f"  and {count(len(rows) - _FEW, 'change')} more: harvest log -n 1"
    yield f"{count(left, 'question')} left." if left else "Nothing is left to decide."
    if walk.decided:
        yield dim(f"harvest undo {walk.decided[-1].id} takes the last decision back.")


@contextmanager
def _signals() -> Iterator[None]:
    """While it lasts, the end of the terminal and of the process come as exceptions."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        # The second one finds nothing in its way.
        signal.signal(number, signal.SIG_DFL)
        raise HungUpError if number == signal.SIGHUP else _KilledError

    before = {number: signal.signal(number, end) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
