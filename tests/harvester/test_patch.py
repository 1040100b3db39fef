"""`harvest diff --patch` on copies of real pages, applied by the real patch."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.pseudo import Terminal
from harvester.cli import main

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PATCH = shutil.which("patch")
needs_patch = pytest.mark.skipif(PATCH is None, reason="no `patch` on this machine")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def fixes() -> list[dict[str, Any]]:
    """What is wrong in the files; a paper that is missing is nobody's wrong word."""
    found: list[dict[str, Any]] = json.loads(run("diff", "--json").stdout)["fixes"]
    return [fix for fix in found if fix["field"] != "missing"]


def printed(*words: str) -> bytes:
    return run("diff", "--patch", *words).stdout_bytes


def apply(diff: bytes, folder: Path) -> None:
    assert PATCH
    done = subprocess.run([PATCH, "-p0"], input=diff, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert b"fuzz" not in done.stdout
    assert not list(folder.rglob("*.orig"))


def edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def changed_lines(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    old, new = before.split(b"\n"), after.split(b"\n")
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


def test_every_fix_of_the_demo_is_in_the_patch(demo: Path) -> None:
    done = run("diff", "--patch")
    assert (done.exit_code, done.stderr) == (1, "")
    files = [line[4:] for line in done.stdout.splitlines() if line.startswith("+++ ")]
    assert files == sorted({fix["file"] for fix in fixes()})


@needs_patch
def test_after_the_patch_nothing_is_left_to_say(demo: Path) -> None:
    apply(printed(), demo)
    assert run("sync").exit_code == 0
    assert fixes() == []
    data = json.loads(run("diff", "--json").stdout)
    assert [row for row in data["changed"] if row["kind"] in ("open", "settled", "gone")] == []
    done = run("diff", "--patch")
    assert (done.exit_code, done.output) == (0, "")


@needs_patch
def test_the_homepage_changes_in_two_places_alone(demo: Path) -> None:
    before = (demo / "homepage.md").read_bytes()
    apply(printed("--source", "homepage"), demo)
    year, link = changed_lines(before, (demo / "homepage.md").read_bytes())
    assert year[1] == year[0].replace(b"CVPR 2021", b"CVPR 2022")
    assert link[1] == link[0].replace(b"1905.13276", b"1706.03353")


@needs_patch
def test_the_whole_homepage_changes_in_two_places_alone(demo: Path) -> None:
    seeds = SHARED / "seeds" / "homepage" / "2025-10-06.md"
    if not seeds.is_file():
        pytest.skip("the homepage's history does not stand beside this checkout")
    shutil.copy(seeds, demo / "homepage.md")
    assert run("sync").exit_code == 0
    before = (demo / "homepage.md").read_bytes()
    apply(printed("--source", "homepage"), demo)
    assert len(changed_lines(before, (demo / "homepage.md").read_bytes())) == 2
    assert run("sync").exit_code == 0
    assert [fix for fix in fixes() if fix["source"] == "homepage"] == []


def test_a_bib_entry_becomes_what_it_is_and_keeps_its_number(demo: Path) -> None:
    diff = printed("--source", "bibtex").decode()
    assert "-@article{harutyunyan2023supervision,\n+@inproceedings{harutyunyan2023super" in diff
    assert "+  booktitle={International Conference on Learning Representations},\n" in diff
    assert "+  eprint={2301.12245},\n+  archivePrefix={arXiv},\n" in diff
    assert not [line for line in diff.splitlines() if line[:1] in "+-" and "title=" in line[:8]]


def test_names_that_are_left_out_are_written_as_their_neighbours_are(demo: Path) -> None:
    diff = printed("--source", "cv").decode()
    assert "O. Dabeer, B. Schiele, A. Swaminathan, S. Soatto.  \n" in diff


@needs_patch
@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.replace(b"\n", b"\r\n"),
        lambda body: body.rstrip(b"\n"),
        lambda body: b"\xef\xbb\xbf" + body,
        lambda body: body.replace(b"## PUBLICATIONS", b"\x0c\n## PUBLICATIONS"),
        lambda body: body.replace(b"Amazon.com", "Société Ünïcode 数学".encode()),
    ],
    ids=["crlf", "no-final-newline", "byte-order-mark", "form-feed", "wide"],
)
def test_what_is_odd_about_a_file_stays(demo: Path, spoil: Callable[[bytes], bytes]) -> None:
    for file in (demo / "cv.md", demo / "homepage.md", *(demo / "bibtex").glob("*.bib")):
        edit(file, spoil)
    assert run("sync").exit_code == 0
    assert len(fixes()) == 9
    before = (demo / "cv.md").read_bytes(), (demo / "bibtex" / "mor.bib").read_bytes()
    apply(printed(), demo)
    assert len(changed_lines(before[0], (demo / "cv.md").read_bytes())) == 4
    entry = (demo / "bibtex" / "mor.bib").read_bytes()
    assert entry.count(b"\r\n") == (entry.count(b"\n") if b"\r\n" in before[1] else 0)
    assert entry.endswith(b"\n") == before[1].endswith(b"\n")
    assert run("sync").exit_code == 0
    assert fixes() == []


