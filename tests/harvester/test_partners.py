"""Two clean sources: a record has one partner in the other at most."""

from pathlib import Path

import pytest

from harvester.dedupe import Deduped, dedupe, read_files
from harvester.dedupe_report import evidence

BOTH = frozenset({"ours", "theirs"})
HEAD = "id,source,title,authors,venue,year\n"
INDEX = "Index turning wizard for relational servers"
TUNING = "Index tuning wizard for relational servers"
OTHER = "Index planning wizard for relational servers"
PEOPLE = '"Surajit Chaudhuri, Vivek Narasayya",SIGMOD,1998'


def found(
    folder: Path, *rows: str, clean: frozenset[str] = BOTH, by_version: bool = True
) -> Deduped:
    path = folder / "rows.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return dedupe(read_files([path]), clean=clean, by_version=by_version)


@pytest.mark.parametrize(("clean", "clusters"), [(BOTH, 1), (frozenset(), 2)])
def test_what_has_only_each_other_is_one_where_sources_are_clean(
    tmp_path: Path, clean: frozenset[str], clusters: int
) -> None:
    rows = f"a,ours,{INDEX},{PEOPLE}", f"b,theirs,{TUNING},{PEOPLE}"
    result = found(tmp_path, *rows, clean=clean)
    assert len(result.clusters) == clusters
    if clusters == 1:
        (pair,) = result.pairs
        assert evidence(pair).endswith("partner only one +8")
        assert pair.bits == sum(piece.bits for piece in pair.evidence)


def test_two_that_come_as_near_are_no_partners(tmp_path: Path) -> None:
    rows = f"b,theirs,{TUNING},{PEOPLE}", f"c,theirs,{OTHER},{PEOPLE}"
    assert len(found(tmp_path, f"a,ours,{INDEX},{PEOPLE}", *rows).clusters) == 3


def test_of_a_column_in_two_clean_sources_one_a_year_is_one(tmp_path: Path) -> None:
    rows = [
        f"{source}{year},{source},Book review column,Karl Aberer,SIGMOD Record,{year}"
        for source in sorted(BOTH)
        for year in (2001, 2002, 2003)
    ]
    assert sorted(map(sorted, found(tmp_path, *rows).clusters)) == [
        [f"ours:ours{year}", f"theirs:theirs{year}"] for year in (2001, 2002, 2003)
    ]


def test_a_veto_stands(tmp_path: Path) -> None:
    rows = f"a,ours,{TUNING} part 1,{PEOPLE}", f"b,theirs,{TUNING} part 2,{PEOPLE}"
    assert len(found(tmp_path, *rows).clusters) == 2


def test_what_is_by_far_the_likest_to_one_of_a_clean_source_tells_half_as_much(
    tmp_path: Path,
) -> None:
    others = '"Surajit Chaudhuri, Ada Byron, Kurt Friedman, Emil Stern",SIGMOD,1990'
    ours = f'a,ours,{TUNING},"Surajit Chaudhuri, Vivek Narasayya, Aram Galstyan",SIGMOD,1998'
    theirs, one = f"b,theirs,{TUNING},{others}", frozenset({"ours"})
    (pair,) = found(tmp_path, ours, theirs, clean=one, by_version=False).pairs
    assert evidence(pair).endswith("partner the likest by far +4")
    twin = ours.replace("a,ours", "c,ours")
    both = found(tmp_path, ours, twin, theirs, clean=one, by_version=False)
    assert not any("partner" in evidence(pair) for pair in both.pairs)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        (
            "Convex optimization of relational servers",
            "Nonconvex optimization of relational servers",
        ),
        ("Incidence of hepatitis B in Armenia", "Incidence of hepatitis C in Armenia"),
        ("Index tuning of servers in two steps", "Index tuning of servers in three steps"),
        ("Index tuning from rows to columns", "Index tuning from columns to rows"),
        ("Report on the fourth index tuning contest", "Report on the fifth index tuning contest"),
        ("Index tuning with relational servers", "Index tuning without relational servers"),
    ],
)
def test_contraries_are_no_partners(tmp_path: Path, title: str, other: str) -> None:
    rows = f"a,ours,{title},{PEOPLE}", f"b,theirs,{other},{PEOPLE}"
    assert len(found(tmp_path, *rows, by_version=False).clusters) == 2


def test_what_stands_beside_a_work_is_no_partner(tmp_path: Path) -> None:
    rows = f"a,ours,A protocol for {TUNING.lower()},{PEOPLE}", f"b,theirs,{TUNING},{PEOPLE}"
    (pair,) = found(tmp_path, *rows, by_version=False).pairs
    assert (pair.verdict, evidence(pair)[-19:]) == ("review", "partner only one +8")


def test_one_far_ahead_of_the_next_is_a_partner(tmp_path: Path) -> None:
    other = f'c,theirs,{OTHER},"Ada Byron, Emil Stern",SIGMOD,1998'
    rows = f"a,ours,{INDEX},{PEOPLE}", f"b,theirs,{TUNING},{PEOPLE}", other
    assert sorted(map(len, found(tmp_path, *rows).clusters)) == [1, 2]
