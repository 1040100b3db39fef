"""Options and fixtures of the whole suite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from world import Make


# How long an example takes says how busy the machine is.
settings.register_profile("any load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any load")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="write the .expected.json files of the golden test anew; read the diff afterwards",
    )


@pytest.fixture
def make_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes a workspace beside servers that play arXiv and OpenReview; it is the current folder."""
    from world import worlds

    with worlds(tmp_path, monkeypatch) as make:
        yield make


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from harvester.cli import main

    folder = tmp_path_factory.mktemp("made") / "harvest-demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo workspace to change, and the current folder."""
    folder = Path(shutil.copytree(made_demo, tmp_path / "demo"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def made_queue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from benchmarks.queue import make
    from harvester.cli import main

    folder = tmp_path_factory.mktemp("queue")
    make(folder, works=6, questions=4)
    assert CliRunner().invoke(main, ["sync", "--config", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def folder(made_queue: Path, tmp_path: Path) -> Path:
    """A workspace of six works, of which four have a year in question."""
    return Path(shutil.copytree(made_queue, tmp_path / "workspace"))
