"""What `dedupe` learns from its records: columns, sources that repeat nothing, counterparts."""

import csv
import io
from pathlib import Path

import pytest

from harvester import policy
from harvester.dedupe import Deduped, dedupe, read_files
from harvester.dedupe_report import pairs_csv

NAMES = "Ada Byron; Kurt Friedman"
PAPERS = [
    "Identifying geopolitical event precursors using attention-based LSTMs",
    "Multitask learning and benchmarking with clinical time series data",
    "Spoken language identification in 99 languages with recurrent networks",
    "Failure modes of domain generalization algorithms",
    "Estimating informativeness of samples with smooth unique information",
]
"""Telling titles, that both sources have once."""


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MANY", len(PAPERS))


def run(folder: Path, *rows: str, papers: int = 1) -> Deduped:
    """Dedupe rows `id,source,title,authors,venue,year` beside papers that two sources have."""
    lines = ["id,source,title,authors,venue,year", *rows]
    for source in ("one", "two"):
        for number, title in enumerate(PAPERS * papers):
            lines.append(f"{source}{number},{source},{title},{NAMES},ICML,2020")
    path = folder / "records.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return dedupe(read_files([path]), by_version=True)


def together(found: Deduped, a: str, b: str) -> bool:
    """Whether two ids are in one cluster."""
    clusters = [{key.split(":")[1] for key in keys} for keys in found.clusters]
    return any({a, b} <= keys for keys in clusters)


MINING = f"a,one,Integrating association rule mining with relational systems,{NAMES},VLDB,2001"
RULES = f"b,two,Integrating mining with relational systems,{NAMES},VLDB,2001"
WHOLE = f"c,two,Integrating association rule mining with relational systems,{NAMES},VLDB,2001"


def test_a_changed_word_between_counterparts_is_a_slip(tmp_path: Path) -> None:
    assert together(run(tmp_path, MINING, RULES), "a", "b")


def test_one_that_has_a_better_partner_is_no_counterpart(tmp_path: Path) -> None:
    found = run(tmp_path, MINING, RULES, WHOLE)
    assert together(found, "a", "c")
    assert not together(found, "a", "b")


def test_sources_that_repeat_papers_have_no_counterparts(tmp_path: Path) -> None:
    assert not together(run(tmp_path, MINING, RULES, papers=2), "a", "b")


def test_other_years_are_no_counterparts(tmp_path: Path) -> None:
    assert not together(run(tmp_path, MINING, RULES.replace("2001", "2003")), "a", "b")


def test_what_is_told_sums_up_where_the_records_have_moved_the_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "KAPPA", 10)
    found = run(tmp_path, MINING, RULES, WHOLE)
    used = {(one.signal, one.level): one.bits for pair in found.pairs for one in pair.evidence}
    assert {w for w in used if used[w] != policy.WEIGHTS.get(w)} - {("partner", "only one")}
    rows = csv.DictReader(io.StringIO(pairs_csv(read_files([tmp_path / "records.csv"]), found)))
    for row in rows:
        told = [float(piece.rsplit(" ", 1)[1]) for piece in row["evidence"].split("; ")]
        assert sum(told) == pytest.approx(float(row["weight"]), abs=1e-4)


def test_equal_rows_of_a_source_that_repeats_nothing_are_two(tmp_path: Path) -> None:
    rows = [f"{id},one,Trade press news,Emil Stern,SIGMOD Record,1995" for id in "ab"]
    assert not together(run(tmp_path, *rows), "a", "b")
    assert together(run(tmp_path, *rows, papers=2), "a", "b")


def test_a_title_that_recurs_over_years_is_a_column(tmp_path: Path) -> None:
    years = (1998, 1999, 2000, 2001)
    rows = [
        f"{source}{year},{source}s,Reminiscences on influential papers,Emil Stern,Y,{year}"
        for year in years
        for source in ("x", "y")
    ]
    found = run(tmp_path, *rows)
    assert not together(found, "x1998", "x1999")
    assert not together(found, "x1998", "y1999")
    few = run(tmp_path, *(row for row in rows if "1998" in row or "1999" in row))
    assert together(few, "x1998", "y1999")


def test_one_article_under_numbers_of_a_catalogue_is_no_column(tmp_path: Path) -> None:
    lines = ["id,source,title,authors,venue,year,volume,number,pages"]
    lines += [f"{n},x,{PAPERS[0]},{NAMES},Y,2012,13,{n},539-548" for n in (34, 35, 36)]
    lines += [f"{n},x,Editor remarks,Emil Stern,Y,2000,24,{n}," for n in (1, 2, 3)]
    path = tmp_path / "records.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = dedupe(read_files([path]), by_version=True)
    assert together(found, "34", "36")
    assert not together(found, "1", "2")


def test_a_flipped_sign_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weight = ("source", "tidy")
    monkeypatch.setitem(policy.WEIGHTS, weight, -policy.WEIGHTS[weight])
    rows = [f"{id},one,Trade press news,Emil Stern,SIGMOD Record,1995" for id in "cd"]
    assert together(run(tmp_path, *rows), "c", "d")


def test_the_order_of_records_does_not_matter(tmp_path: Path) -> None:
    rows = (MINING, RULES, WHOLE)
    one, other = run(tmp_path, *rows), run(tmp_path, *rows[::-1])
    assert set(one.clusters) == set(other.clusters)
    assert one.pairs == other.pairs
