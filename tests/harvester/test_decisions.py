from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from canons import NOW, keep, rule
from sqlalchemy import Connection

from db.store import open_store
from harvester.canon import Decision
from harvester.decisions import DecisionError, add_decision, load_decisions, undo_decision

A, B, C, D = (f"page:{letter}" for letter in "abcd")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        keep(connection, A, B, C, D)
        yield connection


def test_a_decision_is_kept_as_it_was_made(connection: Connection) -> None:
    made = Decision("take", (B, A), "year", "conference", "2022", who="hrayr", note="I was there")
    kept = add_decision(connection, made, NOW)
    assert kept == Decision(
        "take",
        (A, B),
        "year",
        "conference",
        "2022",
        "hrayr",
        "2026-11-21T04:00:00+00:00",
        "I was there",
        1,
    )
    assert load_decisions(connection) == [kept]


def test_undo_takes_the_last_or_one_by_its_number(connection: Connection) -> None:
    first, second, third = (rule(connection, "same", A, other) for other in (B, C, D))
    assert undo_decision(connection, NOW) == third
    assert undo_decision(connection, NOW, first.id) == first
    assert load_decisions(connection) == [second]
    assert undo_decision(connection, NOW) == second
    with pytest.raises(DecisionError, match="no decision to take back"):
        undo_decision(connection, NOW)


def test_undo_of_what_is_not_there(connection: Connection) -> None:
    rule(connection, "same", A, B)
    undone = undo_decision(connection, NOW)
    rule(connection, "same", C, D)
    with pytest.raises(DecisionError, match="decision 1 is taken back already"):
        undo_decision(connection, NOW, undone.id)
    with pytest.raises(DecisionError, match="decision 7 is not there"):
        undo_decision(connection, NOW, 7)


def test_numbers_are_never_used_again(connection: Connection) -> None:
    first = rule(connection, "same", A, B)
    undo_decision(connection, NOW)
    assert rule(connection, "same", A, B).id == first.id + 1


def test_the_same_decision_twice_is_one(connection: Connection) -> None:
    first = rule(connection, "same", A, B)
    assert add_decision(connection, Decision("same", (B, A, B)), NOW + timedelta(1)) == first
    assert load_decisions(connection) == [first]


def test_a_value_can_be_taken_again_after_another(connection: Connection) -> None:
    for value in ("2021", "2022", "2021"):
        add_decision(connection, Decision("take", (A,), "year", "conference", value), NOW)
    assert [decision.value for decision in load_decisions(connection)] == ["2021", "2022", "2021"]


@pytest.mark.parametrize(
    ("kind", "records", "message"),
    [
        ("merge", (A, B), "no decision is called 'merge'; there are same, apart, take"),
        ("same", (A,), "same needs 2 records or more"),
        ("apart", (A, A), "apart needs 2 records or more"),
        ("same", (A, "page:z"), "no source ever sent a record 'page:z'"),
    ],
)
def test_what_makes_no_sense(
    connection: Connection, kind: str, records: tuple[str, ...], message: str
) -> None:
    with pytest.raises(DecisionError, match=message):
        rule(connection, kind, *records)
    assert not load_decisions(connection)


def test_same_against_apart_through_a_chain(connection: Connection) -> None:
    rule(connection, "apart", A, D)
    rule(connection, "same", A, B)
    rule(connection, "same", C, D)
    with pytest.raises(DecisionError, match=r"page:a and page:d would be one work.*decision 1 "):
        rule(connection, "same", B, C)
    assert len(load_decisions(connection)) == 3
    undo_decision(connection, NOW, 1)
    rule(connection, "same", B, C)


def test_apart_against_same_through_a_chain(connection: Connection) -> None:
    rule(connection, "same", A, B)
    rule(connection, "same", B, C)
    with pytest.raises(
        DecisionError, match="page:a and page:c are one work by decisions 1 and 2; `harvest undo 2`"
    ):
        rule(connection, "apart", A, C)
    rule(connection, "apart", A, D)


def test_two_chains_that_meet_in_a_record(connection: Connection) -> None:
    rule(connection, "same", A, C)
    rule(connection, "same", B, C)
    for one, other in ((A, B), (A, C), (B, C)):
        with pytest.raises(DecisionError, match="are one work by decision"):
            rule(connection, "apart", one, other)
