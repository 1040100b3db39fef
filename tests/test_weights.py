"""The table of weights beside what labelled sets propose."""

from collections import Counter
from math import log2
from pathlib import Path

import pytest

from benchmarks.folders import cases, places
from benchmarks.perturbed import write
from benchmarks.weights import Counted, Line, Weight, counted, lines, main
from harvester import policy

NEAR = ("authors", "same")
"""A level that both made sets have often."""


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    for seed in (1, 2):
        (folder / str(seed)).mkdir()
        write(folder / str(seed), 300, seed)
    return folder


def line(proposed: int | None, stands: float | None, weight: Weight = NEAR) -> Line:
    return Line(weight, ("a", "b"), None, None, 0, 0, proposed, stands, None)


def hand(name: str, true: dict[Weight, int], other: dict[Weight, int]) -> Counted:
    sizes = (sum(true.values()), sum(other.values()))
    return Counted(name, sizes, Counter(true), Counter(other), {})


def test_labels_tell_by_shares() -> None:
    apart = ("authors", "disjoint")
    one = hand("one", {NEAR: 30, apart: 1}, {NEAR: 5, apart: 26})
    assert one.told(NEAR) == pytest.approx(log2((30.5 / 32) / (5.5 / 32)))
    titles = hand("titles", {("title", "equal"): 31}, {("title", "equal"): 7})
    assert titles.told(("title", "equal")) == pytest.approx(
        log2((31.5 / 32) / (7.5 / 8)) + log2(32 / 8) + policy.MATCH_AT
    )


def test_one_set_proposes_nothing_and_two_do() -> None:
    often = hand("one", {NEAR: 30}, {NEAR: 10, ("authors", "disjoint"): 30})
    seldom = hand("two", {NEAR: 9}, {})
    for sets, proposed in (((often,), None), ((often, seldom), None), ((often, often), 2)):
        [found] = [line for line in lines(sets) if line.weight == NEAR]
        assert found.proposed == proposed
        assert found.sets == ("one",) * sets.count(often)


def test_a_weight_needs_a_reason_to_differ() -> None:
    assert not line(4, 5).unfounded
    assert line(4, 6).unfounded
    assert line(4, 6).reason == ""
    held = line(6, -4, ("title", "word added"))
    assert (held.unfounded, held.reason[:13]) == (False, "a false merge")
    assert line(None, 6).reason == "too few cases"
    assert line(4, None, ("part", "differs")).reason == "at most different, whatever the bits"


def test_every_level_of_the_table_has_a_line(sets: Path) -> None:
    counts = [counted(case) for at in places(sets) for case in cases(at, sets)]
    found = {line.weight: line for line in lines(counts)}
    assert found.keys() >= policy.WEIGHTS.keys() | policy.VERSION_WEIGHTS.keys()
    same = found[NEAR]
    assert same.sets == ("1", "2")
    assert same.labels is not None
    assert same.em is not None
    assert same.proposed == round(same.labels)
    assert same.true > same.other > 0


def test_check_fails_on_a_weight_out_of_nowhere(
    sets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(sets)]) == 0
    monkeypatch.setitem(policy.WEIGHTS, NEAR, -9)
    assert main([str(sets), "--check"]) == 1
    told = capsys.readouterr()
    assert "(authors, same) is -9, the sets propose " in told.err
    assert "NO REASON" in next(x for x in told.out.splitlines() if x.startswith("authors  same  "))
    assert main([str(sets)]) == 0
    assert main([str(sets), "--check", "--set", "1"]) == 0
    names = [" ".join(w) for w in policy.WEIGHTS.keys() | policy.VERSION_WEIGHTS.keys()]
    monkeypatch.setitem(policy.HELD, "because", tuple(names))
    assert main([str(sets), "--check"]) == 0


def test_reasons_are_given_for_weights_that_exist_once_each() -> None:
    names = [name for names in policy.HELD.values() for name in names]
    weights = policy.WEIGHTS.keys() | policy.VERSION_WEIGHTS.keys()
    assert set(names) <= {" ".join(weight) for weight in weights}
    assert len(names) == len(set(names))


def test_a_folder_without_sets_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert f"{tmp_path}: holds no set" in capsys.readouterr().err
