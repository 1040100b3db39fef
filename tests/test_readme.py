"""The README shows what the program prints, and its commands are the ones that work."""

import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from harvester.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- output: harvest (.+?) -->\n```text\n(.*?)```", README, re.DOTALL)


def block(mark: str) -> str:
    """The one line in the block after a mark."""
    [found] = re.findall(rf"<!-- {mark} -->\n```\w+\n(.*?)\n```", README, re.DOTALL)
    assert "\n" not in found
    return str(found)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "harvest-demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    return folder


def test_something_is_shown() -> None:
    assert len(SHOWN) >= 2


@pytest.mark.parametrize(("command", "text"), SHOWN, ids=[command for command, _ in SHOWN])
def test_output(
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    command: str,
    text: str,
) -> None:
    monkeypatch.chdir(demo)
    printed = CliRunner().invoke(main, shlex.split(command)).stdout
    # The README was written on one day and shows it; the demo is read on another.
    printed = printed.replace(datetime.now(UTC).date().isoformat(), "2026-11-21")
    if request.config.getoption("--regenerate"):
        path = ROOT / "README.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace(
                f"<!-- output: harvest {command} -->\n```text\n{text}```",
                f"<!-- output: harvest {command} -->\n```text\n{printed.rstrip()}\n```",
            ),
            encoding="utf-8",
        )
    assert text.rstrip() == printed.rstrip()


def test_every_command_is_in_the_readme() -> None:
    for name, command in main.commands.items():
        assert command.help
        assert re.search(rf"`harvest [^`]*\b{name}\b|, `harvest {name}|harvest {name}", README), (
            name
        )


def test_the_test_command_is_what_ci_runs() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "test command" in text
    assert "-m pytest" in block("test command")
    assert "harvest demo" in block("main command")


def test_the_crontab_line_runs(demo: Path, tmp_path: Path) -> None:
    """As cron runs it: sh, a bare environment, another folder, no terminal."""
    fields = block("crontab").split(None, 5)
    assert len(fields) == 6
    home = tmp_path / "home"
    shutil.copytree(demo, home / "publications")
    scripts = home / ".venv" / "bin"
    scripts.mkdir(parents=True)
    installed = Path(sys.executable).with_name("harvest")
    (scripts / "harvest").symlink_to(installed)
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    run = ["/bin/sh", "-c", fields[5]]
    done = subprocess.run(run, env=bare, cwd="/", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = home / "publications" / "homepage.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("CVPR 2021", "CVPR 2022"), encoding="utf-8")
    done = subprocess.run(run, env=bare, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
