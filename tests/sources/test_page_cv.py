"""The page adapter on the demo CV, and the identity of what it finds."""

from reading import ROOT, all_records, line_of, parse, read, records, the

from sources.page_found import identity
from sources.record import Appearance, PartialDate, Record, Skipped, Stage


def test_the_list_of_the_cv() -> None:
    items = read("cv.md")
    entries = records(items, "entry")
    assert len(entries) == 18
    assert [(e.appearances[0].stage, e.appearances[0].venue) for e in entries[:2]] == [
        (Stage.SUBMISSION, "Under review, to appear on arXiv soon")
    ] * 2
    said = [(a.venue, str(a.date), a.arxiv) for e in entries[2:] for a in e.appearances]
    assert said == [
        ("arXiv", "2024", "2410.11135"),
        ("arXiv", "2024", "2410.03140"),
        ("ICML SCIS Workshop", "2023", ""),
        ("CVPR", "2023", ""),
        ("ICLR", "2023", ""),
        ("IEEE Information Theory Workshop", "2022", ""),
        ("CVPR", "2022", ""),
        ("Frontiers in Artificial Intelligence", "2022", ""),
        ("NeurIPS", "2021", ""),
        ("ICLR", "2021", ""),
        ("ICML", "2020", ""),
        ("NeurIPS", "2019", ""),
        ("Nature Scientific Data", "2019", ""),
        ("arXiv", "2019", "1905.13276"),
        ("ICML", "2019", ""),
        (
            "Allerton Conference on Communication, Control, and Computing (Allerton)",
            "2017",
            "",
        ),
    ]
    assert all(not e.title.endswith(".") for e in entries)
    assert all(e.authors_complete for e in entries)


def test_author_lists_of_the_cv() -> None:
    items = read("cv.md")
    wrapped = the(items, "entry", "A Little Help")
    assert len(wrapped.authors) == 15
    assert str(wrapped.authors[7]) == "Harutyunyan, H."
    at = line_of("demo/cv.md", "[\\*] A. S. Rawat")
    assert (wrapped.line, wrapped.lines) == (at, (("title", at + 2),))
    geopolitical = the(items, "entry", "Identifying Geopolitical")
    assert str(geopolitical.authors[0]) == "Hossain, KSM."
    without_stop = the(items, "entry", "Efficient covariance")
    assert str(without_stop.authors[-1]) == "Galstyan, A."
    complexity = the(items, "entry", "Supervision Complexity")
    assert [str(a) for a in complexity.authors[1:3]] == ["Rawat, A.S.", "Menon, A.K."]


def test_one_thesis_is_a_publication_and_two_are_reported() -> None:
    items = read("cv.md")
    (degree,) = records(items, "degree")
    at = line_of("demo/cv.md", "Thesis: On information")
    assert degree.title == (
        "On information captured by neural networks: "
        "connections with memorization and generalization"
    )
    assert [str(author) for author in degree.authors] == ["Harutyunyan, Hrayr"]
    assert degree.line == at
    assert degree.appearances == (
        Appearance(
            Stage.THESIS,
            "University of Southern California",
            PartialDate(2023, 5),
            lines=(
                ("venue", line_of("demo/cv.md", "### University of Southern")),
                ("date", line_of("demo/cv.md", "Aug. 2018 - May 2023")),
            ),
        ),
        Appearance(Stage.PREPRINT, "arXiv", arxiv="2306.15918", lines=(("arxiv", at + 2),)),
    )
    reason = "a thesis without an identifier; seen, not listed"
    assert [item for item in items if isinstance(item, Skipped)] == [
        Skipped("homepage", f"cv.md:{line_of('demo/cv.md', text)}", reason, fault=False)
        for text in ("Thesis: Extension", "Thesis: Spoken")
    ]
    assert len(items) == 21, "projects, awards and coursework are no publications"


def test_the_years_of_one_school_are_not_those_of_the_next() -> None:
    thesis = "Thesis: On information in networks [arXiv:2306.15918]"
    (record,) = parse(f"### One School\n\n2016 - 2018\n\n### Another School\n\n{thesis}\n")
    assert isinstance(record, Record)
    degree = record.appearances[0]
    assert (degree.venue, degree.date, degree.lines) == ("Another School", None, (("venue", 5),))


def test_identity_ignores_capitals_punctuation_and_place() -> None:
    title = "Estimating informativeness of samples with Smooth Unique Information"
    assert identity("entry", title) == identity("entry", title.upper().replace(" of", " – of"))
    assert identity("entry", title) != identity("news", title)
    assert identity("entry", "Ångström") == identity("entry", "A\u030angstro\u0308m")
    assert identity("entry", "深層学習").startswith("entry/")
    assert identity("entry", "深層学習") != identity("entry", "機械学習")


def test_a_line_more_above_changes_no_identity() -> None:
    text = (ROOT / "fixtures/demo/homepage.md").read_text("utf-8")
    moved = text.replace("## Recent", "One line more.\n\n## Recent").replace("2111.13733", "1")
    before, after = all_records(parse(text)), all_records(parse(moved))
    assert [r.id for r in before] == [r.id for r in after]
    assert [r.line + 2 for r in before] == [r.line for r in after]
