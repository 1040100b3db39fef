"""What the levels of the matcher weigh on labelled sets, beside what policy.py says.

    python -m benchmarks.weights FOLDER [--set NAME] [--check]

A line for every level: what labels make of it (log2 of its share among true candidate pairs over
its share among the others), what expectation maximisation makes of it without labels, each as the
median of the sets that show the level often enough, and which sets these are; how many true and
other candidates had it; the whole bits that this proposes, from labels where two sets have them,
else from the expectation; and what stands in policy.py: of versions, as the truth of these sets is,
and of works where that is another number. The last column says why the two differ. `--check` exits
with 1 where they do and policy.py gives no reason.

Pairs that are no candidates are not looked at. As in `shrinkage`, the share of matches among the
candidates goes into the title. Sets whose pairs were picked one by one (`pairs.csv`) have no
shares and are left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from pathlib import Path
from statistics import median

from benchmarks.folders import cases, places
from benchmarks.sets import Case, Truth
from harvester import policy
from harvester.adapted import adapted
from harvester.dedupe import read_files
from harvester.shrinkage import estimate
from harvester.signals import levels

Weight = tuple[str, str]
Pairs = set[frozenset[str]]

FEW = 10
"""Pairs of one set below which a share says nothing."""
SETS = 2
"""Sets below which an estimate is a habit of one of them."""
SLACK = 1
"""Bits by which the table may differ: the sets differ by more among themselves."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The candidates of one set."""

    name: str
    pairs: tuple[int, int]
    """True and other ones."""
    true: Counter[Weight]
    other: Counter[Weight]
    learned: Mapping[Weight, float]
    """Bits by expectation maximisation."""

    def shows(self, weight: Weight) -> bool:
        """Whether the set has the level often enough."""
        return self.true[weight] + self.other[weight] >= FEW

    def told(self, weight: Weight) -> float:
        """Bits by labels."""
        among = [
            (side[weight] + 0.5) / (sum(n for w, n in side.items() if w[0] == weight[0]) + 1)
            for side in (self.true, self.other)
        ]
        true, other = self.pairs
        odds = log2((true + 1) / (other + 1)) + policy.MATCH_AT
        return log2(among[0] / among[1]) + (odds if weight[0] == "title" else 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One level: what is estimated, and what stands."""

    weight: Weight
    sets: tuple[str, ...]
    """Names of the sets that show it."""
    labels: float | None
    em: float | None
    true: int
    other: int
    proposed: int | None
    """None where fewer than SETS sets show it."""
    stands: float | None
    """Bits for one version. None where the level has a ceiling alone."""
    work: float | None
    """Bits for one work where these are others."""

    @property
    def reason(self) -> str:
        """Why the table differs from the estimate; empty where it does not, or for no reason."""
        if self.stands is None:
            return f"at most {policy.CEILINGS[self.weight]}, whatever the bits"
        if self.proposed is None:
            return "too few cases"
        name = " ".join(self.weight)
        held = (why for why, names in policy.HELD.items() if name in names)
        return "" if self._near else next(held, "")

    @property
    def unfounded(self) -> bool:
        """Whether the table differs for no reason."""
        return not self.reason and not self._near

    @property
    def _near(self) -> bool:
        if self.stands is None or self.proposed is None:
            return False
        return abs(self.proposed - self.stands) <= SLACK


def main(words: Sequence[str]) -> int:
    """Print a line for every level; with `--check` exit with 1 if one has no reason to differ."""
    parser = argparse.ArgumentParser(prog="weights", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", help="only this set; repeatable")
    parser.add_argument("--check", action="store_true", help="exit 1 where a weight has no reason")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as made:
        counts = [
            counted(case)
            for place in places(options.folder)
            for case in cases(place, Path(made))
            if case.whole and (not options.set or case.name in options.set)
        ]
    if not counts:
        print(f"{options.folder}: holds no set with clusters.csv or matches.csv", file=sys.stderr)
        return 2
    found = list(lines(counts))
    print("\n".join(_printed(found, counts)))
    unfounded = [line for line in found if line.unfounded]
    for line in unfounded:
        print(
            f"policy.py: ({', '.join(line.weight)}) is {line.stands}, the sets propose "
            f"{line.proposed}; take that, or say in HELD why not",
            file=sys.stderr,
        )
    return 1 if options.check and unfounded else 0


def counted(case: Case) -> Counted:
    """How often true and other candidates of a set have each level, and what EM makes of them."""
    pool = read_files([case.folders[0] / "records.csv"])
    scale = adapted(pool.records)
    listed = sorted(scale.known.values(), key=lambda traits: traits.key)
    matches = true_pairs(case.truths[0])
    sides: tuple[Counter[Weight], Counter[Weight]] = (Counter(), Counter())
    patterns: Counter[tuple[Weight, ...]] = Counter()
    sizes = [0, 0]
    for a, b in scale.pairs or ():
        reached = levels(listed[a], listed[b], scale.serial, scale.tidy)
        found = [(signal, level) for signal, level, _ in reached]
        ids = frozenset((pool.ids[listed[a].key], pool.ids[listed[b].key]))
        side = 0 if ids in matches else 1
        sizes[side] += 1
        sides[side].update(found)
        patterns[tuple(weight for weight in found if weight in _TABLE)] += 1
    learned = estimate(_TABLE, patterns)
    return Counted(case.name, (sizes[0], sizes[1]), *sides, learned)


_TABLE = {**policy.WEIGHTS, **policy.VERSION_WEIGHTS}


def lines(counts: Sequence[Counted]) -> Iterator[Line]:
    """What the sets propose for every level that they or the table have, by name."""
    seen = {weight for count in counts for weight in (*count.true, *count.other)}
    for weight in sorted(seen & (_TABLE.keys() | policy.CEILINGS.keys()) | _TABLE.keys()):
        showing = [count for count in counts if count.shows(weight)]
        labels = _middle(count.told(weight) for count in showing)
        em = _middle(count.learned[weight] for count in showing if weight in count.learned)
        bits = labels[0] if labels[1] >= SETS else em[0] if em[1] >= SETS else None
        bent = weight in policy.VERSION_WEIGHTS
        yield Line(
            weight=weight,
            sets=tuple(count.name for count in showing),
            labels=labels[0],
            em=em[0],
            true=sum(count.true[weight] for count in counts),
            other=sum(count.other[weight] for count in counts),
            proposed=None if bits is None else round(bits),
            stands=policy.VERSION_WEIGHTS.get(weight, policy.WEIGHTS.get(weight)),
            work=policy.WEIGHTS.get(weight) if bent else None,
        )


def _middle(bits: Iterable[float]) -> tuple[float | None, int]:
    found = list(bits)
    return (median(found) if found else None), len(found)


def _printed(found: Sequence[Line], counts: Sequence[Counted]) -> Iterator[str]:
    letters = {count.name: chr(ord("a") + at) for at, count in enumerate(counts)}
    for count in counts:
        true, other = count.pairs
        yield f"{letters[count.name]}  {count.name}: {true:,} true candidates, {other:,} others"
    head = f"{'sets':<9}{'labels':>7}{'EM':>7}{'true':>8}{'other':>8}"
    yield f"\n{'signal':9}{'level':18}{head}{'proposed':>10}{'version':>9}{'work':>6}"
    for line in found:
        sets = "".join(letters[name] for name in line.sets)
        cells = f"{sets:<9}{_bits(line.labels):>7}{_bits(line.em):>7}{line.true:8}{line.other:8}"
        cells += f"{_whole(line.proposed):>10}{_whole(line.stands):>9}{_whole(line.work):>6}"
        why = "NO REASON" if line.unfounded else line.reason
        yield f"{line.weight[0]:9}{line.weight[1]:18}{cells}  {why}".rstrip()


def _bits(bits: float | None) -> str:
    return "" if bits is None else f"{bits:.1f}"


def _whole(bits: float | None) -> str:
    return "" if bits is None else f"{bits:g}"


def true_pairs(truth: Truth) -> Pairs:
    """The true pairs of a set."""
    if truth.labels is None:
        return {frozenset(pair) for pair in truth.one}
    groups = defaultdict(list)
    for id, label in truth.labels.items():
        groups[label].append(id)
    return {frozenset(pair) for ids in groups.values() for pair in combinations(ids, 2)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
