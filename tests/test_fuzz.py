"""The fuzzer in benchmarks/: a short run each time, and that it would notice what it looks for."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzz_parsers", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_few_hundred_inputs_of_every_parser() -> None:
    done = run("--inputs", "600", "--growths", "2", "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAULT" not in done.stdout
    assert "600 inputs" in done.stdout


@pytest.fixture(autouse=True)
def _root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks are no part of what is installed."""
    monkeypatch.syspath_prepend(str(ROOT))


def test_a_fault_is_counted_saved_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from benchmarks import fuzz_parsers
    from benchmarks.parsers import parsers
    from sources.bibtex import BibtexSource
    from sources.contract import Page
    from sources.record import Record, Skipped

    seeds = {seed.body for parser in parsers() for seed in parser.seeds}
    parse = BibtexSource.parse

    def stumble(self: BibtexSource, page: Page) -> Iterator[Record | Skipped]:
        if page.body not in seeds:
            raise KeyError("x")
        return parse(self, page)

    monkeypatch.setattr(BibtexSource, "parse", stumble)
    words = ["--only", "bibtex", "--inputs", "20", "--growths", "0", "--save", str(tmp_path)]
    assert fuzz_parsers.main(words) == 1
    out = capsys.readouterr().out
    assert re.search(r"FAULT (19|20) x KeyError at ", out)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_slower_than_linear_is_steep() -> None:
    from benchmarks.growth import SIZES, Growth

    squares = tuple((size / SIZES[-1]) ** 2 for size in SIZES)
    lines = tuple(size / SIZES[-1] for size in SIZES)
    assert Growth(squares, 1.0, b"").exponent == pytest.approx(2)
    assert Growth(squares, 1.0, b"").steep
    assert Growth(lines, 1.0, b"").exponent == pytest.approx(1)
    assert not Growth(lines, 1.0, b"").steep
    assert not Growth(tuple(time / 100 for time in squares), 1.0, b"").steep
    assert Growth((0.1, 9.0), 1.0, b"").steep


def test_an_input_is_the_same_every_time() -> None:
    from benchmarks.mutations import LONGEST, mutate
    from benchmarks.parsers import parsers

    for parser in parsers():
        bodies = [seed.body for seed in parser.seeds]
        assert bodies, parser.name
        first, again = ([mutate(Random(n), bodies[0], bodies) for n in range(40)] for _ in "ab")
        assert first == again
        assert len(set(first)) > 20
        assert max(map(len, first)) <= LONGEST
