"""Who is measured: `harvest dedupe` and its peers, each started with one command."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from os import devnull
from pathlib import Path

from benchmarks.launch import FailedError, Used, run
from benchmarks.sets import Case, Labels, read

OURS = "harvest"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that says which records are one."""

    name: str
    needs: str = ""
    """The module that it needs."""
    alone: bool = True
    """It can judge a table of two records: it learns nothing from the table."""

    @property
    def missing(self) -> bool:
        """Whether it is not installed."""
        return bool(self.needs) and find_spec(self.needs) is None


CONTENDERS = (
    Contender(OURS),
    Contender("splink", "splink", alone=False),
    Contender("recordlinkage", "recordlinkage", alone=False),
    Contender("bib-dedupe", "bib_dedupe"),
    Contender("dedupe", "dedupe", alone=False),
    Contender("rapidfuzz"),
    Contender("exact title"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program made of a set, and what it took."""

    labels: tuple[Labels, ...]
    """A table each."""
    asked: int
    """Records in pairs that it leaves to a person."""
    used: Used


def answer(who: Contender, case: Case, limit: float) -> Answer:
    """Have a program settle a set. Raises FailedError if it does not."""
    labels, asked, used = [], 0, Used()
    with tempfile.TemporaryDirectory() as folder:
        for number, place in enumerate(case.folders):
            to = Path(folder, str(number))
            to.mkdir()
            used += run(list(_command(who, case, place, to)), limit)
            if not (to / "clusters.csv").exists():
                raise FailedError("ended well, and wrote no clusters")
            labels.append({row["id"]: row["cluster"] for row in read(to / "clusters.csv")})
            asked += _asked(to / "pairs.csv")
    return Answer(tuple(labels), asked, used)


def _command(who: Contender, case: Case, place: Path, to: Path) -> Iterator[str]:
    yield sys.executable
    if who.name == OURS:
        yield from ("-c", "from harvester.cli import main; main()", "dedupe")
        yield from ("-o", devnull, "--by", case.by)
    else:
        yield from ("-m", "benchmarks.peers", who.name)
    yield str(place / "records.csv")
    yield from ("--clusters", str(to / "clusters.csv"), "--pairs", str(to / "pairs.csv"))
    for name in case.clean:
        yield from ("--clean-source", name)


def _asked(path: Path) -> int:
    if not path.exists():
        return 0
    rows = [row for row in read(path) if row["verdict"] == "review"]
    return len({row[side] for row in rows for side in ("id_a", "id_b")})
