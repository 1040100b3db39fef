"""Answers in a file, from the command line: all of it is kept, or nothing."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_html_hostile import ALL, written
from test_terminal import moving
from test_walk import canon, held

from db.files import lock
from harvester.cli import main


def harvest(
    folder: Path, *words: str, env: dict[str, str] | None = None, input: str = ""
) -> Result:
    done = CliRunner(env=env).invoke(main, [*words, "--config", str(folder)], input=input)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.fixture(params=["queue.txt", "queue.csv"])
def file(request: pytest.FixtureRequest, folder: Path) -> Path:
    path = folder / str(request.param)
    done = harvest(folder, "diff", "--to", str(path))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "4 questions" in done.stderr
    return path


def answer(path: Path, *given: str) -> None:
    """Change the first lines that put a question off."""
    text = path.read_text(encoding="utf-8")
    for one in given:
        text = re.sub(r"((?:\]|,)[ ]?)later(?=,|\n)", lambda m, one=one: m[1] + one, text, count=1)  # type: ignore[misc]
    path.write_text(text, encoding="utf-8")


def test_what_is_answered_is_decided(folder: Path, file: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    ids = re.findall(r"\[([0-9a-f]{7})-", file.read_text(encoding="utf-8"))
    answer(file, "take b", "value 1999", "accept")
    done = harvest(folder, "diff", "--from", str(file))
    assert "3 decisions are kept" in done.stdout
    assert "1 question left" in done.stdout
    assert done.exit_code == 1
    for id, value in zip(ids, ("b", "1999", "a"), strict=False):
        harvest(other, "decide", "take", id, value)
    assert canon(folder) == canon(other)
    assert held(folder) == held(other)
    assert harvest(folder, "sync").output == ""


def test_unchanged_it_decides_nothing(folder: Path, file: Path) -> None:
    before = canon(folder)
    done = harvest(folder, "diff", "--from", str(file))
    assert "Nothing is decided." in done.stdout
    assert (canon(folder), held(folder)) == (before, [])


def test_one_mistake_and_nothing_is_decided(folder: Path, file: Path) -> None:
    before = canon(folder)
    answer(file, "accept", "take z", "value the year of the cat", "accept")
    lines = file.read_text(encoding="utf-8").split("\n")
    at = {word: n for n, line in enumerate(lines, 1) for word in ("take z", "cat") if word in line}
    done = harvest(folder, "diff", "--from", str(file))
    assert done.exit_code == 2
    assert f"{file.name}:{at['take z']}: there is no choice 'z'" in done.stderr
    assert f"{file.name}:{at['cat']}: 'the year of the cat' is no year" in done.stderr
    assert "Nothing is decided." in done.stderr
    assert (canon(folder), held(folder)) == (before, [])


def test_what_changed_meanwhile_is_refused_by_its_line(folder: Path, file: Path) -> None:
    ids = re.findall(r"\[([0-9a-f]{7})-", file.read_text(encoding="utf-8"))
    [(place,)] = rows(
        folder, f"SELECT place FROM conflict_claim WHERE conflict = '{ids[1]}' AND value LIKE '20%'"
    )[:1]
    text = (folder / "own.bib").read_text(encoding="utf-8").split("\n")
    first = int(place.rpartition(":")[2]) - 1
    at = next(n for n in range(first, len(text)) if "year" in text[n])
    text[at] = re.sub(r"\d{4}", "1987", text[at])
    (folder / "own.bib").write_text("\n".join(text), encoding="utf-8")
    harvest(folder, "sync")
    harvest(folder, "decide", "take", ids[2], "a")
    answer(file, "accept", "accept", "accept", "accept")
    done = harvest(folder, "diff", "--from", str(file))
    places = [line.partition(": ") for line in done.stderr.split("\n") if file.name in line]
    lines = file.read_text(encoding="utf-8").split("\n")
    told = {lines[int(place.rpartition(":")[2]) - 1][1:8]: reason for place, _, reason in places}
    assert told == {
        ids[1]: "this changed since it was asked; look at it again",
        ids[2]: "this is no longer asked: a sync or a decision settled it",
    }
    assert len(held(folder)) == 1


def rows(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "canon.db")) as connection:
        return connection.execute(question).fetchall()


def test_no_file_is_written_over(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    done = harvest(folder, "diff", "--to", str(file))
    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert file.read_bytes() == before


def test_a_file_that_is_no_text(folder: Path, file: Path) -> None:
    file.write_bytes(b"# one\n# two\n# \xff\n")
    done = harvest(folder, "diff", "--from", str(file))
    assert done.exit_code == 2
    assert f"{file.name}:3: is not UTF-8" in done.stderr


def test_through_pipes(folder: Path) -> None:
    text = harvest(folder, "diff", "--to", "-").stdout
    assert text.startswith("# harvest: 4 questions")
    done = harvest(folder, "diff", "--from", "-", input=text.replace("] later", "] accept"))
    assert "4 decisions are kept" in done.stdout
    assert "Nothing is left to decide." in done.stdout


def editor(folder: Path, program: str) -> dict[str, str]:
    """An editor that does this to its file."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    path.chmod(0o755)
    return {"EDITOR": str(path), "VISUAL": "", "TMPDIR": str(folder)}


