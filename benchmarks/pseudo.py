"""A program in a real pseudo-terminal, with somebody who reads and presses keys."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

PROMPT = "  > "
"""What stands where a single key is waited for."""
PATIENCE = 120
"""Seconds until a program that says nothing is taken for stuck; no test waits for so long."""
_LEAD = (
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the terminal the program's own, so that closing it hangs the program up."""
_STYLES = re.compile(r"\x1b\[[0-9;]*[mK]")


class Terminal:
    """80 columns and 24 rows, and a program in it."""

    def __init__(self, *words: str, cwd: Path, env: Mapping[str, str] | None = None) -> None:
        """Start `harvest` with these words in a folder, with little more than `env` around it."""
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        path = Path(sys.executable).with_name("harvest")
        surroundings = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", **(env or {})}
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-c", _LEAD, str(path), *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=surroundings,
        )
        os.close(slave)
        self.raw = ""
        """All that was printed, with its styles."""
        self._read = 0
        self.presses = 0

    def until(self, text: str) -> str:
        """Read on until a text is there, and return what came up to it, without styles."""
        while True:
            shown = _STYLES.sub("", self.raw[self._read :])
            if text in shown:
                self._read = len(self.raw)
                return shown
            assert self._more(), f"{text!r} never came; there was:\n{shown}"

    def press(self, key: str) -> None:
        """Press a key as soon as the program waits for single keys."""
        self._wait(raw=True)
        self.presses += 1
        os.write(self._master, key.encode())

    def type(self, line: str) -> None:
        """Type a line as soon as the program waits for lines."""
        self._wait(raw=False)
        self.presses += len(line) + 1
        os.write(self._master, f"{line}\n".encode())

    def hang_up(self) -> int:
        """Close the terminal under the program; its exit code."""
        os.close(self._master)
        self._master = -1
        return self.process.wait(PATIENCE)

    def kill(self, number: int = signal.SIGKILL) -> int:
        """End the program from outside; its exit code."""
        self.process.send_signal(number)
        return self.end()[1]

    def end(self) -> tuple[str, int]:
        """What was printed in the end, and the exit code."""
        while self._more():
            pass
        code = self.process.wait(PATIENCE)
        os.close(self._master)
        self._master = -1
        return _STYLES.sub("", self.raw[self._read :]), code

    @property
    def text(self) -> str:
        """All that was printed, without styles, as it stands on the screen."""
        lines = _STYLES.sub("", self.raw).replace("\r\n", "\n").split("\n")
        return "\n".join(line.rpartition("\r")[2] for line in lines)

    def _more(self) -> bool:
        if not select.select([self._master], [], [], PATIENCE)[0]:
            return False
        try:
            found = os.read(self._master, 65536)
        except OSError:  # EIO: the program has closed its end
            return False
        self.raw += found.decode("utf-8", "replace")
        return bool(found)

    def _wait(self, *, raw: bool) -> None:
        """What is pressed earlier would be thrown away with what was typed ahead."""
        give_up = time.monotonic() + PATIENCE
        while bool(termios.tcgetattr(self._master)[3] & termios.ICANON) is raw:
            assert time.monotonic() < give_up
            time.sleep(0.005)
