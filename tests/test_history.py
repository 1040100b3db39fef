"""One homepage over six years, sync by sync: works stay themselves while their facts change."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from harvester.cli import main

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SEEDS = FIXTURES.parents[1] / "shared" / "seeds"
STATES = [
    FIXTURES / "homepage" / "2022-08-28.md",
    FIXTURES / "homepage" / "2022-08-29.md",
    FIXTURES / "demo" / "homepage.md",
]
MISMATCH = "Failure Modes of Domain Generalization Algorithms"


class Replay:
    """A workspace whose homepage goes through its states."""

    def __init__(self, folder: Path, bibtex: Path | None) -> None:
        self.folder = folder
        self.keys: dict[str, str] = {}
        words = ["init", "--name", "Hrayr Harutyunyan", "--page", "index.md"]
        if bibtex:
            shutil.copytree(bibtex, folder / "bibtex")
            words += ["--bibtex", "bibtex"]
        assert self.run(*words)[0] == 0

    def run(self, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, words)
        return done.exit_code, done.stdout

    def data(self, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*words, "--json")[1])
        return found

    def sync(self, state: Path) -> str:
        """Sync with this state of the page; whatever was listed is still there as itself."""
        shutil.copy(state, self.folder / "index.md")
        code, said = self.run("sync")
        assert code == 0
        assert self.run("sync") == (0, "")
        works = self.data("list")["works"]
        placed = {record: work["key"] for work in works for record in work["records"]}
        assert {record: placed[record] for record in self.keys} == self.keys
        self.keys = placed
        return said


def disputed_years(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(c["title"], c["proposed"], c["rule"]) for c in data["settled"] if c["field"] == "year"]


def wrong_years(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fix["says"], fix["canon"]) for fix in data["fixes"] if fix["field"] == "year"]


def replay(
    folder: Path, states: Sequence[Path], bibtex: Path | None
) -> tuple[Replay, dict[str, tuple[str, dict[str, Any]]]]:
    made = Replay(folder, bibtex)
    found = {}
    for state in states:
        said = made.sync(state)
        found[state.stem] = (said, made.data("diff"))
    return made, found


def check_the_mismatch(found: dict[str, tuple[str, dict[str, Any]]]) -> None:
    """The year shows up on 2022-08-29 and not before, and the sync says a line of it."""
    for date, (said, data) in found.items():
        if date < "2022-08-29":
            assert disputed_years(data) == []
            assert wrong_years(data) == []
            assert "2021 / 2022" not in said
        else:
            assert disputed_years(data) == [(MISMATCH, "2022", "over_before_posted")]
            assert wrong_years(data) == [("CVPR 2021", "CVPR 2022")]
    lines = found["2022-08-29"][0].splitlines()
    assert any(line.startswith("settled") and "galstyan" in line for line in lines)
    assert "CVPR 2021 / 2022" in found["2022-08-29"][0]


def test_three_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, found = replay(tmp_path, STATES, FIXTURES / "demo" / "bibtex")
    assert list(found) == [state.stem for state in STATES]
    assert min(found) < "2022-08-29" <= max(found)
    check_the_mismatch(found)


def seeds() -> list[Path]:
    states = sorted((SEEDS / "homepage").glob("*.md"))
    if not states:
        pytest.skip("the homepage's history does not stand beside this checkout")
    return states


@pytest.mark.parametrize("bibtex", [True, False])
def test_the_whole_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bibtex: bool) -> None:
    states = seeds()
    assert len(states) == 22
    monkeypatch.chdir(tmp_path)
    made, found = replay(tmp_path, states, SEEDS / "bibtex" if bibtex else None)
    check_the_mismatch(found)
    works = {work["title"]: work for work in made.data("list")["works"]}
    grown = works[
        "Improving generalization by controlling label-noise information in neural network weights"
    ]
    assert [version["stage"] for version in grown["versions"]] == ["preprint", "conference"]
    assert not any(work["gone"] for work in works.values())


def test_preprints_become_published_versions_of_the_same_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = seeds()
    monkeypatch.chdir(tmp_path)
    _, found = replay(tmp_path, states, None)
    assert "published harutyunyan2020improving" in found["2020-06-26"][0]
    assert "is ICML 2020, was arXiv:2002.07933" in found["2020-06-26"][0]
    assert "published galstyan2021failure" in found["2022-06-19"][0]


def test_what_vanished_from_the_page_is_gone_and_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The news item of 2019 was commented out from 2022-06 to 2023-06."""
    states = {state.stem: state for state in seeds()}
    monkeypatch.chdir(tmp_path)
    made = Replay(tmp_path, None)
    made.sync(states["2021-11-30"])
    title = "Reducing overfitting by minimizing label information in weights"

    def gone() -> bool:
        [work] = [w for w in made.data("list")["works"] if w["title"] == title]
        return bool(work["gone"])

    assert not gone()
    said = made.sync(states["2022-08-28"])
    assert gone()
    assert "no source sends it any more" in said
    said = made.sync(states["2023-06-28"])
    assert not gone()
    assert "returned" in said
