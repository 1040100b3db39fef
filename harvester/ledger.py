"""The ledger: runs, sources, records with their revisions. Values in, rows out, and back.

Every function works inside the transaction of the connection it is given.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from db.store import table
from harvester import recordtext
from sources.contract import SourceError
from sources.record import Record, Skipped

_RUN, _SOURCE, _SKIPPED = table("run"), table("source"), table("skipped")
_RECORD, _REVISION = table("record"), table("revision")


class Shrunken(SourceError):  # noqa: N818 (a state of the world, not a fault)
    """A source sent so little that it must have failed. Nothing of what was known changed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What reading one source changed. Record keys, sorted."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any((self.new, self.changed, self.gone, self.returned))


def start_run(connection: Connection, now: datetime) -> int:
    """Note that a run began; its number."""
    done = connection.execute(_RUN.insert().values(started=moment(now), outcome="", counts="{}"))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def finish_run(
    connection: Connection, run: int, now: datetime, outcome: str, counts: Mapping[str, int]
) -> None:
    """Note how a run ended: done, source_failed or failed."""
    done = {"finished": moment(now), "outcome": outcome, "counts": recordtext.dumps(dict(counts))}
    connection.execute(_RUN.update().where(_RUN.c.id == run).values(done))


def moment(now: datetime) -> str:
    """ISO 8601 to the second, with its offset."""
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return now.isoformat(timespec="seconds")


class _Current(NamedTuple):
    """The newest revision of a record, and whether the source still sends it."""

    number: int
    digest: str
    position: str
    gone: bool


def save_source(
    connection: Connection,
    name: str,
    kind: str,
    records: Iterable[Record],
    skipped: Sequence[Skipped],
    run: int,
    today: date,
    *,
    shrunken: bool = False,
) -> Saved:
    """Keep what a source sent, all of it, and mark gone what it no longer sends.

    Raises Shrunken, and keeps nothing, if it sent none or fewer than half of what it had and
    nobody said that it is so.
    """
    sent = _unique(name, records)
    known = _current(connection, name)
    alive = sum(not current.gone for current in known.values())
    if alive and len(sent) * 2 < alive and not shrunken:
        sends = f"{len(sent) or 'no'} record{'' if len(sent) == 1 else 's'}"
        wrong = f"sent {sends} where it had {alive}; nothing was changed. See whether its address"
        accept = f"harvest sync --accept {shlex.quote(name)}"
        raise Shrunken(name, f"{wrong} still holds; if it did shrink: {accept}")
    texts = {key: recordtext.content(record) for key, record in sent.items()}
    saved = _compare(texts, known)
    _save_source(connection, name, kind, run, len(sent))
    _save_skipped(connection, name, skipped)
    _insert_records(connection, [sent[key] for key in saved.new])
    for key in sorted(saved.new + saved.changed):
        number = known[key].number + 1 if key in known else 1
        _insert_revision(connection, sent[key], texts[key], number, run, today)
    for key in sorted(sent.keys() & known.keys() - set(saved.changed)):
        _move(connection, sent[key], known[key])
    _mark(connection, saved.gone, run)
    _mark(connection, saved.returned, None)
    return saved


def fail_source(connection: Connection, name: str, kind: str, reason: str, run: int) -> None:
    """Note that a source could not be read. What is known from it stays as it is."""
    values = {"kind": kind, "failed": run, "failure": reason}
    keep = insert(_SOURCE).values(name=name, records=0, **values)
    connection.execute(keep.on_conflict_do_update(index_elements=["name"], set_=values))


def load_skipped(connection: Connection, name: str) -> set[Skipped]:
    """What the source skipped when it was last read."""
    rows = connection.execute(select(_SKIPPED).where(_SKIPPED.c.source == name))
    return {Skipped(name, row.place, row.reason, bool(row.fault)) for row in rows}


def retire_sources(connection: Connection, configured: Iterable[str], run: int) -> None:
    """Mark gone what came from sources that are no longer configured."""
    names = list(configured)
    still = _RECORD.c.gone_since.is_(None) & _RECORD.c.source.not_in(names)
    connection.execute(_RECORD.update().where(still).values(gone_since=run))