@pytest.fixture(autouse=True)
def beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(folder))


def test_in_an_editor(folder: Path) -> None:
    env = editor(folder, r"""sed -i 's/^\(\[.*\]\) later$/\1 accept\nnote I was there/' "$1" """)
    done = harvest(folder, "diff", "--edit", env=env)
    assert "4 decisions are kept" in done.stdout
    assert rows(folder, "SELECT DISTINCT note FROM decision") == [("I was there",)]
    assert list(folder.glob("harvest-*")) == []


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("""sed -i 's/later$/sooner/' "$1" """, "'sooner' is no answer"),
        ("""sed -i 's/later$/take z/' "$1" """, "there is no choice 'z'"),
        ("""sed -i 's/later$/accept/' "$1"; exit 3""", "Editing failed"),
    ],
)
def test_what_was_written_is_not_lost(folder: Path, program: str, told: str) -> None:
    done = harvest(folder, "diff", "--edit", env=editor(folder, program))
    assert done.exit_code == 2
    assert told in done.stderr
    [kept] = folder.glob("harvest-*.txt")
    assert f"harvest diff --from {kept}" in done.stderr
    assert "later" not in kept.read_text(encoding="utf-8").rpartition("[")[2]
    assert held(folder) == []


def test_another_harvest_is_writing_and_the_file_stays(folder: Path) -> None:
    env = editor(folder, """sed -i 's/later$/accept/' "$1" """)
    with lock(folder / "canon.db"):
        done = harvest(folder, "diff", "--edit", env=env)
    assert done.exit_code == 75
    [kept] = folder.glob("harvest-*.txt")
    assert str(kept) in done.stderr
    assert harvest(folder, "diff", "--from", str(kept)).exit_code == 1
    assert len(held(folder)) == 4


def test_only_one_way_at_a_time(folder: Path) -> None:
    for words in (["--edit", "-i"], ["--edit", "--json"], ["--to", "x", "--patch"]):
        done = harvest(folder, "diff", *words)
        assert done.exit_code == 2
        assert "at a time" in done.stderr


def test_edit_may_stand_beside_the_files(folder: Path, tmp_path: Path) -> None:
    plain, beside = tmp_path / "plain.txt", tmp_path / "beside.txt"
    harvest(folder, "diff", "--to", str(plain))
    assert harvest(folder, "diff", "--edit", "--to", str(beside)).exit_code == 1
    assert beside.read_bytes() == plain.read_bytes()
    assert harvest(folder, "diff", "--edit", "--from", str(beside)).exit_code == 1


def test_hostile_text(folder: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    written(hostile, ALL)
    for name in ("queue.txt", "queue.csv"):
        path = hostile / name
        done = harvest(hostile, "diff", "--to", str(path))
        assert done.exit_code == 1
        assert moving(path.read_text(encoding="utf-8").removeprefix("\ufeff")) == set()
        answer(path, "value \x1b[2J")
        done = harvest(hostile, "diff", "--from", str(path))
        assert done.exit_code == 2
        assert moving(done.output) == set()
