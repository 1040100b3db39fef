"""The walk through the queue, in a real pseudo-terminal."""

import re
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_html_hostile import ALL, written
from test_terminal import moving

from benchmarks.pseudo import PROMPT, Terminal
from db.files import lock
from harvester.cli import main

STYLE = re.compile(r"\x1b\[(?:[0-9;]*m|K)|\r")


def harvest(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--config", str(folder)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output


def rows(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "canon.db")) as connection:
        return connection.execute(question).fetchall()


def canon(folder: Path) -> tuple[bytes, list[Any]]:
    """What is published, and the state of every conflict."""
    states = rows(folder, "SELECT id, state, proposed FROM conflict ORDER BY id")
    return (folder / "canon.bib").read_bytes(), states


def held(folder: Path) -> list[Any]:
    return rows(folder, "SELECT value FROM decision WHERE undone_at IS NULL ORDER BY id")


@pytest.fixture
def walk(folder: Path) -> Iterator[Terminal]:
    """A walk that stands before the first of four questions."""
    made = Terminal("diff", "-i", cwd=folder)
    made.until(PROMPT)
    yield made
    if made.process.poll() is None:
        made.process.kill()
    made.process.wait()


def test_each_answer_is_kept_as_it_is_given(folder: Path, walk: Terminal) -> None:
    before = canon(folder)
    walk.press("a")
    assert "2 of 4, 1 decided" in walk.until(PROMPT)
    assert len(held(folder)) == 1
    assert canon(folder) == before, "deriving waits for the end"
    walk.press("y")
    walk.until(PROMPT)
    walk.press("l")
    walk.until(PROMPT)
    walk.press("q")
    told, code = walk.end()
    assert "2 decisions are kept" in told
    assert "2 questions left" in told
    assert code == 1
    states = [state for _, state, _ in canon(folder)[1] if state != "settled"]
    assert sorted(states) == ["decided", "decided", "open", "open"]
    assert harvest(folder, "sync") == "", "nothing was left to the next sync"


