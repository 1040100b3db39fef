"""Average linkage: groups joined, the most alike first, while they are alike on the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeVar

Item = TypeVar("Item")


def average_linkage(
    items: Sequence[Item], bits: Callable[[Item, Item], float | None], least: float
) -> list[list[Item]]:
    """Items in groups between which the average of the bits is below `least`.

    None from `bits` holds two apart, and their groups. Depends on the order of equal
    averages alone, which is that of the items.
    """
    groups = {at: [at] for at in range(len(items))}
    sums: dict[int, dict[int, float | None]] = {at: {} for at in groups}
    heap: list[tuple[float, int, int]] = []
    for b in groups:
        for a in range(b):
            weight = bits(items[a], items[b])
            sums[a][b] = sums[b][a] = weight
            if weight is not None and weight >= least:
                heap.append((-weight, a, b))
    heapify(heap)
    while heap:
        average, a, b = heappop(heap)
        if a not in groups or b not in groups:
            continue
        weight = sums[a][b]
        if weight is None or -average != weight / (len(groups[a]) * len(groups[b])):
            continue
        groups[a] += groups.pop(b)
        for other, theirs in sums.pop(b).items():
            if other == a or other not in groups:
                continue
            mine = sums[a][other]
            whole = None if mine is None or theirs is None else mine + theirs
            sums[a][other] = sums[other][a] = whole
            if whole is not None:
                mean = whole / (len(groups[a]) * len(groups[other]))
                if mean >= least:
                    heappush(heap, (-mean, min(a, other), max(a, other)))
    return [[items[at] for at in sorted(group)] for group in groups.values()]
