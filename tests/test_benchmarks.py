"""What the benchmarks count, and that what they make is the same every time."""

import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.contenders import CONTENDERS, OURS, answer
from benchmarks.folders import cases
from benchmarks.launch import FailedError, run
from benchmarks.perturbed import papers, write
from benchmarks.sets import Score, Truth, clusters


def test_pairs_within_clusters_are_counted() -> None:
    truth = Truth({"a": "1", "b": "1", "c": "1", "d": "2"})
    score = truth.score({"a": "x", "b": "x", "c": "y", "d": "y"})
    assert score == Score(found=2, true=3, both=1)
    assert (score.precision, score.recall) == (1 / 2, 1 / 3)
    assert score.f1 == pytest.approx(2 / 5)
    with pytest.raises(RuntimeError, match="c is in one of truth and answer only"):
        truth.score({"a": "x", "b": "x", "d": "x"})


def test_pairs_across_sources_alone_are_counted() -> None:
    truth = Truth(one=frozenset({("a", "b")}), sources={"a": "s", "b": "t", "c": "t"})
    assert truth.score({"a": "x", "b": "x", "c": "x"}) == Score(2, 1, 1)
    assert truth.score({"a": "x", "b": "y", "c": "y"}) == Score(0, 1, 0)


def test_labelled_pairs_alone_are_counted() -> None:
    truth = Truth(one=frozenset({("a", "b")}), apart=frozenset({("a", "c")}))
    assert truth.score(dict.fromkeys("abcd", "x")) == Score(2, 1, 1)
    assert truth.score({"a": "x", "b": "x", "c": "y", "d": "x"}) == Score(1, 1, 1)


def test_a_chain_is_one_cluster() -> None:
    found = clusters([("d", "c"), ("b", "a"), ("c", "b")], "abcde")
    assert found == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "e"}


def test_made_records_are_the_same_every_time(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, 300, seed)
    one, again, other = ((tmp_path / name / "records.csv").read_bytes() for name in "abc")
    assert one == again
    assert one != other
    assert one.count(b"\n") == 301
    works = [paper for paper, _ in zip(papers(Random(1)), range(400), strict=False)]
    assert len({paper.number for paper in works}) == 400


@pytest.mark.parametrize("name", [OURS, "exact title", "rapidfuzz"])
def test_a_contender_answers_for_every_record(name: str, tmp_path: Path) -> None:
    [who] = [who for who in CONTENDERS if who.name == name]
    write(tmp_path, 100, 1)
    [case] = cases(tmp_path, tmp_path / "made")
    found = answer(who, case, 60)
    assert case.truths[0].score(found.labels[0]).f1 > 0.5
    assert found.used.cpu > 0
    assert found.used.peak > 5


def test_a_command_that_fails_or_hangs_says_so() -> None:
    with pytest.raises(FailedError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], 60)
    with pytest.raises(FailedError, match="gave up after"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], 0.5)
