"""The page adapter on the demo pages, on hostile input, and on its network way."""

from reading import ROOT, STATES, all_records, line_of, read, records, the

from sources.record import Appearance, DateKind, PartialDate, Stage

# The homepage of 2025-10-06.


def test_every_block_and_every_announcement_of_the_homepage() -> None:
    items = all_records(read("homepage.md"))
    text = (ROOT / "fixtures/demo/homepage.md").read_text("utf-8")
    assert len(records(items, "entry")) == text.count("paper-image-text-pair") == 17
    assert len(records(items, "news")) == 9
    assert len(items) == 26, "nothing else, and nothing skipped"
    assert all(item.kind == "page" and item.where == "homepage.md" for item in items)
    assert [r.line for r in items] == sorted(r.line for r in items)
    assert len({r.key for r in items}) == 26


def test_an_entry_in_full() -> None:
    found = the(read("homepage.md"), "entry", "Failure Modes")
    at = line_of("demo/homepage.md", "Tigran Galstyan, <i>")
    assert found.title == "Failure Modes of Domain Generalization Algorithms"
    assert [str(author) for author in found.authors] == [
        "Galstyan, Tigran",
        "Harutyunyan, Hrayr",
        "Khachatrian, Hrant",
        "Steeg, Greg Ver",
        "Galstyan, Aram",
    ]
    assert found.authors_complete
    assert found.said is None
    assert found.id == "entry/failure-modes-of-domain-generalization-cd8875"
    assert found.appearances == (
        Appearance(
            venue="CVPR 2021",
            date=PartialDate(2021),
            lines=(("venue", at + 4), ("date", at + 4)),
        ),
        Appearance(Stage.PREPRINT, "arXiv", arxiv="2111.13733", lines=(("arxiv", at + 4),)),
    )
    assert (found.line, found.lines) == (at, (("title", at + 2),))
    assert found.place("venue", found.appearances[0]) == f"homepage.md:{at + 4}"
    assert found.place("title") == f"homepage.md:{at + 2}"
    assert found.raw.startswith("  Tigran Galstyan, <i>Hrayr Harutyunyan</i>, ")
    assert found.raw.endswith('target="_self">bibTeX</a>]')


def test_the_wrong_link_stands_where_it_stands() -> None:
    found = the(read("homepage.md"), "entry", "Fast structure")
    at = line_of("demo/homepage.md", "NeurIPS'19 [<a")
    venue, preprint = found.appearances
    assert (venue.venue, venue.date, venue.arxiv) == ("NeurIPS'19", PartialDate(2019), "")
    assert preprint == Appearance(
        Stage.PREPRINT, "arXiv", arxiv="1905.13276", lines=(("arxiv", at),)
    )
    announced = the(read("homepage.md"), "news", "Fast structure")
    assert announced.appearances[1].arxiv == "1706.03353"


def test_a_doubled_comma_and_a_stray_question_mark() -> None:
    found = the(read("homepage.md"), "entry", "Mixture-of-Recursions")
    assert [a.family for a in found.authors] == (
        "Bae Kim Bayat Kim Ha Schuster Fisch Harutyunyan Ji Courville Yun".split()
    )
    assert found.appearances[1].arxiv == "2507.10524"


def test_states_and_preprints_and_forums() -> None:
    items = read("homepage.md")
    review = the(items, "entry", "In-context Learning").appearances
    assert [(a.stage, a.venue) for a in review] == [
        (Stage.SUBMISSION, "Under review at TMLR"),
        (Stage.PREPRINT, "arXiv"),
    ]
    (preprint,) = the(items, "entry", "Efficient Covariance").appearances
    at = line_of("demo/homepage.md", "arXiv preprint [")
    assert preprint == Appearance(
        Stage.PREPRINT, "arXiv", arxiv="1905.13276", lines=(("venue", at), ("arxiv", at))
    )
    (iclr,) = the(items, "entry", "Relaxed Recursive").appearances
    assert (iclr.venue, iclr.openreview, iclr.stage) == ("ICLR 2025", "WwpYSOkkCt", None)
    journal = the(items, "entry", "Multitask learning").appearances[0]
    assert (journal.venue, journal.volume, journal.number, journal.pages, journal.date) == (
        "Nature, Scientific data",
        "6",
        "1",
        "96",
        None,
    )


def test_venues_stand_as_written() -> None:
    said = [r.appearances[0].venue for r in records(read("homepage.md"), "entry")]
    assert said == [
        "NeurIPS 2025",
        "ICML 2025 TokShop Workshop",
        "ICLR 2025",
        "arXiv",
        "ICLR 2025 Workshop Weight Space Learning",
        "Under review at TMLR",
        "ICLR 2023",
        "IEEE Information Theory Workshop 2022",
        "CVPR 2021",
        "NeurIPS 2021",
        "ICLR 2021",
        "ICML 2020",
        "NeurIPS'19",
        "arXiv",
        "ICML'19",
        "Nature, Scientific data",
        "Allerton'17",
    ]


def test_an_announcement_in_full() -> None:
    found = the(read("homepage.md"), "news", "Failure Modes")
    at = line_of("demo/homepage.md", "March 2, 2022")
    day = PartialDate(2022, 3, 2)
    assert [str(author) for author in found.authors] == ["Harutyunyan, Hrayr"]
    assert not found.authors_complete
    assert (found.said, found.line, found.lines) == (day, at, ())
    assert found.id == "news/failure-modes-of-domain-generalization-cd8875"
    assert found.appearances == (
        Appearance(
            venue="CVPR 2022",
            date=day,
            date_kind=DateKind.ACCEPTED,
            lines=(("venue", at), ("date", at)),
        ),
        Appearance(Stage.PREPRINT, "arXiv", arxiv="2111.13733", lines=(("arxiv", at),)),
    )
    assert found.raw.startswith("    <li><b>[March 2, 2022]</b> Our <a ")


def test_announcements_and_their_days() -> None:
    said = [(str(r.said), r.appearances[0].venue) for r in records(read("homepage.md"), "news")]
    assert said == [
        ("2025-09", "NeurIPS 2025"),
        ("2023-01-21", "ICLR 2023"),
        ("2022-08-03", "2022 IEEE Information Theory Workshop conference"),
        ("2022-03-02", "CVPR 2022"),
        ("2021-09-28", "NeurIPS 2021"),
        ("2021-01-12", "ICLR 2021"),
        ("2020-06-03", "ICML 2020"),
        ("2019-10-01", "NeurIPS'19 information theory and machine learning workshop"),
        ("2019-09-03", "NeurIPS'19"),
    ]
    forum = the(read("homepage.md"), "news", "Supervision").appearances
    assert [a.openreview for a in forum] == ["8jU7wy7N7mA"]


def test_two_days_of_2022_differ_in_two_venues_and_keep_every_identity() -> None:
    before = {r.id: r for r in all_records(read("2022-08-28.md", STATES))}
    after = {r.id: r for r in all_records(read("2022-08-29.md", STATES))}
    assert list(before) == list(after)
    assert len(before) == 14
    changed = [
        (before[id].appearances[0].venue, after[id].appearances[0].venue)
        for id in before
        if before[id].appearances != after[id].appearances
    ]
    assert changed == [
        ("arXiv", "IEEE Information Theory Workshop 2022"),
        ("arXiv", "CVPR 2021"),
    ]
    news = [r.title[:20] for r in records(list(after.values()), "news")]
    assert news == [
        "Formal limitations o",
        "Failure Modes of Dom",
        "Information-theoreti",
        "Estimating informati",
    ], "old news in a comment say nothing"