def load_records(connection: Connection) -> list[Record]:
    """What every source says now, or said last, sorted by key.

    `seen` is the day on which it first said so.
    """
    newest = (
        select(_REVISION.c.record, func.max(_REVISION.c.number).label("number"))
        .group_by(_REVISION.c.record)
        .subquery()
    )
    rows = connection.execute(
        select(_RECORD, _REVISION)
        .join(_REVISION, _REVISION.c.record == _RECORD.c.key)
        .join(
            newest,
            (newest.c.record == _REVISION.c.record) & (newest.c.number == _REVISION.c.number),
        )
        .order_by(_RECORD.c.key)
    )
    return [
        recordtext.restore(
            row.source,
            row.id,
            row.content,
            row.position,
            row.first_seen,
            row.gone_since is not None,
        )
        for row in rows
    ]


def _unique(name: str, records: Iterable[Record]) -> dict[str, Record]:
    """By key, sorted. Of several with one key the choice does not depend on their order."""
    found: dict[str, Record] = {}
    for record in sorted(records, key=lambda r: (r.key, recordtext.content(r), r.where, r.line)):
        if record.source != name:
            raise ValueError(f"record {record.key} does not come from source {name}")
        found.setdefault(record.key, record)
    return found


def _current(connection: Connection, name: str) -> dict[str, _Current]:
    rows = connection.execute(
        select(
            _REVISION.c.record,
            _REVISION.c.number,
            _REVISION.c.digest,
            _REVISION.c.position,
            _RECORD.c.gone_since,
        )
        .join(_RECORD, _RECORD.c.key == _REVISION.c.record)
        .where(_RECORD.c.source == name)
        .order_by(_REVISION.c.number)
    )
    return {r.record: _Current(r.number, r.digest, r.position, bool(r.gone_since)) for r in rows}


def _compare(texts: Mapping[str, str], known: Mapping[str, _Current]) -> Saved:
    same = texts.keys() & known.keys()
    changed = [key for key in same if known[key].digest != recordtext.digest(texts[key])]
    returned = [key for key in same if known[key].gone]
    gone = [key for key in known if key not in texts and not known[key].gone]
    found = (texts.keys() - known.keys(), changed, gone, returned)
    return Saved(*(tuple(sorted(keys)) for keys in found))


def _save_source(connection: Connection, name: str, kind: str, run: int, sent: int) -> None:
    values = {"kind": kind, "last_ok": run, "records": sent, "failed": None, "failure": ""}
    keep = insert(_SOURCE).values(name=name, **values)
    connection.execute(keep.on_conflict_do_update(index_elements=["name"], set_=values))


def _save_skipped(connection: Connection, name: str, skipped: Sequence[Skipped]) -> None:
    connection.execute(_SKIPPED.delete().where(_SKIPPED.c.source == name))
    for number, one in enumerate(skipped):
        values = {"place": one.where, "reason": one.reason, "fault": one.fault}
        connection.execute(_SKIPPED.insert().values(source=name, number=number, **values))


def _insert_records(connection: Connection, records: Sequence[Record]) -> None:
    if records:
        rows = [{"key": r.key, "source": r.source, "id": r.id} for r in records]
        connection.execute(_RECORD.insert(), rows)


def _insert_revision(
    connection: Connection, record: Record, text: str, number: int, run: int, today: date
) -> None:
    connection.execute(
        _REVISION.insert().values(
            record=record.key,
            number=number,
            digest=recordtext.digest(text),
            content=text,
            position=recordtext.position(record),
            first_run=run,
            first_seen=today.isoformat(),
        )
    )


def _move(connection: Connection, record: Record, current: _Current) -> None:
    """Note where the record stands now, if it says the same somewhere else."""
    position = recordtext.position(record)
    if position != current.position:
        connection.execute(
            _REVISION.update()
            .where(_REVISION.c.record == record.key, _REVISION.c.number == current.number)
            .values(position=position)
        )


def _mark(connection: Connection, keys: Iterable[str], run: int | None) -> None:
    """Note since which run the records are gone; None: they are back."""
    named = _RECORD.c.key.in_(list(keys))
    connection.execute(_RECORD.update().where(named).values(gone_since=run))
