"""Decisions as a user makes, carries and takes them back: commands, files, what they say."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from db.tables import DERIVED
from harvester.cli import main

TITLES = ("Weighted judgements of scattered records", "Something else about graphs")
CONFIG = """\
[[person]]
name = "Ada Byron"
[[source]]
adapter = "bibtex"
name = "own"
path = "own.bib"
[[source]]
adapter = "bibtex"
name = "copy"
path = "copy.bib"
"""


def entry(
    title: str, year: int, venue: str = "International Conference on Machine Learning"
) -> str:
    return (
        f"@inproceedings{{x{len(title)}, title={{{title}}}, author={{Byron, Ada}},\n"
        f"  booktitle={{{venue}}}, year={{{year}}}\n}}\n"
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def done(*words: str) -> str:
    found = run(*words)
    assert found.exit_code == 0, found.output
    return found.stdout


def says(folder: Path, own: int, copy: int) -> None:
    """Two files of one person disagree on pages: no rule tells."""
    for name, pages in (("own.bib", own), ("copy.bib", copy)):
        text = "".join(entry(title, 2020) for title in TITLES)
        text = text.replace("year={2020}", f"year={{2020}}, pages={{{pages}--99}}", 1)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOGNAME", "ada")
    return workspace(tmp_path / "first", monkeypatch)


def workspace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "harvest.toml").write_text(CONFIG, encoding="utf-8")
    says(folder, 1, 7)
    done("sync")
    return folder


def review() -> Any:
    return json.loads(run("diff", "--json", "--all").stdout)


def asked() -> list[str]:
    return [f"{one['field']} {one['id']}" for one in review()["open"]]


def published(folder: Path) -> tuple[bytes, str]:
    return (folder / "canon.bib").read_bytes(), done("list", "--json")


def pages() -> str:
    [id] = [one.split()[1] for one in asked() if one.startswith("pages")]
    return id


def keys() -> list[str]:
    return [work["key"] for work in json.loads(done("list", "--json"))["works"]]


def test_accept_take_and_type(folder: Path) -> None:
    before, id = published(folder), pages()
    proposed = next(one["proposed"] for one in review()["open"] if one["id"] == id)
    assert f"take {proposed}" in done("decide", "accept", id[:5])
    assert not asked()
    done("undo")
    assert published(folder) == before
    for typed in ("b", "1-99", "100-120"):
        done("decide", "take", id, typed, "--note", "I have it here")
    text = (folder / "canon.bib").read_text()
    assert "100--120" in text
    [one] = [one for one in review()["settled"] if one["id"] == id]
    assert (one["state"], one["why"]) == ("decided", "I have it here")
    shown = done("show", "weighted")
    assert "take pages 100-120" in shown
    assert "by ada" in shown
    for _ in range(3):
        done("undo")
    assert published(folder) == before
    assert run("decide", "take", "ffff", "1").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("same", *("byron2020weighted", "byron2020something")),
        ("not-mine", "byron2020weighted"),
        ("mine", "byron2020weighted"),
        ("key", "weighted", "Weighted20"),
        ("apart", "RECORDS"),
    ],
    ids=lambda words: words[0],
)
def test_undo_of_each_kind_leaves_the_same_bytes(folder: Path, words: tuple[str, ...]) -> None:
    before, asked_before = published(folder), review()["open"]
    if "RECORDS" in words:
        words = ("apart", *json.loads(before[1])["works"][0]["records"])
    done("decide", *words)
    assert words[0] == "mine" or published(folder) != before
    done("sync")
    done("undo")
    assert published(folder) == before
    assert review()["open"] == asked_before


def test_a_key_is_given_and_the_old_one_still_finds_the_work(folder: Path) -> None:
    assert "stays as an alias" in done("decide", "key", "weighted", "Weighted20")
    assert "Weighted20" in keys()
    assert json.loads(done("show", "byron2020weighted", "--json"))["key"] == "Weighted20"
    assert "ids = {byron2020weighted}" in (folder / "canon.bib").read_text()
    refused = run("decide", "key", "something", "WEIGHTED20")
    assert (refused.exit_code, "is another work's" in refused.stderr) == (2, True)


def test_a_changed_claim_asks_again_and_says_what_changed(folder: Path) -> None:
    id = pages()
    done("decide", "take", id, "1-99")
    says(folder, 1, 8)
    assert "needs a person" in done("sync")
    text = run("diff").stdout
    assert "Since decision 1 on" in text
    assert "copy said 7-99 and now says 8-99" in " ".join(text.split())
    assert "A claim has changed" in text
    assert "1--99" in (folder / "canon.bib").read_text()
    done("decide", "accept", id)
    assert not asked()
    assert not review()["lapsed"]


def test_what_all_say_by_now_is_no_longer_needed(folder: Path) -> None:
    done("decide", "take", pages(), "1-99")
    assert not review()["lapsed"]
    says(folder, 1, 1)
    done("sync")
    [one] = review()["lapsed"]
    assert (one["standing"], one["command"]) == ("no longer needed", "harvest undo 1")
    assert json.loads(done("status", "--json"))["lapsed"] == [one]
    for command in ("status", "diff"):
        [line] = [line for line in run(command).stdout.splitlines() if "decision 1" in line]
        assert "is no longer needed · pages: all say 1-99 now" in line
        assert line.endswith("harvest undo 1")
        assert len(line) <= 80
    before = published(folder)
    done("undo", "1")
    assert published(folder) == before
    assert not review()["lapsed"]


def test_a_decision_whose_records_are_gone_is_orphaned(folder: Path) -> None:
    done("decide", "not-mine", "something")
    for name in ("own.bib", "copy.bib"):
        (folder / name).write_text(entry(TITLES[0], 2020), encoding="utf-8")
    done("sync")
    [one] = review()["lapsed"]
    assert one["standing"] == "orphaned"
    assert one["text"].startswith("not-mine: no source sends ")


class TestFile:
    def decided(self, folder: Path) -> str:
        done("decide", "take", pages(), "100-120", "--note", "printed\n“so”")
        done("decide", "key", "something", "Graphs")
        done("decide", "apart", *json.loads(done("list", "--json"))["works"][0]["records"])
        done("decisions", "export", "decided.toml")
        text = (folder / "decided.toml").read_text(encoding="utf-8")
        assert text == done("decisions", "export")
        return text

    def test_it_makes_the_same_canon_elsewhere(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = self.decided(folder)
        here = published(folder)
        other = workspace(tmp_path / "second", monkeypatch)
        assert published(other) != here
        (other / "in.toml").write_text(text, encoding="utf-8")
        assert "3 decisions brought in." in done("decisions", "import", "in.toml")
        assert published(other) == here
        assert done("decisions", "export") == text
        again = done("decisions", "import", "in.toml")
        assert again == "0 decisions brought in, 3 held already.\n"
        assert done("decisions", "export") == text

    def test_a_whole_life_then_elsewhere(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done("decide", "take", pages(), "1-99")
        done("decide", "key", "weighted", "Weighted20")
        done("sync")
        says(folder, 1, 8)
        done("sync")
        [id] = [one.split()[1] for one in asked()]
        done("decide", "take", id, "8-99")
        done("decide", "not-mine", "something")
        done("undo", "2")
        here, questions = published(folder), review()
        with closing(sqlite3.connect(folder / "canon.db")) as connection, connection:
            for name in reversed(DERIVED):
                connection.execute(f'DROP TABLE "{name}"')
        assert done("sync").count("Weighted20") == 0
        assert published(folder) == here
        assert review()["settled"] == questions["settled"]
        text = done("decisions", "export")
        other = workspace(tmp_path / "second", monkeypatch)
        says(other, 1, 8)
        done("sync")
        (other / "in.toml").write_text(text, encoding="utf-8")
        assert "3 decisions brought in." in done("decisions", "import", "in.toml")
        assert published(other) == here
        assert review()["settled"] == questions["settled"]
        assert not asked()

    def test_it_can_come_before_the_first_sync(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = self.decided(folder)
        other = workspace(tmp_path / "third", monkeypatch)
        (other / "canon.db").unlink()
        (other / "canon.bib").unlink()
        (other / "in.toml").write_text(text, encoding="utf-8")
        found = run("decisions", "import", "in.toml")
        assert "no source has sent 'own:" in found.stderr
        assert "the decision waits for it" in found.stderr
        done("sync")
        assert "Graphs" in keys()
        assert not asked()

    def test_faults_are_named_by_line_and_nothing_is_kept(self, folder: Path) -> None:
        text = self.decided(folder)
        for _ in range(3):
            done("undo")
        before = published(folder)
        wrong = text.replace('value = "Graphs"', 'value = "a b"')
        wrong = wrong.replace('kind = "apart"', 'kind = "separate"')
        (folder / "wrong.toml").write_text(wrong, encoding="utf-8")
        found = run("decisions", "import", "wrong.toml")
        assert found.exit_code == 2
        first, second, last = found.stderr.splitlines()
        lines = wrong.splitlines()
        for told, name in ((first, "separate"), (second, "a b")):
            number = int(told.split(":")[1])
            assert name in told
            assert lines[number - 1] == "[[decision]]"
        assert last == "Nothing is kept."
        assert published(folder) == before
        assert "[[decision]]" not in done("decisions", "export")

    def test_what_contradicts_is_refused_by_line(self, folder: Path) -> None:
        text = self.decided(folder)
        done("undo")
        done("decide", "same", *json.loads(done("list", "--json"))["works"][0]["records"])
        (folder / "in.toml").write_text(text, encoding="utf-8")
        found = run("decisions", "import", "in.toml")
        assert found.exit_code == 2
        assert "in.toml:4: " in found.stderr
        assert "are one work by decision 4; `harvest undo 4` first" in found.stderr

    def test_what_was_decided_later_here_stands(self, folder: Path) -> None:
        text = self.decided(folder)
        moved = text.replace("100-120", "200-220")
        moved = "\n".join(
            'when = "2001-01-01T00:00:00+00:00"' if line.startswith("when") else line
            for line in moved.splitlines()
        )
        (folder / "old.toml").write_text(moved, encoding="utf-8")
        assert "1 decision brought in, 2 held already" in done("decisions", "import", "old.toml")
        assert "100--120" in (folder / "canon.bib").read_text()

    def test_a_value_taken_again_after_another_comes_back_once(self, folder: Path) -> None:
        id = pages()
        for letter in "aba":
            done("decide", "take", id, letter)
        text = done("decisions", "export")
        (folder / "in.toml").write_text(text, encoding="utf-8")
        assert "0 decisions brought in, 3 held" in done("decisions", "import", "in.toml")
        assert done("decisions", "export") == text

    def test_no_file(self, folder: Path) -> None:
        found = run("decisions", "import", "none.toml")
        assert (found.exit_code, found.stderr) == (2, "none.toml: No such file or directory\n")


def test_a_source_that_did_shrink_is_accepted_by_name(folder: Path) -> None:
    (folder / "copy.bib").write_text(entry("Wholly other words", 2021), encoding="utf-8")
    done("sync")
    (folder / "own.bib").write_text("% nothing left\n", encoding="utf-8")
    found = run("sync")
    assert found.exit_code == 1
    assert "if it did shrink: harvest sync --accept own" in found.stderr
    assert "--accept own" in " ".join(done("status").split())
    assert "some words" not in run("sync", "--accept", "none").stderr
    assert run("sync", "--accept", "none").exit_code == 2
    assert run("sync", "--accept", "copy").exit_code == 1
    done("sync", "--accept", "own")
    done("sync")
    gone = [work["key"] for work in json.loads(done("list", "--json"))["works"] if work["gone"]]
    assert gone == ["byron2020something", "byron2020weighted"]