def test_a_statement_that_has_changed_since_the_last_sync_is_left_alone(demo: Path) -> None:
    edit(demo / "homepage.md", lambda body: body.replace(b"CVPR 2021", b"CVPR (2021)"))
    done = run("diff", "--patch", "--source", "homepage")
    assert "1706.03353" in done.stdout
    assert "CVPR" not in "".join(line for line in done.stdout.splitlines() if line[:1] in "+-")
    assert done.stderr == (
        "homepage.md:200: has changed since the last sync; run `harvest sync` first\n"
    )
    assert done.exit_code == 1


def test_lines_that_moved_are_not_taken_for_others(demo: Path) -> None:
    edit(demo / "homepage.md", lambda body: b"One line more\n" + body)
    done = run("diff", "--patch", "--source", "homepage")
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2


def test_files_that_are_gone_or_in_another_encoding_are_named(demo: Path) -> None:
    (demo / "cv.md").unlink()
    edit(demo / "homepage.md", lambda body: body + b"\xe9\n")
    done = run("diff", "--patch")
    said = {line.partition(": ")[2] for line in done.stderr.splitlines()}
    assert said == {
        "cannot be read (No such file or directory); run `harvest sync`",
        "is not UTF-8, a patch might spoil it; correct it by hand",
    }
    assert "bibtex/mor.bib" in done.stdout


@needs_patch
def test_from_another_folder_it_says_where_to_apply_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo / "bibtex")
    done = run("diff", "--patch")
    assert done.stderr == f"apply it there: patch -p0 -d {demo}\n"
    apply(done.stdout_bytes, demo)
    assert run("sync").exit_code == 0
    assert fixes() == []


@needs_patch
def test_names_with_blanks_and_files_behind_links(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GNU patch neither follows a link nor reads a name behind its first blank."""
    elsewhere = tmp_path / "my own pages"
    elsewhere.mkdir()
    (demo / "homepage.md").rename(elsewhere / "home page.md")
    (demo / "homepage.md").symlink_to(elsewhere / "home page.md")
    done = run("diff", "--patch")
    assert done.stderr == f"apply it there: patch -p0 -d {tmp_path}\n"
    apply(done.stdout_bytes, tmp_path)
    assert run("sync").exit_code == 0
    assert fixes() == []
    assert (demo / "homepage.md").is_symlink()


def test_one_output_at_a_time(demo: Path) -> None:
    done = run("diff", "--patch", "--json")
    assert (done.exit_code, done.stdout) == (2, "")


def test_what_a_file_holds_moves_no_terminal_and_reaches_a_pipe_as_it_is(demo: Path) -> None:
    line = b"  CVPR 2021 [<a"
    hostile = b"  <!-- \x1b[31m \xc2\x9b2J \xe2\x80\xae -->\n"
    edit(demo / "homepage.md", lambda body: body.replace(line, hostile + line))
    assert run("sync").exit_code == 0
    assert hostile in printed("--source", "homepage")
    played = Terminal("diff", "--patch", "--source", "homepage", cwd=demo)
    played.end()
    assert "+  CVPR 2022" in played.raw
    assert not set(played.raw) & set("\x1b\x9b\u202e")
