"""Commands run in a process of their own, measured by the operating system.

`python benchmarks/launch.py REPORT COMMAND…` runs one and writes what it took. Linux hands the
peak of the process that starts another down to it: what starts here is small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Used:
    """What a command took, start-up included."""

    cpu: float = 0
    """Seconds, of all its threads and processes."""
    peak: float = 0
    """Megabytes, of its largest process."""

    def __add__(self, other: Used) -> Used:
        """What two took, one after the other."""
        return Used(self.cpu + other.cpu, max(self.peak, other.peak))


class FailedError(RuntimeError):
    """A command did not do what was asked of it."""


def run(command: Sequence[str], limit: float) -> Used:
    """Run a command. Raises FailedError if it fails, or takes more seconds than `limit`."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        launcher = [sys.executable, __file__, str(report), *command]
        # pip compiles what it installs; a checkout is compiled when it first runs, if it may be.
        kept = {name: of for name, of in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        with Path(folder, "errors").open("w+") as errors:
            process = subprocess.Popen(  # noqa: S603 (our own command)
                launcher,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=kept,
                start_new_session=True,
            )
            try:
                process.wait(limit)
            except subprocess.TimeoutExpired:
                raise FailedError(f"gave up after {limit:.0f} s") from None
            finally:
                if process.poll() is None:  # also where a person interrupts
                    os.killpg(process.pid, 9)
                    process.wait()
            errors.seek(0)
            if process.returncode:
                said = errors.read().strip().splitlines() or [_ended(process.returncode)]
                raise FailedError(said[-1][:100])
        cpu, peak = report.read_text().split()
    return Used(float(cpu), float(peak))


def _ended(code: int) -> str:
    """What an exit code says where the command itself said nothing."""
    # The launcher exits with -9 for a command that was killed, and Linux kills whoever takes
    # more memory than there is.
    return "killed; out of memory?" if code == 247 else f"exit {code}"


def main(words: Sequence[str]) -> int:
    """Run the command, write the seconds and megabytes, exit as it did."""
    process = subprocess.Popen(words[1:])  # noqa: S603 (our own command)
    _, status, used = os.wait4(process.pid, 0)
    # Linux counts kilobytes, macOS bytes.
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    Path(words[0]).write_text(f"{used.ru_utime + used.ru_stime} {peak}")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
