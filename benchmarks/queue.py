"""How soon the first question of a long queue is on the screen, and what deciding one costs.

    python -m benchmarks.queue [FOLDER]

Makes a workspace of 10,000 works of which 5,000 ask something, in FOLDER if one is named (it is
kept and used again) or in a temporary one, syncs it, and drives `harvest diff -i` in a real
pseudo-terminal.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.pseudo import PROMPT, Terminal

WORKS, QUESTIONS = 10_000, 5_000
_SYLLABLES = "ba be bi do du fa ga he ka ki lo lu ma mi ne no pa ri ro sa se ta ti vo zu".split()
_TOML = """[[person]]
name = "Hrayr Harutyunyan"

[[source]]
adapter = "bibtex"
path = "own.bib"

[[source]]
adapter = "scholar"
path = "export.bib"
"""


def make(folder: Path, works: int = WORKS, questions: int = QUESTIONS) -> None:
    """A workspace in a folder, to be synced. Of the first `questions` works two entries of one file
    name two years, so that no rule can tell.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(5)
    own, export = [], []
    for number in range(works):
        title = " ".join(_word(chance).capitalize() for _ in range(6))
        authors = [f"{_word(chance).capitalize()} {_word(chance).capitalize()}" for _ in range(3)]
        year = 2000 + number % 20
        years = (year, year + 1) if number < questions else (year,)
        for at, said in enumerate(years):
            own.append(_entry(f"o{number}x{at}", title, authors, said))
        export.append(_entry(f"s{number}", title, authors[:2], year))
    (folder / "own.bib").write_text("\n".join(own), encoding="utf-8")
    (folder / "export.bib").write_text("\n".join(export), encoding="utf-8")
    (folder / "harvest.toml").write_text(_TOML, encoding="utf-8")


def _word(chance: Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3))


def _entry(key: str, title: str, authors: list[str], year: int) -> str:
    names = " and ".join(["Hrayr Harutyunyan", *authors])
    return (
        f"@inproceedings{{{key},\n  title = {{{title}}},\n  author = {{{names}}},\n"
        f"  booktitle = {{Conference on Neural Things}},\n  year = {{{year}}}\n}}\n"
    )


def main(folder: Path) -> None:
    """Print what a walk through the queue of a workspace takes."""
    if not (folder / "canon.db").exists():
        make(folder)
        print(f"{WORKS} works, {QUESTIONS} questions; the first sync takes a minute", flush=True)
        Terminal("sync", cwd=folder).end()
    for _ in range(3):
        walk = Terminal("diff", "-i", cwd=folder)
        print(f"first question on the screen  {_seconds(walk, ' quit'):6.3f} s")
        print(f"and a key may be pressed      {_seconds(walk, PROMPT):6.3f} s later")
        walk.press("q")
        walk.end()
    walk = Terminal("diff", "-i", cwd=folder)
    walk.until(PROMPT)
    for _ in range(10):
        walk.press("a")
        kept = _seconds(walk, "is kept")
        print(f"answer kept {kept:6.3f} s, next question {kept + _seconds(walk, PROMPT):6.3f} s")
    walk.press("q")
    print(f"canon up to date at the end   {_seconds(walk, 'undo'):6.3f} s")


def _seconds(walk: Terminal, text: str) -> float:
    start = perf_counter()
    walk.until(text)
    return perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
