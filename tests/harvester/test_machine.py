"""Whatever happens in whatever order, what DESIGN promises holds.

Sources are read, change, are lost and come back; people decide and take back; what is derived is
thrown away and made again.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from making import FAILURE, FAST, TIGRAN, TWO_PAPERS, record, seen
from sqlalchemy import Connection

from db import tables
from db.reading import open_for_reading
from db.store import Store, open_store, replace_derived, table
from harvester import shelf
from harvester.bib import write_bib
from harvester.canon import Decision
from harvester.changes import Change
from harvester.decisions import (
    DecisionError,
    add_decision,
    keep_decision,
    load_decisions,
    undo_decision,
)
from harvester.decisions_text import read, write
from harvester.ledger import load_records, retire_sources, save_source, start_run
from harvester.publish import publish
from harvester.reconcile import reconcile
from harvester.venues import full_name

MIXHOP = "MixHop: Higher-Order Graph Convolutions"
POOL = [
    *TWO_PAPERS,
    record("cv:failure", FAILURE, seen("CVPR 2022"), authors=TIGRAN, kind="page"),
    record("cv:fast", FAST, seen("NeurIPS 2018"), kind="page"),
    record("page:mixhop", MIXHOP, seen("ICML 2019")),
    record("cv:mixhop", MIXHOP, seen("ICML 2020"), kind="page"),
]
KEYS = [one.key for one in POOL]
SOURCES = sorted({one.source for one in POOL})
START = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

keys = st.sampled_from(KEYS)
pairs = st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1])


class Publications(RuleBasedStateMachine):
    """A workspace, and what must be true of it by what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "canon.db"
        self.store = Store(self.path)
        self.now = START
        self.sent = {one.key: one for one in POOL}
        self.lost: set[str] = set()
        self.meant: dict[str, set[str]] = {}
        """Citation key, without its case, to the records that it was first published for."""
        self.seen: dict[tuple[int, ...], tuple[str, str]] = {}
        """Decisions that held to what was published, since a source last said something new."""
        self.sync()

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def does(self, what: Callable[[Connection], Any]) -> list[Change]:
        """Do it and publish what follows, all or nothing."""
        self.now += timedelta(seconds=1)
        with self.store.transaction() as connection:
            what(connection)
            found = settle(connection, self.now)
            self.look(connection)
        return found

    def sync(self) -> None:
        def read_all(connection: Connection) -> None:
            run = start_run(connection, self.now)
            retire_sources(connection, [name for name in SOURCES if name not in self.lost], run)
            for name in SOURCES:
                if name not in self.lost:
                    sends = [one for one in self.sent.values() if one.source == name]
                    save_source(connection, name, name, sends, [], run, self.now.date())

        self.seen.clear()
        self.does(read_all)

    def decide(self, kind: str, *records: str, value: str = "") -> None:
        decision = Decision(kind, tuple(records), value=value)
        self.ruled(lambda connection: add_decision(connection, decision, self.now))

    def ruled(self, what: Callable[[Connection], Any]) -> None:
        """Decide; what is refused changes nothing."""
        before = self.published()
        try:
            self.does(what)
        except DecisionError:
            assert self.published() == before

    def published(self) -> tuple[str, str]:
        """The .bib, and every row of the list."""
        with open_for_reading(self.path) as connection:
            works = shelf.listed(connection)
            rows = connection.execute("SELECT * FROM work ORDER BY id").fetchall()
        return write_bib(works, full_name), repr([tuple(row) for row in rows])

    def look(self, connection: Connection) -> None:
        """Read what is there now; remember what was published under which key."""
        self.held = load_decisions(connection)
        self.records = load_records(connection)
        self.tables = {name: rows(connection, name) for name in tables.DERIVED}
        for work in self.tables["work"]:
            for key in (work["key"], *json.loads(work["aliases"])):
                self.meant.setdefault(key.casefold(), set(json.loads(work["records"])))

    def home(self) -> dict[str, dict[str, Any]]:
        return {key: work for work in self.tables["work"] for key in json.loads(work["records"])}

    # What can happen.

    @rule(key=keys, venue=st.sampled_from(["CVPR 2021", "CVPR 2022", "NeurIPS 2019", "ICML 2019"]))
    def a_source_says_otherwise(self, key: str, venue: str) -> None:
        if not key.startswith("arxiv:"):
            self.sent[key] = replace(self.sent[key], appearances=(seen(venue),))
        self.sync()

    @rule(source=st.sampled_from(SOURCES))
    def a_source_is_lost(self, source: str) -> None:
        self.lost.add(source)
        self.sync()

    @precondition(lambda self: self.lost)
    @rule()
    def a_source_is_back(self) -> None:
        self.lost.pop()
        self.sync()

    @rule(pair=pairs)
    def same(self, pair: tuple[str, str]) -> None:
        self.decide("same", *pair)

    @rule(pair=pairs)
    def apart(self, pair: tuple[str, str]) -> None:
        self.decide("apart", *pair)

    @rule(key=keys, kind=st.sampled_from(["mine", "not-mine"]))
    def whose(self, key: str, kind: str) -> None:
        self.decide(kind, key)

    @rule(key=keys, value=st.sampled_from(["one", "Two", "harutyunyan2019fast"]))
    def called(self, key: str, value: str) -> None:
        self.decide("key", *json.loads(self.home()[key]["records"]), value=value)

    @rule(number=st.integers(0, 9), value=st.sampled_from(["2018", "2021", "2022"]))
    def take(self, number: int, value: str) -> None:
        asked = [one for one in self.tables["conflict"] if one["field"] == "year"]
        if asked:
            conflict = asked[number % len(asked)]
            claims = [c for c in self.tables["conflict_claim"] if c["conflict"] == conflict["id"]]
            named = tuple({claim["record"] for claim in claims})
            made = Decision("take", named, "year", conflict["slot"], value)
            self.ruled(lambda connection: add_decision(connection, made, self.now))

    @precondition(lambda self: self.held)
    @rule(number=st.integers(0, 9))
    def undo(self, number: int) -> None:
        one = self.held[number % len(self.held)]
        self.does(lambda connection: undo_decision(connection, self.now, one.id))

    @precondition(lambda self: self.held)
    @rule()
    def undo_the_last(self) -> None:
        self.does(lambda connection: undo_decision(connection, self.now))

    @rule()
    def what_is_derived_is_made_again(self) -> None:
        before, derived = self.published(), self.tables
        self.does(lambda connection: replace_derived(connection, {}))
        assert self.published() == before
        assert self.tables == derived

    @rule()
    def decisions_travel(self) -> None:
        """Who is told the same, in the text of a file, groups and publishes the same."""
        placed, faults = read(write(self.held))
        assert not faults
        with (
            tempfile.TemporaryDirectory() as folder,
            open_store(Path(folder) / "canon.db") as store,
            store.transaction() as connection,
        ):
            held: list[Decision] = []
            for one in placed:
                held.append(keep_decision(connection, one.decision, held))
            canon = reconcile(self.records, load_decisions(connection))
        assert {work.records for work in canon.works} == {
            tuple(json.loads(work["records"])) for work in self.tables["work"]
        }
        told = {
            tuple(json.loads(w["records"])): (w["title"], w["year"], w["venue"])
            for w in self.tables["work"]
        }
        for work in canon.works:
            assert told[work.records][:2] == (work.title.value, work.head.year)

    # What always holds.

    @invariant()
    def each_record_is_in_one_work(self) -> None:
        placed = [key for work in self.tables["work"] for key in json.loads(work["records"])]
        assert sorted(placed) == sorted(one.key for one in self.records)

    @invariant()
    def decisions_win(self) -> None:
        home = self.home()
        for one in self.held:
            works = [home[key]["id"] for key in one.records]
            if one.kind == "same":
                assert len(set(works)) == 1, one
            elif one.kind == "apart":
                assert len(set(works)) == len(works), one
            elif one.kind == "not-mine":
                assert all(home[key]["aside"] for key in one.records), one
            elif one.kind == "mine":
                assert not any(home[key]["aside"] for key in one.records), one
            elif one.kind == "take" and one == self.latest(one):
                self.is_published(one, set(works))

    def latest(self, one: Decision) -> Decision:
        """The last decision about the same field of the same work."""
        home = self.home()
        work = home[one.records[0]]["id"]
        about = [
            d
            for d in self.held
            if (d.kind, d.field, d.slot) == (one.kind, one.field, one.slot)
            and {home[key]["id"] for key in d.records} == {work}
        ]
        return about[-1] if about else one

    def is_published(self, one: Decision, works: set[int]) -> None:
        if len(works) == 1:
            for row in self.tables["settled"]:
                if (row["work"], row["field"], row["slot"]) == (*works, one.field, one.slot):
                    assert row["value"] == one.value
                    assert row["state"] in ("decided", "open")

    @invariant()
    def keys_mean_one_work_for_ever(self) -> None:
        shown = [
            (key.casefold(), set(json.loads(work["records"])))
            for work in self.tables["work"]
            for key in (work["key"], *json.loads(work["aliases"]))
        ]
        assert len({key for key, _ in shown}) == len(shown)
        for key, records in shown:
            assert records & self.meant[key], key

    @invariant()
    def rules_only_strike_out(self) -> None:
        claims = {
            (c["work"], c["version"], c["field"])
            for c in self.tables["claim"]
            if not c["struck_by"]
        }
        for row in self.tables["settled"]:
            if row["value"] and row["state"] == "settled":
                assert (row["work"], row["version"], row["field"]) in claims, row

    @invariant()
    def publishing_again_changes_nothing(self) -> None:
        before = self.published()
        assert self.does(lambda connection: None) == []
        assert self.published() == before

    @invariant()
    def what_was_taken_back_has_never_been(self) -> None:
        held = tuple(one.id for one in self.held)
        now = self.published()
        assert self.seen.setdefault(held, now) == now


def settle(connection: Connection, now: datetime) -> list[Change]:
    run = start_run(connection, now)
    return publish(connection, reconcile(load_records(connection), load_decisions(connection)), run)


def rows(connection: Connection, name: str) -> list[dict[str, Any]]:
    found = [dict(row) for row in connection.execute(table(name).select()).mappings()]
    return sorted(found, key=repr)


TestPublications = Publications.TestCase
TestPublications.settings = settings(
    max_examples=10,
    stateful_step_count=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
