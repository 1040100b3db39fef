"""Tables of any program: columns, author lists, rows that cannot be read."""

from pathlib import Path

import pytest

from sources.bibliography import read_bibliography
from sources.contract import Page, SourceError
from sources.record import PartialDate, Record, Skipped, Stage
from sources.scholar import ScholarSource
from sources.table import read_table
from sources.table_authors import author_list

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "dedupe"


def records(name: str) -> list[Record]:
    found = read_bibliography((FIXTURES / name).read_bytes(), name)
    return [item for item in found if isinstance(item, Record)]


def rows(text: str) -> list[Record]:
    return [item for item in read_table(text.encode(), "t.csv") if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ann Doe", ["Doe, Ann"]),
        ("Doe, Ann", ["Doe, Ann"]),
        ("Ann Doe; Max Roe", ["Doe, Ann", "Roe, Max"]),
        ("Doe, Ann; Roe, Max;", ["Doe, Ann", "Roe, Max"]),
        ("Doe, A B and Roe, M", ["Doe, A B", "Roe, M"]),
        ("Doe, A. B.and Roe, Max", ["Doe, A. B.", "Roe, Max"]),
        ("Doe, Ann and De La Roe, Max Otto", ["Doe, Ann", "De La Roe, Max Otto"]),
        ("Ann Doe, Max O. Roe, Bo Li", ["Doe, Ann", "Roe, Max O.", "Li, Bo"]),
        ("Ann Doe, Max Roe and Bo Li", ["Doe, Ann", "Roe, Max", "Li, Bo"]),
        ("a. doe, m. j. roe, and bo li.", ["doe, a.", "roe, m. j.", "li, bo"]),
        ("doe, a., roe, m. j., & li, b.,", ["doe, a.", "roe, m. j.", "li, b."]),
        ("doe, a., m. roe, and b. li", ["doe, a.", "roe, m.", "li, b."]),
        ("doe, a.b.,", ["doe, a.b."]),
        ("q li, x wu, y ma", ["li, q", "wu, x", "ma, y"]),
        ("Ann Doe, Max Roe, Jr., Bo Li", ["Doe, Ann", "Roe, Jr., Max", "Li, Bo"]),
        ("Ann Doe, Madonna, Bo Li", ["Doe, Ann", "Madonna", "Li, Bo"]),
        ("Doe, Ann, Roe, Max", ["Doe, Ann", "Roe, Max"]),
        ("Doe A.; Van Roe M.K.; O'Li B", ["Doe, A.", "Van Roe, M.K.", "O'Li, B"]),
        ("Doe AB, Roe M, Li B.", ["Doe, AB", "Roe, M", "Li, B."]),
        ("Bo LI; Max XU", ["LI, Bo", "XU, Max"]),
        ("Vandana and Purkayastha, B.", ["Vandana", "Purkayastha, B."]),
        ('Sch{\\"o}n, Ann and Roe, Max', ["Schön, Ann", "Roe, Max"]),
        ("", []),
    ],
)
def test_author_lists(cell: str, names: list[str]) -> None:
    found = author_list(cell)
    assert [str(author) for author in found.authors] == names
    assert found.complete == bool(names)


@pytest.mark.parametrize(
    "cell", ["Ann Doe, et al.", "Doe, Ann and others", "Ann Doe; …", "Ann Doe and others."]
)
def test_open_author_lists(cell: str) -> None:
    found = author_list(cell)
    assert [str(author) for author in found.authors] == ["Doe, Ann"]
    assert not found.complete


def test_the_other_rows_say_what_one_comma_means() -> None:
    lone = '1,"De La Roe, Max Otto",A title'
    inside = rows(f'id,authors,title\n{lone}\n2,"Doe, Ann and Li, Bo",B title\n')
    between = rows(f"id,authors,title\n{lone}\n2,Ann Doe and Bo Li,B title\n")
    assert [str(author) for author in inside[0].authors] == ["De La Roe, Max Otto"]
    assert len(between[0].authors) == 2


def test_columns_have_any_order_case_and_separator() -> None:
    [found] = rows("Year\tTitle\tVenue\tEntryType\n(1995),\tA title,\tNature\tarticle\n")
    assert (found.id, found.source, found.title) == ("1", "t.csv", "A title")
    [place] = found.appearances
    assert (place.venue, place.date, place.stage) == ("Nature", PartialDate(1995), Stage.JOURNAL)


def test_fields_are_read_as_those_of_an_entry() -> None:
    [found] = rows(
        "title,venue,type,year,volume,number,pages,doi,arxiv\n"
        '"A &amp; B",Nature,journal-article,2001,7,UNKNOWN,"pp. 12 -- 15.",'
        "https://doi.org/10.1/ABC,arXiv:2001.00001v2\n"
    )
    published, preprint = found.appearances
    assert found.title == "A & B"
    assert (published.stage, published.doi) == (Stage.JOURNAL, "")
    assert (published.volume, published.number, published.pages) == ("7", "", "12-15")
    assert preprint.arxiv == "2001.00001"


def test_a_table_of_titles_alone_is_one() -> None:
    found = records("titles_alone.csv")
    assert [(r.id, r.title) for r in found] == [("1", "One, two and three"), ("2", "Another title")]


def test_row_that_ends_before_its_title_is_a_record_without_one() -> None:
    (found,) = rows("id,year,title\n7,2001\n")
    assert (found.id, found.title) == ("7", "")
    assert [seen.date for seen in found.appearances] == [PartialDate(2001)]


