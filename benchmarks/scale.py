"""How `harvest dedupe` grows with its input: records a second, memory, and the exponent.

python -m benchmarks.scale                 1,000, 10,000 and 100,000 made-up records
python -m benchmarks.scale 1000000         as many as are named: a million takes minutes
python -m benchmarks.scale --peers         the same beside splink
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from benchmarks import perturbed
from benchmarks.contenders import CONTENDERS, OURS, Contender, answer
from benchmarks.launch import FailedError, Used, run
from benchmarks.sets import Case, Score, Truth, read

SIZES = (1_000, 10_000, 100_000)
_HEAD = f"{'records':>10}  {'':<8}{'F1':>8}{'CPU s':>10}{'records/s':>12}{'MB':>8}{'kB each':>9}"


@dataclass(frozen=True, slots=True)
class Point:
    """One size and what it took."""

    size: int
    score: Score
    used: Used
    idle: Used
    """What a table of one row takes: start-up."""

    @property
    def line(self) -> str:
        """F1, seconds, records a second, memory, and kilobytes a record above start-up."""
        each = 1024 * max(self.used.peak - self.idle.peak, 0) / self.size
        return (
            f"{100 * self.score.f1:8.2f}{self.used.cpu:10.2f}"
            f"{self.size / self.used.cpu:12,.0f}{self.used.peak:8.0f}{each:9.1f}"
        )


def main(words: Sequence[str]) -> int:
    """Print a line a size, and how the time grows from each to the next."""
    options = _options(words)
    chosen = [who for who in CONTENDERS if who.name in (OURS, "splink")[: 1 + options.peers]]
    for who in chosen:
        if who.missing:
            print(f"{who.name} is not installed and left out (pip install -e '.[bench]')")
    found: dict[str, list[Point]] = {who.name: [] for who in chosen if not who.missing}
    print(_HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            made = Path(folder, str(size))
            run(_made(size, made, options.seed), options.limit)
            for who in chosen:
                if not who.missing:
                    _measure(who, size, made, options.limit, found[who.name])
    for name, points in found.items():
        print("\n".join(_growth(name, points)))
    if len(found) > 1:
        _compare(found[OURS], found["splink"])
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="SIZE")
    parser.add_argument("--peers", action="store_true", help="measure splink as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=3600, help="seconds a program, a size")
    return parser.parse_args(words)


def _made(size: int, folder: Path, seed: int) -> list[str]:
    """In a process of its own: what a process starts begins with its memory."""
    words = [perturbed.__name__, str(size), str(folder), "--seed", str(seed)]
    return [sys.executable, "-m", *words]


def _measure(who: Contender, size: int, made: Path, limit: float, points: list[Point]) -> None:
    labels = {row["id"]: row["cluster"] for row in read(made / "clusters.csv")}
    case = Case(str(size), (made,), (Truth(labels),), by="work", records=size)
    try:
        found = answer(who, case, limit)
    except FailedError as error:
        print(f"{size:10,}  {who.name:<8}  failed: {error}", flush=True)
        return
    idle = points[0].idle if points else _idle(who, limit)
    point = Point(size, case.truths[0].score(found.labels[0]), found.used, idle)
    points.append(point)
    print(f"{size:10,}  {who.name:<8}{point.line}", flush=True)


def _idle(who: Contender, limit: float) -> Used:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "records.csv").write_text("id,title\n1,Alone\n", encoding="utf-8")
        try:
            return answer(who, Case("idle", (Path(folder),), (), by="work"), limit).used
        except FailedError:  # splink estimates nothing from one row
            return Used()


def _growth(name: str, points: Sequence[Point]) -> list[str]:
    """The exponent from each size to the next, start-up left out."""
    lines = []
    for small, large in pairwise(points):
        power = _power(small, large)
        lines.append(f"{name}: {small.size:,} to {large.size:,} records, time as N^{power:.2f}")
    return lines


def _power(small: Point, large: Point) -> float:
    times = [max(point.used.cpu - point.idle.cpu, 1e-3) for point in (small, large)]
    return log(times[1] / times[0]) / log(large.size / small.size)


def _compare(ours: Sequence[Point], theirs: Sequence[Point]) -> None:
    beside = {point.size: point for point in theirs}
    for point in ours:
        if other := beside.get(point.size):
            ratio = point.used.cpu / other.used.cpu
            print(f"{point.size:,} records: {ratio:.2f} times the CPU seconds of splink")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
