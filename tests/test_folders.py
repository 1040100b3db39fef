"""Labelled sets however they are written down, and what becomes of a run where one is broken."""

import csv
import json
import sys
from pathlib import Path

import pytest

from benchmarks import contenders, match
from benchmarks.contenders import OURS, Contender
from benchmarks.folders import HARDLY, SetError, cases, clean_sources, places
from benchmarks.match import main
from benchmarks.sets import Case, Score, read

ROWS = ("id,source,title", "a,s,One", "b,t,One", "c,t,Two")
SIDES = "title_a,authors_a,venue_a,year_a,title_b,authors_b,venue_b,year_b"


def table(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path.parent


def found(folder: Path, made: Path) -> list[Case]:
    return [case for place in places(folder) for case in cases(place, made)]


def kinds(folder: Path, made: Path) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [(case.name, case.by, case.clean, case.records) for case in found(folder, made)]


def test_every_kind_of_set_is_found(tmp_path: Path) -> None:
    sets, made = tmp_path / "sets", tmp_path / "made"
    for name in ("clusters", "matches", "pairs"):
        table(sets / name / "records.csv", *ROWS)
    table(sets / "clusters" / "clusters.csv", "id,cluster", "a,1", "b,1", "c,2")
    table(sets / "matches" / "matches.csv", "id_a,id_b", "a,b")
    table(sets / "pairs" / "pairs.csv", "id_a,id_b,label", "b,c,version", "a,c,different")
    two = ("1,One,Ann,,,one,A,,", "0,One,Ann,,,Two,A,,", "1,Six,Ann,,,Six,A,,")
    table(sets / "sided" / "pairs.csv", f"label,{SIDES}", *two)
    said = {"id": "1", "title": "One", "authors": ["Ann Doe", "Max Roe"], "year": 2020}
    case = {"case": "x", "expect": "match", "a": said, "b": said}
    table(sets / "scenarios.jsonl", json.dumps(case), json.dumps(case | {"expect": "apart"}))
    assert kinds(sets, made) == [
        ("clusters", "version", (), 3),
        ("matches", "version", (), 3),
        ("matches", "version", ("s", "t"), 3),
        ("pairs", "work", (), 3),
        ("sided", "version", (), 5),
        ("sided", "version", ("a", "b"), 5),
        ("scenarios", "work", (), 4),
    ]
    with (made / "scenario000" / "records.csv").open(encoding="utf-8") as file:
        assert [row["authors"] for row in csv.DictReader(file)] == ["Ann Doe; Max Roe"] * 2


def test_the_folder_may_be_the_set_and_columns_in_any_order(tmp_path: Path) -> None:
    table(tmp_path / "records.csv", "Year,Title,ID, venue", "2001,One,7,V", "2002,One,8,V")
    table(tmp_path / "clusters.csv", "Cluster,id", "x,8", "x,7")
    [case] = found(tmp_path, tmp_path / "made")
    assert (case.name, case.folders, case.truths[0].pairs) == (tmp_path.name, (tmp_path,), 1)


@pytest.mark.parametrize(
    ("column", "one", "two", "level"),
    [
        ("label", "1", "0", "version"),
        ("match", "True", "False", "version"),
        ("match", "1.0", "0.0", "version"),
        ("label", "match", "apart", "work"),
        ("expect", "match", "apart", "work"),
        ("label", "Version", "different", "work"),
    ],
)
def test_labels_in_every_spelling(
    column: str, one: str, two: str, level: str, tmp_path: Path
) -> None:
    table(tmp_path / "records.csv", *ROWS)
    table(tmp_path / "pairs.csv", f"{column},ltable_id,rtable_id", f"{one},a,b", f"{two},a,c")
    case = found(tmp_path, tmp_path / "made")[0]
    assert case.by == level
    assert case.truths[0].score(dict.fromkeys("abc", "x")) == Score(2, 1, 1)


def test_two_tables_are_one_set(tmp_path: Path) -> None:
    place = table(tmp_path / "sets" / "ds" / "DBLP1.csv", "id,title,authors", "1,One,A", "2,Two,A")
    table(place / "Scholar.csv", "id,title,authors,year", "1,Two,A,", "2,One,A,2001", "3,ONE,A,")
    table(place / "DBLP-Scholar_mapping.csv", "idScholar,idDBLP", "2,1", "3,1", "1,2")
    open_case, clean = found(tmp_path / "sets", tmp_path / "made")
    assert [row["id"] for row in read(open_case.folders[0] / "records.csv")] == [
        *("DBLP1:1", "DBLP1:2", "Scholar:1", "Scholar:2", "Scholar:3")
    ]
    assert open_case.truths[0].pairs == 3
    assert ("Scholar:3", "DBLP1:1") in open_case.truths[0].one
    assert clean.clean == ("DBLP1",)


def test_a_source_is_clean_if_hardly_any_record_has_two_of_it() -> None:
    sources = {f"{side}{n}": side for side in "ds" for n in range(300)}
    one = [(f"d{n}", f"s{n}") for n in range(100)]
    assert clean_sources(one, sources) == ("d", "s")
    cited = [*one, *((f"d{n}", f"s{n + 100}") for n in range(100))]
    assert clean_sources(cited, sources) == ("d",)
    editions = [*one, *((f"d{n + 200}", f"s{n}") for n in range(int(100 * HARDLY)))]
    assert clean_sources(editions, sources) == ("d", "s")
    assert clean_sources([*editions, ("d299", "s50")], sources) == ("s",)
    assert clean_sources([*one, ("d1", "d2")], sources) == ()


def test_true_pairs_within_one_source_count(tmp_path: Path) -> None:
    table(tmp_path / "records.csv", "id,title", "a,One", "b,One", "c,Two")
    table(tmp_path / "matches.csv", "id1,id2", "a,b")
    [case] = found(tmp_path, tmp_path / "made")
    assert case.truths[0].score({"a": "x", "b": "x", "c": "x"}) == Score(3, 1, 1)


def test_who_is_in_no_cluster_is_alone_and_two_truths_are_two_sets(tmp_path: Path) -> None:
    place = table(tmp_path / "records.csv", *ROWS)
    table(place / "clusters.csv", "id,cluster", "a,1", "b,1")
    table(place / "matches.csv", "id_a,id_b", "a,b")
    whole, pairs, _ = found(place, tmp_path / "made")
    assert whole.truths[0].score(dict.fromkeys("abc", "x")) == Score(3, 1, 1)
    assert (whole.name, pairs.name) == (f"{place.name}/clusters", f"{place.name}/matches")


def test_latin_1_and_long_fields_are_read(tmp_path: Path) -> None:
    long = "x" * 200_000
    (tmp_path / "a.csv").write_bytes(
        f"id,title\n1,M\xfcller {long}\n2\n\n3,x,y\n".encode("latin-1")
    )
    rows = read(tmp_path / "a.csv")
    assert rows[0]["title"] == f"Müller {long}"
    assert rows[1:] == [{"id": "2", "title": ""}, {"id": "3", "title": "x"}]


@pytest.mark.parametrize(
    ("name", "rows", "error"),
    [
        ("matches.csv", ("id_a,id_b", "a,z"), "matches.csv: 'z' is in no table"),
        ("clusters.csv", ("id,cluster", "z,1"), "clusters.csv: 'z' is in no table"),
        ("pairs.csv", ("id_a,id_b,label", "a,b,maybe"), "pairs.csv: label 'maybe' is none of 0"),
        ("notes.csv", ("when,what", "now,this"), "no truth: clusters.csv, matches.csv or pairs"),
    ],
)
def test_a_broken_set_is_named(
    name: str, rows: tuple[str, ...], error: str, tmp_path: Path
) -> None:
    table(tmp_path / "records.csv", *ROWS)
    table(tmp_path / name, *rows)
    with pytest.raises(SetError, match=error):
        found(tmp_path, tmp_path / "made")


def test_a_wrong_folder_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path / "some" / "set" / "records.csv", *ROWS) / "records.csv"
    for folder, said in (
        (tmp_path / "nowhere", "is not there"),
        (file, "is a file; give the folder of the sets"),
        (tmp_path, f"there are some in {tmp_path / 'some'}"),
    ):
        assert main([str(folder)]) == 2
        assert f"{folder}: " in (told := capsys.readouterr().err)
        assert said in told
    table(file.with_name("clusters.csv"), "id,cluster", "a,1")
    assert main([str(tmp_path / "some"), "--set", "cora"]) == 2
    assert "no labelled set named cora, but set" in capsys.readouterr().err


