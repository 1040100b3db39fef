"""What every reference manager offers: one title, one work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peer_rows import Plain, apart
from benchmarks.sets import Pair


def pairs(rows: Sequence[Plain], clean: frozenset[str]) -> tuple[Iterator[Pair], set[Pair]]:
    """Rows of one folded title; of a clean source the first row of a title alone."""
    return _pairs(rows, clean), set()


def _pairs(rows: Sequence[Plain], clean: frozenset[str]) -> Iterator[Pair]:
    members: dict[str, list[Plain]] = {}
    for row in rows:
        known = members.setdefault(row.title.replace(" ", "") or row.id, [])
        if not any(apart(row, other, clean) for other in known):
            if known:
                yield known[0].id, row.id
            known.append(row)
