"""A workspace, the two services that it asks, and the clock of all three."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from loopback import Server, Time, serving
from played import Arxiv, OpenReview, papers

from harvester import network
from harvester.cli import main
from harvester.config import load
from harvester.sync import Errand, Outcome, sync
from sources.answer import Cache
from sources.http import Http
from sources.pace import Pace

DAY = datetime(2026, 9, 1, 4, 30, tzinfo=UTC)
SHELF = papers(1000)
ARXIV = 'adapter = "arxiv"\nnames = true\nbase_url = "{arxiv}"\nauthor_url = "{arxiv}"'
OPENREVIEW = (
    'adapter = "openreview"\nprofile = "~Ada_Byron1"\n'
    'base_urls = ["{openreview}/v2", "{openreview}/v1"]'
)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@dataclass
class World:
    """A workspace, the two services that it asks, and the clock of all three."""

    folder: Path
    time: Time
    arxiv: Server
    openreview: Server

    def write(self, *sources: str) -> None:
        """A harvest.toml; '{arxiv}' and '{openreview}' stand for the addresses."""
        listed = "".join(f"[[source]]\n{source}\n" for source in sources)
        listed = listed.replace("{arxiv}", self.arxiv.url)
        listed = listed.replace("{openreview}", self.openreview.url)
        text = f'[[person]]\nname = "Ada Byron"\n{listed}'
        (self.folder / "harvest.toml").write_text(text, encoding="utf-8")

    def sync(self, keep: Path | None = None, replay: Path | None = None) -> Outcome:
        config = load(self.folder / "harvest.toml")
        return sync(Errand(config, config.sources, DAY, keep, replay))

    def rows(self, view: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "canon.db")) as connection:
            return sorted(connection.execute(f"SELECT * FROM {view}"), key=repr)

    def alive(self, source: str) -> int:
        """Records that a source still sends."""
        rows = self.rows(f"record WHERE source = '{source}' AND gone_since IS NULL")
        return len(rows)


Make = Callable[..., World]
"""Makes a world in which the first `count` papers of the shelf are known, `older` also to API 1."""


@contextmanager
def worlds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """The servers, and nothing of this machine's surroundings."""
    time = Time()

    def connect(contact: str, cache: Cache) -> Http:
        pace = Pace(folder / "pace", time.clock, time.sleep)
        return Http(
            "1",
            contact,
            cache=cache,
            pace=pace,
            clock=time.clock,
            sleep=time.sleep,
            random=lambda: 0.0,
        )

    monkeypatch.setattr(network, "connect", connect)
    for name in "http_proxy https_proxy all_proxy OPENREVIEW_USERNAME OPENREVIEW_PASSWORD".split():
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    arxiv, openreview = Arxiv([]), OpenReview([])
    monkeypatch.setenv("OPENREVIEW_TOKEN", openreview.token)
    monkeypatch.chdir(folder)
    with serving(time, arxiv, openreview) as servers:

        def make(count: int, older: int = 0) -> World:
            arxiv.papers = openreview.papers = SHELF[:count]
            openreview.older = SHELF[:older]
            return World(folder, time, *servers)

        yield make
