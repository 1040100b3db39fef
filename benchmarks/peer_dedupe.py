"""dedupe, which learns from labels: it is given 100 true pairs and 100 candidates that are none.

The true ones come from exact titles by one first author: nobody's labels are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import dedupe
from dedupe import variables

from benchmarks.peer_rows import Plain, apart, candidates
from benchmarks.sets import Pair

_SAMPLE = 100
_COLUMNS = ("title", "authors", "first", "venue", "year")
Said = dict[str, str | None]


def pairs(rows: Sequence[Plain], clean: frozenset[str]) -> tuple[list[Pair], set[Pair]]:
    """Pairs within its clusters at a threshold of one half."""
    data = {row.id: {name: getattr(row, name) or None for name in _COLUMNS} for row in rows}
    learner = dedupe.Dedupe(
        [
            variables.String("title", has_missing=True),
            variables.String("authors", has_missing=True),
            variables.Exact("first", has_missing=True),
            variables.String("venue", has_missing=True),
            variables.Exact("year", has_missing=True),
        ],
        num_cores=1,
    )
    learner.prepare_training(data, sample_size=1000)
    learner.mark_pairs(_labels(rows, clean, data))
    learner.train(index_predicates=False)
    by_id = {row.id: row for row in rows}
    found = []
    for ids, _ in learner.partition(data, 0.5):
        found += [(ids[0], id) for id in ids[1:] if not apart(by_id[ids[0]], by_id[id], clean)]
    return found, set()


def _labels(
    rows: Sequence[Plain], clean: frozenset[str], data: dict[str, Said]
) -> dict[str, list[tuple[Said, Said]]]:
    match, distinct = [], []
    for a, b in candidates(rows, clean):
        same = a.title == b.title
        if same and a.first == b.first:
            match.append((data[a.id], data[b.id]))
        elif not same and a.first != b.first:
            distinct.append((data[a.id], data[b.id]))
    chance = Random(1)
    return {
        name: chance.sample(found, min(_SAMPLE, len(found)))
        for name, found in (("match", match), ("distinct", distinct))
    }
