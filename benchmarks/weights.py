"""What the levels of the matcher weigh on labelled sets, beside what policy.py says.

    python -m benchmarks.weights FOLDER

For every level: the shipped bits, what labels make of it over all sets (log2 of its share among
true candidate pairs over its share among the others, each set counting alike), what expectation
maximisation makes of it without labels, and how many true and other pairs had it. The shipped
numbers are these, rounded and with precision put before recall: a level that one set alone shows,
or that few pairs have, stays near where it was. Pairs that are no candidates are not looked at, so
that equal titles weigh more in the table than here.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log2
from pathlib import Path

from benchmarks.sets import read
from harvester import policy
from harvester.adapted import adapted
from harvester.dedupe import read_files
from harvester.shrinkage import estimate, pattern
from harvester.signals import levels

Weight = tuple[str, str]
Pairs = set[frozenset[str]]

_FEW = 10
"""Pairs below which a share says nothing."""


def main(arguments: Sequence[str]) -> int:
    """Print a line for every level that occurs in a labelled set of the folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m benchmarks.weights FOLDER", file=sys.stderr)
        return 2
    counts = [counted(path.parent) for path in sorted(Path(arguments[0]).glob("*/records.csv"))]
    print(f"{'signal':10}{'level':18}{'work':>7}{'version':>9}{'labels':>8}{'EM':>7}", end="")
    print(f"{'true':>8}{'other':>8}")
    seen = {weight for true, other, _ in counts for weight in (*true, *other)}
    for weight in sorted(seen):
        cells = [policy.WEIGHTS.get(weight), policy.VERSION_WEIGHTS.get(weight)]
        told = [bits for true, other, _ in counts for bits in ratio(weight, true, other)]
        learned = [bits[weight] for *_, bits in counts if weight in bits]
        cells += [sum(told) / len(told) if told else None]
        cells += [sum(learned) / len(learned) if learned else None]
        sums = [sum(count[side][weight] for count in counts) for side in (0, 1)]
        widths = (7, 9, 8, 7)
        shown = "".join(
            f"{'' if cell is None else f'{cell:.1f}':>{width}}"
            for cell, width in zip(cells, widths, strict=True)
        )
        print(f"{weight[0]:10}{weight[1]:18}{shown}{sums[0]:8}{sums[1]:8}")
    return 0


def counted(folder: Path) -> tuple[Counter[Weight], Counter[Weight], dict[Weight, float]]:
    """How often true and other candidates have each level, and what EM makes of them."""
    pool = read_files([folder / "records.csv"])
    scale = adapted(pool.records)
    listed = sorted(scale.known.values(), key=lambda traits: traits.key)
    matches = truth(folder)
    true: Counter[Weight] = Counter()
    other: Counter[Weight] = Counter()
    patterns: Counter[tuple[Weight, ...]] = Counter()
    for a, b in scale.pairs or ():
        found = levels(listed[a], listed[b], scale.serial, scale.tidy)
        ids = frozenset((pool.ids[listed[a].key], pool.ids[listed[b].key]))
        side = true if ids in matches else other
        side.update((signal, level) for signal, level, _ in found)
        patterns[pattern(found)] += 1
    return true, other, estimate(policy.WEIGHTS, patterns)


def truth(folder: Path) -> Pairs:
    """The true pairs of a set, whichever way it states them."""
    if (folder / "clusters.csv").exists():
        groups = defaultdict(list)
        for row in read(folder / "clusters.csv"):
            groups[row["cluster"]].append(row["id"])
        return {pair for ids in groups.values() for pair in _within(ids)}
    if (folder / "matches.csv").exists():
        rows = read(folder / "matches.csv")
    else:
        rows = [row for row in read(folder / "pairs.csv") if row["label"] == "version"]
    return {frozenset((row["id_a"], row["id_b"])) for row in rows}


def _within(ids: Sequence[str]) -> Iterator[frozenset[str]]:
    for at, one in enumerate(ids):
        for other in ids[at + 1 :]:
            yield frozenset((one, other))


def ratio(weight: Weight, true: Counter[Weight], other: Counter[Weight]) -> list[float]:
    """Bits by labels; nothing where a set hardly has the level."""
    if true[weight] + other[weight] < _FEW:
        return []
    shares = [
        (side[weight] + 0.5) / (sum(n for w, n in side.items() if w[0] == weight[0]) + 1)
        for side in (true, other)
    ]
    return [log2(shares[0] / shares[1])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
