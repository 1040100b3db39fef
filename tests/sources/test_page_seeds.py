"""The page adapter on real pages and on texts copied from them, where ../shared stands."""

from collections import Counter
from pathlib import Path

import pytest

from sources.page import PageSource
from sources.record import DateKind, Record, Skipped, Stage

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
OWNER = ("Hrayr Harutyunyan", "H. Harutyunyan")

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

# Announcements of papers in each state, counted by hand.
NEWS = {
    "2019-12-09": 2,
    "2020-02-24": 2,
    "2020-06-26": 3,
    "2021-01-08": 3,
    "2021-01-18": 4,
    "2021-02-09": 4,
    "2021-10-10": 5,
    "2021-11-30": 5,
    "2022-06-19": 4,
    "2022-08-28": 4,
    "2022-08-29": 4,
    "2022-11-26": 4,
    "2023-01-04": 4,
    "2023-01-11": 4,
    "2023-01-21": 5,
    "2023-02-01": 5,
    "2023-06-28": 8,
    "2023-07-17": 8,
    "2024-10-22": 8,
    "2025-08-05": 8,
    "2025-09-12": 8,
    "2025-10-06": 9,
}


def read(path: str) -> list[Record | Skipped]:
    adapter = PageSource("page", path, SEEDS, OWNER)
    return [item for page in adapter.pages() for item in adapter.parse(page)]


def forms(items: list[Record | Skipped]) -> Counter[str]:
    return Counter(item.form if isinstance(item, Record) else "skipped" for item in items)


def entries(items: list[Record | Skipped]) -> list[Record]:
    return [item for item in items if isinstance(item, Record) and item.form == "entry"]


def skipped(items: list[Record | Skipped]) -> list[tuple[str, str, bool]]:
    return [(item.where, item.reason, item.fault) for item in items if isinstance(item, Skipped)]


@pytest.mark.parametrize("day", NEWS)
def test_every_entry_of_every_state_is_found(day: str) -> None:
    items = read(f"homepage/{day}.md")
    blocks = (SEEDS / "homepage" / f"{day}.md").read_text("utf-8").count("paper-image-text-pair")
    assert forms(items) == {"entry": blocks, "news": NEWS[day]}
    for entry in entries(items):
        assert entry.title[-1].isalnum()
        assert any(author.family == "Harutyunyan" for author in entry.authors)
        assert 1 <= len(entry.appearances) <= 2
        assert all(len(one.venue) < 45 for one in entry.appearances)


def test_all_states_are_listed() -> None:
    assert {file.stem for file in (SEEDS / "homepage").glob("*.md")} == set(NEWS)


def test_places_on_the_page_of_2025_10_06() -> None:
    items = {r.id.split("/")[0] + "/" + r.title[:13]: r for r in read_records()}
    wrong_year = items["entry/Failure Modes"]
    assert wrong_year.place("venue", wrong_year.appearances[0]) == "homepage/2025-10-06.md:201"
    assert wrong_year.place("arxiv", wrong_year.appearances[1]) == "homepage/2025-10-06.md:201"
    assert wrong_year.place("title") == "homepage/2025-10-06.md:199"
    wrong_link = items["entry/Fast structur"]
    assert wrong_link.place("arxiv", wrong_link.appearances[1]) == "homepage/2025-10-06.md:284"
    assert items["news/Failure Modes"].place() == "homepage/2025-10-06.md:34"


def read_records() -> list[Record]:
    return [item for item in read("homepage/2025-10-06.md") if isinstance(item, Record)]


def test_the_page_of_2025_09() -> None:
    assert forms(read("homepage-2025-09.md")) == {"entry": 16, "news": 9}


def test_the_cv() -> None:
    items = read("cv-2024-10.txt")
    assert forms(items) == {"entry": 18, "degree": 1, "skipped": 2}
    reason = "a thesis without an identifier; seen, not listed"
    assert skipped(items) == [
        ("cv-2024-10.txt:51", reason, False),
        ("cv-2024-10.txt:63", reason, False),
    ]


def test_the_text_of_2022_06_is_read_whole() -> None:
    items = read("homepage-2022-06.txt")
    assert forms(items) == {"entry": 9, "news": 4}
    page = read("homepage/2022-06-19.md")
    assert [(e.id, e.authors, e.appearances[0].venue) for e in entries(items)] == [
        (e.id, e.authors, e.appearances[0].venue) for e in entries(page)
    ]


def test_the_text_of_2023_07_and_what_it_has_lost() -> None:
    items = read("homepage-2023-07.txt")
    assert forms(items) == {"entry": 9, "news": 8, "skipped": 2}
    lost = "a paragraph without authors, title and venue: the header of an entry is lost"
    assert skipped(items) == [
        ("homepage-2023-07.txt:25", lost, True),
        ("homepage-2023-07.txt:26", lost, True),
    ]
    page = {e.id: e for e in entries(read("homepage/2023-07-17.md"))}
    for entry in entries(items):
        whole = page.pop(entry.id)
        assert entry.title == whole.title
        assert entry.authors == whole.authors
        assert [one.venue for one in entry.appearances] == [whole.appearances[0].venue]
    assert sorted(left.title[:13] for left in page.values()) == ["Failure Modes", "Information-t"]


def test_the_listing_and_its_date_without_a_year() -> None:
    items = read("arxiv-listing.txt")
    found = entries(items)
    assert len(found) == 20
    assert skipped(items) == [
        ("arxiv-listing.txt:13", "'Apr 1' names no year: no date is taken from it", False)
    ]
    said = [one for entry in found for one in entry.appearances]
    assert {(one.stage, one.venue, one.arxiv) for one in said} == {(Stage.PREPRINT, "arXiv", "")}
    undated = [entry.title[:10] for entry in found if entry.appearances[0].date is None]
    assert undated == ["In-context"]
    assert {one.date_kind for one in said if one.date} == {DateKind.POSTED}
    assert [entry.title[:11] for entry in found if entry.authors_complete] == [
        "Formal limi",
        "On informat",
    ]


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Effective Parameter Sharing with Layer-wise LoRA", ["Bae, Sangmin", "Fisch, Adam"]),
        ("by Leveraging Small LMs", ["Rawat, Ankit Singh", "Sadhanala, Veeranjaneyulu"]),
        ("for Adaptive Token-Level Computation", ["Bae, Sangmin", "Kim, Yujin"]),
        ("generalization bounds", ["Harutyunyan, Hrayr", "Steeg, Greg Ver"]),
        ("with memorization and generalization", ["Harutyunyan, Hrayr"]),
        ("via Sparsified Neighborhood Mixing", ["Abu-El-Haija, Sami", "Perozzi, Bryan"]),
        (
            "Predicting Performance and Data Requirements",
            ["Jain, Achin", "Swaminathan, Gurumurthy"],
        ),
    ],
)
def test_seams_of_the_listing(title: str, authors: list[str]) -> None:
    (entry,) = (e for e in entries(read("arxiv-listing.txt")) if e.title.endswith(title))
    assert [str(author) for author in entry.authors][:2] == authors
