"""Commands as a user runs them, and what they say when the world is at fault."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvester.cli import main

ENTRY = """@inproceedings{{{key},
  title={{{title}}},
  author={{Byron, Ada and Friedman, Kurt}},
  booktitle={{International Conference on Machine Learning}},
  year={{{year}}}
}}
"""


def entry(title: str, year: int = 2020, key: str = "byron") -> str:
    return ENTRY.format(title=title, year=year, key=key)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one small .bib file, and the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.bib").write_text(entry("Weighted judgements of scattered records"))
    assert run("init", "--name", "Ada Byron", "--bibtex", "own.bib").exit_code == 0
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def add_source(folder: Path, text: str) -> None:
    with (folder / "harvest.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[source]]\n{text}\n")


def test_help_loads_nothing_heavy() -> None:
    """`harvest --help` starts at once; what a command needs, it imports when it runs."""
    code = "import sys; from harvester.cli import main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = "sqlmodel sqlalchemy alembic pydantic httpx feedparser rapidfuzz bibtexparser".split()
    heavy += ["pylatexenc", "anyascii", "harvester.reconcile", "harvester.sync", "sqlite3"]
    assert "click" in loaded
    assert loaded & set(heavy) == set()


def test_reading_commands_load_no_tables() -> None:
    code = (
        "import sys, harvester.shelf, harvester.shapes, harvester.report, harvester.find\n"
        "import db.reading; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"sqlmodel", "sqlalchemy", "httpx", "pydantic"} == set()


def test_init_writes_what_load_reads(folder: Path) -> None:
    text = (folder / "harvest.toml").read_text(encoding="utf-8")
    assert 'name = "Ada Byron"' in text
    assert 'path = "own.bib"' in text
    done = run("init", "--name", "Ada Byron", "--bibtex", "own.bib")
    assert (done.exit_code, "is there already" in done.stderr) == (2, True)


def test_the_straight_line(folder: Path) -> None:
    done = run("sync")
    assert done.exit_code == 0
    assert done.stdout.startswith("new       byron2020weighted")
    assert "@inproceedings{byron2020weighted" in (folder / "canon.bib").read_text()
    assert run("sync").output == ""
    assert "Weighted judgements" in run("list").stdout
    shown = run("show", "weighted")
    assert "own.bib:3" in shown.stdout
    assert run("diff").exit_code == 0
    assert json.loads(run("status", "--json").stdout)["sources"][0]["records"] == 1
    assert "new" in run("log").stdout
    assert run("export", "-o", "other.bib").exit_code == 0
    assert (folder / "other.bib").read_bytes() == (folder / "canon.bib").read_bytes()
    assert run("export").stdout == (folder / "canon.bib").read_text()


def test_an_export_writes_over_nothing_that_somebody_else_wrote(folder: Path) -> None:
    run("sync")
    before = (folder / "own.bib").read_bytes()
    done = run("export", "-o", "own.bib")
    assert done.exit_code == 2
    assert "own.bib: was not written by harvest; move it away" in done.stderr
    assert (folder / "own.bib").read_bytes() == before
    assert run("export", "-o", "canon.bib").exit_code == 0


def test_a_long_first_sync_is_summed_up_and_a_later_one_is_not(folder: Path) -> None:
    syllables = "ba ce di fo gu ka le mi no pu".split()
    pairs = [a + b for a in syllables for b in syllables]
    titles = [
        f"{a}{b} {b}{a} {a[::-1]}{b}" for a, b in zip(pairs[:60], pairs[60:] + pairs, strict=False)
    ]
    entries = [entry(title, 1950 + at, f"k{at}") for at, title in enumerate(titles)]
    (folder / "own.bib").write_text("\n".join(entries))
    assert run("sync").stdout == "60 works out of 60 records: harvest list\n"
    (folder / "own.bib").write_text("\n".join([*entries, entry("Weighted judgements", 2020, "w")]))
    assert run("sync").stdout.startswith("new       byron2020weighted")


def test_a_dry_run_says_what_would_change_and_changes_nothing(folder: Path) -> None:
    done = run("sync", "--dry-run")
    assert done.stdout.startswith("new       byron2020weighted")
    assert not (folder / "canon.db").exists()
    assert not (folder / "canon.bib").exists()
    assert run("sync").stdout == done.stdout


def test_a_missing_file_fails_alone(folder: Path) -> None:
    add_source(folder, 'adapter = "page"\npath = "nowhere.md"')
    done = run("sync")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "nowhere.md: no such file or folder; check the path in harvest.toml"
    ]
    assert "byron2020weighted" in done.stdout
    assert "nowhere.md" in run("status").stdout
    assert run("diff").stderr == "1 source failed in the last sync: harvest status\n"
    (folder / "nowhere.md").write_text("")
    assert run("sync").exit_code == 0
    assert run("diff").stderr == ""


def test_nothing_that_can_be_read_is_exit_3(folder: Path) -> None:
    (folder / "own.bib").unlink()
    assert run("sync").exit_code == 3


def test_a_broken_entry_loses_itself_alone(folder: Path) -> None:
    text = entry("Weighted judgements of scattered records") + "@article{broken,\n  title={Open\n"
    (folder / "own.bib").write_text(text + "\n" + entry("Another paper on editions", 2021, "b"))
    done = run("sync")
    assert done.exit_code == 0
    assert done.stderr.startswith("own.bib:7: ")
    assert len(done.stderr.splitlines()) == 1
    assert len(json.loads(run("list", "--json").stdout)["works"]) == 2
    assert run("sync").output == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]\nadapter =", "is not TOML"),
        ('[[source]]\nadapter = "arvix"\npath = "x"', "did you mean 'arxiv'?"),
        ('[[source]]\nadapter = "bibtex"\npaht = "x"', "did you mean 'path'?"),
        ('[[source]]\nadapter = "bibtex"', "needs path"),
        ("[canon]\nbib = 3\n[[source]]\nadapter = 'bibtex'\npath = 'x'", "must be text"),
        ("[source]\nadapter = 'bibtex'", "in double brackets"),
        ("", "has no [[source]]"),
        (
            "[[source]]\nadapter='page'\npath='a'\n[[source]]\nadapter='page'\npath='b'",
            "two sources are called 'page'",
        ),
    ],
)
def test_a_faulty_configuration_is_one_line_and_exit_2(folder: Path, text: str, said: str) -> None:
    (folder / "harvest.toml").write_text(text, encoding="utf-8")
    done = run("sync")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("harvest.toml: ")
    assert said in done.stderr
    assert not (folder / "canon.db").exists()


def test_no_workspace_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("list")
    assert done.exit_code == 2
    assert "harvest init" in done.stderr


def test_reading_before_the_first_sync_says_what_to_do(folder: Path) -> None:
    done = run("list")
    assert done.exit_code == 2
    assert "harvest sync" in done.stderr
    assert not (folder / "canon.db").exists()


def test_a_page_that_is_something_else(folder: Path) -> None:
    (folder / "cv.pdf").write_bytes(b"%PDF-1.7 ...")
    add_source(folder, 'adapter = "page"\nname = "cv"\npath = "cv.pdf"')
    done = run("sync")
    assert done.exit_code == 1
    assert done.stderr == "cv.pdf: is a PDF; give the text or Markdown of it\n"


def test_a_database_that_is_none(folder: Path) -> None:
    (folder / "canon.db").write_text("not a database, but long enough to be read as one" * 50)
    for command in ("sync", "list"):
        done = run(command)
        assert done.exit_code == 2
        assert "canon.db" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_an_emptied_source_is_a_failure_and_no_deletion(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "a.bib").write_text(entry("Another paper on editions", 2021, "b"))
    add_source(folder, 'adapter = "bibtex"\nname = "more"\npath = "more"')
    run("sync")
    (folder / "own.bib").write_text("% nothing left\n")
    done = run("sync")
    assert done.exit_code == 1
    assert "sent no records where it had 1" in done.stderr
    assert len(json.loads(run("list", "--json").stdout)["works"]) == 2


def test_a_source_taken_out_of_the_configuration_is_gone_and_still_known(folder: Path) -> None:
    (folder / "more.bib").write_text(entry("Another paper on editions", 2021, "b"))
    config = (folder / "harvest.toml").read_text(encoding="utf-8")
    add_source(folder, 'adapter = "bibtex"\nname = "more"\npath = "more.bib"')
    run("sync")
    (folder / "harvest.toml").write_text(config, encoding="utf-8")
    assert run("sync").stdout.startswith("gone      byron2021another")
    works = json.loads(run("list", "--json").stdout)["works"]
    assert {work["key"]: work["gone"] for work in works} == {
        "byron2020weighted": False,
        "byron2021another": True,
    }


def test_same_and_apart_hold_and_are_undone(folder: Path) -> None:
    text = entry("Weighted judgements of scattered records") + entry("Something else", 2021, "b")
    (folder / "own.bib").write_text(text)
    run("sync")
    before = run("list").stdout, (folder / "canon.bib").read_bytes()
    done = run("decide", "same", "byron2020weighted", "byron2021something", "--note", "one talk")
    assert done.exit_code == 0, done.output
    assert len(json.loads(run("list", "--json").stdout)["works"]) == 1
    done = run("decide", "apart", "own.bib", "x")
    assert done.exit_code == 2
    records = json.loads(run("list", "--json").stdout)["works"][0]["records"]
    done = run("decide", "apart", *records)
    assert (done.exit_code, "harvest undo" in done.stderr) == (2, True)
    assert run("undo").exit_code == 0
    assert (run("list").stdout, (folder / "canon.bib").read_bytes()) == before
    assert run("undo").exit_code == 2


def test_words_that_name_two_works_are_refused(folder: Path) -> None:
    text = entry("Weighted judgements of scattered records") + entry("Weighted nets", 2021, "b")
    (folder / "own.bib").write_text(text)
    run("sync")
    done = run("show", "weighted")
    assert done.exit_code == 2
    assert "byron2020weighted" in done.stderr
    assert "byron2021weighted" in done.stderr


def test_unknown_source_name(folder: Path) -> None:
    done = run("sync", "--source", "homepage")
    assert (done.exit_code, done.stderr) == (
        2,
        "no source is called 'homepage'; there are bibtex\n",
    )


def test_hostile_text_does_not_reach_the_terminal(folder: Path) -> None:
    title = "Weighted \x1b[31m judgements \u202e of \x07 scattered records"
    (folder / "own.bib").write_text(entry(title))
    run("sync")
    for command in (["list"], ["diff"], ["show", "weighted"], ["log"]):
        out = run(*command).stdout
        assert not set(out) & set("\x1b\x07\u202e"), command


def test_output_fits_80_columns(folder: Path) -> None:
    title = "A title that is longer than any line could hold, " * 4
    (folder / "own.bib").write_text(entry(title))
    run("sync")
    for command in (["list"], ["diff"], ["show", "byron2020title"], ["status"], ["log"]):
        lines = run(*command).stdout.splitlines()
        assert [line for line in lines if len(line) > 80] == []


def two_years(folder: Path) -> str:
    """A question: two files that name two years of one paper. Returns its id."""
    title = "Weighted judgements of scattered records"
    (folder / "own.bib").write_text(entry(title, 2020) + entry(title + ".", 2021, "b"))
    assert run("sync").exit_code == 0
    [question] = json.loads(run("diff", "--json").stdout)["open"]
    assert question["field"] == "year"
    return str(question["id"])


def test_a_letter_means_the_same_value_whatever_was_decided(folder: Path) -> None:
    question = two_years(folder)
    for letter, year in (("b", 2021), ("a", 2020), ("b", 2021)):
        assert f"take {year}" in run("decide", "take", question, letter).stdout
        assert json.loads(run("list", "--json").stdout)["works"][0]["year"] == year


@pytest.mark.parametrize("value", ["c", "q", "banana", "20x", "0", "99999999999999999999", "", " "])
def test_a_value_that_the_field_cannot_hold_is_refused(folder: Path, value: str) -> None:
    question = two_years(folder)
    before = (folder / "canon.bib").read_bytes()
    done = run("decide", "take", question, value)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert (folder / "canon.bib").read_bytes() == before


def test_a_person_settles_whose_an_identifier_is(folder: Path) -> None:
    """Two papers with one DOI, and nothing that tells whose it is."""
    doi = "year={2020},\n  doi={10.1000/abc.1}"
    other = entry("Something else", key="b").replace("Friedman, Kurt", "Roth, Ina")
    text = entry("Weighted judgements of scattered records") + other
    (folder / "own.bib").write_text(text.replace("year={2020}", doi))
    run("sync")
    [question] = json.loads(run("diff", "--json").stdout)["open"]
    assert question["kind"] == "identifier"
    assert "Something else" in run("diff").stdout
    assert run("decide", "take", question["id"], "Something else").exit_code == 0
    works = json.loads(run("list", "--json").stdout)["works"]
    assert {work["title"]: work["doi"] for work in works} == {
        "Something else": "10.1000/abc.1",
        "Weighted judgements of scattered records": "",
    }
    assert json.loads(run("diff", "--json").stdout)["open"] == []
    assert run("undo").exit_code == 0
    assert json.loads(run("diff", "--json").stdout)["open"] == [question]


@pytest.mark.parametrize("name", ["canon.db", "harvest.toml", "own.bib"])
def test_no_file_is_overwritten_that_harvest_did_not_write(folder: Path, name: str) -> None:
    config = folder / "harvest.toml"
    text = config.read_text(encoding="utf-8").replace('bib = "canon.bib"', f'bib = "{name}"')
    config.write_text(text, encoding="utf-8")
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("sync")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept


def test_a_byte_order_mark_in_the_configuration_is_read_past(folder: Path) -> None:
    config = folder / "harvest.toml"
    config.write_bytes(b"\xef\xbb\xbf" + config.read_bytes())
    assert run("sync").exit_code == 0


def test_a_page_without_publications_is_named(folder: Path) -> None:
    (folder / "empty.md").write_text("# About me\n\nI like chess.\n")
    add_source(folder, 'adapter = "page"\npath = "empty.md"')
    done = run("sync")
    assert done.exit_code == 0
    assert "nothing in it can be read as a publication" in done.stderr
    assert run("sync").stderr == ""


def test_derived_tables_that_were_dropped_are_made_again(folder: Path) -> None:
    run("sync")
    before = run("list", "--json").stdout, (folder / "canon.bib").read_bytes()
    with sqlite3.connect(folder / "canon.db") as connection:
        for table in ("fix", "claim", "conflict", "version"):
            connection.execute(f"DROP TABLE {table}")
    connection.close()
    assert run("sync").exit_code == 0
    assert (run("list", "--json").stdout, (folder / "canon.bib").read_bytes()) == before
