"""The README shows what a terminal shows, key by key: a pseudo-terminal plays it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.pseudo import PROMPT, Terminal
from harvester.cli import main

README = Path(__file__).resolve().parents[1] / "README.md"
PLAYED = re.findall(
    r"<!-- keys: harvest (.+?): (.+?) -->\n```text\n(.*?)```",
    README.read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.mark.parametrize(("command", "keys", "text"), PLAYED, ids=[keys for _, keys, _ in PLAYED])
def test_terminal(
    tmp_path: Path, request: pytest.FixtureRequest, command: str, keys: str, text: str
) -> None:
    folder = tmp_path / "harvest-demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    played = Terminal(*command.split(), cwd=folder)
    for key in keys.split():
        played.until(PROMPT)
        played.press(key)
    played.end()
    # The README was written on one day and shows it; the demo is read on another.
    shown = played.text.replace(datetime.now(UTC).date().isoformat(), "2026-11-21").strip("\n")
    if request.config.getoption("--regenerate"):
        mark = f"<!-- keys: harvest {command}: {keys} -->\n```text\n"
        page = README.read_text(encoding="utf-8")
        README.write_text(page.replace(f"{mark}{text}```", f"{mark}{shown}\n```"), encoding="utf-8")
    assert text.strip("\n") == shown


def test_from_the_demo_to_a_decision_in_under_ten_keys(tmp_path: Path) -> None:
    folder = tmp_path / "harvest-demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    played = Terminal("diff", "-i", cwd=folder)
    played.until(PROMPT)
    played.press("a")
    assert "Decision 1 is kept" in played.end()[0]
    assert played.presses < 10
    assert "Weight Space Learning" in (folder / "canon.bib").read_text(encoding="ascii")


def test_a_walk_is_shown() -> None:
    assert any(command == "diff -i" for command, *_ in PLAYED)
