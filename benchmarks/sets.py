"""Labelled sets: the tables that are given to a program, and the pairs that are one."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

Row = dict[str, str]
Labels = dict[str, str]
"""Cluster by id."""
Pair = tuple[str, str]


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

    def __add__(self, other: Score) -> Score:
        """The pairs of two tables."""
        return Score(self.found + other.found, self.true + other.true, self.both + other.both)


@dataclass(frozen=True, slots=True)
class Truth:
    """Which pairs of one table are one."""

    labels: Labels | None = None
    """Where every record has a cluster."""
    one: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] | None = None
    """Labelled pairs that are two: only labelled pairs count. None: all that is not one is."""
    sources: Labels | None = None
    """Source by id where the truth speaks of pairs across sources alone: others do not count."""

    @property
    def pairs(self) -> int:
        """How many are one."""
        return len(self.one) if self.labels is None else _within(self.labels.values())

    def score(self, found: Labels) -> Score:
        """Compare the answer with the truth. Raises RuntimeError if it is of other records."""
        if lost := self._ids - found.keys() or (self.labels and found.keys() - self._ids):
            raise RuntimeError(f"{min(lost)} is in one of truth and answer only")
        if self.labels is not None:
            both = _within((self.labels[id], found[id]) for id in found)
            return Score(_within(found.values()), self.pairs, both)
        both = _joined(self.one, found)
        if self.apart is None:
            return Score(self._across(found), len(self.one), both)
        return Score(both + _joined(self.apart, found), len(self.one), both)

    @property
    def _ids(self) -> set[str]:
        """Of the records that it speaks of."""
        if self.labels is not None:
            return set(self.labels)
        return {id for pair in self.one | (self.apart or frozenset()) for id in pair}

    def _across(self, found: Labels) -> int:
        if self.sources is None:
            return _within(found.values())
        alike = _within((found[id], self.sources[id]) for id in found)
        return _within(found.values()) - alike


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled set under one assumption: a folder with `records.csv` each table."""

    name: str
    folders: tuple[Path, ...]
    truths: tuple[Truth, ...]
    by: str = "version"
    clean: tuple[str, ...] = ()
    """Sources that are taken for free of duplicates."""
    records: int = 0

    @property
    def whole(self) -> bool:
        """Whether all pairs that are one in one table are known, and nothing is assumed."""
        return len(self.truths) == 1 and self.truths[0].apart is None and not self.clean

    @property
    def assumed(self) -> str:
        """What a program is told besides the table."""
        level = "works" if self.by == "work" else "versions"
        return level + (f", {' and '.join(self.clean)} free of duplicates" if self.clean else "")


def _within(labels: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def _joined(pairs: Iterable[Pair], found: Labels) -> int:
    return sum(found[a] == found[b] for a, b in pairs)


def read(path: Path) -> list[Row]:
    """The rows of a table by the names of its columns in lower case, in UTF-8 or else in Latin 1.

    What a row lacks at its end is empty, what it has too much is dropped.
    """
    csv.field_size_limit(sys.maxsize)  # a field may be a whole abstract, or a broken quote
    text = path.read_bytes()
    try:
        said = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = text.decode("latin-1")
    lines = io.StringIO(said, newline="")
    names = [name.strip().lower() for name in next(csv.reader(lines), ())]
    rows = csv.reader(lines)
    return [dict(zip_longest(names, row[: len(names)], fillvalue="")) for row in rows if row]


def clusters(pairs: Iterable[Pair], ids: Iterable[str]) -> Labels:
    """Records joined through any chain of pairs, each named by one of them."""
    up: dict[str, str] = {}

    def root(id: str) -> str:
        while (above := up.get(id, id)) != id:
            up[id] = up.get(above, above)
            id = up[id]
        return id

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        if first != second:
            up[second] = first
    return {id: root(id) for id in ids}
