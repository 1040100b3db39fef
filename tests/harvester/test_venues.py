"""Venue strings (fixtures/venues.toml), the table, and what identifiers spell."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from harvester import venue_strings, venues
from sources.record import Stage

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ROWS = tomllib.loads((FIXTURES / "venues.toml").read_text(encoding="utf-8"))["venue"]


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


@pytest.mark.parametrize("venue", venues.table().values(), ids=lambda venue: venue.key)
def test_every_spelling_in_the_table_leads_to_its_venue(venue: venues.Venue) -> None:
    for spelling in (venue.name, venue.full, *venue.phrases, *venue.short):
        assert venue_strings.read(spelling).key == venue.key
    for edition in venue.editions.values():
        assert edition.first_day <= edition.last_day
        assert edition.source


def test_a_doi_spells_series_and_edition() -> None:
    assert venues.edition_of_doi("10.1109/itw54588.2022.9965850") == ("itw", 2022)
    assert venues.edition_of_doi("10.1109/allerton.2017.8262735") == ("allerton", 2017)
    assert venues.edition_of_doi("10.1038/s41597-019-0103-9") == ("scientific-data", 0)
    assert venues.edition_of_doi("10.1145/3292500.3330925") == ("", 0)


def test_an_edition_without_dates_has_the_usual_month() -> None:
    edition = venues.table()["neurips"].edition(2019)
    assert edition is not None
    assert not edition.exact
    assert str(edition.last_day) == "2019-12-31"
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
