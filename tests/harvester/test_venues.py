"""Venue strings (fixtures/venues.toml), the table, and what identifiers spell."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester import venue_strings, venues
from harvester.venue_index import index
from harvester.venue_table import Table, Venue
from harvester.venue_words import plain, spelled, words
from harvester.venue_years import ordinal, spelled_year
from sources.record import Stage

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ROWS = tomllib.loads((FIXTURES / "venues.toml").read_text(encoding="utf-8"))["venue"]
TPAMI = "ieee-transactions-on-pattern-analysis-and-machine-intelligence"
PNAS = "proceedings-of-the-national-academy-of-sciences-of-the-united-states-of-america"
ALL = list(venues.table().values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_venue_string(row: dict[str, Any]) -> None:
    hint = Stage(row["hint"]) if "hint" in row else None
    found = venue_strings.read(row["text"], hint, row.get("group", ""))
    assert (found.stage, found.key, found.year, found.track) == (
        row["stage"],
        row["key"],
        row["year"],
        row.get("track", ""),
    )
    if "name" in row:
        assert found.name == row["name"]
    if "known" in row:
        assert found.known is row["known"]


@pytest.mark.parametrize("venue", ALL, ids=lambda venue: venue.key)
def test_every_spelling_in_the_table_leads_to_its_venue(venue: Venue) -> None:
    for spelling in (venue.name, venue.full, *venue.phrases, *venue.short):
        found = venue_strings.read(spelling)
        assert (found.key, found.stage, found.track) == (venue.key, venue.kind, ""), spelling


@pytest.mark.parametrize("venue", ALL, ids=lambda venue: venue.key)
def test_a_year_behind_any_spelling_is_the_edition(venue: Venue) -> None:
    for spelling in (venue.name, venue.full, *venue.phrases, *venue.short):
        found = venue_strings.read(f"{spelling} 2017")
        assert (found.key, found.year) == (venue.key, 2017), spelling


@pytest.mark.parametrize("venue", ALL, ids=lambda venue: venue.key)
def test_editions_are_in_order_near_their_year_and_sourced(venue: Venue) -> None:
    days = [venue.editions[year].first_day for year in sorted(venue.editions)]
    assert days == sorted(days)
    for year, edition in venue.editions.items():
        assert edition.first_day <= edition.last_day
        assert (edition.last_day - edition.first_day).days < 20
        assert abs(edition.first_day.year - year) <= 1
        assert edition.source
    assert not venue.editions or venue.kind == "conference"
    assert 0 <= venue.month <= 12
    # Where nobody has looked up the days of an edition, the usual month stands in, and says so.
    assert venue.kind != "conference" or venue.month
    undated = venue.edition(1960)
    assert undated is None or (not undated.exact and undated.source)


def test_no_two_venues_share_a_spelling() -> None:
    owners: dict[object, set[str]] = defaultdict(set)
    for venue in ALL:
        for name in (venue.name, venue.full, *venue.phrases, *venue.short):
            owners[spelled(name)].add(venue.key)
        for stem in (*venue.doi, *venue.doi_years, *venue.openreview):
            owners[stem].add(venue.key)
        for series, years in venue.series.items():
            for volume in years:
                owners[series, volume].add(venue.key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_the_table_is_wide_and_its_rows_are_whole() -> None:
    assert len(ALL) >= 150
    rows = tomllib.loads((FIXTURES.parent / "harvester/venues.toml").read_text("utf-8"))["venue"]
    assert len(rows) == len({row["key"] for row in rows}) == len(ALL)
    assert {venue.kind for venue in ALL} == {"conference", "journal", "preprint"}
    assert all(spelled(name) for venue in ALL for name in (venue.name, *venue.phrases))


@pytest.mark.parametrize(
    ("key", "number", "year"),
    [
        ("icml", 13, 1996),
        ("icml", 3, 0),
        ("neurips", 37, 2023),
        ("aaai", 34, 2020),
        ("aaai", 11, 0),
        ("ijcai", 26, 2017),
        ("ijcai", 12, 0),
        ("colt", 9, 1996),
        ("uai", 13, 1997),
        ("aistats", 18, 2015),
        ("acl", 57, 2019),
        ("eccv", 14, 2016),
        ("icpr", 25, 2020),
        ("lrec", 11, 2018),
        ("stoc", 25, 1993),
        ("focs", 36, 1995),
        ("vldb", 27, 2001),
        ("icde", 34, 2018),
        ("kdd", 25, 2019),
        ("sigir", 19, 1996),
        ("www", 30, 2021),
        ("allerton", 55, 2017),
        ("eacl", 16, 0),
    ],
)
def test_ordinals_count_where_no_year_was_skipped(key: str, number: int, year: int) -> None:
    assert venues.table()[key].counted(number) == year


@pytest.mark.parametrize(
    ("doi", "spelt"),
    [
        ("10.1109/itw54588.2022.9965850", ("itw", 2022)),
        ("10.1109/allerton.2017.8262735", ("allerton", 2017)),
        ("10.1109/cvpr52688.2022.01234", ("cvpr", 2022)),
        ("10.1109/cvprw50498.2020.00012", ("", 0)),
        ("10.1109/tpami.2019.2904258", (TPAMI, 0)),
        ("10.1038/s41597-019-0103-9", ("scientific-data", 0)),
        ("10.1145/3292500.3330925", ("kdd", 2019)),
        ("10.1145/2623330.2623623", ("", 0)),
        ("10.1609/aaai.v34i05.6270", ("aaai", 2020)),
        ("10.24963/ijcai.2019/123", ("ijcai", 2019)),
        ("10.21437/interspeech.2021-123", ("interspeech", 2021)),
        ("10.18653/v1/p19-1001", ("acl", 2019)),
        ("10.18653/v1/2020.emnlp-main.12", ("emnlp", 2020)),
        ("10.18653/v1/2021.findings-acl.3", ("acl", 2021)),
        ("10.18653/v1/2020.acl-demos.4", ("", 0)),
        ("10.18653/v1/w18-5401", ("", 0)),
    ],
)
def test_a_doi_spells_series_and_edition(doi: str, spelt: tuple[str, int]) -> None:
    assert venues.edition_of_doi(doi) == spelt


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("https://proceedings.mlr.press/v139/harutyunyan21a.html", ("icml", 2021)),
        ("http://proceedings.mlr.press/v9999/x.html", ("", 0)),
        ("https://openaccess.thecvf.com/content/CVPR2022/html/Galstyan_x.html", ("cvpr", 2022)),
        ("https://openaccess.thecvf.com/content_CVPR_2019/papers/x.pdf", ("cvpr", 2019)),
        ("https://openaccess.thecvf.com/content/CVPR2022W/NTIRE/html/x.html", ("", 0)),
        ("https://openaccess.thecvf.com/content_ICCV_2019/workshops/x.html", ("", 0)),
        ("https://aclanthology.org/2020.acl-main.1/", ("acl", 2020)),
        ("https://www.aclweb.org/anthology/P19-1001", ("acl", 2019)),
        ("https://papers.nips.cc/paper/2019/hash/abc-Abstract.html", ("neurips", 2019)),
        ("https://proceedings.neurips.cc/paper_files/paper/2023/hash/a.html", ("neurips", 2023)),
        ("https://github.com/hrayrhar/limit-label-memorization", ("", 0)),
    ],
)
def test_an_address_of_proceedings_spells_the_edition(url: str, spelt: tuple[str, int]) -> None:
    assert venues.edition_of_url(url) == spelt


def test_a_misspelt_name_may_be_a_venue_and_another_name_may_not() -> None:
    assert venues.may_name("Proceedings of te National Academy of Sciences", PNAS)
    assert venues.may_name("Britis Machine Vision Conference", "bmvc")
    assert not venues.may_name("Scientific Data", "scientific-reports")
    assert not venues.may_name("Nature Machine Intelligence", "scientific-data")


def test_volumes_of_a_series_are_editions() -> None:
    assert venues.edition_of_volume("PMLR", "97") == ("icml", 2019)
    assert venues.edition_of_volume("Proceedings of Machine Learning Research", "v130") == (
        "aistats",
        2021,
    )
    assert venues.edition_of_volume("PMLR", "9999") == ("", 0)
    assert venues.edition_of_anthology("D19-1001") == ("emnlp", 2019)


def test_an_edition_without_dates_has_the_usual_month() -> None:
    edition = venues.table()["neurips"].edition(1998)
    assert edition is not None
    assert not edition.exact
    assert str(edition.last_day) == "1998-12-31"
    dated = venues.table()["cvpr"].edition(2021)
    assert dated is not None
    assert dated.exact


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("TokShop", "Workshop on TokShop", True),
        ("SCIS", "Spurious Correlations, Invariance and Stability", True),
        ("Weight Space Learning", "Workshop on Neural Network Weights as a New Modality", False),
        ("SCIS", "TokShop", False),
    ],
)
def test_names_of_one_workshop(a: str, b: str, one: bool) -> None:
    assert venues.names_one_workshop(a, b) is one
    assert venues.names_one_workshop(b, a) is one


def test_tracks_have_names_of_their_own() -> None:
    assert venues.workshop_name("EMNLP", "Findings") == "Findings of EMNLP"
    assert venues.workshop_name("CHI", "Extended Abstracts") == "CHI Extended Abstracts"
    assert venues.workshop_name("ICML", "TokShop") == "ICML TokShop Workshop"
    assert venues.full_name("emnlp", "Findings") == "Findings of EMNLP"


def test_what_a_user_adds_comes_first() -> None:
    own = venues.table().under(
        [
            {"key": "tokshop", "short": ["TokShop"], "phrases": ["tokenization workshop"]},
            {"key": "icml", "phrases": ["the july meeting"], "editions": {"2026": DAYS}},
            {"key": "scis", "name": "Science", "kind": "journal", "phrases": ["science"]},
        ]
    )
    read = venue_strings.read
    assert read("TokShop 2025", known=own).key == "tokshop"
    assert read("TokShop 2025").key == "tokshop"
    assert not read("TokShop 2025").known
    assert read("The July Meeting 2024", known=own).key == "icml"
    assert read("ICML 2024", known=own).key == "icml"
    assert own["icml"].editions[2026].source == "its site"
    assert own["icml"].editions[2019] == venues.table()["icml"].editions[2019]
    assert read("Science", known=own).key == "scis"
    assert read("Science").key == "science"
    assert venues.table()["icml"].editions.get(2026) is None


DAYS = ["2026-07-06", "2026-07-11", "its site"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"name": "No key"}, "venue ''"),
        ({"key": "x", "colour": "red"}, "colour"),
        ({"key": "x", "kind": "party"}, "kind"),
        ({"key": "x", "phrases": "y"}, "list of strings"),
        ({"key": "x", "editions": {"2020": ["soon"]}}, "an edition is YEAR"),
    ],
)
def test_a_row_that_is_none_is_refused_in_words(row: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Table(()).under([row])


@given(st.text(max_size=60))
def test_any_string_can_be_read(text: str) -> None:
    venue_strings.read(text)
    venue_strings.read(text, Stage.WORKSHOP)
    for word in words(plain(text)):
        assert word.text
    found = index(venues.table()).find(plain(text))
    assert found is None or 0 <= found.start <= found.end


@given(st.sampled_from(ALL), st.sampled_from(["Zebra", "Applied Zebra", "Zebra Husbandry"]))
def test_a_longer_name_is_another_venue(venue: Venue, more: str) -> None:
    name = venue.phrases[0] if venue.phrases else venue.full
    assert venue_strings.read(f"{name} and {more}").key != venue.key


@given(st.integers(1, 99))
def test_ordinals_are_read(number: int) -> None:
    ending = "th" if 10 <= number <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    assert ordinal(f"{number}{ending} Conference") == number


def test_pages_are_no_year() -> None:
    assert spelled_year("SIGMOD, pages 1990-2101") == 0
    assert spelled_year("SIGMOD 1999, pages 2001-2012") == 1999
    assert spelled_year("NeurIPS'19") == 2019
