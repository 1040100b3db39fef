"""Labelled sets in a folder: what is a table and what is truth shows in the columns of the files.

A table has `id` and `title`. The truth has ids and `cluster`; or two columns of ids, and perhaps
a label. Several tables, each of one source, are one set where there is no `records.csv`.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.sets import Case, Labels, Pair, Row, Truth, read

HARDLY = 0.02
"""Share of records matched to two of one source up to which that source is free of duplicates: in
the truth of DBLP and Scholar a citation is given to two editions now and then."""

_ONE = frozenset(("1", "1.0", "true", "yes", "match", "same", "version"))
_TWO = frozenset(("0", "0.0", "false", "no", "apart", "different"))
_WORKS = frozenset(("match", "apart", "version", "different"))
"""Labels that speak of works; others, and truth without labels, are of versions."""
_LABEL = ("label", "match", "expect")
_CLUSTER = ("cluster", "cluster_id")
_ID = re.compile(r"^id|id$|_id|id_")
_PLAIN = ("title", "authors", "venue", "year")


class SetError(Exception):
    """A set that cannot be measured: which file, and why."""


def places(folder: Path) -> list[Path]:
    """Folders that may hold a set: those in this one, and it."""
    inner = sorted(path for path in folder.iterdir() if path.is_dir())
    return [place for place in (*inner, folder.resolve()) if any(_files(place))]


def _files(place: Path) -> list[Path]:
    return [*sorted(place.glob("*.csv")), *sorted(place.glob("scenarios.jsonl"))]


def cases(place: Path, made: Path) -> Iterator[Case]:
    """The sets of one folder; tables that have to be made are written into `made`.

    A set whose truth is pairs across sources is also run with those sources taken for clean that
    the truth shows to be. Raises SetError for files that are no set.
    """
    if (place / "scenarios.jsonl").exists():
        yield _scenarios(place / "scenarios.jsonl", made)
    files = {path: read(path) for path in _files(place) if path.suffix == ".csv"}
    files = {path: rows for path, rows in files.items() if rows}
    sided = [path for path, rows in files.items() if {"title_a", "title_b"} <= rows[0].keys()]
    for path in sided:
        yield from _sided(place.name, path, files[path], made)
    tables = _tables(files)
    if not tables:
        return
    folder, pool = _pooled(place, tables, made)
    found = [_truth(path, rows, pool) for path, rows in files.items() if path not in tables]
    said = [truth for truth in found if truth is not None]
    if not said and not sided:
        raise SetError(f"{place.name}: no truth: clusters.csv, matches.csv or pairs.csv")
    for name, by, truth in said:
        title = place.name if len(said) == 1 else f"{place.name}/{name}"
        yield from _both(Case(title, (folder,), (truth,), by, records=len(pool.sources)), pool)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The records of a set. Their ids have the table's name before them if there are several."""

    tables: dict[str, frozenset[str]]
    """Ids as they stand in a file, by what stands before them."""
    sources: Labels

    def named(self, path: Path, rows: Sequence[Row], columns: Sequence[str]) -> list[list[str]]:
        """Rows of ids of a file; each column is of one table, no two of the same if that fits."""
        fitting = []
        for column in columns:
            said = {row[column] for row in rows}
            fitting.append([name for name, ids in self.tables.items() if said <= ids])
            if not fitting[-1]:
                lost = min(said - frozenset().union(*self.tables.values()), default=min(said))
                raise SetError(f"{path.parent.name}/{path.name}: {lost!r} is in no table")
        homes = min(product(*fitting), key=lambda names: len(names) - len(set(names)))
        return [[home + row[c] for home, c in zip(homes, columns, strict=True)] for row in rows]


def _tables(files: dict[Path, list[Row]]) -> dict[Path, list[Row]]:
    found = {path: rows for path, rows in files.items() if {"id", "title"} <= rows[0].keys()}
    alone = {path: rows for path, rows in found.items() if path.name == "records.csv"}
    return alone or found


def _pooled(place: Path, tables: dict[Path, list[Row]], made: Path) -> tuple[Path, _Pool]:
    several = len(tables) > 1
    before = {path: f"{path.stem}:" if several else "" for path in tables}
    records = [
        row | {"id": before[path] + row["id"], "source": row.get("source") or path.stem}
        for path, rows in tables.items()
        for row in rows
    ]
    ids = {before[path]: frozenset(row["id"] for row in rows) for path, rows in tables.items()}
    pool = _Pool(ids, {row["id"]: row["source"] for row in records})
    if len(pool.sources) < len(records):
        raise SetError(f"{place.name}: an id stands twice in {min(tables).name}")
    if not several and (place / "records.csv") in tables:
        return place, pool
    _write(made / place.name, records)
    return made / place.name, pool


