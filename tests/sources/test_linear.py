"""Pages that once took the square of their size to read. The fuzzer in benchmarks/ found them."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sources.arxiv import ArxivSource
from sources.bibtex import BibtexSource
from sources.contract import Page, Source, SourceError
from sources.openreview import OpenReviewSource
from sources.page import PageSource
from sources.scholar import ScholarSource

HERE = Path("/")
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SMALL, LARGE = 20_000, 80_000


def arxiv() -> Source:
    return ArxivSource("x", None, "x", HERE)


def openreview() -> Source:
    return OpenReviewSource("x", None, "x", HERE)


def scholar() -> Source:
    return ScholarSource("x", "x", HERE)


def bibtex() -> Source:
    return BibtexSource("x", "x", HERE)


def page() -> Source:
    return PageSource("x", "x", HERE, ("Hrayr Harutyunyan",))


FEED = (FIXTURES / "arxiv" / "title_is_0.xml").read_text(encoding="utf-8")
NOTES = (FIXTURES / "openreview" / "accepted.json").read_text(encoding="utf-8")
COLUMNS = "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
ENTRY = "@article{{a,\n title={{{}}},\n author={{{}}},\n doi={{{}}},\n year=2020\n}}\n"


@pytest.mark.parametrize(
    ("make", "around", "piece"),
    [
        pytest.param(arxiv, FEED.replace("</name>", "§</name>", 1), "n", id="a name of one word"),
        pytest.param(openreview, NOTES.replace("~", "§~", 1), "A", id="an id of one word"),
        pytest.param(bibtex, ENTRY.format("T§", "Doe", ""), " t", id="a title of many words"),
        pytest.param(bibtex, ENTRY.format("T", "Doe§", ""), ", ", id="names of nothing"),
        pytest.param(bibtex, ENTRY.format("T", "A§ {B", ""), "~", id="a name of ties"),
        pytest.param(bibtex, ENTRY.format("T", "Doe", "10.1/x§"), ")", id="a DOI of brackets"),
        pytest.param(scholar, COLUMNS + "§", "a,b\n", id="rows"),
        pytest.param(scholar, COLUMNS + "§", '"\n', id="rows with open quotes"),
        pytest.param(scholar, "TY  - JOUR§", "\r\n ", id="empty lines"),
        pytest.param(page, "Doe, **Hrayr Harutyunyan** <b§", "x", id="a tag without an end"),
        pytest.param(page, "[Title](§", " ", id="a link without an address"),
    ],
)
def test_time_grows_as_the_page_does(make: Callable[[], Source], around: str, piece: str) -> None:
    assert around.count("§") == 1
    short, long = (
        seconds(make(), around.replace("§", piece * (size // len(piece))))
        for size in (SMALL, LARGE)
    )
    # Four times as long: four times for linear, sixteen for quadratic.
    assert long < 0.1 or long / short < 9


def seconds(source: Source, text: str) -> float:
    """The better of two times, as the processor counts them."""
    taken = []
    for _ in "ab":
        start = time.process_time()
        with suppress(SourceError):
            list(source.parse(Page("x.txt", text.encode())))
        taken.append(time.process_time() - start)
    return min(taken)
