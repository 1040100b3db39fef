import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest
from canons import NOW, agreed, canon_of, disputed, keep, preprint, version, work

from db.reading import open_for_reading
from db.store import open_store
from harvester import docket, shapes, shelf
from harvester.canon import Canon, Conflict, Evidence, Fix, Judgement, State
from harvester.find import FindError, find_work
from harvester.ledger import start_run
from harvester.publish import publish
from sources.record import Stage

A, B, C, D, E = "arxiv:a", "cv:b", "page:c", "scholar:d", "page:e"
EVIDENCE = (Evidence("title", "near", 8.0, "96%"), Evidence("year", "apart", -3.5))


def published() -> Canon:
    doi = agreed("doi", "10.1109/cvpr52688.2022.00001", [A])
    year = disputed("year", "2022", "2021", [C, A])
    first = preprint("2111.13733", [A])
    own = replace(
        first,
        fields=first.fields
        | {"doi": agreed("doi", "10.48550/arxiv.2111.13733", [A])}
        | {"date": agreed("date", "2021-11-26", [A])},
    )
    head = version(Stage.CONFERENCE, "CVPR", "", [A, C], year, doi)
    failure = work([A, C], "Failure Modes of Étale Things", own, head, names=["Ver Steeg, Greg"])
    held = Judgement(A, C, "match", 4.5, EVIDENCE, "capped")
    old = work([B], "Modes of Learning", preprint("1706.03353", [B]))
    new = work([D], "Modes of Failure", version(Stage.WORKSHOP, "ICML", "2025", [D]))
    undated = work([E], "Notes", version(Stage.OTHER, "", "", [E]))
    base = canon_of(old, replace(failure, judgements=(held,)), new, undated)
    pair = Judgement(B, D, "review", 6.0, EVIDENCE)
    doubt = Conflict("duplicate", "", "", (B, D), (), State.OPEN, "apart", judgement=pair)
    fix = Fix("page", "index.md", 264, "year", "CVPR 2021", "CVPR 2022", A)
    return replace(base, conflicts=(*base.conflicts, doubt), fixes=(fix,))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path: Path = tmp_path_factory.mktemp("shelf") / "canon.db"
    with open_store(path) as store, store.transaction() as connection:
        keep(connection, A, B, C, D, E)
        publish(connection, published(), start_run(connection, NOW))
    with open_for_reading(path) as connection_:
        yield connection_


def test_works_newest_first_undated_last(reader: Connection) -> None:
    works = shelf.listed(reader)
    assert [work.key for work in works] == [
        "doe2025modes",
        "versteeg2022failure",
        "doe2017modes",
        "doendnotes",
    ]
    failure = works[1]
    assert failure.authors == ("Ver Steeg, Greg",)
    assert failure.records == (A, C)
    assert failure.head.venue_key == "cvpr"
    assert [v.year for v in failure.versions] == [2021, 2022]
    assert not failure.disputed


def test_the_list_in_json_is_of_the_agreed_shape(reader: Connection) -> None:
    shape = shapes.works_json(shelf.listed(reader))
    assert json.loads(json.dumps(shape)) == shape
    failure = shape["works"][1]
    assert {key: failure[key] for key in failure if key != "versions"} == {
        "key": "versteeg2022failure",
        "title": "Failure Modes of Étale Things",
        "authors": ["Ver Steeg, Greg"],
        "authors_complete": True,
        "stage": "conference",
        "venue": "CVPR",
        "venue_key": "cvpr",
        "year": 2022,
        "date": "",
        "doi": "10.1109/cvpr52688.2022.00001",
        "arxiv": "2111.13733",
        "openreview": "",
        "records": [A, C],
        "status": "",
        "aliases": [],
        "disputed": [],
        "gone": False,
    }
    assert failure["versions"][0] == {
        "stage": "preprint",
        "venue": "arXiv",
        "venue_key": "arxiv",
        "year": 2021,
        "date": "2021-11-26",
        "doi": "10.48550/arxiv.2111.13733",
        "arxiv": "2111.13733",
        "openreview": "",
        "pages": "",
        "volume": "",
        "number": "",
    }


