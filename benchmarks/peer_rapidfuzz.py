"""A script of ten lines, as many write it: rapidfuzz on titles and on authors."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio, token_set_ratio

from benchmarks.peer_rows import Plain, candidates
from benchmarks.sets import Pair

TITLE, AUTHORS = 90, 75
"""Usual thresholds; no authors agree with any."""


def pairs(rows: Sequence[Plain], clean: frozenset[str]) -> tuple[list[Pair], set[Pair]]:
    """Pairs of alike titles by alike authors."""
    found = [
        (a.id, b.id)
        for a, b in candidates(rows, clean)
        if ratio(a.title, b.title) >= TITLE
        and (not a.authors or not b.authors or token_set_ratio(a.authors, b.authors) >= AUTHORS)
    ]
    return found, set()
