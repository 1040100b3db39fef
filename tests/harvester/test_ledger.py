from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from canons import NOW, TODAY, keep, named
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from db.reading import open_for_reading
from db.store import Store, open_store, table
from harvester import logbook, recordtext
from harvester.ledger import (
    Saved,
    Shrunken,
    _unique,
    fail_source,
    finish_run,
    load_records,
    save_source,
    start_run,
)
from sources.record import (
    Appearance,
    Author,
    DateKind,
    PartialDate,
    Record,
    Skipped,
    Stage,
)

FULL = Record(
    source="page",
    id="news/title",
    kind="page",
    title="A “Title” of Words",
    authors=(
        Author("Ver Steeg", "Greg", "Jr.", True, "~Greg_Ver_Steeg1"),
        Author("Łukasz"),
    ),
    authors_complete=False,
    appearances=(
        Appearance(stage=Stage.PREPRINT, arxiv="2111.13733", url="https://a.example/b"),
        Appearance(
            venue="CVPR 2021",
            date=PartialDate(2021, 6),
            date_kind=DateKind.EVENT,
            doi="10.1/x",
            pages="1-9",
            lines=(("doi", 9), ("venue", 8)),
        ),
    ),
    form="news",
    said=PartialDate(2021, 6, 12),
    where="index.md",
    line=7,
    lines=(("title", 8),),
    raw="* A “Title”\n  of Words",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "canon.db") as store:
        yield store


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.transaction() as connection:
        yield connection


def save(connection: Connection, *records: Record, day: int = 21) -> Saved:
    run = start_run(connection, NOW)
    return save_source(connection, "page", "page", records, [], run, date(2026, 11, day))


def revisions(connection: Connection) -> int:
    return len(connection.execute(table("revision").select()).all())


class TestRecords:
    def test_a_record_comes_back_as_it_was_sent(self, connection: Connection) -> None:
        assert save(connection, FULL) == Saved(new=("page:news/title",))
        assert load_records(connection) == [replace(FULL, seen="2026-11-21")]

    def test_saying_the_same_again_changes_nothing(self, connection: Connection) -> None:
        save(connection, FULL)
        assert not save(connection, FULL, day=22)
        assert revisions(connection) == 1
        assert load_records(connection)[0].seen == "2026-11-21"

    def test_a_move_is_no_revision(self, connection: Connection) -> None:
        save(connection, FULL)
        first, second = FULL.appearances
        moved = replace(
            FULL,
            where="about.md",
            line=70,
            lines=(("title", 80),),
            raw="- A “Title” of Words",
            appearances=(first, replace(second, lines=(("doi", 90), ("venue", 80)))),
        )
        assert not save(connection, moved, day=22)
        assert load_records(connection) == [replace(moved, seen="2026-11-21")]
        assert revisions(connection) == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Another Title"},
            {"authors": FULL.authors[:1]},
            {"authors_complete": True},
            {"said": None},
            {"appearances": FULL.appearances[:1]},
            {"appearances": (FULL.appearances[0], replace(FULL.appearances[1], venue="CVPR"))},
        ],
    )
    def test_a_change_is_a_revision_seen_that_day(
        self, connection: Connection, change: dict[str, object]
    ) -> None:
        save(connection, FULL)
        changed = replace(FULL, **change)  # type: ignore[arg-type]
        assert save(connection, changed, day=22) == Saved(changed=("page:news/title",))
        assert load_records(connection) == [replace(changed, seen="2026-11-22")]
        assert save(connection, FULL, day=23)
        assert load_records(connection) == [replace(FULL, seen="2026-11-23")]
        assert revisions(connection) == 3

    def test_what_is_not_sent_is_gone_and_comes_back(self, connection: Connection) -> None:
        a, b = named("page:a"), named("page:b")
        save(connection, a, b)
        assert save(connection, a) == Saved(gone=("page:b",))
        assert [(r.key, r.gone) for r in load_records(connection)] == [
            ("page:a", False),
            ("page:b", True),
        ]
        assert not save(connection, a)
        assert save(connection, b, a) == Saved(returned=("page:b",))
        assert not any(record.gone for record in load_records(connection))
        assert revisions(connection) == 2

    def test_what_is_gone_comes_back_changed(self, connection: Connection) -> None:
        save(connection, named("page:a"), named("page:b"))
        save(connection, named("page:a"))
        saved = save(connection, named("page:a"), named("page:b", "New"))
        assert saved == Saved(changed=("page:b",), returned=("page:b",))

    def test_other_sources_are_left_alone(self, connection: Connection) -> None:
        keep(connection, "cv:a", "arxiv:a")
        save(connection, named("page:a"))
        assert [(r.key, r.gone) for r in load_records(connection)] == [
            ("arxiv:a", False),
            ("cv:a", False),
            ("page:a", False),
        ]

    @given(st.permutations(["a", "b", "b", "c"]), st.permutations([1, 2, 3, 4]))
    def test_the_order_of_arrival_does_not_matter(self, ids: list[str], lines: list[int]) -> None:
        sent = [
            replace(named(f"page:{id}", f"T {id}"), line=n)
            for id, n in zip(ids, lines, strict=True)
        ]
        assert list(_unique_ids(sent)) == ["a", "b", "c"]
        assert _unique_ids(sent) == _unique_ids(sent[::-1])

    def test_a_record_of_another_source_is_refused(self, connection: Connection) -> None:
        with pytest.raises(ValueError, match="cv:a does not come from source page"):
            save(connection, named("cv:a"))


