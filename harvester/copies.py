"""Records that stand in a file hundreds of times: one of them is compared, the rest go with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from harvester import policy
from harvester.match import judge
from sources.record import Record


def without_copies(
    records: Sequence[Record], clean: Container[str] = ()
) -> tuple[tuple[Record, ...], Mapping[str, tuple[str, ...]]]:
    """The records without what is there too often to be compared, and its keys by those kept.

    Where exports of many weeks are put together one record comes more than policy.BLOCK times,
    and would be left out of every block. Only equal records that are one work by all that they
    say; those of `clean` sources are no copies.
    """
    times = Counter(record.title for record in records)
    alike: dict[Record, list[Record]] = defaultdict(list)
    for record in records:
        if times[record.title] > policy.BLOCK and record.source not in clean:
            alike[_said(record)].append(record)
    copies: dict[str, tuple[str, ...]] = {}
    for group in alike.values():
        first, *rest = sorted(group, key=lambda record: record.key)
        if len(group) > policy.BLOCK and judge(first, rest[0]).verdict == "match":
            copies[first.key] = tuple(record.key for record in rest)
    left_out = {key for keys in copies.values() for key in keys}
    return tuple(record for record in records if record.key not in left_out), copies


def _said(record: Record) -> Record:
    """The record without its name, its source and the place in its file."""
    seen = tuple(replace(one, lines=()) for one in record.appearances)
    return replace(record, source="", id="", where="", line=0, lines=(), raw="", appearances=seen)
