"""One peer on one table: `python -m benchmarks.peers NAME records.csv --clusters C --pairs P`.

Each in one configuration for all sets. README.md says which, and that splink's was picked with
the truth of three sets in view.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.peer_rows import Plain, plain
from benchmarks.sets import Pair, clusters, read

Asked = set[Pair]
Peer = Callable[[Sequence[Plain], frozenset[str]], tuple[Iterable[Pair], Asked]]
"""Rows and clean sources → pairs that are one, and pairs that a person should look at."""

_PEERS = {
    "splink": "peer_splink",
    "recordlinkage": "peer_recordlinkage",
    "bib-dedupe": "peer_bib_dedupe",
    "dedupe": "peer_dedupe",
    "rapidfuzz": "peer_rapidfuzz",
    "exact title": "peer_exact",
}


def main(words: Sequence[str]) -> int:
    """Write the clusters of the table, and the questions if the peer has any."""
    parser = argparse.ArgumentParser(prog="peers", description=__doc__)
    parser.add_argument("name", choices=_PEERS)
    parser.add_argument("records", type=Path)
    parser.add_argument("--clusters", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--clean-source", action="append", default=[])
    options = parser.parse_args(words)
    rows = [plain(row, number) for number, row in enumerate(read(options.records), 1)]
    peer: Peer = import_module(f"benchmarks.{_PEERS[options.name]}").pairs
    found, asked = peer(rows, frozenset(options.clean_source))
    home = clusters(found, (row.id for row in rows))
    _write(options.clusters, ("id", "cluster"), ((row.id, home[row.id]) for row in rows))
    if asked:
        open_pairs = sorted(pair for pair in asked if home[pair[0]] != home[pair[1]])
        _write(
            options.pairs, ("id_a", "id_b", "verdict"), ((*pair, "review") for pair in open_pairs)
        )
    return 0


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