def _truth(path: Path, rows: Sequence[Row], pool: _Pool) -> tuple[str, str, Truth] | None:
    """(Name, level, truth) that a file states; None if it is about something else."""
    label = next((name for name in _LABEL if name in rows[0]), "")
    cluster = next((name for name in _CLUSTER if name in rows[0]), "")
    if cluster and "id" in rows[0]:
        ids = [id for [id] in pool.named(path, rows, ["id"])]
        given = dict(zip(ids, (row[cluster] for row in rows), strict=True))
        # Who is in no cluster is alone.
        return (
            path.stem,
            "version",
            Truth({id: given.get(id, f"alone {id}") for id in pool.sources}),
        )
    columns = [name for name in rows[0] if _ID.search(name.lower())]
    if len(columns) != 2 or "title" in rows[0]:
        return None
    pairs = [(a, b) for a, b in pool.named(path, rows, columns)]
    if label:
        return path.stem, *_labelled(path, zip(pairs, (row[label] for row in rows), strict=True))
    across = all(pool.sources[a] != pool.sources[b] for a, b in pairs)
    truth = Truth(one=frozenset(pairs), sources=pool.sources if across else None)
    return path.stem, "version", truth


def _labelled(path: Path, pairs: Iterable[tuple[Pair, str]]) -> tuple[str, Truth]:
    """(Level, truth) of labelled pairs."""
    one: set[Pair] = set()
    two: set[Pair] = set()
    words = set()
    for pair, said in pairs:
        word = said.strip().lower()
        if word not in _ONE | _TWO:
            known = ", ".join(sorted(_ONE | _TWO))
            raise SetError(f"{path.parent.name}/{path.name}: label {said!r} is none of {known}")
        (one if word in _ONE else two).add(pair)
        words.add(word)
    level = "work" if words & _WORKS else "version"
    return level, Truth(one=frozenset(one), apart=frozenset(two - one))


def _both(case: Case, pool: _Pool) -> Iterator[Case]:
    """The set, and the set again with its clean sources named, if it has some."""
    yield case
    if case.truths[0].labels is None:
        clean = clean_sources(case.truths[0].one, pool.sources)
        if clean:
            yield Case(case.name, case.folders, case.truths, case.by, clean, case.records)


def clean_sources(one: Iterable[Pair], sources: Labels) -> tuple[str, ...]:
    """Sources that name hardly any paper twice, as far as the pairs show, all across sources."""
    partners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for a, b in one:
        if sources[a] == sources[b]:
            return ()
        partners[a, sources[b]].add(b)
        partners[b, sources[a]].add(a)
    seen = sorted({source for _, source in partners})
    shares = {
        source: [len(found) > 1 for (_, of), found in partners.items() if of == source]
        for source in seen
    }
    return tuple(s for s in seen if sum(shares[s]) <= HARDLY * len(shares[s]))


def _sided(name: str, path: Path, rows: Sequence[Row], made: Path) -> Iterator[Case]:
    """Labelled pairs of records that have no ids: rows that say the same are one record."""
    label = next((name for name in _LABEL if name in rows[0]), "")
    if not label:
        raise SetError(f"{name}/{path.name}: has no column {', '.join(_LABEL)}")
    ids: dict[tuple[str, ...], str] = {}
    pairs = []
    for row in rows:
        sides = [(side, *(row.get(f"{column}_{side}", "") for column in _PLAIN)) for side in "ab"]
        a, b = (ids.setdefault(cells, f"{cells[0]}{len(ids) + 1}") for cells in sides)
        pairs.append(((a, b), row[label]))
    level, truth = _labelled(path, pairs)
    cells = [dict(zip(("source", *_PLAIN), c, strict=True)) | {"id": id} for c, id in ids.items()]
    _write(made / name / path.stem, cells)
    case = Case(name, (made / name / path.stem,), (truth,), level, records=len(ids))
    yield from _both(case, _Pool({}, {row["id"]: row["source"] for row in cells}))


def _scenarios(path: Path, made: Path) -> Case:
    """Pairs that were made by hand, each a table of two records of its own."""
    folders, truths = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        folder = made / f"scenario{number:03}"
        _write(folder, [_flat(case[side], side) for side in "ab"])
        folders.append(folder)
        truths.append(_labelled(path, [(("a", "b"), case["expect"])])[1])
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
