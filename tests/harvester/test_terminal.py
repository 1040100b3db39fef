"""No command lets text from outside move the terminal, on stdout or on stderr."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_html_hostile import ALL, TURNED, written

from harvester.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything is hostile."""
    made = tmp_path_factory.mktemp("terminal")
    written(made, ALL)
    return made


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(folder)])


def moving(text: str) -> set[str]:
    """What of a text a terminal would obey, or show where it does not stand."""
    kinds = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return {char for char in text if char != "\n" and unicodedata.category(char) in kinds}


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "another"],
        ["show", "doe2020script"],
        ["show", "script"],
        ["show", f"nothing {TURNED}\x1b[2J"],
        ["diff"],
        ["diff", "another"],
        ["status"],
        ["log"],
        ["export"],
        ["decide", "take", f"nothing {TURNED}\x1b[2J", "a"],
        ["decide", "same", f"nothing {TURNED}\x1b[2J", "script"],
        ["list", "--json"],
        ["show", "another", "--json"],
        ["diff", "--json"],
        ["status", "--json"],
        ["log", "--json"],
    ],
)
def test_nothing_moves_the_terminal(folder: Path, words: list[str]) -> None:
    done = run(folder, *words)
    assert done.stdout or done.stderr
    assert not moving(done.stdout)
    assert not moving(done.stderr)


def test_json_keeps_what_it_spells_out(folder: Path) -> None:
    works: list[dict[str, Any]] = json.loads(run(folder, "list", "--json").stdout)["works"]
    assert ALL in [work["title"] for work in works]
    data = json.loads(run(folder, "diff", "--json").stdout)
    assert ALL in {fix["says"] for fix in data["fixes"]}
