"""`sync --keep DIR`, then `sync --replay DIR` elsewhere: the same canon, and no socket."""

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import RETRIED, Asked, Reply, serving
from played import Paper
from world import ARXIV, DAY, OPENREVIEW, SHELF, Make, World, run

DEMO = Path(__file__).resolve().parents[1] / "fixtures" / "demo"


class Homepage:
    """Plays a page that lists papers."""

    def __init__(self, listed: list[Paper]) -> None:
        self.listed = listed

    def reply(self, path: str, query: dict[str, str], asked: Asked, fault: str) -> Reply:
        rows = "\n\n".join(
            f"**{paper.title}** <br>\n{', '.join(paper.authors)} <br>\nICML 2024"
            for paper in self.listed
        )
        return Reply(f"# Publications\n\n{rows}\n".encode(), "text/html")


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvester.commands_writing.now", lambda: DAY)


def canon(world: World) -> dict[str, object]:
    """All that a sync makes of what it read."""
    return {
        "canon.bib": (world.folder / "canon.bib").read_bytes(),
        "canon": world.rows("canon"),
        "why": world.rows("why"),
        "list": run("list", "--json").stdout,
        "diff": run("diff", "--json").stdout,
        "skipped": world.rows("skipped"),
    }


def replayed(world: World, monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, object]:
    """The canon of an empty workspace with the same harvest.toml, from the kept pages alone."""
    there = world.folder / "elsewhere"
    there.mkdir()
    shutil.copy(world.folder / "harvest.toml", there)
    monkeypatch.chdir(there)
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("a connection"))
    done = run("sync", "--replay", str(world.folder / "kept"), *words)
    assert done.exit_code in (0, 1), done.output
    return canon(World(there, world.time, world.arxiv, world.openreview))


def test_services_and_addresses(make_world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(230, older=40)
    with serving(world.time, Homepage(SHELF[:20])) as [site]:
        world.write(ARXIV, OPENREVIEW, f'adapter = "page"\nurl = "{site.url}/~ada/"')
        # The pages of a bad day are kept as they were in the end.
        world.arxiv.faults = [*RETRIED[:3], "", "half", "empty", "", "web page"]
        world.openreview.faults = ["cut", "", "half"]
        done = run("sync", "--keep", "kept")
        assert (done.exit_code, done.stderr) == (0, "")
    before = canon(world)
    assert world.alive("page") == 20
    assert len(json.loads(str(before["list"]))["works"]) == 230
    asked = len(world.arxiv.log), len(world.openreview.log)
    assert replayed(world, monkeypatch) == before
    assert (len(world.arxiv.log), len(world.openreview.log)) == asked


def test_files_of_every_kind(make_world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(0)
    shutil.copytree(DEMO, world.folder, dirs_exist_ok=True)
    done = run("sync", "--keep", "kept")
    assert done.exit_code == 0
    before = canon(world)
    assert len(json.loads(str(before["list"]))["works"]) > 20
    assert replayed(world, monkeypatch) == before


def test_a_source_that_failed_fails_again_and_the_others_are_the_same(
    make_world: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(30)
    world.write(ARXIV, OPENREVIEW)
    world.arxiv.always = "404"
    assert run("sync", "--keep", "kept").exit_code == 1
    before = canon(world)
    assert replayed(world, monkeypatch) == before
    done = run("sync", "--replay", str(world.folder / "kept"))
    assert (done.exit_code, done.stdout) == (1, "")
    place = world.folder / "kept" / "arxiv"
    assert done.stderr == f"{place}: no pages of this source were kept here\n"


def test_what_is_kept_is_what_came(make_world: Make) -> None:
    world = make_world(3)
    (world.folder / "own.bib").write_bytes(b"\xef\xbb\xbf@misc{a, title={\xc3\xa4}, year=2020}\r\n")
    world.write(ARXIV, 'adapter = "bibtex"\npath = "own.bib"')
    run("sync", "--keep", "kept")
    kept = world.folder / "kept"
    assert (kept / "bibtex/0001").read_bytes() == (world.folder / "own.bib").read_bytes()
    arxiv = world.arxiv.service.reply("/api/query", _query(world), world.arxiv.log[0], "")
    assert (kept / "arxiv/0001").read_bytes() == arxiv.body
    [row] = json.loads((kept / "arxiv/index.json").read_text(encoding="utf-8"))
    assert row["where"] == world.arxiv.url + world.arxiv.log[0].path
    assert row["fetched_at"].startswith("2023-11-14T22:13:2")


def _query(world: World) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    return dict(parse_qsl(urlsplit(world.arxiv.log[0].path).query))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda kept: (kept / "index.json").unlink(), "no pages of this source were kept here"),
        (lambda kept: (kept / "index.json").write_text("{"), "is no index of kept pages"),
        (lambda kept: (kept / "0001").unlink(), "no pages of this source were kept here"),
        (lambda kept: (kept / "0001").write_bytes(b"<html>"), "is an HTML page"),
    ],
)
def test_a_spoilt_folder_is_a_failure_with_its_place(
    make_world: Make, spoil: Callable[[Path], object], said: str
) -> None:
    world = make_world(3)
    world.write(ARXIV, OPENREVIEW)
    run("sync", "--keep", "kept")
    spoil(world.folder / "kept" / "arxiv")
    before = world.rows("why")
    done = run("sync", "--replay", "kept")
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert world.rows("why") == before
