"""What happened to a work and when, as its claims and records have it, and how it is drawn."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from sqlite3 import Connection

import pytest
from canons import NOW, TODAY
from making import preprint, record, seen

from db.reading import open_for_reading
from db.store import open_store
from harvester import shelf
from harvester.html_timeline import drawn, scale
from harvester.ledger import save_source, start_run
from harvester.publish import publish
from harvester.reconcile import reconcile
from harvester.statements import statements
from harvester.timeline import Happening, first_posted, happenings
from harvester.when import days
from sources.record import DateKind, Record, Stage

TITLE = "Failure Modes of Domain Generalization Algorithms"


def told(tmp_path: Path, *records: Record) -> list[Happening]:
    """What happened to the one work of these records, by way of the ledger and the shelf."""
    with open_store(tmp_path / "canon.db") as store, store.transaction() as connection:
        run = start_run(connection, NOW)
        for source in sorted({one.source for one in records}):
            mine = [one for one in records if one.source == source]
            save_source(connection, source, mine[0].kind, mine, [], run, TODAY)
        publish(connection, reconcile(records), run)
    with open_for_reading(tmp_path / "canon.db") as reader:
        return list(_read(reader))


def _read(reader: Connection) -> Iterator[Happening]:
    [work] = shelf.listed(reader)
    found = happenings(shelf.fields(reader, work.key), statements(reader, work.records))
    return iter(found)


def lines(found: list[Happening]) -> list[str]:
    return [
        f"{one.kind} {one.label} {one.first}..{one.last} {','.join(one.sources)}"
        + (f" -{one.struck_by}" if one.struck_by else "")
        + ("" if one.exact else " about")
        for one in found
    ]


def test_the_edition_that_was_over_is_struck_and_stands_before_the_posting(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        record("arxiv:2111.13733", TITLE, preprint("2111.13733", "2021-11-26")),
        record("page:a", TITLE, seen("CVPR 2021"), preprint("2111.13733")),
        record("scholar:b", TITLE, seen("CVPR", "2022")),
        record("openreview:c", TITLE, seen("CVPR 2022", "2022-03-02", kind=DateKind.ACCEPTED)),
    )
    assert lines(found) == [
        "event CVPR 2021 2021-06-19..2021-06-25 page -over_before_posted",
        "posted Posted on arXiv 2021-11-26..2021-11-26 arxiv",
        "accepted Accepted: CVPR 2022 2022-03-02..2022-03-02 openreview",
        "event CVPR 2022 2022-06-19..2022-06-24 openreview,scholar",
    ]
    assert [one.days_over for one in found] == [154, 0, 0, 0]
    assert first_posted(found) == date(2021, 11, 26)


def test_a_number_of_arxiv_spells_a_month_and_a_year_is_a_year(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        record(
            "page:a",
            TITLE,
            preprint("2111.13733"),
            seen("Some Journal", "2023", stage=Stage.JOURNAL),
        ),
    )
    assert lines(found) == [
        "posted Posted on arXiv 2021-11-01..2021-11-30 page about",
        "stated Some Journal 2023-01-01..2023-12-31 page about",
    ]


def test_revisions_and_days_of_print(tmp_path: Path) -> None:
    journal = seen("Scientific Data", "2019-06-17", stage=Stage.JOURNAL, kind=DateKind.ONLINE)
    printed = seen("Scientific Data", "2019-12", stage=Stage.JOURNAL, kind=DateKind.PRINT)
    found = told(
        tmp_path,
        record(
            "arxiv:1703.07771",
            TITLE,
            preprint("1703.07771", "2017-03-22"),
            seen(
                "arXiv",
                "2019-08-06",
                kind=DateKind.REVISED,
                stage=Stage.PREPRINT,
                arxiv="1703.07771",
            ),
        ),
        record("bibtex:a", TITLE, journal),
        record("scholar:a", TITLE, printed),
        record("cv:a", TITLE, seen("Scientific Data", "2019", stage=Stage.JOURNAL), kind="page"),
    )
    assert lines(found) == [
        "posted Posted on arXiv 2017-03-22..2017-03-22 arxiv",
        "online Online: Scientific Data 2019-06-17..2019-06-17 bibtex",
        "revised Revised: arXiv 2019-08-06..2019-08-06 arxiv",
        "print In print: Scientific Data 2019-12-01..2019-12-31 scholar about",
    ]


@pytest.mark.parametrize(("day", "exact"), [("2020-09-28", True), ("", False)])
def test_the_day_of_a_submission_is_drawn_where_openreview_has_it(
    tmp_path: Path, day: str, exact: bool
) -> None:
    kind = DateKind.SUBMITTED if day else DateKind.STATED
    group = "ICLR.cc/2021/Conference"
    sent = seen("", day, stage=Stage.SUBMISSION, kind=kind, openreview="a", venue_id=group)
    [found] = told(tmp_path, record("openreview:a", TITLE, sent))
    assert (found.kind, found.exact) == ("submission", exact)
    assert found.first <= date(2020, 9, 28) <= found.last
    assert (found.first == found.last) is exact


@pytest.mark.parametrize(
    ("kind", "first", "last", "exact", "text"),
    [
        ("event", (2021, 6, 19), (2021, 6, 25), True, "19–25 Jun 2021"),
        ("event", (2022, 11, 28), (2022, 12, 9), True, "28 Nov – 9 Dec 2022"),
        ("event", (2020, 12, 30), (2021, 1, 2), True, "30 Dec 2020 – 2 Jan 2021"),
        ("posted", (2021, 11, 1), (2021, 11, 30), False, "Nov 2021"),
        ("stated", (2023, 1, 1), (2023, 12, 31), False, "2023"),
        ("submission", (2020, 9, 28), (2020, 9, 28), True, "28 Sep 2020"),
        ("submission", (2020, 9, 5), (2021, 5, 3), False, "before 3 May 2021"),
    ],
)
def test_days_as_people_write_them(
    kind: str, first: tuple[int, int, int], last: tuple[int, int, int], exact: bool, text: str
) -> None:
    assert days(Happening(kind, "", date(*first), date(*last), exact)) == text


def test_open_workshops_are_two(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        record("page:a", TITLE, seen("ICLR 2025 Workshop Weight Space Learning")),
        record(
            "openreview:b",
            TITLE,
            seen(
                "Workshop on Neural Network Weights as a New Data Modality",
                venue_id="ICLR.cc/2025/Workshop/NNW",
            ),
        ),
    )
    assert [one.label for one in found] == [
        "ICLR Weight Space Learning Workshop 2025",
        "ICLR Workshop on Neural Network Weights as a New Data Modality 2025",
    ]
    assert {(one.first, one.last) for one in found} == {(date(2025, 4, 24), date(2025, 4, 28))}


def happening(year: int, month: int = 6, day: int = 19) -> Happening:
    when = date(year, month, day)
    return Happening("accepted", f"In {year}", when, when, exact=True, sources=("page",))


@pytest.mark.parametrize(
    ("years", "most"), [((2021,), 6), ((2021, 2022), 6), ((1950, 2030), 9), ((1, 9999), 6)]
)
def test_a_scale_has_few_marks_and_shows_all_within_it(years: tuple[int, ...], most: int) -> None:
    found = [happening(year) for year in years]
    shared = scale(found)
    assert 0 < shared.share(found[-1].first) <= 100
    figure = drawn(found, shared, "t")
    assert figure is not None
    labels = [one.text for one in figure.iter("text")]
    assert 1 <= len(labels) <= most
    assert len(set(labels)) == len(labels)


def test_days_are_where_they_belong_on_the_scale() -> None:
    found = [happening(2021), happening(2023)]
    shared = scale(found)
    middle = shared.share(date(2022, 6, 19))
    assert middle == pytest.approx(50, abs=0.2)
    assert shared.share(found[0].first) + shared.share(found[1].first) == pytest.approx(
        100, abs=0.2
    )


def test_an_event_is_as_long_as_its_days() -> None:
    held = Happening("event", "CVPR 2021", date(2021, 6, 19), date(2021, 6, 25), exact=True)
    shared = scale([held])
    figure = drawn([held], shared, "t")
    assert figure is not None
    [bar] = [one for one in figure.iter("rect") if one.get("class") == "mark"]
    days = (shared.last - shared.first).days
    assert float(str(bar.get("width")).rstrip("%")) == pytest.approx(700 / days, abs=0.01)


def test_of_many_dates_some_are_drawn_and_the_others_counted() -> None:
    found = [happening(2021, month, day) for month in (1, 2, 3) for day in range(1, 11)]
    figure = drawn(found, scale(found), "t")
    assert figure is not None
    assert len([*figure.iter("li")]) == 14
    assert [one.text for one in figure.iter("figcaption")] == ["and 16 dates more, not drawn"]
    assert drawn([], scale(found), "t") is None


def test_a_submission_is_of_the_year_of_its_edition(tmp_path: Path) -> None:
    turned = seen(
        "ICLR 2021 Submitted",
        stage=Stage.SUBMISSION,
        openreview="kEnBH98BGs5",
        venue_id="ICLR.cc/2021/Conference",
    )
    found = told(
        tmp_path,
        record("arxiv:2111.13733", TITLE, preprint("2111.13733", "2021-11-26")),
        record("openreview:kEnBH98BGs5", TITLE, turned),
    )
    assert lines(found) == [
        "submission Submitted to ICLR 2021 2020-09-05..2021-05-03 openreview about",
        "posted Posted on arXiv 2021-11-26..2021-11-26 arxiv",
    ]
    figure = drawn(found, scale(found), "t")
    assert figure is not None
    assert "before 3 May 2021" in [one.text for one in figure.iter("span")]


def test_the_year_of_one_version_hides_no_other(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        record(
            "page:a",
            TITLE,
            seen("ICML 2019 Workshop on Clouds", "2019-05-02", kind=DateKind.ACCEPTED),
        ),
        record("cv:a", TITLE, seen("Scientific Data", "2019", stage=Stage.JOURNAL), kind="page"),
    )
    assert "stated Scientific Data 2019-01-01..2019-12-31 cv about" in lines(found)
