"""What people ruled, kept: added after a look for contradictions, taken back, loaded."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from db.store import table
from harvester import recordtext
from harvester.canon import Decision
from harvester.contradictions import contradiction
from harvester.ledger import moment
from sources.record import PartialDate

_DECISION, _RECORD = table("decision"), table("record")
_IDENTITY, _ANCHOR = table("identity"), table("anchor")
_CONFLICT, _CLAIM = table("conflict"), table("conflict_claim")

LEAST = {"same": 2, "apart": 2, "take": 1, "mine": 1, "not-mine": 1, "key": 1}
"""How many records each kind names at least."""
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.+/-]{0,79}")
"""What every BibTeX takes for a citation key. A colon would make it look like a record."""


class DecisionError(Exception):
    """A decision that cannot be kept or taken back. The message says which and why."""


def load_decisions(connection: Connection) -> list[Decision]:
    """The decisions that hold, in the order in which they were made."""
    return [_load(row) for row in _rows(connection) if row.undone_at is None]


def load_undone(connection: Connection) -> list[Decision]:
    """The decisions that were taken back."""
    return [_load(row) for row in _rows(connection) if row.undone_at is not None]


def _rows(connection: Connection) -> Sequence[Row[Any]]:
    order = (_DECISION.c.decided_at, _DECISION.c.id)
    return connection.execute(select(_DECISION).order_by(*order)).all()


def _load(row: Row[Any]) -> Decision:
    return Decision(
        kind=row.kind,
        records=tuple(json.loads(row.records)),
        field=row.field,
        slot=row.slot,
        value=row.value,
        who=row.who,
        when=row.decided_at,
        note=row.note,
        id=row.id,
        claims=tuple((record, value, text) for record, value, text in json.loads(row.claims)),
    )


def add_decision(connection: Connection, decision: Decision, now: datetime) -> Decision:
    """Keep a decision and return it as kept; one that holds already is returned as it is.

    It remembers what is claimed now, unless it says itself what was. Raises DecisionError for
    a record nobody knows, for a key of another work, and for what contradicts a decision that
    holds, through any chain.
    """
    made = replace(decision, records=tuple(sorted(set(decision.records))), when=moment(now))
    _refuse_unknown(connection, made)
    if made.kind == "take" and not made.claims:
        made = replace(made, claims=_claimed(connection, made))
    return keep_decision(connection, made, load_decisions(connection))


def keep_decision(connection: Connection, made: Decision, held: Sequence[Decision]) -> Decision:
    """Keep a decision made elsewhere, whatever records it names, beside those that hold."""
    made = replace(made, claims=tuple(sorted(set(made.claims))))
    _refuse_shapeless(made)
    said = _content(made)
    for old in held:
        # Thousands may be kept at once: the records tell most of them apart soonest.
        if old.records != made.records or _content(old) != said:
            continue
        if not any(_overrules(later, old, made) for later in held):
            return old
    if made.kind == "key":
        _refuse_taken(connection, made)
    if wrong := contradiction(held, made):
        raise DecisionError(wrong)
    values = {
        "kind": made.kind,
        "records": recordtext.dumps(made.records),
        "field": made.field,
        "slot": made.slot,
        "value": made.value,
        "who": made.who,
        "decided_at": made.when,
        "note": made.note,
        "claims": recordtext.dumps(made.claims),
    }
    done = connection.execute(_DECISION.insert().values(values))
    return replace(made, id=int(done.inserted_primary_key[0]))  # type: ignore[index]


def undo_decision(connection: Connection, now: datetime, id: int | None = None) -> Decision:
    """Take back a decision, the last that holds if no id is given. Raises DecisionError."""
    held = {decision.id: decision for decision in load_decisions(connection)}
    if not held:
        raise DecisionError("there is no decision to take back")
    wanted = max(held) if id is None else id
    if wanted not in held:
        known = connection.execute(select(_DECISION.c.id).where(_DECISION.c.id == wanted)).first()
        raise DecisionError(
            f"decision {wanted} " + ("is taken back already" if known else "is not there")
        )
    where = _DECISION.c.id == wanted
    connection.execute(_DECISION.update().where(where).values(undone_at=moment(now)))
    return held[wanted]


def _content(decision: Decision) -> tuple[object, ...]:
    """What a decision rules, and on what claims."""
    what = (decision.kind, decision.records, decision.field, decision.slot, decision.value)
    return *what, decision.claims


def _overrules(later: Decision, old: Decision, new: Decision) -> bool:
    """Whether a decision between the two took another value for what the older was about."""
    if not (old.when, old.id) < (later.when, later.id) or later.when > new.when:
        return False
    about = (later.kind, later.field, later.slot) == (old.kind, old.field, old.slot)
    return about and old.kind in ("take", "key") and not set(later.records).isdisjoint(old.records)


def _claimed(connection: Connection, decision: Decision) -> tuple[tuple[str, str, str], ...]:
    """What the records claim in the conflict that the decision is about."""
    where = [_CONFLICT.c.field == decision.field]
    if decision.slot.startswith("id/"):
        number = decision.slot.removeprefix("id/")
        where += [_CONFLICT.c.kind == "identifier", _CONFLICT.c.proposed == number]
    else:
        where += [_CONFLICT.c.kind == "field", _CONFLICT.c.slot == decision.slot]
    rows = connection.execute(
        select(_CLAIM)
        .join(_CONFLICT, _CONFLICT.c.id == _CLAIM.c.conflict)
        .where(*where, _CLAIM.c.record.in_(decision.records))
    )
    return tuple((row.record, row.value, row.text) for row in rows)


def _refuse_unknown(connection: Connection, decision: Decision) -> None:
    known = set(connection.execute(select(_RECORD.c.key)).scalars())
    for key in decision.records:
        if key not in known:
            raise DecisionError(f"no source ever sent a record {key!r}; `harvest show` names them")


def _refuse_shapeless(decision: Decision) -> None:
    kind = decision.kind
    if kind not in LEAST:
        raise DecisionError(f"no decision is called {kind!r}; there are {', '.join(LEAST)}")
    if len(decision.records) < LEAST[kind]:
        raise DecisionError(f"{kind} needs {LEAST[kind]} records or more")
    if kind == "take":
        refuse_value(decision.field, decision.value)
    if kind == "key" and not _KEY.fullmatch(decision.value):
        allowed = "a letter, then letters, digits and _ . + / - (80 in all)"
        raise DecisionError(f"{decision.value!r} cannot be a citation key; write {allowed}")


def refuse_value(field: str, value: str) -> None:
    """Refuse what the field cannot hold."""
    if not value.strip() or any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise DecisionError("an empty value, or one with control characters, cannot be taken")
    if field == "year" and not re.fullmatch(r"(?:19|20)\d\d", value):
        raise DecisionError(f"{value!r} is no year; write e.g. 2022")
    if field == "date" and PartialDate.parse(value) is None:
        raise DecisionError(f"{value!r} is no date; write 2022, 2022-06 or 2022-06-19")


def _refuse_taken(connection: Connection, decision: Decision) -> None:
    """A key that ever stood for a work never comes to mean another."""
    wanted, mine = decision.value.casefold(), set(decision.records)
    founders = connection.execute(
        select(_ANCHOR.c.record)
        .join(_IDENTITY, _IDENTITY.c.id == _ANCHOR.c.identity)
        .where(_IDENTITY.c.key == decision.value)
    ).scalars()
    theirs = [set(founders)]
    rows = connection.execute(select(_DECISION).where(_DECISION.c.kind == "key"))
    theirs += [set(json.loads(row.records)) for row in rows if row.value.casefold() == wanted]
    for records in theirs:
        if records and not _stands_for(records, mine):
            stood = f"{min(records - mine, default='')} was published under it"
            raise DecisionError(f"key {decision.value!r} is another work's: {stood}")


def _stands_for(founders: set[str], records: set[str]) -> bool:
    """Whether a key born with the founders is the work's of these records, as in `identity`."""
    common = 2 * len(founders & records) - len(founders)
    return common > 0 or (common == 0 and min(founders) in records)
