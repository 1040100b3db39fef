"""The adapter for Google Scholar exports: both formats say the same."""

import os
from pathlib import Path

import pytest

from sources.contract import Page, SourceError
from sources.record import Record, Skipped, Stage
from sources.scholar import ScholarSource

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


def records(path: str, base: Path = DEMO) -> list[Record]:
    source = ScholarSource("scholar", path, base)
    items = [item for page in source.pages() for item in source.parse(page)]
    assert all(isinstance(item, Record) for item in items)
    return [item for item in items if isinstance(item, Record)]


def test_both_formats_of_one_export_say_the_same() -> None:
    from_bib, from_csv = records("exports/citations.bib"), records("exports/citations.csv")
    assert len({record.id for record in from_bib}) == 20
    for one, other in zip(from_bib, from_csv, strict=True):
        assert one.id == other.id
        assert one.title == other.title
        assert one.authors == other.authors
        assert one.authors_complete == other.authors_complete
        for a, b in zip(one.appearances, other.appearances, strict=True):
            names = "venue date arxiv volume number pages publisher".split()
            assert [getattr(a, name) for name in names] == [getattr(b, name) for name in names]


def test_the_demo_s_export_is_as_scholar_writes() -> None:
    found = records("exports/citations.csv")
    assert sum(not record.authors_complete for record in found) == 3
    assert max(len(record.authors) for record in found) == 10
    families = {author.family for record in found for author in record.authors}
    assert {"Steeg", "Ver Steeg"} <= families
    preprints = [record for record in found if record.appearances[0].stage is Stage.PREPRINT]
    assert len({record.appearances[0].arxiv for record in preprints}) == len(preprints) == 9
    assert not any(record.appearances[0].doi for record in found)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no Scholar export"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no Scholar export"),
        (b"\n <HTML><body>@article{x, title={y}}</body>", "is a web page"),
        (b"Title,Authors\nx,y\n", "no Scholar export"),
        (b'{"notes": []}', 'is an answer of OpenReview; read it with adapter = "openreview"'),
        (b'{"works": []}', "no Scholar export"),
    ],
)
def test_a_page_that_is_no_export_is_an_error(body: bytes, reason: str) -> None:
    source = ScholarSource("scholar", "exports", DEMO)
    with pytest.raises(SourceError, match=reason) as caught:
        list(source.parse(Page("exports/citations.csv", body)))
    assert caught.value.place == "exports/citations.csv"


def listed(folder: Path, *names: str) -> tuple[list[str], str]:
    """The pages that a folder with these files gives, and what is said of the others."""
    for name in names:
        (folder / name).write_bytes(b"Authors,Title,Publication\nDoe J,A title,Nature\n")
    source = ScholarSource("scholar", ".", folder)
    pages = list(source.pages())
    said = [one.reason for one in source.parse(pages[0]) if isinstance(one, Skipped)]
    return [page.where for page in pages], " ".join(said)


def test_of_several_exports_the_newest_by_the_date_in_its_name_is_read(tmp_path: Path) -> None:
    pages, said = listed(tmp_path, "b-2024-02-04.csv", "a-20250301.bib", "c.txt", "z-2023.csv")
    assert pages == ["a-20250301.bib"]
    assert "a-20250301.bib is read, the newest by the date in its name" in said
    assert "2 older files are not" in said


def test_exports_without_dates_are_told_by_the_time_of_their_last_change(tmp_path: Path) -> None:
    listed(tmp_path, "a.csv", "b.csv")
    os.utime(tmp_path / "a.csv", (1_700_000_000, 1_700_000_000))
    os.utime(tmp_path / "b.csv", (1_600_000_000, 1_600_000_000))
    source = ScholarSource("scholar", "*.csv", tmp_path)
    (page,) = source.pages()
    assert page.where == "a.csv"
    (said,) = (one for one in source.parse(page) if isinstance(one, Skipped))
    assert "by the time of its last change; 1 older file is not" in said.reason
    assert not said.fault


def test_one_export_is_read_without_a_word(tmp_path: Path) -> None:
    assert listed(tmp_path, "citations.csv") == (["citations.csv"], "")


def test_the_same_rows_keep_their_ids_from_one_export_to_the_next(tmp_path: Path) -> None:
    rows = b"Authors,Title,Publication\nDoe J,A title,Nature\nDoe J,A title,Nature\n"
    ids = []
    for name in ("a-2024-01-01.csv", "a-2024-06-01.csv"):
        (tmp_path / name).write_bytes(rows)
        source = ScholarSource("scholar", "*.csv", tmp_path)
        (page,) = source.pages()
        ids.append([one.id for one in source.parse(page) if isinstance(one, Record)])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2
