"""How well and how fast `harvest dedupe` finds what is one, on labelled sets.

    python -m benchmarks.match FOLDER

Each set is a folder in FOLDER with `records.csv` and the truth: `clusters.csv` (id, cluster),
`matches.csv` (id_a, id_b), or `pairs.csv` (id_a, id_b, label: `version` or `different`). Pairs
are counted after clustering, end to end from the raw table, in a process of its own.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str]
Labels = dict[str, str]
"""Cluster by id."""

_RUN = "from harvester.cli import main; main()"
_HEAD = ("set", "assumed", "prec", "recall", "F1", "queue", "CPU s", "MB")
_WIDTHS = (28, 14, 7, 7, 7, 12, 8, 6)


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs found and true."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are true."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that are found."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.both / (self.found + self.true) if self.found + self.true else 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found and what it took."""

    clusters: Labels
    asked: frozenset[str]
    """Ids in pairs of verdict 'review'."""
    cpu: float
    """Seconds, of all threads, start-up included."""
    peak: float
    """Megabytes."""


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled set under one assumption."""

    folder: Path
    by: str = "version"
    clean: tuple[str, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Measure every set in the folder and print a line for each."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m benchmarks.match FOLDER", file=sys.stderr)
        return 2
    print(_line(_HEAD))
    for case in cases(Path(arguments[0])):
        print(_line(measured(case)), flush=True)
    return 0


def cases(folder: Path) -> Iterator[Case]:
    """Every set that has a truth. One of two sources is also run with both taken for clean."""
    for records in sorted(folder.glob("*/records.csv")):
        one = records.parent
        if (one / "matches.csv").exists():
            yield Case(one)
            yield Case(one, clean=tuple(sorted({row["source"] for row in read(records)})))
        elif (one / "clusters.csv").exists():
            yield Case(one)
        elif (one / "pairs.csv").exists():
            yield Case(one, by="work")


def measured(case: Case) -> tuple[str, ...]:
    """The line of one set."""
    found = run(case)
    score = scored(case.folder, found.clusters)
    assumed = "sources clean" if case.clean else ""
    return (
        case.folder.name,
        f"{assumed}{'at work level' if case.by == 'work' else ''}",
        *(f"{100 * share:.2f}" for share in (score.precision, score.recall, score.f1)),
        f"{len(found.asked)} ({100 * len(found.asked) / max(len(found.clusters), 1):.1f} %)",
        f"{found.cpu:.2f}",
        f"{found.peak:.0f}",
    )


def run(case: Case) -> Run:
    """Run `harvest dedupe` on a set. Raises RuntimeError if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        clusters, pairs = Path(folder, "clusters.csv"), Path(folder, "pairs.csv")
        command = [sys.executable, "-c", _RUN, "dedupe", str(case.folder / "records.csv")]
        command += ["--by", case.by, "--clusters", str(clusters), "--pairs", str(pairs)]
        command += [word for name in case.clean for word in ("--clean-source", name)]
        with Path(folder, "errors").open("w+") as errors:
            process = subprocess.Popen(  # noqa: S603 (this program's own command)
                command, stdout=subprocess.DEVNULL, stderr=errors
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            if process.returncode:
                raise RuntimeError(
                    f"{case.folder.name}: exit {process.returncode}\n{errors.read()}"
                )
        labels = {row["id"]: row["cluster"] for row in read(clusters)}
        asked = [row for row in read(pairs) if row["verdict"] == "review"]
    ids = frozenset(row[side] for row in asked for side in ("id_a", "id_b"))
    # Linux counts kilobytes, macOS bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(labels, ids, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def scored(folder: Path, found: Labels) -> Score:
    """Compare clusters with the truth of a set."""
    if (folder / "clusters.csv").exists():
        true = {row["id"]: row["cluster"] for row in read(folder / "clusters.csv")}
        if lost := true.keys() ^ found.keys():
            raise RuntimeError(f"{folder.name}: {min(lost)} is in one of truth and answer only")
        both = _within((true[id], found[id]) for id in found)
        return Score(_within(found.values()), _within(true.values()), both)
    if (folder / "matches.csv").exists():
        matches = read(folder / "matches.csv")
        pairs = {frozenset((row["id_a"], row["id_b"])) for row in matches}
        return Score(_within(found.values()), len(pairs), _joined(matches, found))
    labelled = read(folder / "pairs.csv")
    one = [row for row in labelled if row["label"] == "version"]
    return Score(_joined(labelled, found), len(one), _joined(one, found))


def _within(labels: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def _joined(pairs: Iterable[Row], found: Labels) -> int:
    return sum(found[row["id_a"]] == found[row["id_b"]] for row in pairs)


def read(path: Path) -> list[Row]:
    """The rows of a table by the names of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _line(cells: Sequence[str]) -> str:
    left = [f"{cell:<{width}}" for cell, width in zip(cells[:2], _WIDTHS, strict=False)]
    right = [f"{cell:>{width}}" for cell, width in zip(cells[2:], _WIDTHS[2:], strict=True)]
    return "".join(left + right)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
