"""What `harvest dedupe` found, written down: tables, the .bib, a short report."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from harvester.bib import write_bib
from harvester.canon import Canon, Judgement
from harvester.dedupe import Deduped, Pool, listed
from harvester.report import count, plain
from harvester.venues import full_name
from sources.record import Stage

_MOST_FAULTS = 20
"""Lines of faults; a whole table in the wrong format would have thousands."""


def clusters_csv(pool: Pool, found: Deduped) -> str:
    """`id,cluster`: every id as its file gives it, in the order of the files."""
    home = {key: number for number, keys in enumerate(found.clusters) for key in keys}
    numbers: dict[int, int] = {}
    rows = []
    for record in pool.records:
        number = numbers.setdefault(home[record.key], len(numbers) + 1)
        rows.append((pool.ids[record.key], str(number)))
    return _table(("id", "cluster"), rows)


def pairs_csv(pool: Pool, found: Deduped) -> str:
    """`id_a,id_b,verdict,weight,evidence`: matches, then questions, each the surest first."""
    rows = [
        (pool.ids[j.a], pool.ids[j.b], j.verdict, f"{j.bits:.6g}", evidence(j)) for j in found.pairs
    ]
    return _table(("id_a", "id_b", "verdict", "weight", "evidence"), rows)


def evidence(judgement: Judgement) -> str:
    """The sum in words: 'title equal +12; authors same (2 of 2 and 2) +5'."""
    pieces = []
    for piece in judgement.evidence:
        detail = f" ({piece.detail})" if piece.detail else ""
        pieces.append(f"{piece.signal} {piece.level}{detail} {piece.bits:+.6g}")
    return plain("; ".join(pieces))


def bib(canon: Canon) -> str:
    """The canonical .bib of the works."""
    return write_bib(listed(canon), full_name)


def report(pool: Pool, found: Deduped, *, by_version: bool) -> Iterator[str]:
    """A line for stderr: how many, and what a person should look at."""
    parts = [count(len(pool.records), "record"), count(len(found.works.groups), "work")]
    if by_version:
        parts.append(count(len(found.clusters), "version"))
    asked = sum(pair.verdict == "review" for pair in found.pairs)
    parts.append(count(asked, "question") + (": pairs that may be one work" if asked else ""))
    yield ", ".join(parts)


def left_out(canon: Canon) -> Iterator[str]:
    """A line for stderr on what the .bib does not have."""
    if unpublished := sum(work.head.stage is Stage.SUBMISSION for work in canon.works):
        yield f"{count(unpublished, 'mere submission')} not in the .bib"


def repeated(pool: Pool) -> Iterator[str]:
    """A line for stderr on ids by which a reader of the tables cannot tell the records."""
    counts = Counter(pool.ids.values())
    many = sum(number > 1 for number in counts.values())
    if many:
        verb = "stands" if many == 1 else "stand"
        yield f"{count(many, 'id')} {verb} more than once; --clusters keeps the order of the files"


def troubles(pool: Pool) -> Iterator[str]:
    """Faults for stderr, a line each."""
    for item in pool.skipped[:_MOST_FAULTS]:
        yield plain(f"{item.where}: {item.reason}")
    if (more := len(pool.skipped) - _MOST_FAULTS) > 0:
        yield f"and {count(more, 'such line')} more"
    for error in pool.failures:
        yield plain(f"{error}")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
