"""Labelled sets: the tables that are given to a program, and the pairs that are one."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        if self.labels is not None:
            if lost := self.labels.keys() ^ found.keys():
                raise RuntimeError(f"{min(lost)} is in one of truth and answer only")
            both = _within((self.labels[id], found[id]) for id in found)
            return Score(_within(found.values()), self.pairs, both)
        both = _joined(self.one, found)
        if self.apart is None:
            return Score(self._across(found), len(self.one), both)
        return Score(both + _joined(self.apart, found), len(self.one), both)

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
    def assumed(self) -> str:
        """What a program is told besides the table."""
        level = "works" if self.by == "work" else "versions"
        return level + (f", {' and '.join(self.clean)} free of duplicates" if self.clean else "")


def cases(folder: Path, made: Path) -> Iterator[Case]:
    """Every set in a folder; tables that have to be made of it are written into `made`.

    A set whose truth is pairs across sources is also run with all sources taken for clean.
    """
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    for place in places:
        yield from _tables(place, made)
    for place in places:
        if (place / "scenarios.jsonl").exists():
            yield _scenarios(place / "scenarios.jsonl", made)


def _tables(place: Path, made: Path) -> Iterator[Case]:
    records, pairs = place / "records.csv", place / "pairs.csv"
    if not records.exists():
        if pairs.exists() and "title_a" in read(pairs)[0]:
            yield from _two_sided(place.name, read(pairs), made)
        return
    size, name = len(read(records)), place.name
    if (place / "matches.csv").exists():
        one = frozenset((row["id_a"], row["id_b"]) for row in read(place / "matches.csv"))
        sources = {row["id"]: row["source"] for row in read(records)}
        truth = Truth(one=one, sources=sources)
        yield Case(name, (place,), (truth,), records=size)
        clean = tuple(sorted(set(sources.values())))
        yield Case(name, (place,), (truth,), clean=clean, records=size)
    elif (place / "clusters.csv").exists():
        labels = {row["id"]: row["cluster"] for row in read(place / "clusters.csv")}
        yield Case(name, (place,), (Truth(labels),), records=size)
    elif pairs.exists():
        said = {(row["id_a"], row["id_b"]): row["label"] == "version" for row in read(pairs)}
        yield Case(name, (place,), (_labelled(said),), by="work", records=size)


def _labelled(said: dict[Pair, bool]) -> Truth:
    one = frozenset(pair for pair, same in said.items() if same)
    return Truth(one=one, apart=frozenset(said.keys() - one))


def _two_sided(name: str, rows: Sequence[Row], made: Path) -> Iterator[Case]:
    """Labelled pairs of records that have no ids: rows that say the same are one record."""
    ids: dict[tuple[str, ...], str] = {}
    said: dict[Pair, bool] = {}
    for row in rows:
        pair = []
        for side in "ab":
            cells = (side, *(row[f"{column}_{side}"] for column in _PLAIN))
            pair.append(ids.setdefault(cells, f"{side}{len(ids) + 1}"))
        said[pair[0], pair[1]] = row["label"] == "1"
    folder = made / name
    _write(
        folder,
        [
            dict(zip(("source", *_PLAIN), cells, strict=True)) | {"id": id}
            for cells, id in ids.items()
        ],
    )
    yield Case(name, (folder,), (_labelled(said),), records=len(ids))
    yield Case(name, (folder,), (_labelled(said),), clean=("a",), records=len(ids))


_PLAIN = ("title", "authors", "venue", "year")


def _scenarios(path: Path, made: Path) -> Case:
    """Pairs that were made by hand, each a table of two records of its own."""
    folders, truths = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        folder = made / f"scenario{number:03}"
        _write(folder, [_flat(case[side], side) for side in "ab"])
        folders.append(folder)
        truths.append(_labelled({("a", "b"): case["expect"] == "match"}))
    return Case("scenarios", tuple(folders), tuple(truths), by="work", records=2 * len(folders))


def _flat(said: dict[str, Any], side: str) -> Row:
    row = {name: str(value) for name, value in said.items()}
    return row | {"id": side, "source": side, "authors": "; ".join(said.get("authors", ()))}


def _write(folder: Path, rows: Sequence[Row]) -> None:
    folder.mkdir(parents=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with (folder / "records.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _within(labels: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def _joined(pairs: Iterable[Pair], found: Labels) -> int:
    return sum(found[a] == found[b] for a, b in pairs)


def read(path: Path) -> list[Row]:
    """The rows of a table by the names of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


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