def test_what_needs_a_person_in_json(reader: Connection) -> None:
    shape = shapes.diff_json(docket.conflicts(reader), shelf.fixes(reader), shelf.changed(reader))
    assert json.loads(json.dumps(shape)) == shape
    (opened,), (settled,) = shape["open"], shape["settled"]
    assert opened["kind"] == "duplicate"
    assert opened["works"] == ["doe2017modes", "doe2025modes"]
    assert opened["records"] == [B, D]
    assert [e["bits"] for e in opened["evidence"]] == [8.0, -3.5]
    assert (settled["kind"], settled["work"], settled["field"], settled["rule"]) == (
        "field",
        "versteeg2022failure",
        "year",
        "over_before_posted",
    )
    assert (settled["proposed"], settled["title"]) == ("2022", "Failure Modes of Étale Things")
    assert [(c["value"], c["where"], c["seen"], c["struck_by"]) for c in settled["claims"]] == [
        ("2022", "arxiv.md:7", "2026-11-20", ""),
        ("2021", "page.md:7", "2026-11-20", "over_before_posted"),
    ]
    assert shape["fixes"] == [
        {
            "source": "page",
            "file": "index.md",
            "line": 264,
            "field": "year",
            "says": "CVPR 2021",
            "canon": "CVPR 2022",
            "work": "versteeg2022failure",
        }
    ]
    assert {"kind": "settled", "work": "versteeg2022failure"}.items() <= shape["changed"][
        -2
    ].items()


def test_conflicts_of_one_state(reader: Connection) -> None:
    assert [c.kind for c in docket.conflicts(reader, "open")] == ["duplicate"]
    assert [c.kind for c in docket.conflicts(reader, "settled", "decided")] == ["field"]


def test_one_work_with_every_claim_and_its_evidence(reader: Connection) -> None:
    key = "versteeg2022failure"
    work = find_work(shelf.listed(reader), key)
    fields, held = shelf.fields(reader, key), shelf.judgements(reader, key)
    year = next(f for f in fields if (f.slot, f.field) == ("conference", "year"))
    assert (year.value, year.rule, year.why) == ("2022", "over_before_posted", "2022 it is.")
    assert [(c.value, c.struck_by) for c in year.claims] == [
        ("2022", ""),
        ("2021", "over_before_posted"),
    ]
    assert [f.field for f in fields[:2]] == ["authors", "title"]
    assert held == [Judgement(A, C, "match", 4.5, EVIDENCE, "capped")]
    shape = shapes.show_json(work, fields, held)
    assert json.loads(json.dumps(shape)) == shape
    assert shape["fields"][1]["claims"][0]["value"] == "Failure Modes of Étale Things"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("DOE2017Modes", "doe2017modes"),
        ("page:c", "versteeg2022failure"),
        ("2111.13733", "versteeg2022failure"),
        ("https://arxiv.org/abs/2111.13733v3", "versteeg2022failure"),
        ("https://doi.org/10.1109/CVPR52688.2022.00001", "versteeg2022failure"),
        ("10.48550/arXiv.2111.13733", "versteeg2022failure"),
        ("étale", "versteeg2022failure"),
        ("ETALE modes", "versteeg2022failure"),
        ("modes  of failure", "doe2025modes"),
        ("learn", "doe2017modes"),
        ("2017", ""),
    ],
)
def test_finding_a_work(reader: Connection, words: str, key: str) -> None:
    works = shelf.listed(reader)
    random.Random(1).shuffle(works)
    if key:
        assert find_work(works, words).key == key
    else:
        with pytest.raises(FindError):
            find_work(works, words)


def test_an_alias_names_the_work(reader: Connection) -> None:
    works = [replace(work, aliases=(f"old{work.key}",)) for work in shelf.listed(reader)]
    assert find_work(works, "OldDoe2017modes").key == "doe2017modes"


def test_an_openreview_id_and_its_link(reader: Connection) -> None:
    first, *rest = shelf.listed(reader)
    shown = replace(first, versions=(replace(first.head, openreview="kEnBH98BGs5"),))
    for words in ("kEnBH98BGs5", "https://openreview.net/forum?id=kEnBH98BGs5"):
        assert find_work([shown, *rest], words) == shown


def test_words_of_several_titles_list_them(reader: Connection) -> None:
    with pytest.raises(FindError) as caught:
        find_work(shelf.listed(reader), "modes")
    assert str(caught.value).splitlines() == [
        "'modes' names 3 works:",
        "  doe2025modes  Modes of Failure",
        "  versteeg2022failure  Failure Modes of Étale Things",
        "  doe2017modes  Modes of Learning",
    ]


@pytest.mark.parametrize("words", ["", "  ", "…", "nowhere", "9999.99999"])
def test_words_of_no_title(reader: Connection, words: str) -> None:
    with pytest.raises(FindError, match=r"no work is called .*`harvest list` shows them all"):
        find_work(shelf.listed(reader), words)
