"""Which version a record speaks of, where it says so wrongly; whose spelling of a name is right."""

from dataclasses import replace

import pytest
from making import preprint, record, seen

from harvester.canon import Decision, State, Work
from harvester.reconcile import reconcile
from harvester.spellings import misspelt
from sources.record import DateKind, Record, Stage

TITLE = "Failure Modes of Domain Generalization Algorithms"


def work(*records: Record) -> Work:
    canon = reconcile(records)
    assert len(canon.works) == 1
    return canon.works[0]


def places(made: Work) -> list[tuple[str, str, int | None]]:
    return [(str(v.stage), v.venue, v.year) for v in made.versions]


def test_a_workshop_paper_that_one_voice_files_under_the_conference() -> None:
    note = record("openreview:a", TITLE, seen("TokShop", venue_id="ICML.cc/2025/Workshop/TokShop"))
    row = record("scholar:a", TITLE, seen("International Conference on Machine Learning", "2025"))
    made = work(note, row)
    assert places(made) == [("workshop", "ICML TokShop Workshop", 2025)]
    assert reconcile([note, row]).conflicts == ()


@pytest.mark.parametrize(
    "other",
    [
        record("scholar:a", TITLE, seen("ICML", "2026")),
        record("scholar:a", TITLE, seen("NeurIPS", "2025")),
        record("scholar:a", TITLE, seen("ICML 2025", venue_id="ICML.cc/2025/Conference")),
        record("scholar:a", TITLE, seen("Findings of ICML", "2025")),
    ],
    ids=["another year", "another conference", "the conference's identifier", "a track of its own"],
)
def test_what_is_no_workshop_paper_stays_at_the_conference(other: Record) -> None:
    note = record("openreview:a", TITLE, seen("TokShop", venue_id="ICML.cc/2025/Workshop/TokShop"))
    stages = {v.stage for v in work(note, other).versions}
    assert stages == {Stage.WORKSHOP, Stage.CONFERENCE}


def test_two_voices_make_it_a_paper_of_the_conference() -> None:
    note = record("openreview:a", TITLE, seen("TokShop", venue_id="ICML.cc/2025/Workshop/TokShop"))
    row = record("scholar:a", TITLE, seen("ICML", "2025"))
    entry = record("bibtex:a", TITLE, seen("ICML 2025"))
    stages = {stage for stage, _, _ in places(work(note, row, entry))}
    assert stages == {"conference", "workshop"}


def test_one_voice_that_says_both_is_believed() -> None:
    entry = record("page:a", TITLE, seen("ICML 2025"), seen("ICML 2025 Workshop TokShop"))
    assert {stage for stage, _, _ in places(work(entry))} == {"conference", "workshop"}


def test_a_misspelt_journal_is_no_conference() -> None:
    name = "Proceedings of the National Academy of Sciences"
    right = record("scholar:a", TITLE, seen(name, "2018", stage=Stage.JOURNAL))
    for words, stages in (
        (name.replace("the", "te"), {Stage.JOURNAL}),
        ("Proceedings of the Zebra Conference", {Stage.JOURNAL, Stage.CONFERENCE}),
    ):
        entry = record("page:a", TITLE, seen(words, "2018"))
        same = Decision("same", (entry.key, right.key), id=1)
        [made] = reconcile([right, entry], [same]).works
        assert {version.stage for version in made.versions} == stages


def test_where_the_venue_is_a_question_the_year_is_not_another() -> None:
    canon = reconcile(
        [
            record("page:a", TITLE, seen("ICML 2020")),
            record("scholar:a", TITLE, seen("KDD", "2021")),
        ]
    )
    [conflict] = canon.conflicts
    assert (conflict.field, conflict.state) == ("venue", State.OPEN)
    [made] = canon.works
    assert (made.head.venue, made.head.year) in (("ICML", 2020), ("KDD", 2021))


@pytest.mark.parametrize(
    ("date", "kind", "value"),
    [
        ("2021-01-01", DateKind.STATED, "2021"),
        ("2021-12-31", DateKind.STATED, "2021"),
        ("2021-01-01", DateKind.SYNTHETIC, "2021"),
        ("2021-06-12", DateKind.SYNTHETIC, "2021"),
        ("2021-06-12", DateKind.STATED, "2021-06-12"),
        ("2021-01-02", DateKind.STATED, "2021-01-02"),
        ("2021-01-01", DateKind.EVENT, "2021-01-01"),
        ("2021-02-01", DateKind.ACCEPTED, ""),
        ("2021-02-01", DateKind.REVISED, ""),
        ("2021-02-01", DateKind.SUBMITTED, ""),
    ],
)
def test_a_date_is_no_finer_than_somebody_meant_it(date: str, kind: DateKind, value: str) -> None:
    entry = record("page:a", TITLE, seen("ICML 2021", date, kind=kind))
    assert work(entry).head.value("date") == value


def test_a_preprint_may_be_posted_on_the_first_of_january() -> None:
    made = work(record("arxiv:2101.00001", TITLE, preprint("2101.00001", "2021-01-01")))
    assert made.head.value("date") == "2021-01-01"


