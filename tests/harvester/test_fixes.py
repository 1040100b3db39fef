"""Which statements of one's own pages are to be put right, and which are let be."""

import pytest
from making import preprint, record, seen

from harvester.canon import Decision, Fix
from harvester.reconcile import reconcile
from sources.record import Appearance, Record, Stage

TITLES = (
    "Failure Modes of Domain Generalization Algorithms",
    "Supervision Complexity and its Role in Knowledge Distillation",
    "Estimating informativeness of samples with Smooth Unique Information",
    "Improving generalization by controlling label-noise information",
    "Disentangled representations via synergy minimization",
    "Relaxed Recursive Transformers",
)


def fixes(*records: Record, decisions: tuple[Decision, ...] = ()) -> list[Fix]:
    return list(reconcile(records, decisions).fixes)


def listed(years: tuple[int, ...], form: str = "entry", kind: str = "page") -> list[Record]:
    """A page that lists a conference paper of each year."""
    return [
        record(f"page:entry/{number}", title, seen(f"ICML {year}", str(year)), form=form, kind=kind)
        for number, (title, year) in enumerate(zip(TITLES, years, strict=False))
    ]


def other(title: str, *appearances: Appearance) -> Record:
    return record(f"scholar:{title[:8]}", title, *appearances)


LATER = other(TITLES[5], seen("ICML 2024", "2024"))
FIVE = (2019, 2020, 2021, 2022, 2023)


def test_a_paper_that_came_after_the_newest_of_a_list_is_missing_from_it() -> None:
    [fix] = fixes(*listed(FIVE), LATER)
    assert (fix.field, fix.file, fix.says) == ("missing", "page.md", "")
    assert fix.canon == f"{TITLES[5]}. ICML 2024"


@pytest.mark.parametrize(
    "later",
    [
        other(TITLES[5], seen("ICML 2021", "2021")),
        other(TITLES[5], seen("ICML 2023", "2023")),
        other(TITLES[5], seen("University of X", "2024", stage=Stage.THESIS)),
        other(TITLES[5], seen("Under review", stage=Stage.SUBMISSION)),
        other(TITLES[5], preprint("2401.00001", "2024-01-01")),
        other(TITLES[5], seen("ICML", "")),
    ],
    ids=["passed over", "of the same year", "thesis", "under review", "no preprints", "undated"],
)
def test_what_a_list_left_out_on_purpose_is_let_be(later: Record) -> None:
    assert fixes(*listed(FIVE), later) == []


def test_a_few_papers_are_a_selection() -> None:
    assert fixes(*listed(FIVE[:4]), LATER) == []


@pytest.mark.parametrize("form", ["news", "degree"])
def test_news_are_no_list(form: str) -> None:
    assert fixes(*listed(FIVE, form=form), LATER) == []


def test_a_bib_file_is_no_list_and_neither_is_an_export() -> None:
    for kind in ("bibtex", "scholar"):
        assert fixes(*listed(FIVE, kind=kind), LATER) == []


def test_nobody_is_told_to_list_what_may_be_listed_already() -> None:
    """One title by other people: a question, and no paper that is missing for certain."""
    page = [*listed(FIVE), record("page:entry/p", TITLES[5], preprint("2305.00001", "2023-05-01"))]
    fresh = preprint("2401.00001", "2024-01-01")
    twin = record("arxiv:2401.00001", TITLES[4], fresh, authors="Ada Byron")
    canon = reconcile([*page, twin])
    assert [conflict.kind for conflict in canon.conflicts] == ["duplicate"]
    assert canon.fixes == ()
    [fix] = fixes(*page, record("arxiv:2401.00001", "Another title", fresh))
    assert (fix.field, fix.canon) == ("missing", "Another title. arXiv:2401.00001")


def test_a_workshop_that_a_person_named_is_to_stand_there() -> None:
    title = TITLES[0]
    page = record("page:entry/m", title, seen("ICLR 2025 Workshop Weight Space Learning", "2025"))
    name = "Workshop on Neural Network Weights as a New Data Modality"
    note = record(
        "openreview:n", title, seen(name, venue_id="ICLR.cc/2025/Workshop/X", openreview="n")
    )
    assert fixes(page, note) == []
    taken = Decision("take", (note.key, page.key), "workshop", "workshop", name, id=1)
    [fix] = fixes(page, note, decisions=(taken,))
    assert (fix.field, fix.says) == ("venue", "ICLR 2025 Workshop Weight Space Learning")
    assert fix.canon == f"ICLR {name} 2025"


def test_a_dated_news_line_and_a_spelling_are_never_wrong() -> None:
    arxiv = record("arxiv:2111.13733", TITLES[0], preprint("2111.13733", "2021-11-26"))
    paper = record("openreview:x", TITLES[0], seen("CVPR 2022", "2022"))
    news = record("page:news/x", TITLES[0], preprint("2111.13733"), form="news")
    spelled = record("page:entry/x", TITLES[0].upper(), seen("C.V.P.R. 2022", "2022"))
    assert fixes(arxiv, paper, news, spelled) == []
    assert [f.field for f in fixes(arxiv, paper, record("page:e", TITLES[0], preprint("")))] == [
        "status"
    ]
