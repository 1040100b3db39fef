"""`harvest diff` as it is narrowed: by run, day, source, work and question."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.pseudo import Terminal
from harvester import brief, columns
from harvester.cli import main

QUESTION = "ad999e3"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def data(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("diff", *words, "--json").stdout)
    return found


def heads(*words: str) -> list[str]:
    """The lines that begin at the margin."""
    return [line for line in run("diff", *words).stdout.splitlines() if line[:1].strip()]


def correct(folder: Path) -> None:
    """Put the wrong year right by hand, and the settled conflict with it; then sync."""
    page = folder / "homepage.md"
    page.write_bytes(page.read_bytes().replace(b"CVPR 2021", b"CVPR 2022"))
    assert run("sync").exit_code == 0


def test_the_sections_of_a_first_look(demo: Path) -> None:
    assert heads() == [
        "1 question for you",
        "5 settled in the last sync that changed something",
        "How, and all that were ever settled: harvest diff --all",
        "Changed in the last sync that changed something",
        "11 fixes in your own pages",
        "To write them into your files: harvest diff --patch | patch -p0",
    ]


def test_what_was_settled_takes_a_line_and_all_of_it_with_all(demo: Path) -> None:
    brief_, full = run("diff").stdout, run("diff", "--all").stdout
    [line] = [line for line in brief_.splitlines() if "year 2022, not 2021" in line]
    assert line.endswith("over_before_posted [f1199e4]")
    assert "CVPR 2021 was over on 25 June 2021" not in brief_
    assert "CVPR 2021 was over on 25 June 2021" in full


def test_only_news_are_told_again(demo: Path) -> None:
    page = demo / "homepage.md"
    page.write_bytes(page.read_bytes().replace(b"NeurIPS'19 [<a", b"NeurIPS'18 [<a", 1))
    said = run("sync").stdout
    assert said
    text = run("diff").stdout
    assert "[f1199e4]" not in text
    assert "[f1199e4]" in run("diff", "--all").stdout
    assert "f1199e4" in {row["id"] for row in data()["settled"]}


def test_since_a_run_or_a_day(demo: Path) -> None:
    day = data()["changed"] and json.loads(run("log", "--json").stdout)["runs"][0]["started"][:10]
    assert data("--since", "1") == data()
    assert data("--since", day) == data()
    assert data("--since", day[:7]) == data("--since", day[:4]) == data()
    assert not any(data("--since", "2").values())
    assert not any(data("--since", "2999-01").values())
    done = run("diff", "--since", "2")
    assert (done.exit_code, done.stdout) == (0, "Nothing of that.\n")
    correct(demo)
    later = data("--since", "2")
    assert later["open"] == later["fixes"] == []
    run("decide", "take", QUESTION, "a")
    assert [row["id"] for row in data("--since", "3")["settled"]] == [QUESTION]


@pytest.mark.parametrize("since", ["yesterday", "2026-1", "2026-11-21T10:00", "-1", "1.5"])
def test_since_something_else(demo: Path, since: str) -> None:
    done = run("diff", f"--since={since}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--since {since}: neither a run")


def test_of_one_source(demo: Path) -> None:
    whole, part = data(), data("--source", "openreview")
    assert part["open"] == whole["open"]
    assert {f["source"] for f in data("--source", "cv")["fixes"]} == {"cv"}
    assert part["fixes"] == []
    for row in data("--source", "scholar")["settled"]:
        assert "scholar" in {claim["source"] for claim in row["claims"]}
    keys = {row["work"] for row in data("--source", "openreview")["changed"]}
    assert 0 < len(keys) < 22
    done = run("diff", "--source", "orcid")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "no source is called 'orcid'; there are arxiv, bibtex, cv, homepage, openreview, scholar\n"
    )


def test_one_question_by_its_id(demo: Path) -> None:
    for words in ((QUESTION,), (QUESTION[:4],)):
        found = data(*words)
        assert [row["id"] for row in found["open"]] == [QUESTION]
        assert found["settled"] == found["fixes"] == found["changed"] == []
    assert run("diff", QUESTION).exit_code == 1
    assert run("diff", "f1199e4").exit_code == 0
    assert "over on 25 June 2021" in run("diff", "f1199e4").stdout


def test_the_whole_story_of_a_work(demo: Path) -> None:
    run("decide", "take", "f1199e4", "2021", "--note", "It was \x1b[31m me.")
    correct(demo)
    for words in (("diff", "failure modes"), ("show", "failure modes")):
        text = run(*words).stdout
        assert "take year 2021" in text
        assert "“It was [31m me.”" in text
        assert "harvest undo 1" in text
        assert "History" in text
        assert "is CVPR 2021, was CVPR 2022" in text
    shape = json.loads(run("show", "failure modes", "--json").stdout)
    [decision] = shape["decisions"]
    assert (decision["id"], decision["kind"], decision["value"]) == (1, "take", "2021")
    assert [row["run"] for row in shape["history"]] == sorted(
        row["run"] for row in shape["history"]
    )
    run("undo")
    assert "take year 2021" not in run("show", "failure modes").stdout


def test_a_work_is_shown_with_what_happened_when(demo: Path) -> None:
    shown = run("show", "failure modes").stdout
    when = shown[shown.index("\nWhen\n") : shown.index("\nWhy ")].split("\n")
    assert [" ".join(line.split()) for line in when[2:-1]] == [
        "- 19–25 Jun 2021 CVPR 2021 homepage over_before_posted",
        "26 Nov 2021 Posted on arXiv arxiv",
        "2 Mar 2022 Accepted: CVPR 2022 homepage",
        "19–24 Jun 2022 CVPR 2022 bibtex, cv, homepage, scholar",
    ]
    [first, *_] = json.loads(run("show", "failure modes", "--json").stdout)["dates"]
    assert (first["first"], first["last"], first["exact"]) == ("2021-06-19", "2021-06-25", True)


def test_long_queues_are_cut_and_say_how_to_go_on(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "SHOWN", 3)
    monkeypatch.setattr("harvester.overview.SHOWN", 3)
    text = run("diff").stdout
    assert "11 fixes in your own pages" in text
    assert text.count(" says ") == 3
    assert "8 more: harvest diff --all" in text
    assert run("diff", "--all").stdout.count(" says ") > 3
    assert len(data()["fixes"]) == 11


@pytest.mark.skipif(not shutil.which("patch"), reason="no `patch` on this machine")
def test_a_paper_that_is_missing_is_not_for_a_patch(demo: Path) -> None:
    diff = run("diff", "--patch", "--source", "cv").stdout_bytes
    subprocess.run(["patch", "-p0"], input=diff, check=True, capture_output=True)
    assert run("sync").exit_code == 0
    assert {fix["field"] for fix in data("--source", "cv")["fixes"]} == {"missing"}
    assert heads("--source", "cv")[-1] == "2 fixes in your own pages"


def test_lines_fit(demo: Path) -> None:
    for words in (["diff"], ["diff", "--all"], ["diff", "mimetic"], ["show", "mimetic"]):
        for line in run(*words).stdout.splitlines():
            assert columns.width(line) <= 80, line


def test_a_terminal_has_styles_and_nothing_else_has(demo: Path) -> None:
    shown = []
    for env in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        played = Terminal("diff", "--all", cwd=demo, env=env)
        played.end()
        shown.append(played.raw)
    assert "\x1b[4m" in shown[0]
    assert "[Harutyunyan, Hrayr;]" not in shown[0]
    assert [("\x1b" in text, "[Harutyunyan, Hrayr;]" in text) for text in shown[1:]] == [
        (False, True),
        (False, True),
    ]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run("diff", "--all").stdout)
    assert plain == run("diff", "--all").stdout
