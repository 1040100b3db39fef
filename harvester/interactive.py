"""How a walk begins and how it ends, however it ends: nothing that was decided is lost."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from db.files import Locked, StoreError
from db.reading import open_for_reading
from harvester import afterwards, logbook
from harvester.changes import Change
from harvester.config import Config
from harvester.keys import HungUpError
from harvester.terminal import LOCKED, TROUBLE, fail, now, progress, show_lines
from harvester.walk import Walk


class _KilledError(BaseException):
    """The process was told to end. Like KeyboardInterrupt nothing on the way takes it for a fault
    of its own: click looks for its streams under `except Exception`.
    """


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
    with _signals():
        try:
            seen = _somebody_there(lambda: _go(walk))
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        except HungUpError:
            seen = False
        except _KilledError:
            _leave(walk, signal.SIGTERM)
        return _end(config, walk, seen=seen)


def _go(walk: Walk) -> None:
    """Walk until nothing is left or the person leaves. Raises keys.HungUpError."""
    try:
        walk.go()
    except (KeyboardInterrupt, click.Abort):
        click.echo("")


def _somebody_there(act: Callable[[], None]) -> bool:
    """Whether the terminal was still there when this was done."""
    try:
        act()
    except HungUpError:
        return False
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        _print_nowhere()
        return False
    return True


def _print_nowhere() -> None:
    """What could not be written would be tried again at the very end, and fail again."""
    with open(os.devnull, "wb") as nowhere:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere.fileno(), stream.fileno())


def _end(config: Config, walk: Walk, *, seen: bool) -> int:
    """Bring the canon up to date and tell what that changed, if anybody is there to read it."""
    if not seen:
        _print_nowhere()
    changes: Sequence[Change] = ()
    if walk.behind:
        from harvester import clerk

        show = progress() if seen else lambda text: None

        def say(text: str) -> None:
            _somebody_there(lambda: show(text))

        say("bringing the canon up to date; Ctrl-C leaves it to the next sync")
        try:
            changes = clerk.publish(config, now())
        except KeyboardInterrupt:
            _leave(walk, signal.SIGINT)
        except _KilledError:
            _leave(walk, signal.SIGTERM)
        except StoreError as error:
            say("")
            fail(
                f"{error}\n{afterwards.kept(walk.decided)} {_BEHIND}",
                LOCKED if isinstance(error, Locked) else TROUBLE,
            )
        say("")
    questions, fixes = afterwards.left(config)
    if seen:
        told = ["", *afterwards.told(walk.decided, changes, questions)]
        _somebody_there(lambda: show_lines(told))
    return 1 if questions or fixes else 0


_BEHIND = "The canon does not follow yet: harvest sync"


def _leave(walk: Walk, number: int) -> NoReturn:
    """Say how things stand and exit as one whom a signal ended."""
    kept = afterwards.kept(walk.decided)
    fail(f"\n{kept} {_BEHIND}" if walk.behind else f"\n{kept}", 128 + number)


@contextmanager
def _signals() -> Iterator[None]:
    """While it lasts, the end of the terminal and of the process come as exceptions.

    The terminal's comes once: reading from one that is gone can fail before the signal is sent.
    """

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        if number == signal.SIGHUP:
            signal.signal(number, signal.SIG_IGN)
            raise HungUpError
        # The second one finds nothing in its way.
        signal.signal(number, signal.SIG_DFL)
        raise _KilledError

    before = {number: signal.signal(number, end) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
