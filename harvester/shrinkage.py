"""Weights shrunk towards what the candidates at hand show: c of them against a prior of kappa.

Fellegi and Sunter's model: within matches and within the rest the levels of the signals are
independent. Expectation maximisation begins at the shipped weights, so that it cannot take one
class for the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log2

from harvester import policy

Table = Mapping[tuple[str, str], float]
Pattern = tuple[tuple[str, str], ...]
"""(signal, level) of one pair, for the signals that adapt."""

SIGNALS = ("title", "authors", "year")


def pattern(levels: Iterable[tuple[str, str, str]]) -> Pattern:
    """What of the levels of a pair adapts."""
    return tuple((signal, level) for signal, level, _ in levels if signal in SIGNALS)


def shrunk(table: Table, seen: Mapping[Pattern, int], size: int) -> dict[tuple[str, str], float]:
    """The table moved towards the patterns that were seen, `size` candidates in all."""
    estimated = estimate(table, seen)
    mixed = dict(table)
    for weight, bits in estimated.items():
        if weight in table:
            moved = (bits - table[weight]) * size / (size + policy.KAPPA)
            near = max(-policy.FURTHEST, min(policy.FURTHEST, moved))
            mixed[weight] = round(table[weight] + near, 1)
    return mixed


def estimate(table: Table, seen: Mapping[Pattern, int]) -> dict[tuple[str, str], float]:
    """Bits of every level that occurs among the patterns.

    The share of matches goes into the title, which every pair has, so that the sum is to be
    held against MATCH_AT as the table's is.
    """
    ordered = sorted(seen.items())
    shares = {p: _chance(sum(table.get(w, 0) for w in p) - policy.MATCH_AT) for p, _ in ordered}
    bits: dict[tuple[str, str], float] = {}
    for _ in range(policy.ROUNDS):
        bits = _maximised(ordered, shares)
        shares = {p: _chance(sum(bits[w] for w in p) - policy.MATCH_AT) for p, _ in ordered}
    return bits


def _chance(bits: float) -> float:
    return 1 / (1 + 2 ** -max(-40.0, min(40.0, bits)))


def _maximised(
    seen: Iterable[tuple[Pattern, int]], shares: Mapping[Pattern, float]
) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = defaultdict(float)
    rest: dict[tuple[str, str], float] = defaultdict(float)
    for one, times in seen:
        for weight in one:
            found[weight] += times * shares[one]
            rest[weight] += times * (1 - shares[one])
    both = [sum(times * shares[p] for p, times in seen), sum(times for _, times in seen)]
    odds = log2((both[0] + 1) / (both[1] - both[0] + 1))
    levels = Counter(signal for signal, _ in found)
    sums = {
        signal: (
            sum(n for (s, _), n in found.items() if s == signal),
            sum(n for (s, _), n in rest.items() if s == signal),
        )
        for signal in levels
    }
    bits = {}
    for signal, level in found:
        known = (sums[signal][0] + levels[signal], sums[signal][1] + levels[signal])
        ratio = (found[signal, level] + 1) / known[0] * known[1] / (rest[signal, level] + 1)
        bits[signal, level] = log2(ratio) + (odds + policy.MATCH_AT if signal == "title" else 0)
    return bits