def test_a_walk_decides_what_the_command_decides(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    walk = Terminal("diff", "-i", cwd=folder)
    [id] = re.findall(r"\[([0-9a-f]{7})\]", walk.until(PROMPT))
    walk.press("b")
    walk.until(PROMPT)
    walk.press("\x03")
    walk.end()
    harvest(other, "decide", "take", id, "b")
    assert canon(folder) == canon(other)
    kept = "SELECT kind, records, field, slot, value, note FROM decision"
    assert rows(folder, kept) == rows(other, kept)


def test_undo_goes_back_and_leaves_nothing(folder: Path, walk: Terminal) -> None:
    before = canon(folder)
    walk.press("u")
    assert "Nothing is decided in this walk yet" in walk.until(PROMPT)
    walk.press("a")
    walk.until(PROMPT)
    walk.press("b")
    assert "3 of 4" in walk.until(PROMPT)
    walk.press("u")
    assert "2 of 4, 1 decided" in walk.until(PROMPT)
    walk.press("u")
    assert "1 of 4" in walk.until(PROMPT)
    walk.press("q")
    assert "Nothing is decided" in walk.end()[0]
    assert held(folder) == []
    assert canon(folder) == before


def test_a_value_is_typed(folder: Path, walk: Terminal) -> None:
    walk.press("t")
    walk.until("value:")
    walk.type("the year of the cat")
    assert "Not kept: 'the year of the cat' is no year" in walk.until(PROMPT)
    walk.press("t")
    walk.until("value:")
    walk.type("")
    walk.until(PROMPT)
    walk.press("t")
    walk.until("value:")
    walk.type("1999")
    assert "take 1999" in walk.until(PROMPT)
    walk.press("t")
    walk.until("value:")
    walk.type("b")
    walk.until(PROMPT)
    walk.press("\x04")
    walk.end()
    first, second = held(folder)
    assert first == ("1999",)
    assert second[0].startswith("20")


def test_why_and_what_is_no_key_decide_nothing(folder: Path, walk: Terminal) -> None:
    for pressed in ("z", "\x1b[A", "ab", "a pasted text", " ", "\n", "é"):
        walk.press(pressed)
        assert "one of a b t y" in walk.until(PROMPT)
    assert held(folder) == []
    walk.press("w")
    told = walk.until(PROMPT)
    assert "own.bib:" in told
    assert "over_before_posted" in told
    walk.press("a\x03")
    walk.end()
    assert held(folder) == []


def test_killed_without_warning(folder: Path, walk: Terminal) -> None:
    walk.press("a")
    walk.until(PROMPT)
    walk.kill()
    before = held(folder)
    assert len(before) == 1
    again = Terminal("diff", "-i", cwd=folder)
    assert "2 of 4" in again.until(PROMPT), "what is decided is not asked again"
    again.press("q")
    again.end()
    assert held(folder) == before
    assert len(rows(folder, "SELECT 1 FROM conflict WHERE state = 'decided'")) == 1


def test_the_next_sync_catches_up_with_a_killed_walk(folder: Path, walk: Terminal) -> None:
    long_ago = "UPDATE run SET started = '2026-01-01T00:00:00+00:00'"
    with closing(sqlite3.connect(folder / "canon.db")) as connection:
        connection.execute(long_ago)
        connection.commit()
    notice = "1 decision that the canon does not follow yet: harvest sync"
    assert notice not in harvest(folder, "diff")
    walk.press("a")
    walk.until(PROMPT)
    walk.kill()
    assert notice in harvest(folder, "diff")
    assert "decided" in harvest(folder, "sync")
    assert harvest(folder, "sync") == ""
    assert notice not in harvest(folder, "diff")


def test_told_to_end_it_says_what_is_left_to_do(folder: Path, walk: Terminal) -> None:
    walk.press("a")
    walk.until(PROMPT)
    walk.process.send_signal(signal.SIGTERM)
    told, code = walk.end()
    assert "1 decision is kept. The canon does not follow yet: harvest sync" in told
    assert code == 128 + signal.SIGTERM
    assert len(held(folder)) == 1


def test_a_closed_terminal_leaves_no_stale_bib(folder: Path, walk: Terminal) -> None:
    walk.press("a")
    walk.until(PROMPT)
    assert walk.hang_up() == 1
    assert harvest(folder, "sync") == ""
    assert len(rows(folder, "SELECT 1 FROM conflict WHERE state = 'decided'")) == 1


@pytest.mark.parametrize("keys", ["a", "q", "aq"])
def test_a_terminal_closed_while_it_prints_leaves_no_stale_bib(
    folder: Path, walk: Terminal, keys: str
) -> None:
    for key in keys:
        walk.press(key)
    assert walk.hang_up() in (1, -signal.SIGHUP)
    assert harvest(folder, "sync") == ""


def test_another_harvest_is_writing(folder: Path, walk: Terminal) -> None:
    with lock(folder / "canon.db"):
        walk.press("a")
        assert "Not kept:" in (told := walk.until(PROMPT))
        assert "another harvest is writing" in " ".join(told.split())
        assert "1 of 4" in told
    walk.press("a")
    walk.until(PROMPT)
    with lock(folder / "canon.db"):
        walk.press("q")
        told, code = walk.end()
    assert "1 decision is kept. The canon does not follow yet: harvest sync" in told
    assert code == 75


def test_a_question_that_changed_meanwhile_is_asked_anew(folder: Path, walk: Terminal) -> None:
    [id] = re.findall(r"\[([0-9a-f]{7})\]", walk.raw)
    [(record,)] = rows(
        folder,
        f"SELECT DISTINCT place FROM conflict_claim WHERE conflict = '{id}' AND struck_by = ''"
        " ORDER BY value DESC LIMIT 1",
    )
    line = int(record.rpartition(":")[2])
    text = (folder / "own.bib").read_text(encoding="utf-8").split("\n")
    at = next(n for n in range(line - 1, len(text)) if "year" in text[n])
    text[at] = re.sub(r"\d{4}", "1987", text[at])
    (folder / "own.bib").write_text("\n".join(text), encoding="utf-8")
    harvest(folder, "sync")
    walk.press("a")
    told = walk.until(PROMPT)
    assert "Not kept: this changed since it was asked" in told
    assert "1987" in told
    assert held(folder) == []


def test_without_a_terminal_it_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(main, ["diff", "-i", "--config", str(folder)])
    assert done.exit_code == 2
    assert "needs a terminal" in done.stderr
    assert done.stdout == ""


def test_nothing_to_ask(folder: Path) -> None:
    walk = Terminal("diff", "-i", cwd=folder)
    for _ in range(4):
        walk.until(PROMPT)
        walk.press("a")
    assert "Nothing is left to decide." in walk.end()[0]
    assert "No question is open." in Terminal("diff", "-i", cwd=folder).end()[0]


def test_no_colour_where_none_is_wanted(folder: Path) -> None:
    walk = Terminal("diff", "-i", cwd=folder, env={"NO_COLOR": "1"})
    walk.until(PROMPT)
    walk.press("w")
    walk.until(PROMPT)
    walk.press("q")
    walk.end()
    assert "\x1b[" not in walk.raw


def test_hostile_text_moves_nothing_and_fits(tmp_path: Path) -> None:
    written(tmp_path, ALL)
    walk = Terminal("diff", "-i", cwd=tmp_path)
    for _ in range(rows(tmp_path, "SELECT count(*) FROM conflict WHERE state = 'open'")[0][0]):
        walk.until(PROMPT)
        walk.press("w")
        walk.until(PROMPT)
        walk.press("l")
    walk.end()
    assert "\x1b[2m" in walk.raw, "what is beside the point is dim"
    assert moving(STYLE.sub("", walk.raw)) == set()
    assert "script" in walk.text
    assert max(map(len, walk.text.split("\n"))) <= 80
