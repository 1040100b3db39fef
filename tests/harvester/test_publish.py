from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from canons import NOW, agreed, canon_of, claim, disputed, keep, preprint, version, work
from sqlalchemy import Connection

from db import tables
from db.store import open_store, replace_derived, table
from harvester.canon import Canon, Conflict, Fix, Judgement, State
from harvester.changes import Change
from harvester.ledger import start_run
from harvester.publish import load_identities, publish, rebuild
from harvester.rows import conflict_ids
from sources.record import Stage

A, B, C, D = "arxiv:a", "cv:b", "page:c", "scholar:d"
CVPR = "CVPR"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        keep(connection, A, B, C, D)
        yield connection


def put(connection: Connection, *works: Any) -> list[Change]:
    canon = works[0] if isinstance(works[0], Canon) else canon_of(*works)
    return publish(connection, canon, start_run(connection, NOW))


def dump(connection: Connection, names: Sequence[str] = tables.DERIVED) -> dict[str, list[Any]]:
    return {
        name: sorted(map(tuple, connection.execute(table(name).select())), key=repr)
        for name in names
    }


def keys(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.exec_driver_sql("SELECT key, aliases FROM work ORDER BY key")
    return [(row.key, row.aliases) for row in rows]


CONFERENCE = version(
    Stage.CONFERENCE, CVPR, "", [A, B, C], disputed("year", "2022", "2021", [C, A, B])
)


def rich() -> Canon:
    """Two works with a settled year, a duplicate question, a fix and evidence."""
    pair = Judgement(A, D, "review", 4.5, ())
    one = work([A, B, C], "Failure Modes of Things", preprint("2111.13733", [A, C]), CONFERENCE)
    other = work([D], "Failure Modes of Thing")
    base = canon_of(replace(one, judgements=(Judgement(A, B, "match", 18.0, ()),)), other)
    doubt = Conflict("duplicate", "", "", (A, D), (), State.OPEN, "apart", judgement=pair)
    fix = Fix("page", "index.md", 264, "year", "CVPR 2021", "CVPR 2022", A)
    return replace(base, conflicts=(*base.conflicts, doubt), fixes=(fix,))


class TestRows:
    def test_publishing_again_writes_nothing(self, connection: Connection) -> None:
        assert put(connection, rich())
        before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        run = start_run(connection, NOW)
        assert publish(connection, rich(), run) == []
        after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        assert after - before == 1  # the run

    def test_rebuilding_gives_the_same_rows(self, connection: Connection) -> None:
        put(connection, rich())
        before = dump(connection)
        assert all(before.values())
        replace_derived(connection, {})
        rebuild(connection, rich(), 1)
        assert dump(connection) == before
        assert put(connection, rich()) == []

    def test_what_is_no_longer_so_leaves_no_row(self, connection: Connection) -> None:
        put(connection, rich())
        put(connection, work([A, B, C, D]))
        other = dump(connection)
        assert len(other["work"]) == 1
        assert not other["conflict"]
        assert not other["fix"]
        assert not other["evidence"]

    def test_the_view_canon(self, connection: Connection) -> None:
        put(connection, rich())
        row = connection.exec_driver_sql("SELECT * FROM canon WHERE arxiv <> ''").one()
        assert tuple(row) == (
            "doe2022failure",
            "Failure Modes of Things",
            "Doe, Jane",
            "conference",
            "CVPR",
            2022,
            "",
            "2111.13733",
            "",
            "arxiv:a cv:b page:c",
        )

    def test_the_view_why(self, connection: Connection) -> None:
        put(connection, rich())
        rows = connection.exec_driver_sql(
            "SELECT value, says, source, place, seen, struck_by, published FROM why"
            " WHERE key = 'doe2022failure' AND version = 'conference' AND field = 'year'"
        ).all()
        assert [tuple(row) for row in rows] == [
            ("2022", "2022", "arxiv", "arxiv.md:7", "2026-11-20", "", "2022"),
            ("2022", "2022", "cv", "cv.md:7", "2026-11-20", "", "2022"),
            ("2021", "2021", "page", "page.md:7", "2026-11-20", "over_before_posted", "2022"),
        ]


class TestIdentity:
    def test_the_key_stays_when_title_year_and_records_change(self, connection: Connection) -> None:
        put(connection, work([A], "First Words", preprint("2111.13733", [A])))
        put(connection, work([A, B], "Other Words"))
        assert keys(connection) == [("doe2021first", "[]")]

    def test_a_merge_and_its_undo(self, connection: Connection) -> None:
        apart = (work([A, B], "One Thing"), work([C], "Two Things"), work([D]))
        put(connection, *apart)
        before = dump(connection)
        merged = put(connection, work([A, B, C], "One Thing"), work([D]))
        assert ("doe2022one", '["doe2022two"]') in keys(connection)
        assert merged == [
            Change("merged", "doe2022two", "is one work with doe2022one; the key stays as an alias")
        ]
        assert put(connection, *apart) == [
            Change("split", "doe2022two", "is a work of its own again")
        ]
        assert dump(connection) == before

    def test_a_key_is_not_given_to_another_work(self, connection: Connection) -> None:
        put(connection, work([A], "Word One"), work([B], "Word Two"))
        put(connection, work([A, B], "Word One"))
        put(connection, work([A, B], "Word One"), work([C], "Word Two"), work([D], "Word"))
        born = {identity.key: identity.founders for identity in load_identities(connection)}
        assert born == {
            "doe2022word": {A},
            "doe2022wordtwo": {B},
            "doe2022word2": {C},
            "doe2022word3": {D},
        }

    def test_the_order_of_works_does_not_matter_for_new_keys(
        self, connection: Connection, tmp_path: Path
    ) -> None:
        works = [work([key], "The Same Words") for key in (A, B, C)]
        put(connection, *works)
        with open_store(tmp_path / "other.db") as store, store.transaction() as other:
            keep(other, A, B, C)
            put(other, *reversed(works))
            assert load_identities(other) == load_identities(connection)


class TestConflictIds:
    def ids(self, connection: Connection) -> list[str]:
        rows = connection.exec_driver_sql("SELECT id FROM conflict ORDER BY id")
        return [row.id for row in rows]

    def year(self, *records: str, rule: str = "over_before_posted") -> Canon:
        field = disputed("year", "2022", "2021", records, rule)
        return canon_of(work(records, "T", version(Stage.CONFERENCE, CVPR, "", records, field)))

    def test_an_agreeing_record_changes_no_id(self, connection: Connection) -> None:
        put(connection, self.year(C, A))
        before = self.ids(connection)
        put(connection, self.year(C, A, B))
        assert self.ids(connection) == before
        assert len(before[0]) == 7

    def test_nor_does_an_outcome(self, connection: Connection) -> None:
        put(connection, self.year(C, A, rule=""))
        before = self.ids(connection)
        put(connection, self.year(C, A))
        assert self.ids(connection) == before

    def test_two_about_the_same_have_two(self, connection: Connection) -> None:
        put(connection, rich())
        at = {r: i for i in load_identities(connection) for r in i.founders}
        found = [
            Conflict("identifier", "doi", "", (A, D), ((claim("doi", v, A), ""),), State.OPEN, v)
            for v in ("10.1/a", "10.1/b")
        ]
        one, two = conflict_ids(found, at)
        assert one != two
        assert conflict_ids(found[::-1], at) == [two, one]


class TestChanges:
    def test_what_is_new(self, connection: Connection) -> None:
        lines = [(change.kind, change.line) for change in put(connection, rich())]
        rows = connection.exec_driver_sql("SELECT kind, id FROM conflict").all()
        ids = {row.kind: row.id for row in rows}
        assert lines == [
            ("new", "doe2022failure  Failure Modes of Things (CVPR 2022)"),
            ("new", "doe2022failuremodes  Failure Modes of Thing (CVPR 2022)"),
            (
                "open",
                "doe2022failure  may be one work with doe2022failuremodes: needs a person"
                f" [{ids['duplicate']}]",
            ),
            (
                "settled",
                "doe2022failure  CVPR 2021 / 2022: settled as 2022 (over_before_posted)"
                f" [{ids['field']}]",
            ),
            ("fix", "doe2022failure  index.md:264 says CVPR 2021, is CVPR 2022"),
        ]

    def test_they_are_kept_with_their_run(self, connection: Connection) -> None:
        found = put(connection, rich())
        rows = connection.exec_driver_sql("SELECT kind, key, text, run FROM change").all()
        assert [Change(*row[:3]) for row in rows] == found
        assert {row.run for row in rows} == {2}

    def test_published_at_last(self, connection: Connection) -> None:
        first = preprint("2111.13733", [A])
        put(connection, work([A], "T", first))
        second = version(Stage.CONFERENCE, CVPR, "2022", [B])
        assert put(connection, work([A, B], "T", first, second)) == [
            Change("published", "doe2021t", "is CVPR 2022, was arXiv:2111.13733")
        ]

    def test_headline_title_authors_and_identifiers(self, connection: Connection) -> None:
        put(connection, work([A], "T", version(Stage.CONFERENCE, CVPR, "2021", [A])))
        doi = agreed("doi", "10.1/x", [A])
        shown = version(Stage.CONFERENCE, CVPR, "2022", [A], doi)
        found = put(connection, work([A], "U", shown, names=["Doe, Jane", "Roe, R."]))
        assert [(c.kind, c.text) for c in found] == [
            ("changed", "authors are Doe, Roe, were Doe"),
            ("changed", "doi is 10.1/x"),
            ("changed", "is CVPR 2022, was CVPR 2021"),
            ("changed", "title is 'U', was 'T'"),
        ]

    def test_gone_and_back(self, connection: Connection) -> None:
        put(connection, work([A], "T"))
        gone = put(connection, work([A], "T", gone=True))
        back = put(connection, work([A], "T"))
        assert [c.kind for c in (*gone, *back)] == ["gone", "returned"]

    def test_a_question_answered_and_one_that_is_no_more(self, connection: Connection) -> None:
        ids = TestConflictIds()
        opened = put(connection, ids.year(C, A, rule=""))
        assert [c.kind for c in opened] == ["new", "open"]
        settled = put(connection, ids.year(C, A))
        assert [c.kind for c in settled] == ["settled"]
        put(connection, ids.year(C, A, rule=""))
        closed = put(connection, work([A, C], "T"))
        assert [(c.kind, c.text[:29]) for c in closed] == [
            ("closed", "year: no longer in question ["[:29])
        ]

    def test_a_fix_that_moved_is_no_news(self, connection: Connection) -> None:
        put(connection, rich())
        moved = replace(rich().fixes[0], line=270)
        assert put(connection, replace(rich(), fixes=(moved,))) == []
        line = connection.exec_driver_sql("SELECT line FROM fix").scalar()
        assert line == 270
