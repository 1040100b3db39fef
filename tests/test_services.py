"""Whole syncs through servers on loopback that play arXiv and OpenReview on good and bad days."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import FINAL, HARMLESS, PAUSES, RETRIED, SPOILT, Server, Time
from world import ARXIV, OPENREVIEW, SHELF, Make, World, run

from sources.arxiv import GAP

BIB = """@inproceedings{{{key},
  title={{{title}}},
  author={{Byron, Ada and Friedman, Kurt}},
  booktitle={{International Conference on Machine Learning}},
  year={{2020}}
}}
"""


def test_a_thousand_papers_on_a_bad_day(make_world: Make) -> None:
    world = make_world(1000, older=200)
    world.write(ARXIV, OPENREVIEW)
    # Every fault, each before another page; four in a row are as many as the client bears.
    world.arxiv.faults = [
        *RETRIED[:4],
        "",
        *RETRIED[4:8],
        "",
        *RETRIED[8:],
        "",
        *SPOILT,
        "",
        "empty",
    ]
    world.openreview.faults = [
        *RETRIED[:4],
        "wrong type",
        *RETRIED[4:8],
        "",
        *RETRIED[8:],
        "",
        "half",
    ]
    faults = len(RETRIED) + len(SPOILT) + 1, len(RETRIED) + 1
    outcome = world.sync()
    assert (outcome.failures, outcome.skipped, outcome.exit_code) == ((), (), 0)

    # Each paper once: a record of each service, one work of the two.
    assert (world.alive("arxiv"), world.alive("openreview")) == (1000, 1000)
    titles = [row["title"] for row in json.loads(run("list", "--json").stdout)["works"]]
    assert sorted(titles) == sorted(paper.title for paper in SHELF)

    # arXiv: ten pages. OpenReview: the profile, a full page and the empty one behind it, API 1.
    assert len(world.arxiv.log) == 10 + faults[0]
    assert len(world.openreview.log) == 4 + faults[1]
    assert world.arxiv.faults == world.openreview.faults == []

    _keeps_its_distance(world.arxiv, GAP)
    _keeps_its_distance(world.openreview, 1.0)


def _keeps_its_distance(server: Server, gap: float) -> None:
    for asked, pause in zip(server.log, server.gaps(), strict=False):
        assert pause >= max(gap, PAUSES.get(asked.fault, 0.0)), asked
    # And no longer than it must: a pause that was asked for is not added to ours.
    assert {p for a, p in zip(server.log, server.gaps(), strict=False) if not a.fault} == {gap}


def test_an_unchanged_day_is_304s_and_changes_nothing(make_world: Make) -> None:
    world = make_world(250, older=20)
    world.write(ARXIV, OPENREVIEW)
    world.sync()
    bib, views = _canon(world)
    written = (world.folder / "canon.bib").stat().st_mtime_ns
    before = len(world.arxiv.log), len(world.openreview.log)
    for server in (world.arxiv, world.openreview):
        server.forget()
    outcome = world.sync()
    assert (outcome.changes, outcome.failures, outcome.skipped) == ((), (), ())
    assert {asked.status for asked in world.arxiv.log + world.openreview.log} == {304}
    assert (len(world.arxiv.log), len(world.openreview.log)) == before
    assert _canon(world) == (bib, views)
    assert (world.folder / "canon.bib").stat().st_mtime_ns == written


def _canon(world: World) -> tuple[bytes, list[list[tuple[object, ...]]]]:
    return (world.folder / "canon.bib").read_bytes(), [world.rows("canon"), world.rows("why")]


def test_the_pace_holds_from_one_run_to_the_next(make_world: Make) -> None:
    world = make_world(3)
    world.write(ARXIV)
    world.sync()
    world.sync()
    assert world.arxiv.gaps() == [GAP]


@pytest.mark.parametrize(
    ("source", "fault", "said"),
    [
        ("arxiv", "503", "/api/query?search_query=… answers HTTP 503"),
        ("arxiv", "hours", "wants to be left alone for 120 minutes"),
        ("arxiv", "404", "answers HTTP 404 (Not Found)"),
        ("arxiv", "hung up", "broke off"),
        ("arxiv", "reset", "cannot be reached"),
        ("arxiv", "web page", "is an HTML page, not an Atom feed"),
        ("arxiv", "half", "is cut off"),
        ("arxiv", "nothing", "is empty"),
        ("arxiv", "redirect", "redirects to http://127.0.0.1:1/elsewhere?token=…; not followed"),
        ("arxiv", "empty", "an empty page where papers from 1 of 8 should be"),
        ("arxiv", "none", " where it had 8; nothing was changed"),
        ("openreview", "403", "/profiles?id=~Ada_Byron1: answers HTTP 403"),
        ("openreview", "web page", "is an HTML page, not JSON"),
        ("openreview", "half", "is cut off or not JSON"),
        ("openreview", "cut", "broke off"),
        ("openreview", "damaged", "damaged compressed answer"),
        ("openreview", "echo", "repeats the token that was sent; not read"),
    ],
)
def test_a_failing_source_changes_nothing_and_the_others_land(
    make_world: Make, source: str, fault: str, said: str
) -> None:
    world = make_world(8)
    (world.folder / "own.bib").write_text(BIB.format(key="a", title="Scattered records weighed"))
    world.write(ARXIV, OPENREVIEW, 'adapter = "bibtex"\npath = "own.bib"')
    assert run("sync").exit_code == 0
    before = world.rows("why")
    server = world.arxiv if source == "arxiv" else world.openreview
    server.always = fault
    (world.folder / "own.bib").write_text(
        BIB.format(key="a", title="Scattered records weighed")
        + BIB.format(key="b", title="Another paper of editions")
    )
    done = run("sync")
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    assert line.startswith((server.url, f"{source}: "))
    for part in said.split("…"):
        assert part in line
    assert "Another paper of editions" in done.stdout
    assert len(done.stdout.splitlines()) == 1
    _stands(world, before, source)

    # And when the service is well again, nothing of its bad day is left.
    server.forget()
    done = run("sync")
    assert (done.exit_code, done.output) == (0, "")
    _stands(world, before, source)


def _stands(world: World, before: list[tuple[object, ...]], source: str) -> None:
    """Every claim that there was is there, and all records of the source are alive."""
    assert set(before) <= set(world.rows("why"))
    assert world.alive(source) == 8


def test_a_source_that_sends_fewer_than_half_is_a_failure(make_world: Make) -> None:
    world = make_world(9)
    world.write(ARXIV, OPENREVIEW)
    run("sync")
    before = world.rows("why")
    make_world(4)
    done = run("sync")
    assert done.exit_code == 3  # not one of the two could be believed
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["arxiv", "openreview"]
    assert done.stderr.count(" where it had 9; nothing was changed") == 2
    assert (done.stdout, world.rows("why")) == ("", before)
    make_world(5)
    done = run("sync")
    assert done.exit_code == 0
    assert (world.alive("arxiv"), world.alive("openreview")) == (5, 5)
    assert done.stdout.count("gone ") == 4


BAD = st.sampled_from(["", "", *RETRIED, *SPOILT, *HARMLESS, *FINAL, "empty", "fewer", "none"])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.lists(BAD, max_size=20), st.lists(BAD, max_size=9)), max_size=3))
def test_no_sequence_of_bad_days_loses_a_record(
    make_world: Make, monkeypatch: pytest.MonkeyPatch, days: list[tuple[list[str], list[str]]]
) -> None:
    monkeypatch.setattr("sources.arxiv.PAGE", 10)
    monkeypatch.setattr("sources.openreview.LIMIT", 20)
    world = make_world(40, older=10)
    for file in world.folder.glob("canon*"):
        file.unlink()
    world.write(ARXIV, OPENREVIEW)
    servers = {"arxiv": world.arxiv, "openreview": world.openreview}
    had = dict.fromkeys(servers, 0)
    for *faults, good in [*((*day, False) for day in days), ([], [], True)]:
        for server, today in zip(servers.values(), faults, strict=True):
            server.forget()
            server.faults = list(today)
        outcome = world.sync()
        assert outcome.skipped == ()
        for name, before in had.items():
            had[name] = world.alive(name)
            assert had[name] in ((40,) if good else (before, 40)), name
        assert not (good and outcome.failures)


def test_by_cron_with_the_real_clock(make_world: Make) -> None:
    """The installed command, as it is: three seconds are three seconds, and it says nothing."""
    world = make_world(3)
    world.write(ARXIV.replace("names = true", 'author = "byron_a_1"'), OPENREVIEW)
    world.arxiv.time = world.openreview.time = _Real()
    words = [sys.executable, "-c", "from harvester.cli import main; main()", "sync"]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(world.folder),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "OPENREVIEW_TOKEN": "sesame-of-this-profile",
    }
    done = subprocess.run(
        words, cwd=world.folder, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [asked.path.split("?")[0] for asked in world.arxiv.log] == [
        "/a/byron_a_1.atom2",
        "/api/query",
    ]
    assert min(world.arxiv.gaps()) >= GAP
    assert min(world.openreview.gaps()) >= 0.99  # the server writes late what it ends
    agents = {asked.headers["User-Agent"] for asked in world.arxiv.log}
    assert [agent.partition("/")[0] for agent in agents] == ["pubharvest"]
    assert (world.folder / ".cache" / "pubharvest" / "pace").is_dir()


class _Real(Time):
    """The world's own clock, which nobody moves."""

    def __init__(self) -> None: ...

    def __getattribute__(self, name: str) -> object:
        return time.time() if name == "now" else super().__getattribute__(name)

    def __setattr__(self, name: str, value: object) -> None: ...