def test_a_cell_that_is_too_long_costs_its_row_alone() -> None:
    text = f"id,title\n1,{'word ' * 30000}\n2,Two\n"
    long, short = read_table(text.encode(), "t.csv")
    assert isinstance(long, Skipped)
    assert (long.where, long.reason) == (
        "t.csv:2",
        "a cell has more than 131072 letters; skipped",
    )
    assert isinstance(short, Record)


def test_ids_are_verbatim() -> None:
    assert [r.id for r in records("authors_in_three_ways.csv")] == ["a/1", "a/2", "a/3", " a/4 "]
    assert [r.id for r in records("preprint_and_paper.csv")] == ["1", "2", "3", "4"]


def test_faulty_rows_cost_themselves_alone() -> None:
    found = list(read_table((FIXTURES / "faulty_rows.csv").read_bytes(), "f.csv"))
    assert [r.id for r in found if isinstance(r, Record)] == ["1", "4", "5"]
    assert [(s.where, s.reason) for s in found if isinstance(s, Skipped)] == [
        ("f.csv:3", "quotes in this row do not match; skipped"),
        ("f.csv:4", "row has 6 cells for 4 columns; skipped"),
    ]


def test_a_cell_of_many_lines_keeps_the_count_of_lines() -> None:
    found = rows('id,title,abstract\n1,One,"a\nb\nc"\n2,Two,x\n')
    assert [(r.id, r.line) for r in found] == [("1", 2), ("2", 5)]


def test_citation_keys_repeat_and_are_missing() -> None:
    name = "galstyan2022failure"
    assert [r.id for r in records("keys_that_repeat.bib")] == [name, f"{name}#3", f"{name}#2", "4"]


def test_a_scholar_export_is_one() -> None:
    text = "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
    text += '"Doe, Ann; ",A title,Nature,,,,2001,\n'
    [found] = read_bibliography(text.encode(), "citations.csv")
    assert isinstance(found, Record)
    assert (found.id, found.kind, found.source) == ("1", "scholar", "citations.csv")


@pytest.mark.parametrize("name", ["refman.ris", "endnote.enw"])
def test_tagged_files_are_read_as_those_of_scholar_are(name: str) -> None:
    page = Page(name, (FIXTURES.parent / "scholar" / name).read_bytes())
    try:
        records = list(ScholarSource("x", name, FIXTURES).parse(page))
    except SourceError as error:
        with pytest.raises(SourceError, match=error.reason[:20]):
            list(read_bibliography(page.body, name))
    else:
        found = [r for r in read_bibliography(page.body, name) if isinstance(r, Record)]
        told = [r for r in records if isinstance(r, Record)]
        assert [r.title for r in found] == [r.title for r in told]
        assert found[0].id == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "neither BibTeX nor a table"),
        ("", "is empty"),
        (" \n\n", "is empty"),
        ("<!doctype html><title>x, y</title>", "is a web page"),
    ],
)
def test_what_is_something_else(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        list(read_bibliography(text.encode(), "x.csv"))


def test_a_cell_that_was_decoded_twice_is_read_as_it_was_meant_and_said() -> None:
    text = "title,authors\nDon\u00e2\u20ac\u2122t scrap it,C. B\u00c3\u00b6hm\n"
    record, *said = read_table(text.encode(), "t.csv")
    assert isinstance(record, Record)
    assert (record.title, str(record.authors[0])) == ("Don\u2019t scrap it", "B\u00f6hm, C.")
    assert [(item.where, item.fault) for item in said if isinstance(item, Skipped)] == [
        ("t.csv:2", False),
        ("t.csv:2", False),
    ]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Key,Item Type,Publication Year,Author,Title,Publication Title,DOI,Pages,Issue,Volume",
            'A,journalArticle,2019,"Doe, Ann; Roe, Max",A study,Scientific Data,'
            "10.1038/S41597-019-0103-9,1-9,3,6",
        ),
        (
            "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,"
            "Page start,Page end,DOI,Document Type,Source",
            'Doe A.; Roe M.,"Doe, Ann (1); Roe, Max (2)",1; 2,A study,2019,Scientific Data,6,3,'
            "1,9,10.1038/S41597-019-0103-9,Article,Scopus",
        ),
    ],
)
def test_exports_of_other_programs(head: str, row: str) -> None:
    """Columns as Zotero and Scopus call them."""
    [found] = rows(f"{head}\n{row}\n")
    [seen] = found.appearances
    assert (seen.venue, seen.date, seen.doi) == (
        "Scientific Data",
        PartialDate(2019),
        "10.1038/s41597-019-0103-9",
    )
    assert (seen.volume, seen.number, seen.pages) == ("6", "3", "1-9")
    assert [author.family for author in found.authors] == ["Doe", "Roe"]


def test_an_export_of_pubmed() -> None:
    head = "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,PMCID,DOI"
    row = '1,A study,"Doe A, Roe M.",Sci Data. 2019,Doe A,Sci Data,2019,,'
    [found] = rows(f"{head}\n{row}\n")
    assert [str(author) for author in found.authors] == ["Doe, A", "Roe, M."]
    assert found.appearances[0].date == PartialDate(2019)


def test_what_excel_writes_above_a_table() -> None:
    [found] = read_bibliography(b"sep=;\r\n\r\nid;title;year\r\n7;A study;2019\r\n", "t.csv")
    assert isinstance(found, Record)
    assert (found.id, found.title, found.line) == ("7", "A study", 4)