def test_a_preprint_and_its_revision_are_one_version_posted_first() -> None:
    first = preprint("2101.06640", "2021-01-17")
    later = replace(preprint("2101.06640", "2022-03-01"), date_kind=DateKind.REVISED)
    [version] = work(record("arxiv:2101.06640", TITLE, first, later)).versions
    assert (version.year, version.value("date")) == (2021, "2021-01-17")
    assert [len(field.standing) for field in version.fields.values()] == [1] * len(version.fields)


def test_a_volume_of_the_proceedings_and_an_address_are_editions() -> None:
    first = record("scholar:a", TITLE, seen("Advances in Neural Information Processing Systems 34"))
    wrong = record("page:a", TITLE, seen("NeurIPS 2020"))
    canon = reconcile([first, wrong])
    assert canon.works[0].head.year == 2021
    assert [c.rule for c in canon.conflicts] == ["spelled_by_volume"]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("The 38th International Conference on Machine Learning", "spelled_by_title"),
        ("2021 International Conference on Machine Learning", "spelled_by_title"),
        ("ICML 2021", ""),
        ("International Conference on Machine Learning (ICML), 2021", ""),
        ("International Conference on Machine Learning 2021", ""),
    ],
)
def test_proceedings_are_titled_with_number_or_year_before_the_name(title: str, rule: str) -> None:
    pasted = record("scholar:a", TITLE, seen(title, "2020"))
    typed = record("page:a", TITLE, seen("ICML 2022"))
    year = reconcile([pasted, typed]).works[0].head.fields["year"]
    assert (year.rule, year.state is State.OPEN) == (rule, not rule)
    assert {claim.value for claim in (*year.standing, *(c for c, _ in year.struck))} == {
        "2021",
        "2022",
    }


@pytest.mark.parametrize(
    ("doi", "pages", "rule"),
    [
        ("10.1145/3292500.3330672", "", "spelled_by_identifier"),
        ("10.1000/182", "", ""),
        ("", "1-9", "printed_there"),
        ("", "", ""),
    ],
)
def test_a_venue_is_proved_by_its_own_identifier_or_by_pages(
    doi: str, pages: str, rule: str
) -> None:
    there = replace(seen("KDD", "2019", stage=Stage.CONFERENCE, doi=doi), pages=pages)
    talk = seen("NeurIPS", "2019", stage=Stage.CONFERENCE)
    records = [record("bibtex:a", TITLE, there), record("scholar:a", TITLE, talk)]
    venue = reconcile(records).works[0].head.fields["venue"]
    assert (venue.value, venue.rule, venue.state is State.OPEN) == ("kdd", rule, not rule)


def test_two_numbers_of_one_work_are_a_question_that_shows_both() -> None:
    canon = reconcile(
        [
            record("arxiv:1705.07051", TITLE, preprint("1705.07051", "2017-05-19")),
            record("arxiv:1807.00456", TITLE, preprint("1807.00456", "2018-07-02")),
        ]
    )
    [made] = canon.works
    [conflict] = [c for c in canon.conflicts if c.field == "arxiv"]
    assert {claim.value for claim, _ in conflict.claims} == {"1705.07051", "1807.00456"}
    assert conflict.state is State.OPEN
    assert made.head.stage is Stage.PREPRINT


def test_one_person_under_two_spellings_is_listed_once() -> None:
    names = "Hrayr Harutyunyan, Daniel Moyer, Hrant Khachatrian"
    wrong = "Hrayr Harutyunian, Daniel Moyer, Hrant Khachatrian"
    made = work(
        record("arxiv:2111.13733", TITLE, preprint("2111.13733", "2021-11-26"), authors=names),
        record("scholar:a", TITLE, seen("CVPR 2022"), authors=names),
        record("page:a", TITLE, seen("CVPR 2022"), authors=wrong + ", Greg Ver Steeg"),
    )
    assert made.names[0] == "Harutyunyan, Hrayr"
    assert len(made.names) == 4


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("Wu, Yi", "Xu, Yi"),
        ("Harutyunyan, Hrayr", "Harutyunyan, Anna"),
        ("Harutyunyan, Hrayr", "Khachatrian, Hrayr"),
        ("Harutyunyan, Hrayr", "Harotyunian, Hrayr"),
    ],
)
def test_two_people_are_no_misspelling(right: str, other: str) -> None:
    lists = [([right, "Moyer, Daniel"], "arxiv"), ([right, "Moyer, Daniel"], "scholar")]
    assert misspelt([*lists, ([other, "Moyer, Daniel"], "owner")]) == {}


def test_of_two_spellings_known_to_as_many_both_stay() -> None:
    lists = [(["Harutyunyan, Hrayr"], "arxiv"), (["Harutyunian, Hrayr"], "owner")]
    assert misspelt(lists) == {}
    assert misspelt([*lists, (["Harutyunyan, Hrayr"], "scholar")]) == {
        "Harutyunian, Hrayr": "Harutyunyan, Hrayr"
    }