def test_a_broken_set_and_a_broken_peer_do_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table(tmp_path / "broken" / "records.csv", *ROWS)
    table(tmp_path / "whole" / "records.csv", *ROWS)
    table(tmp_path / "whole" / "clusters.csv", "id,cluster", "a,1", "b,1", "c,2")
    # 'crashing' is no peer that benchmarks.peers knows: its process ends with an error.
    peers = (Contender("absent", "no_such_module"), Contender("crashing"), Contender("exact title"))
    monkeypatch.setattr(match, "CONTENDERS", (Contender(OURS), *peers))
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "broken: no truth" in told.err
    lines = [line.split() for line in told.out.splitlines() if line]
    assert any(line[:4] == ["absent", "is", "not", "installed"] for line in lines)
    assert any(line[:2] == ["crashing", "failed:"] for line in lines)
    assert any(line[:5] == ["exact", "title", "100.00", "100.00", "100.00"] for line in lines)
    assert told.out.count("\n  harvest ") == 1


def test_a_peer_that_writes_nothing_or_too_little_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table(tmp_path / "records.csv", *ROWS)
    table(tmp_path / "matches.csv", "id_a,id_b", "a,b")
    program = tmp_path / "peer.py"
    monkeypatch.setattr(
        contenders, "_command", lambda *words: (sys.executable, str(program), words[-1])
    )
    for code, said in (
        ("", "failed: ended well, and wrote no clusters"),
        (
            "open(sys.argv[1] + '/clusters.csv', 'w').write('id,cluster\\nb,1\\n')",
            "failed: a is in",
        ),
        ("import os; os.kill(os.getpid(), 9)", "failed: killed; out of memory?"),
    ):
        program.write_text(f"import sys\n{code}\n")
        assert main([str(tmp_path), "--only", "exact title"]) == 0
        assert said in capsys.readouterr().out
