"""recordlinkage: comparisons by Jaro-Winkler and exact, its ECM classifier, no labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas
import recordlinkage

from benchmarks.peer_rows import Plain, candidates
from benchmarks.sets import Pair


def pairs(rows: Sequence[Plain], clean: frozenset[str]) -> tuple[list[Pair], set[Pair]]:
    """Pairs that the classifier calls links, among those of `candidates`."""
    columns = ("title", "authors", "first", "venue", "year")
    table = pandas.DataFrame(
        [[getattr(row, name) or None for name in columns] for row in rows],
        columns=list(columns),
        index=[row.id for row in rows],
    )
    met = [(a.id, b.id) for a, b in candidates(rows, clean)]
    if not met:
        return [], set()
    compared = _compare().compute(pandas.MultiIndex.from_tuples(met), table)
    links = recordlinkage.ECMClassifier(init="jaro").fit_predict(compared)
    return [(a, b) for a, b in links], set()


def _compare() -> Any:
    compare = recordlinkage.Compare()
    compare.string("title", "title", method="jarowinkler", threshold=0.92, label="title")
    compare.string("authors", "authors", method="jarowinkler", threshold=0.85, label="authors")
    compare.exact("first", "first", label="first")
    compare.string("venue", "venue", method="jarowinkler", threshold=0.85, label="venue")
    compare.exact("year", "year", label="year")
    return compare