def _unique_ids(records: list[Record]) -> dict[str, int]:
    return {record.id: record.line for record in _unique("page", records).values()}


class TestShrunken:
    @pytest.mark.parametrize(("had", "sends"), [(1, 0), (4, 0), (4, 1), (5, 2), (7, 3)])
    def test_none_or_fewer_than_half_is_a_failure(
        self, connection: Connection, had: int, sends: int
    ) -> None:
        records = [named(f"page:{number}") for number in range(had)]
        save(connection, *records)
        before = load_records(connection)
        with pytest.raises(Shrunken, match=rf"page: sent (no|\d) records? where it had {had};"):
            save(connection, *records[:sends])
        assert load_records(connection) == before

    @pytest.mark.parametrize(("had", "sends"), [(0, 0), (4, 2), (5, 3), (1, 1)])
    def test_half_is_enough(self, connection: Connection, had: int, sends: int) -> None:
        records = [named(f"page:{number}") for number in range(had)]
        save(connection, *records)
        assert len(save(connection, *records[:sends]).gone) == had - sends

    def test_what_is_gone_already_does_not_count(self, connection: Connection) -> None:
        records = [named(f"page:{number}") for number in range(8)]
        for left in (8, 4, 2, 1):
            save(connection, *records[:left])
        assert sum(not r.gone for r in load_records(connection)) == 1


class TestLogbook:
    def test_sources_and_runs_as_they_went(self, store: Store, tmp_path: Path) -> None:
        with store.transaction() as connection:
            run = start_run(connection, NOW)
            skipped = [Skipped("cv", "cv.md:58", "no identifier", fault=False)]
            save_source(connection, "cv", "page", [], skipped, run, TODAY)
            fail_source(connection, "arxiv", "arxiv", "does not answer", run)
            finish_run(connection, run, NOW, "source_failed", {"new": 0})
            start_run(connection, NOW)
        store.close()
        with open_for_reading(tmp_path / "canon.db") as connection_:
            arxiv, cv = logbook.sources(connection_)
            killed, done = logbook.runs(connection_, 5)
        assert (arxiv.failure, arxiv.last_ok) == ("does not answer", "")
        assert cv == logbook.SourceStatus(
            "cv", "page", "2026-11-21T04:00:00+00:00", 0, "", tuple(skipped)
        )
        assert (killed.outcome, killed.finished) == ("", "")
        assert (done.outcome, done.counts) == ("source_failed", {"new": 0})

    def test_a_source_that_works_again(self, store: Store, tmp_path: Path) -> None:
        with store.transaction() as connection:
            keep(connection, "cv:a")
            fail_source(connection, "cv", "cv", "is not there", start_run(connection, NOW))
        with open_for_reading(tmp_path / "canon.db") as reader:
            assert [(s.failure, s.records) for s in logbook.sources(reader)] == [
                ("is not there", 1)
            ]
        with store.transaction() as connection:
            keep(connection, "cv:a")
        with open_for_reading(tmp_path / "canon.db") as reader:
            assert [(s.failure, s.records) for s in logbook.sources(reader)] == [("", 1)]


TEXT = st.text(max_size=5)
DATES = st.builds(PartialDate, st.integers(1000, 9999), st.integers(1, 12), st.integers(0, 28))
LINES = st.lists(st.tuples(TEXT, st.integers(1, 9)), max_size=2).map(tuple)
RECORDS = st.builds(
    Record,
    source=TEXT,
    id=TEXT,
    kind=TEXT,
    title=TEXT,
    authors=st.lists(st.builds(Author), max_size=2).map(tuple),
    authors_complete=st.booleans(),
    appearances=st.lists(
        st.builds(
            Appearance,
            stage=st.none() | st.sampled_from(Stage),
            venue=TEXT,
            date=st.none() | DATES,
            date_kind=st.sampled_from(DateKind),
            lines=LINES,
        ),
        max_size=2,
    ).map(tuple),
    form=st.sampled_from(["entry", "news"]),
    said=st.none() | DATES,
    where=TEXT,
    line=st.integers(0, 9),
    lines=LINES,
    raw=TEXT,
    seen=TEXT,
    gone=st.booleans(),
)


@given(RECORDS)
def test_every_record_survives_its_text(record: Record) -> None:
    content, position = recordtext.content(record), recordtext.position(record)
    back = recordtext.restore(record.source, record.id, content, position, record.seen, record.gone)
    assert back == record
