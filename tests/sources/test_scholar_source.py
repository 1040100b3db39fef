"""The adapter for Google Scholar exports: both formats say the same."""

from pathlib import Path

import pytest

from sources.contract import Page, SourceError
from sources.record import Record, Stage
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
        (b'{"notes": []}', "no Scholar export"),
    ],
)
def test_a_page_that_is_no_export_is_an_error(body: bytes, reason: str) -> None:
    source = ScholarSource("scholar", "exports", DEMO)
    with pytest.raises(SourceError, match=reason) as caught:
        list(source.parse(Page("exports/citations.csv", body)))
    assert caught.value.place == "exports/citations.csv"


def test_a_folder_means_its_exports(tmp_path: Path) -> None:
    for name in ("b.csv", "a.bib", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    pages = ScholarSource("scholar", ".", tmp_path).pages()
    assert [page.where for page in pages] == ["a.bib", "b.csv"]
