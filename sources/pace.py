"""How often one site is asked: one request at a time, with a gap between two.

It holds over all threads that share a Pace, and over all processes of one user that share its
folder: arXiv counts the machines of a person together (FORMATS 1.4).
"""

from __future__ import annotations

import math
import os
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO

LONGEST_HOLD = 900.0
"""No site keeps a program waiting for longer than this within one run."""


def user_folder(environ: Mapping[str, str]) -> Path:
    """Where all processes of one user keep their pace."""
    home = environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "pubharvest" / "pace"


class Turn:
    """One request's turn at a site."""

    def __init__(self) -> None:
        self.held = 0.0

    def hold(self, seconds: float) -> None:
        """Nobody asks this site again for so long after this turn."""
        self.held = min(seconds, LONGEST_HOLD)


class Pace:
    """Turns at sites. Without a folder, or where it cannot be written, of this process alone."""

    def __init__(
        self,
        folder: Path | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._sleep = sleep
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, tuple[float, float]] = {}

    @contextmanager
    def turn(self, site: str, gap: float) -> Iterator[Turn]:
        """Alone with the site, `gap` seconds or more after the end of the turn before."""
        with self._guard:
            lock = self._locks[site]
        with lock, self._memory(site) as file:
            self._wait(self._last.get(site), gap)
            if file:
                self._wait(_read(file), gap)
            turn = Turn()
            try:
                yield turn
            finally:
                self._last[site] = (self._clock(), turn.held)
                if file:
                    _write(file, *self._last[site])

    def _wait(self, last: tuple[float, float] | None, gap: float) -> None:
        if last is None:
            return
        ended, held = last
        pause = max(gap, min(held, LONGEST_HOLD))
        # Never longer than the pause itself, also after the clock was set back.
        left = min(pause, ended + pause - self._clock())
        if left > 0:
            self._sleep(left)

    @contextmanager
    def _memory(self, site: str) -> Iterator[IO[str] | None]:
        file = self._open(site)
        if file is None:
            yield None
            return
        with file:
            yield file if _locked(file) else None

    def _open(self, site: str) -> IO[str] | None:
        if self._folder is None:
            return None
        name = re.sub(r"[^a-z0-9.-]", "_", site.lower()) or "_"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return (self._folder / name).open("a+", encoding="ascii", errors="replace")
        except OSError:
            return None


def _locked(file: IO[str]) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:  # some network file systems have no locks
        return False
    return True


def _read(file: IO[str]) -> tuple[float, float] | None:
    file.seek(0)
    try:
        ended, held = (float(word) for word in file.read(200).split())
    except ValueError:
        return None
    return (ended, held) if math.isfinite(ended) and math.isfinite(held) else None


def _write(file: IO[str], ended: float, held: float) -> None:
    try:
        file.truncate(0)
        file.write(f"{ended!r} {held!r}\n")
        file.flush()
    except OSError:  # a full disk costs the memory of this turn, no more
        return


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that an answer's Retry-After asks for in either form, None if it says nothing.

    A date counts from the server's own clock where it tells it: ours may be wrong.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+", text):
        return float(text[:9])
    until = _moment(text)
    if until is None:
        return None
    there = _moment(headers.get("date", ""))
    return max(0.0, until - (now if there is None else there))


def _moment(text: str) -> float | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
