"""The ledger and the reconciler together: decisions, undo, rebuilds, order of arrival."""

from pathlib import Path
from typing import Any

import pytest
from canons import NOW, rule, settle, sync
from hypothesis import given, settings
from hypothesis import strategies as st
from making import FAILURE, TIGRAN, TWO_PAPERS, record, seen
from sqlalchemy import Connection

from db import tables
from db.files import Locked, lock
from db.store import Store, open_store, table
from harvester.decisions import load_decisions, undo_decision
from harvester.ledger import load_records, start_run
from harvester.pagecache import PageCache
from harvester.publish import load_identities, rebuild
from harvester.reconcile import reconcile
from sources.answer import Stored
from sources.record import Record

RECORDS = [
    *TWO_PAPERS,
    record("page:news", FAILURE, seen("CVPR 2022"), authors=TIGRAN, form="news"),
    record("cv:mixhop", "MixHop: Higher-Order Graph Convolutions", seen("ICML 2019")),
]


def dump(connection: Connection) -> dict[str, list[Any]]:
    return {
        name: sorted(map(tuple, connection.execute(table(name).select())), key=repr)
        for name in tables.DERIVED
    }


def test_a_second_sync_changes_no_row(tmp_path: Path) -> None:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        assert "settled" in {change.kind for change in sync(connection, *RECORDS)}
        before = dump(connection)
        assert sync(connection, *RECORDS) == []
        assert dump(connection) == before


def test_a_decision_and_its_undo_leave_everything_as_it_was(tmp_path: Path) -> None:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        sync(connection, *RECORDS)
        before, names = dump(connection), load_identities(connection)
        rule(connection, "same", "page:fast", "cv:mixhop")
        rule(connection, "apart", "arxiv:2111.13733", "page:failure")
        kinds = {change.kind for change in settle(connection, start_run(connection, NOW))}
        assert {"merged", "new"} <= kinds
        for _ in range(2):
            undo_decision(connection, NOW)
        settle(connection, start_run(connection, NOW))
        assert load_identities(connection)[: len(names)] == names
        assert dump(connection) == before


def test_rebuilding_from_kept_tables_gives_the_same_rows(tmp_path: Path) -> None:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        sync(connection, *RECORDS)
        rule(connection, "same", "page:fast", "cv:mixhop")
        settle(connection, 1)
        before = dump(connection)
        canon = reconcile(load_records(connection), load_decisions(connection))
        rebuild(connection, canon, 1)
        assert dump(connection) == before


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(RECORDS))
def test_the_order_of_arrival_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[Record]
) -> None:
    def synced(records: list[Record]) -> dict[str, list[Any]]:
        path = tmp_path_factory.mktemp("order") / "canon.db"
        with open_store(path) as store, store.transaction() as connection:
            sync(connection, *records)
            return dump(connection)

    assert synced(order) == synced(RECORDS)


def test_a_dry_run_rolls_back_all_of_it(tmp_path: Path) -> None:
    class Dry(Exception):  # noqa: N818
        pass

    def dry(store: Store) -> None:
        with store.transaction() as connection:
            assert sync(connection, *RECORDS)
            raise Dry

    with open_store(tmp_path / "canon.db") as store:
        with pytest.raises(Dry):
            dry(store)
        with store.transaction() as connection:
            assert not load_records(connection)
            assert not any(dump(connection).values())


def test_answers_of_the_network_are_kept(tmp_path: Path) -> None:
    one = Stored(b"\0one", "text/html", '"tag"', "")
    two = Stored(b"two", "", "", "Sat, 21 Nov 2026 04:00:00 GMT")
    with open_store(tmp_path / "canon.db") as store:
        cache = PageCache(store, NOW)
        assert cache.get("https://a.example/") is None
        cache.put("https://a.example/", one)
        assert cache.get("https://a.example/") == one
        cache.put("https://a.example/", two)
    with open_store(tmp_path / "canon.db") as store:
        assert PageCache(store, NOW).get("https://a.example/") == two


def test_a_workspace_is_locked_while_its_store_is_open(tmp_path: Path) -> None:
    path = tmp_path / "canon.db"
    with lock(path), open_store(path), pytest.raises(Locked), lock(path):
        pass
