"""The canon written down: identities and citation keys given, derived tables replaced.

Every function works inside the transaction of the connection it is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from db.store import replace_derived, table
from harvester.canon import Canon, Work
from harvester.changes import TABLES, Change, changes
from harvester.citekeys import citation_key
from harvester.identity import Held, Identity, assign
from harvester.rows import derive

_IDENTITY, _ANCHOR, _CHANGE = table("identity"), table("anchor"), table("change")


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
    return [Identity(row.id, row.key, frozenset(founders[row.id])) for row in rows]


def _give(
    connection: Connection, works: Sequence[Work], known: Sequence[Identity], run: int
) -> list[Held]:
    """What each work holds; works without an identity get one, in the order of their records."""
    held = assign([work.records for work in works], known)
    taken = {identity.key.casefold() for identity in known}
    last = max((identity.id for identity in known), default=0)
    for number in sorted(range(len(works)), key=lambda number: works[number].records):
        if held[number].own is not None:
            continue
        work, last = works[number], last + 1
        key = citation_key(work.names, work.head.year, work.title.value, taken)
        taken.add(key)
        born = Identity(last, key, frozenset(work.records))
        _keep(connection, born, run)
        held[number] = Held(born)
    return held


def _keep(connection: Connection, born: Identity, run: int) -> None:
    connection.execute(_IDENTITY.insert().values(id=born.id, key=born.key, born=run))
    rows = [{"identity": born.id, "record": record} for record in sorted(born.founders)]
    connection.execute(_ANCHOR.insert(), rows)


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
