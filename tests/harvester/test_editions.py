"""Which records of a work speak of one version of it, where most of them agree."""

import pytest

from harvester.editions import editions
from harvester.places import compare_numbers, read_place
from sources.names import parse_author
from sources.record import Appearance, PartialDate, Record

TITLE = "Disentangled representations via synergy minimization"
NAMES = tuple(
    author for name in ("Greg Ver Steeg", "Aram Galstyan") if (author := parse_author(name))
)


def record(id: str, venue: str, year: int, pages: str = "") -> Record:
    seen = Appearance(None, venue, PartialDate(year), pages=pages)
    return Record("t", id, "bibtex", TITLE, NAMES, True, (seen,))


def parted(*records: Record) -> list[list[str]]:
    return sorted([[r.id for r in part] for part in editions(records)])


def test_a_slip_in_a_year_parts_nothing_where_most_records_have_the_pages() -> None:
    paged = [record(id, "STOC", 1993, "382-391") for id in "abc"]
    slip, bare = record("d", "STOC", 1996, "382-391"), record("e", "STOC", 1993)
    assert parted(*paged, bare, slip) == [["a", "b", "c", "d", "e"]]
    assert parted(bare, slip) == [["d"], ["e"]]


def test_years_without_pages_part() -> None:
    early = [record(id, "STOC", 1993) for id in "abc"]
    late = [record(id, "STOC", 1996) for id in "de"]
    assert parted(*early, *late) == [["a", "b", "c"], ["d", "e"]]


def test_a_year_before_the_title_tells_where_nothing_else_does() -> None:
    early, late = record("a", "STOC", 1993), record("b", "STOC", 1996)
    bare = Record("t", "c", "bibtex", f"(1996) {TITLE}", NAMES, True, (Appearance(),))
    assert parted(early, late, bare) == [["a"], ["b", "c"]]
    assert parted(early, bare) == [["a"], ["c"]]


@pytest.mark.parametrize(("other", "level"), [("2", "differs"), ("53", ""), ("1", "same")])
def test_no_journal_has_an_issue_beyond_its_weeks(other: str, level: str) -> None:
    places = [read_place(Appearance(None, "Nature", number=number)) for number in ("1", other)]
    assert compare_numbers(*places) == level
