"""A queue of thousands: what is shown in full, what in a line, and that the page says so."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from htmlread import Page

from db.reading import open_for_reading
from harvester import docket, shapes, shelf
from harvester.cli import main
from harvester.html_page import IN_FULL, LINES, WORKS, Review, page

MANY = 5000


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The demo's review and its works."""
    folder: Path = tmp_path_factory.mktemp("size") / "demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    with open_for_reading(folder / "canon.db") as reader:
        found = (docket.conflicts(reader), shelf.fixes(reader), shelf.changed(reader))
        works = [
            shapes.show_json(work, shelf.fields(reader, work.key), ())
            for work in shelf.listed(reader)
        ]
        return shapes.diff_json(*found), works


def many(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The rows over and over, each with a name of its own."""
    found = []
    for number in range(MANY):
        row = deepcopy(rows[number % len(rows)])
        row[name] = f"{row[name]}{number}" if isinstance(row[name], str) else number
        found.append(row)
    return found


def test_five_thousand_of_everything(
    small: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    diff, works = small
    large = {
        "open": many(diff["open"], "id"),
        "settled": many(diff["settled"], "id"),
        "fixes": many(diff["fixes"], "line"),
        "changed": many([row for row in diff["changed"] if row["kind"] == "new"], "text"),
    }
    text = page(Review("Large", large, many(works, "key")[:WORKS], (), {}, MANY))
    shown = Page(text)
    assert len(text) < 6_000_000
    assert len(shown.all("article")) == 2 * IN_FULL
    told = " ".join(shown.text.split())
    assert f"{MANY} questions for you" in told
    assert f"Of {MANY - IN_FULL} more only a line is shown" in told
    for hidden in (MANY - IN_FULL - LINES, MANY - LINES, MANY - WORKS):
        assert f"and {hidden} more that this page does not list" in told
    assert told.count("harvest diff WORK") == 2
    ids = shown.values("id")
    assert len(ids) == len(set(ids))


def test_a_small_review_hides_nothing(
    small: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    diff, works = small
    told = Page(page(Review("Small", diff, works, (), {}, len(works)))).text
    assert "does not list" not in told
    assert "only a line" not in told


def test_nothing_needs_you() -> None:
    diff: dict[str, Any] = {"open": [], "settled": [], "fixes": [], "changed": []}
    shown = Page(page(Review("Nobody", diff, (), (), {}, 0)))
    assert "Nothing needs you." in shown.text
    assert shown.all("section") == []
