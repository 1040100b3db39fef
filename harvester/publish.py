"""The canon written down: identities and citation keys given, derived tables replaced.

Every function works inside the transaction of the connection it is given.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from db.store import replace_derived, table
from harvester import recordtext
from harvester.canon import Canon, Decision, Work
from harvester.changes import TABLES, Change, changes
from harvester.citekeys import citation_key
from harvester.decisions import load_decisions, load_undone
from harvester.identity import Held, Identity, assign
from harvester.rows import derive

_IDENTITY, _ANCHOR, _CHANGE = table("identity"), table("anchor"), table("change")
_WORK = table("work")


def publish(connection: Connection, canon: Canon, run: int) -> list[Change]:
    """Make the canon the published one, and return what that changed.

    New works get an identity and a citation key. Only rows that differ are written; a canon
    that is published already writes nothing.
    """
    known = load_identities(connection)
    held = _give(connection, canon.works, known, run)
    rows = derive(canon, held)
    before = {name: _rows(connection, name) for name in TABLES}
    replace_derived(connection, rows)
    found = changes(before, rows, {one.own.id for one in held if one.own} - {i.id for i in known})
    _note(connection, run, found)
    return found


def rebuild(connection: Connection, canon: Canon, run: int) -> None:
    """Drop every derived row and make them again. It is no change of the canon."""
    held = _give(connection, canon.works, load_identities(connection), run)
    replace_derived(connection, {})
    replace_derived(connection, derive(canon, held))


def load_identities(connection: Connection) -> list[Identity]:
    """Every identity ever born, oldest first."""
    founders: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(_ANCHOR)):
        founders[row.identity].add(row.record)
    rows = connection.execute(select(_IDENTITY).order_by(_IDENTITY.c.id))
    return [
        Identity(row.id, row.key, frozenset(founders[row.id]), frozenset(json.loads(row.under)))
        for row in rows
    ]


def _give(
    connection: Connection, works: Sequence[Work], known: Sequence[Identity], run: int
) -> list[Held]:
    """What each work holds; works without an identity get one, in the order of their records."""
    ruled, undone = load_decisions(connection), load_undone(connection)
    groups = [work.records for work in works]
    held = assign(groups, known, ruled, undone)
    taken = {identity.key.casefold() for identity in known}
    taken |= {one.value.casefold() for one in (*ruled, *undone) if one.kind == "key"}
    last = max((identity.id for identity in known), default=0)
    before = _published(connection)
    born = []
    for number in sorted(range(len(works)), key=groups.__getitem__):
        if held[number].own is not None:
            continue
        work, last = works[number], last + 1
        key = citation_key(work.names, work.head.year, work.title.value, taken)
        taken.add(key)
        under = _causes(work.records, before, ruled)
        born.append(Identity(last, key, frozenset(work.records), under))
    if not born:
        return held
    _keep(connection, born, run)
    return assign(groups, [*known, *born], ruled, undone)


def _causes(
    records: Sequence[str], before: Mapping[str, frozenset[str]], ruled: Sequence[Decision]
) -> frozenset[int]:
    """The decisions but for which the records may have been part of another work."""
    mine = set(records)
    whence = set().union(*(before.get(record, ()) for record in mine)) | mine
    apart = {d.id for d in ruled if d.kind == "apart" and not whence.isdisjoint(d.records)}
    # What a same decision holds together drops what may not join all of it.
    same = {
        d.id
        for d in ruled
        if d.kind == "same" and mine.isdisjoint(d.records) and not whence.isdisjoint(d.records)
    }
    return frozenset(apart | same)


def _published(connection: Connection) -> dict[str, frozenset[str]]:
    """The records that were in one work with each record when the canon was last published."""
    rows = connection.execute(select(_WORK.c.records)).scalars()
    groups = [frozenset(json.loads(records)) for records in rows]
    return {record: group for group in groups for record in group}


def _keep(connection: Connection, born: Sequence[Identity], run: int) -> None:
    rows = [
        {"id": one.id, "key": one.key, "born": run, "under": recordtext.dumps(sorted(one.under))}
        for one in born
    ]
    connection.execute(_IDENTITY.insert(), rows)
    rows = [{"identity": one.id, "record": record} for one in born for record in one.founders]
    connection.execute(
        _ANCHOR.insert(), sorted(rows, key=lambda row: (row["identity"], row["record"]))
    )


def _note(connection: Connection, run: int, found: Sequence[Change]) -> None:
    """Add to what the run has changed so far."""
    first = connection.execute(
        select(func.count()).select_from(_CHANGE).where(_CHANGE.c.run == run)
    ).scalar_one()
    for number, one in enumerate(found, first):
        row = {"run": run, "number": number, "kind": one.kind, "key": one.key, "text": one.text}
        connection.execute(_CHANGE.insert().values(row))


def _rows(connection: Connection, name: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(table(name).select()).mappings()]
