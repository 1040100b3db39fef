"""Exports of one profile that pile up in a folder: one source with a history."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvester.cli import main

ENTRY = """@inproceedings{{{key},
  title={{{title}}},
  author={{Galstyan, Aram and Harutyunyan, Hrayr}},
  booktitle={{International Conference on Machine Learning}},
  year={{{year}}}
}}

"""
KNITTING = "A lower bound for knitting with two needles"
WEAVING = "Weaving without a loom is undecidable"
FELT = "Felt and other non-woven manifolds"
LACE = "Lace as a sparse graph"
YARN = "Spinning yarn from very short fibres"


def export(*titles: str) -> str:
    entries = enumerate(titles)
    return "".join(ENTRY.format(key=f"k{at}", title=title, year=2019) for at, title in entries)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of exports in a workspace of no other source, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    (tmp_path / "harvest.toml").write_text(
        '[[person]]\nname = "Hrayr Harutyunyan"\n\n'
        '[[source]]\nadapter = "scholar"\npath = "exports/*"\n',
        encoding="utf-8",
    )
    return tmp_path / "exports"


def titles() -> set[str]:
    return {work["title"] for work in json.loads(run("list", "--json").stdout)["works"]}


def gone(folder: Path) -> int:
    with sqlite3.connect(folder / "canon.db") as connection:
        query = "SELECT count(*) FROM record WHERE gone_since IS NOT NULL"
        (number,) = connection.execute(query).fetchone()
    connection.close()
    return int(number)


def test_a_newer_export_takes_the_place_of_the_older(exports: Path) -> None:
    (exports / "2022-08-16.bib").write_text(export(KNITTING, WEAVING, FELT), encoding="utf-8")
    first = run("sync")
    assert (first.exit_code, first.stderr) == (0, "")

    # In two formats, and with the oldest changed last: the names tell the dates.
    newest = export(KNITTING, WEAVING, LACE, YARN)
    (exports / "2024-02-04.bib").write_text(newest, encoding="utf-8")
    (exports / "2023-01-01.ris").write_text(f"TY  - CONF\nT1  - {FELT}\nER  - \n", encoding="utf-8")
    (exports / "2022-08-16.bib").touch()
    second = run("sync")
    assert second.exit_code == 0
    said = "exports/*: exports/2024-02-04.bib is read, the newest by the date in its name"
    assert second.stderr == f"{said}; 2 older files are not\n"
    assert titles() == {KNITTING, WEAVING, FELT, LACE, YARN}
    assert gone(exports.parent) == 1

    third = run("sync")
    assert (third.exit_code, third.stdout, third.stderr) == (0, "", "")
    (source,) = json.loads(run("status", "--json").stdout)["sources"]
    assert source["records"] == 4


def test_what_comes_back_is_there_again(exports: Path) -> None:
    (exports / "2022.bib").write_text(export(KNITTING, WEAVING, FELT), encoding="utf-8")
    run("sync")
    (exports / "2023.bib").write_text(export(KNITTING, WEAVING), encoding="utf-8")
    run("sync")
    assert gone(exports.parent) == 1
    (exports / "2024.bib").write_text(export(FELT, KNITTING, WEAVING), encoding="utf-8")
    run("sync")
    assert gone(exports.parent) == 0


def test_a_newer_export_of_a_few_rows_is_a_failure(exports: Path) -> None:
    (exports / "2022.bib").write_text(export(KNITTING, WEAVING, FELT, LACE), encoding="utf-8")
    run("sync")
    (exports / "2024.bib").write_text(export(KNITTING), encoding="utf-8")
    done = run("sync")
    assert done.exit_code == 3  # there is no other source that could land
    assert "sent 1 record where it had 4; nothing was changed" in done.stderr
    assert gone(exports.parent) == 0
    assert titles() == {KNITTING, WEAVING, FELT, LACE}


def test_text_decoded_twice_is_mended_and_said_once(exports: Path) -> None:
    spoilt = WEAVING.replace("undecidable", "unmÃ¶glich")
    (exports / "citations.bib").write_text(export(KNITTING, spoilt), encoding="utf-8")
    first = run("sync")
    assert first.exit_code == 0
    assert 'reads "unmÃ¶glich", taken as "unmöglich"; correct it in the file' in first.stderr
    assert "exports/citations.bib:9:" in first.stderr
    assert titles() == {KNITTING, WEAVING.replace("undecidable", "unmöglich")}
    assert run("sync").stderr == ""
