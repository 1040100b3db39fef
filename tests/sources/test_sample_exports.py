"""Real files of real people, where they are at hand: counts taken from the files by other means."""

from pathlib import Path

import pytest

from sources.bibtex import BibtexSource
from sources.contract import SourceError
from sources.record import Record, Skipped
from sources.scholar import ScholarSource

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SAMPLES = SHARED / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no ../shared/samples here")


def read(kind: type[BibtexSource] | type[ScholarSource], path: str) -> list[Record | Skipped]:
    source = kind("x", path, SHARED)
    return [item for page in source.pages() for item in source.parse(page)]


@pytest.mark.parametrize(
    ("file", "count", "undated", "open_lists", "with_arxiv"),
    [
        # Lines that begin with '@' (.bib) or end a row (.csv); without year; 'others' or ten
        # names or none; with an arXiv number anywhere.
        ("scholar_bib/alrhub_neumann.bib", 278, 34, 22, 41),
        ("scholar_bib/amsucf.bib", 47, 1, 2, 0),
        ("scholar_bib/sumidu_2022-08-16.bib", 10, 0, 4, 0),
        ("scholar_csv/cvejoski.csv", 36, 3, 1, 11),
        ("scholar_csv/vitopaolopastore.csv", 61, 4, 5, 5),
        ("scholar_csv/ml-and-ml.csv", 38, 0, 15, 1),
        ("scholar_csv/yuechengliu.csv", 20, 0, 6, 4),
        ("scholar_csv/hustwolfzzb.csv", 5, 0, 0, 0),
    ],
)
def test_counts(file: str, count: int, undated: int, open_lists: int, with_arxiv: int) -> None:
    found = read(ScholarSource, f"samples/{file}")
    records = [item for item in found if isinstance(item, Record)]
    assert len(records) == len(found) == len({record.id for record in records}) == count
    places = [record.appearances for record in records]
    assert sum(not any(one.date for one in found) for found in places) == undated
    assert sum(not record.authors_complete for record in records) == open_lists
    assert sum(any(one.arxiv for one in found) for found in places) == with_arxiv


ALL = sorted(
    file.relative_to(SHARED).as_posix()
    for folder in ("scholar_bib", "scholar_csv", "scholar_enw", "scholar_ris", "personal", "dblp")
    for file in (SAMPLES / folder).glob("*.*")
    if file.is_file()
)


@pytest.mark.parametrize("file", ALL)
def test_every_sample_is_read_or_refused_with_its_place(file: str) -> None:
    for kind in (ScholarSource, BibtexSource):
        try:
            found = read(kind, file)
        except SourceError as error:
            assert error.place == file  # noqa: PT017
            continue
        assert all(item.where.split(":")[0] == file for item in found)
        assert all(item.title for item in found if isinstance(item, Record))
