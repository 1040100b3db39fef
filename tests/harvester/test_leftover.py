"""Two clean sources: what neither has a partner for, in a place that both cover."""

from pathlib import Path

import pytest

from harvester import policy
from harvester.dedupe import Deduped, dedupe, read_files
from harvester.dedupe_report import evidence

BOTH = frozenset({"ours", "theirs"})
PLACE = "SIGMOD Record,2002"
PAPERS = (
    'Index tuning wizard for relational servers,"Surajit Chaudhuri, Vivek Narasayya"',
    'Storing semistructured clinical records,"Emil Stern, Ina Roth"',
    'Sparse attention for dense prediction of events,"Ada Byron, Kurt Friedman"',
)
SHORT = 'Mining the web: a search approach,"Ina Roth, Ada Byron"'
LONG = 'Mining the web by Emil Stern and others: a book about the search,"Ada Byron, I. Roth"'


def found(folder: Path, *rows: str, covered: bool = True, clean: frozenset[str] = BOTH) -> Deduped:
    papers = [f"{source},{paper}" for source in sorted(BOTH) for paper in PAPERS if covered]
    listed = [f"{number},{row},{PLACE}" for number, row in enumerate((*papers, *rows))]
    path = folder / "rows.csv"
    path.write_text("\n".join(("id,source,title,authors,venue,year", *listed, "")))
    return dedupe(read_files([path]), clean=clean, by_version=True)


def left(result: Deduped) -> int:
    """Clusters beyond the papers that both sources have."""
    return len(result.clusters) - len(PAPERS)


def test_what_alone_is_left_on_both_sides_is_one_in_other_words(tmp_path: Path) -> None:
    result = found(tmp_path, f"ours,{SHORT}", f"theirs,{LONG}")
    assert left(result) == 1
    (pair,) = (pair for pair in result.pairs if "left over" in evidence(pair))
    assert evidence(pair).endswith("partner left over +10")
    assert "title other words" in evidence(pair)
    assert pair.bits == sum(piece.bits for piece in pair.evidence)


SAME_PEOPLE = '"Ada Byron, I. Roth"'


@pytest.mark.parametrize(
    "theirs",
    [
        [LONG.replace("Byron", "Friedman")],
        [LONG, f"Call for papers of 2003,{SAME_PEOPLE}"],
        [f"A letter from Athens,{SAME_PEOPLE}"],
        [SHORT.replace("search", "search 2:")],
    ],
    ids=["other people", "one of two papers", "no word shared", "another part"],
)
def test_what_else_is_left_is_not(tmp_path: Path, theirs: list[str]) -> None:
    ours = f"ours,{SHORT.replace('search', 'search 1:')}"
    rows = [f"theirs,{row}" for row in theirs]
    assert left(found(tmp_path, ours, *rows)) == 1 + len(rows)


def test_nothing_is_left_over_where_a_source_may_repeat_itself(tmp_path: Path) -> None:
    rows = f"ours,{SHORT}", f"theirs,{LONG}"
    assert left(found(tmp_path, *rows, clean=frozenset({"ours"}))) == 2


def test_nothing_is_left_over_where_the_sources_cover_other_papers(tmp_path: Path) -> None:
    assert len(found(tmp_path, f"ours,{SHORT}", f"theirs,{LONG}", covered=False).clusters) == 2


@pytest.mark.parametrize("name", ["LEFT_OVER", "IN_COMMON", "UNMATCHED"])
def test_a_flipped_sign_is_noticed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, name, -getattr(policy, name))
    counts = [
        left(found(tmp_path, f"ours,{SHORT}", f"theirs,{LONG}")),
        left(found(tmp_path, f"ours,{SHORT}", f"theirs,A letter from Athens,{SAME_PEOPLE}")),
    ]
    assert counts != [1, 2]
