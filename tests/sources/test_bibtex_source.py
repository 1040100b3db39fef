"""The adapter for one's own .bib files: paths, places and identities."""

import random
from pathlib import Path

import pytest

from sources.bibtex import BibtexSource
from sources.contract import Page, SourceError
from sources.record import Record, Skipped

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
ONE = "@article{k,\n  title={Learning to knit},\n  author={Doe, Jane},\n  journal={%s}\n}\n"


def records(source: BibtexSource) -> list[Record]:
    items = [item for page in source.pages() for item in source.parse(page)]
    assert not [item for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Record)]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("b.bib", "a.BIB", "deep/er/c.bib", ".hidden/d.bib", "notes.txt"):
        file = tmp_path / "files" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(ONE % name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("files", ["files/a.BIB", "files/b.bib", "files/deep/er/c.bib"]),
        ("files/", ["files/a.BIB", "files/b.bib", "files/deep/er/c.bib"]),
        ("files/b.bib", ["files/b.bib"]),
        ("files/*.bib", ["files/b.bib"]),
        ("files/**/*.bib", ["files/b.bib", "files/deep/er/c.bib"]),
    ],
)
def test_a_file_a_folder_or_a_glob(workspace: Path, path: str, where: list[str]) -> None:
    assert [page.where for page in BibtexSource("bib", path, workspace).pages()] == where


def test_an_absolute_path_is_named_as_such_outside_the_workspace(workspace: Path) -> None:
    (workspace / "elsewhere").mkdir()
    path = str(workspace / "files" / "b.bib")
    (inside,) = BibtexSource("bib", path, workspace).pages()
    (outside,) = BibtexSource("bib", path, workspace / "elsewhere").pages()
    assert (inside.where, outside.where) == ("files/b.bib", path)


def test_a_workspace_may_have_a_bracket_in_its_name(tmp_path: Path) -> None:
    base = tmp_path / "work [2024]"
    base.mkdir()
    (base / "a.bib").write_text(ONE % "X", encoding="utf-8")
    assert [page.where for page in BibtexSource("bib", "*.bib", base).pages()] == ["a.bib"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nothing", "no such file or folder"),
        ("files/none", "no .bib"),
        ("files/*.tex", "no file matches"),
    ],
)
def test_a_path_that_gives_nothing_is_an_error(workspace: Path, path: str, reason: str) -> None:
    (workspace / "files" / "none").mkdir()
    with pytest.raises(SourceError, match=reason) as caught:
        list(BibtexSource("bib", path, workspace).pages())
    assert caught.value.place == path


def test_equal_entries_in_two_files_keep_their_numbers(workspace: Path) -> None:
    source = BibtexSource("bib", "files", workspace)
    first, second, third = (record.id for record in records(source))
    assert (second, third) == (f"{first}#2", f"{first}#3")
    assert [record.id for record in records(source)] == [first, second, third]


def test_reading_a_page_again_gives_the_same_records(workspace: Path) -> None:
    source = BibtexSource("bib", "files", workspace)
    pages = list(source.pages())
    once = [list(source.parse(page)) for page in pages]
    assert [list(source.parse(page)) for page in pages] == once
    assert [list(source.parse(page)) for page in reversed(pages)] == once[::-1]


def test_ids_do_not_depend_on_the_order_of_the_file() -> None:
    case = DEMO.parent / "bibtex" / "same_entry_twice.bib"
    blocks = case.read_text(encoding="utf-8").split("\n\n")
    found = set()
    for seed in range(6):
        random.Random(seed).shuffle(blocks)
        page = Page("x.bib", "\n\n".join(blocks).encode())
        items = BibtexSource("bib", "x.bib", DEMO).parse(page)
        found.add(frozenset((r.id, r.raw.strip()) for r in items if isinstance(r, Record)))
    assert len(found) == 1


def test_the_demo_s_own_files_are_17_records() -> None:
    found = records(BibtexSource("bib", "bibtex", DEMO))
    assert len({record.id for record in found}) == 17
    by_file = {
        record.where.removeprefix("bibtex/").removesuffix(".bib"): record for record in found
    }
    assert {name for name, record in by_file.items() if not record.authors_complete} == {
        "mor",
        "salt",
    }
    mixhop = by_file["mixhop"]
    assert [str(author) for author in mixhop.authors][6:] == ["Steeg, Greg Ver", "Galstyan, Aram"]
    assert not any(author.explicit for author in mixhop.authors)
    assert by_file["fcmi"].authors[2].family == "Ver Steeg"
    linear = by_file["linearcorex"]
    assert linear.place("pages", linear.appearances[0]) == "bibtex/linearcorex.bib:6"
    assert linear.appearances[0].pages == "15567-15577"
    itw = by_file["sample-wise-it-bounds"].appearances
    assert [(one.doi, one.volume) for one in itw] == [("10.1109/itw54588.2022.9965850", "")]
    assert {one.arxiv for record in found for one in record.appearances if one.arxiv} == {
        "2505.23648",
        "2410.03140",
        "2507.10524",
        "2410.18779",
        "2301.12245",
        "1905.13276",
    }
