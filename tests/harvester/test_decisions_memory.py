"""What decisions remember: questions that stay answered, keys that come and go with a decision."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from canons import NOW, rule, settle, sync
from making import FAILURE, FAST, TIGRAN, TWO_PAPERS, record, seen
from sqlalchemy import Connection

from db.store import open_store, replace_derived, table
from harvester.canon import Decision
from harvester.decisions import (
    DecisionError,
    add_decision,
    load_decisions,
    load_undone,
    undo_decision,
)
from sources.record import Record

NEWS = record("page:news", FAILURE, seen("CVPR 2022"), authors=TIGRAN, form="news")
CV = record("cv:failure", FAILURE, seen("CVPR 2021"), authors=TIGRAN, kind="page")
*_, ARXIV, PAGE = TWO_PAPERS
MIXHOP = record("cv:mixhop", "MixHop: Higher-Order Graph Convolutions", seen("ICML 2019"))
RECORDS = (NEWS, CV, ARXIV, PAGE, MIXHOP)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        sync(connection, *RECORDS)
        yield connection


def rows(connection: Connection, name: str) -> list[Any]:
    return sorted(map(tuple, connection.execute(table(name).select())), key=repr)


def works(connection: Connection) -> dict[str, tuple[str, list[str]]]:
    """Key and aliases of the work of each record."""
    return {
        one: (row.key, json.loads(row.aliases))
        for row in connection.execute(table("work").select())
        for one in json.loads(row.records)
    }


def year(connection: Connection) -> Any:
    where = table("conflict").c.field == "year"
    return connection.execute(table("conflict").select().where(where)).one()


def take(connection: Connection, value: str) -> Decision:
    found = year(connection)
    claims = table("conflict_claim")
    asked = connection.execute(claims.select().where(claims.c.conflict == found.id))
    named = tuple({claim.record for claim in asked})
    made = add_decision(connection, Decision("take", named, "year", found.slot, value), NOW)
    settle(connection)
    return made


def says(one: Record, venue: str) -> Record:
    return replace(one, appearances=(seen(venue),))


def test_a_decision_remembers_what_was_claimed(connection: Connection) -> None:
    made = take(connection, "2021")
    assert made.claims == ((CV.key, "2021", "CVPR 2021"), (NEWS.key, "2022", "CVPR 2022"))
    assert load_decisions(connection) == [made]
    assert (year(connection).state, year(connection).proposed) == ("decided", "2021")


@pytest.mark.parametrize(
    "news",
    [
        (says(NEWS, "IEEE/CVF Conference on Computer Vision and Pattern Recognition 2022"),),
        (says(NEWS, "CVPR 2021"),),
        (says(NEWS, ""),),
        (NEWS, record("page:again", FAILURE, seen("CVPR 2022"), authors=TIGRAN)),
        (NEWS, replace(NEWS, line=99, where="elsewhere.md")),
        (),
    ],
    ids=["reworded", "caught up", "silent", "another says the same", "moved", "gone"],
)
def test_what_was_decided_is_not_asked_again(
    connection: Connection, news: tuple[Record, ...]
) -> None:
    take(connection, "2021")
    sync(connection, PAGE, *news)
    found = [row for row in rows(connection, "conflict") if "year" in row]
    assert all("open" not in row for row in found)
    year_now = {row.year for row in connection.execute(table("version").select())}
    assert 2021 in year_now
    assert 2022 not in year_now


@pytest.mark.parametrize(
    ("news", "told"),
    [
        ((says(NEWS, "CVPR 2020"),), "page said 2022 and now says 2020"),
        (
            (NEWS, record("page:again", FAILURE, seen("CVPR 2023"), authors=TIGRAN)),
            "page says 2023",
        ),
    ],
    ids=["changed", "new"],
)
def test_a_claim_that_changes_asks_again_and_the_decision_stands(
    connection: Connection, news: tuple[Record, ...], told: str
) -> None:
    made = take(connection, "2021")
    sync(connection, PAGE, *news)
    found = year(connection)
    assert (found.state, found.proposed, found.rule) == ("open", "2021", "reopened")
    assert found.why == f"Since decision {made.id} on 2026-11-21: {told}."
    again = take(connection, "2021")
    assert again.id > made.id
    assert year(connection).state == "decided"
    undo_decision(connection, NOW)
    settle(connection)
    assert year(connection) == found


def test_apart_and_its_undo_leave_no_alias_and_the_key_is_nobody_elses(
    connection: Connection,
) -> None:
    before = rows(connection, "work")
    rule(connection, "apart", ARXIV.key, PAGE.key)
    settle(connection)
    part = {works(connection)[one.key][0] for one in (ARXIV, PAGE)}
    assert len(part) == 2
    undo_decision(connection, NOW)
    settle(connection)
    assert rows(connection, "work") == before
    fast = record("dblp:fast", FAST.replace("regularization", "graphs"), seen("NeurIPS 2019"))
    sync(connection, fast)
    assert works(connection)[fast.key][0] not in part
    rule(connection, "apart", ARXIV.key, PAGE.key)
    settle(connection)
    assert {works(connection)[one.key][0] for one in (ARXIV, PAGE)} == part


def test_a_key_that_stood_for_itself_is_an_alias_after_a_merge(connection: Connection) -> None:
    rule(connection, "apart", ARXIV.key, PAGE.key)
    settle(connection)
    lost = works(connection)[PAGE.key][0], works(connection)[ARXIV.key][0]
    undo_decision(connection, NOW)
    rule(connection, "apart", ARXIV.key, PAGE.key)
    rule(connection, "same", PAGE.key, MIXHOP.key)
    settle(connection)
    undo_decision(connection, NOW, 2)
    settle(connection)
    key, aliases = works(connection)[MIXHOP.key]
    assert sum(old in aliases or old == key for old in lost) == 1


class TestKey:
    def call(self, connection: Connection, value: str, *records: str) -> Decision:
        made = add_decision(connection, Decision("key", records, value=value), NOW)
        settle(connection)
        return made

    def test_the_old_key_stays_as_an_alias(self, connection: Connection) -> None:
        old = works(connection)[MIXHOP.key][0]
        before = {name: rows(connection, name) for name in ("work", "conflict")}
        self.call(connection, "MixHop", MIXHOP.key)
        assert works(connection)[MIXHOP.key] == ("MixHop", [old])
        assert rows(connection, "conflict") == before["conflict"]
        self.call(connection, "mixhop2019", MIXHOP.key)
        assert works(connection)[MIXHOP.key] == ("mixhop2019", [old, "MixHop"])
        self.call(connection, old, MIXHOP.key)
        assert works(connection)[MIXHOP.key] == (old, ["MixHop", "mixhop2019"])
        for _ in range(3):
            undo_decision(connection, NOW)
        settle(connection)
        assert rows(connection, "work") == before["work"]

    def test_no_other_work_ever_has_it(self, connection: Connection) -> None:
        other = works(connection)[PAGE.key][0]
        with pytest.raises(DecisionError, match=f"key {other.upper()!r} is another work's"):
            self.call(connection, other.upper(), MIXHOP.key)
        self.call(connection, "MixHop", MIXHOP.key)
        undo_decision(connection, NOW)
        with pytest.raises(DecisionError, match="key 'mixhop' is another work's: cv:mixhop was"):
            self.call(connection, "mixhop", PAGE.key)
        assert [one.value for one in load_undone(connection)] == ["MixHop"]

    def test_a_new_work_is_not_born_under_it(self, connection: Connection) -> None:
        self.call(connection, "harutyunyan2018sieve", MIXHOP.key)
        undo_decision(connection, NOW)
        sieve = record("dblp:s", "The Sieve", seen("ICML 2018"))
        sync(connection, sieve)
        assert works(connection)[sieve.key][0].startswith("harutyunyan2018sieve")
        assert works(connection)[sieve.key][0] != "harutyunyan2018sieve"

    def test_of_two_works_that_become_one_the_later_name_stands(
        self, connection: Connection
    ) -> None:
        self.call(connection, "one", MIXHOP.key)
        self.call(connection, "two", PAGE.key, ARXIV.key)
        rule(connection, "same", MIXHOP.key, PAGE.key)
        settle(connection)
        key, aliases = works(connection)[MIXHOP.key]
        assert key == "two"
        assert "one" in aliases
        assert len(aliases) == 3

    @pytest.mark.parametrize("value", ["", "1a", "a b", "a:b", "a{b", "é", "a" * 81, "a\n"])
    def test_what_bibtex_cannot_hold(self, connection: Connection, value: str) -> None:
        with pytest.raises(DecisionError, match="cannot be a citation key"):
            self.call(connection, value, MIXHOP.key)


def test_mine_against_not_mine_through_a_chain(connection: Connection) -> None:
    rule(connection, "mine", PAGE.key)
    with pytest.raises(DecisionError, match="page:fast is this person's by decision 1"):
        rule(connection, "not-mine", PAGE.key)
    rule(connection, "same", PAGE.key, ARXIV.key)
    with pytest.raises(DecisionError, match=r"arxiv:1706.03353, one work with page:fast, is this"):
        rule(connection, "not-mine", ARXIV.key)
    rule(connection, "not-mine", MIXHOP.key)
    with pytest.raises(DecisionError, match=r"would be one work, but by decisions 1 and 3 one is"):
        rule(connection, "same", MIXHOP.key, ARXIV.key)


def test_the_canon_can_be_made_again_from_what_is_kept(connection: Connection) -> None:
    take(connection, "2021")
    rule(connection, "apart", ARXIV.key, PAGE.key)
    add_decision(connection, Decision("key", (MIXHOP.key,), value="MixHop"), NOW)
    settle(connection)
    names = ("work", "conflict", "conflict_claim", "settled", "claim", "version", "evidence")
    before = {name: rows(connection, name) for name in names}
    replace_derived(connection, {})
    settle(connection)
    assert {name: rows(connection, name) for name in names} == before


def test_what_is_mine_and_what_is_not_are_not_one_work(connection: Connection) -> None:
    assert works(connection)[ARXIV.key] == works(connection)[PAGE.key]
    rule(connection, "mine", ARXIV.key)
    rule(connection, "not-mine", PAGE.key)
    settle(connection)
    assert works(connection)[ARXIV.key] != works(connection)[PAGE.key]
    aside = {row.key: row.aside for row in connection.execute(table("work").select())}
    assert not aside[works(connection)[ARXIV.key][0]]
    assert aside[works(connection)[PAGE.key][0]]
