"""Questions in words: every kind, in 80 columns, whatever stands in a title."""

import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest
from canons import NOW, canon_of, claim, disputed, keep, version, work

from db.reading import open_for_reading
from db.store import open_store
from harvester import columns, docket, review, shapes
from harvester.canon import Canon, Conflict, Evidence, Judgement, Settled, State
from harvester.ledger import start_run
from harvester.publish import publish
from harvester.report import Row
from harvester.wording import painted
from sources.record import Stage

A, B, C, D = "arxiv:a", "cv:b", "page:c", "scholar:d"
HOSTILE = "A \x1b[31mred\x07 title \u202ereversed\u2066 <b>of</b>\nlines\u2028and 学习 " * 9
SHORT = "Weighted \x1b]0;x\x07 judgements; $(rm -rf ~) `of` 'quoted' \u202e records"


def conflict(kind: str, field: str, *values: tuple[str, str], **more: object) -> Conflict:
    claims = tuple((claim(field, value, record), "") for value, record in values)
    made = Conflict(kind, field, "", (A,), claims, State.OPEN, values[0][0] if values else "")
    return replace(made, **more)  # type: ignore[arg-type]


def everything(title: str) -> Canon:
    """A canon with an open question of every kind, the least harmful first."""
    year = disputed("year", "2022", "2021", [A, B], rule="")
    first = work([A, B], title, version(Stage.CONFERENCE, "CVPR", "", [A, B], year))
    second = work([C], f"{title} again", names=["Roth, Ina", "Byron, Ada"])
    pair = Judgement(A, C, "review", 6.4, (Evidence("title", "near", 9.0, title),), "a veto")
    found = (
        conflict("field", "pages", ("1-9", A), ("1-10", B), slot="conference"),
        conflict("field", "title", (title, A), (f"{title} more", B)),
        conflict("field", "authors", ("Roth, Ina; Byron, Ada", A), ("Roth, Ina", B)),
        *canon_of(first).conflicts,
        conflict("person", "person", (A, A), proposed="not-mine", why=f"Found by {title}."),
        conflict("identifier", "doi", ("10.1/x", A), ("10.1/x", C), works=(A, C)),
        conflict("duplicate", "", works=(A, C), proposed="apart", judgement=pair),
    )
    return Canon((first, second), found)


@pytest.fixture(
    params=[HOSTILE, SHORT, "学习机器" * 30, "x" * 300], ids=["long", "short", "wide", "x"]
)
def reader(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Connection]:
    path = tmp_path / "canon.db"
    with open_store(path) as store, store.transaction() as connection:
        keep(connection, A, B, C, D)
        publish(connection, everything(request.param), start_run(connection, NOW))
    with open_for_reading(path) as connection_:
        yield connection_


def questions(reader: Connection) -> list[Row]:
    return [shapes.conflict_json(one) for one in docket.conflicts(reader, "open")]


def test_the_most_harmful_come_first(reader: Connection) -> None:
    asked = [(row["kind"], row["field"]) for row in questions(reader)]
    assert asked == [
        ("duplicate", ""),
        ("identifier", "doi"),
        ("person", "person"),
        ("field", "year"),
        ("field", "authors"),
        ("field", "title"),
        ("field", "pages"),
    ]


def test_a_few_are_read_as_all_are(reader: Connection) -> None:
    ids = docket.ids(reader)
    assert [one.id for one in docket.conflicts(reader)] == ids
    assert docket.read(reader, ids[2:4]) == docket.conflicts(reader)[2:4]
    assert docket.read(reader, ["no such"]) == []


def test_lines_fit_and_move_no_terminal(reader: Connection) -> None:
    for row in questions(reader):
        for line in review.question(row):
            shown = painted(line, "[", "]")
            bare = shown.replace("\x1b[2m", "").replace("\x1b[0m", "").replace("\x1b[1m", "")
            assert bare.isprintable(), row["kind"]
            assert columns.width(bare) <= 80, (row["kind"], bare)


def test_every_question_ends_with_one_command_for_the_shell(reader: Connection) -> None:
    for row in questions(reader):
        *_, last = review.question(row)
        words = shlex.split(last)
        assert words[:2] == ["harvest", "decide"]
        assert words[2] in ("apart", "not-mine", "take")
        assert words[3] == row["id"]
        assert len(words) == 5 if words[2] == "take" else 4


def test_each_claim_says_where_it_stands_and_since_when(reader: Connection) -> None:
    for row in questions(reader):
        text = "\n".join(review.question(row))
        for claim_ in row["claims"]:
            assert f"{claim_['source']} {claim_['where']}" in text
            assert claim_["seen"] in text


def test_a_pair_shows_both_works_and_the_sum(reader: Connection) -> None:
    [row] = [row for row in questions(reader) if row["kind"] == "duplicate"]
    assert [side["work"] for side in row["sides"]] == row["works"]
    assert [one["record"] for one in row["claims"]] == [A, C]
    text = "\n".join(review.question(row))
    assert "+6  bits in all: review, held back: a veto" in text
    assert "Roth and Byron" in text


def test_the_words_that_differ_are_bracketed_where_nothing_is_underlined(
    reader: Connection,
) -> None:
    rows = {row["field"]: row for row in questions(reader)}
    shown = {
        field: painted(" ".join(" ".join(review.question(row)).split()), "[", "]")
        for field, row in rows.items()
    }
    assert "[more]" in shown["title"]
    assert "Roth, Ina; [Byron, Ada]" in shown["authors"]
    assert "[2021]" not in shown["year"]
    assert "[again]" in shown[""]


def test_a_value_without_a_letter_is_typed_in_quotes() -> None:
    values = [(f"{n} it's $x", f"arxiv:{n}") for n in range(30)]
    made = conflict("field", "pages", *values)
    shape = {
        "id": "abc1234",
        "kind": "field",
        "state": "open",
        "field": "pages",
        "title": "T",
        "proposed": "9 it's $x",
        "claims": [
            {
                "value": c.value,
                "text": c.text,
                "source": "a",
                "where": "b",
                "seen": "",
                "struck_by": "",
            }
            for c, _ in made.claims
        ],
    }
    assert review.letters(shape)["9itsx"] == ""
    assert shlex.split(review.command(shape)) == [
        *("harvest", "decide", "take", "abc1234"),
        "9 it's $x",
    ]


def test_of_settled_claims_the_other_value_is_offered() -> None:
    settled = Settled("year", "2022", (), ())
    assert settled.state is State.SETTLED
    shape = {
        "id": "abc1234",
        "work": "doe2022t",
        "kind": "field",
        "state": "settled",
        "field": "year",
        "title": "T",
        "proposed": "2022",
        "why": "It was over.",
        "claims": [
            {
                "value": v,
                "text": v,
                "source": "a",
                "where": "b",
                "seen": "2026-11-20",
                "struck_by": r,
            }
            for v, r in (("2022", ""), ("2021", "over_before_posted"))
        ],
    }
    lines = list(review.settled(shape))
    assert "year 2022, not 2021" in lines[0]
    assert "harvest decide take abc1234 2021" in lines[-1]
