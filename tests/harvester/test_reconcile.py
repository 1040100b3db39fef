"""The reconciler as a whole: what it makes of small lists, and its invariants."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import OWNER, preprint, record, seen

from harvester.canon import Canon, Conflict, Decision, State, Work
from harvester.reconcile import reconcile
from sources.names import parse_author
from sources.record import Appearance, DateKind, PartialDate, Record, Stage

TITLE = "Failure Modes of Domain Generalization Algorithms"
ALL = "Tigran Galstyan, Hrayr Harutyunyan, Hrant Khachatrian, Greg Ver Steeg, Aram Galstyan"

ARXIV = record("arxiv:2111.13733", TITLE, preprint("2111.13733", "2021-11-26"), authors=ALL)
ENTRY = record(
    "page:entry/x", TITLE, seen("CVPR 2021", "2021"), preprint("2111.13733"), authors=ALL
)
NEWS = record(
    "page:news/x",
    TITLE,
    seen("CVPR 2022", "2022-03-02", kind=DateKind.ACCEPTED),
    preprint("2111.13733"),
    form="news",
    complete=False,
)


def only(works: tuple[Work, ...]) -> Work:
    assert len(works) == 1, [work.records for work in works]
    return works[0]


def disputes(canon: Canon, field: str) -> list[Conflict]:
    return [conflict for conflict in canon.conflicts if conflict.field == field]


def test_a_preprint_and_its_conference_paper_are_one_work() -> None:
    work = only(reconcile([ARXIV, ENTRY]).works)
    assert [(v.stage, v.venue_key, v.year) for v in work.versions] == [
        (Stage.PREPRINT, "arxiv", 2021),
        (Stage.CONFERENCE, "cvpr", 2021),
    ]
    assert work.head.venue == "CVPR"


def test_an_edition_that_was_over_before_the_first_posting_yields() -> None:
    """The homepage contradicts its own news line, and only time can tell."""
    canon = reconcile([ARXIV, ENTRY, NEWS])
    assert only(canon.works).head.year == 2022
    [conflict] = disputes(canon, "year")
    assert conflict.state is State.SETTLED
    assert conflict.rule == "over_before_posted"
    assert conflict.why == (
        "CVPR 2021 was over on 25 June 2021, before the paper was first posted on 26 November 2021."
    )
    [fix] = canon.fixes
    assert (fix.says, fix.canon, fix.file, fix.line) == ("CVPR 2021", "CVPR 2022", "page.md", 7)


def test_a_lone_claim_is_never_disputed_by_time() -> None:
    """A paper may be posted after its conference: the rule only chooses between claims."""
    late = record("page:entry/s", "Disentangled representations", seen("Allerton'17", "2017"))
    own = record(
        "arxiv:1710.03839", "Disentangled representations", preprint("1710.03839", "2018-10-10")
    )
    canon = reconcile([late, own])
    assert only(canon.works).head.year == 2017
    assert canon.conflicts == ()


def test_a_number_given_to_two_works_stays_with_its_own_record() -> None:
    names = "Greg Ver Steeg, Hrayr Harutyunyan, Daniel Moyer, Aram Galstyan"
    fast, cov = "Fast structure learning with modular regularization", "Efficient Covariance"
    both = "Hrayr Harutyunyan, Daniel Moyer, Hrant Khachatrian, Greg Ver Steeg, Aram Galstyan"
    canon = reconcile(
        [
            record("arxiv:1905.13276", cov, preprint("1905.13276", "2019-05-30"), authors=both),
            record("arxiv:1706.03353", fast, preprint("1706.03353", "2017-06-11"), authors=names),
            record("page:entry/f", fast, seen("NeurIPS'19"), preprint("1905.13276"), authors=names),
        ]
    )
    numbers = {work.title.value: work.versions[0].value("arxiv") for work in canon.works}
    assert numbers == {cov: "1905.13276", fast: "1706.03353"}
    [conflict] = canon.conflicts
    assert (conflict.kind, conflict.state, conflict.rule) == (
        "identifier",
        State.SETTLED,
        "own_record",
    )
    [fix] = canon.fixes
    assert (fix.field, fix.says, fix.canon) == ("arxiv", "1905.13276", "1706.03353")


def test_two_names_of_a_workshop_are_a_question_that_a_person_can_settle() -> None:
    title = "Mimetic Initialization Helps State Space Models Learn to Recall"
    page = record("page:entry/m", title, seen("ICLR 2025 Workshop Weight Space Learning", "2025"))
    name = "Workshop on Neural Network Weights as a New Data Modality"
    note = record(
        "openreview:nerNr9fjfD",
        title,
        seen(name, venue_id="ICLR.cc/2025/Workshop/X", openreview="nerNr9fjfD"),
    )
    canon = reconcile([page, note])
    [conflict] = canon.conflicts
    assert (conflict.field, conflict.state, conflict.slot) == ("workshop", State.OPEN, "workshop")
    assert only(canon.works).head.venue == f"ICLR {name}"
    taken = Decision(
        "take", (note.key, page.key), "workshop", "workshop", "Weight Space Learning", id=1
    )
    decided = reconcile([page, note], [taken])
    assert [c.state for c in decided.conflicts] == [State.DECIDED]
    assert only(decided.works).head.venue == "ICLR Weight Space Learning Workshop"


def test_under_review_is_a_status_and_no_version() -> None:
    work = only(
        reconcile(
            [
                record(
                    "page:entry/i",
                    "In-context Learning",
                    seen("Under review at TMLR", stage=Stage.SUBMISSION),
                    preprint("2410.03140"),
                )
            ]
        ).works
    )
    assert [v.stage for v in work.versions] == [Stage.PREPRINT]
    assert work.status == "Under review at TMLR"
    assert str(work.versions[0].value("date")) == "2024-10"


def test_a_list_short_without_saying_so_loses_and_is_a_fix() -> None:
    long, short = "Ada Byron, Kurt Friedman, Ina Roth", "A. Byron, K. Friedman"
    canon = reconcile(
        [
            record("arxiv:2303.01598", TITLE, preprint("2303.01598", "2023-03-02"), authors=long),
            record("page:entry/p", TITLE, seen("CVPR", "2023"), authors=short),
        ]
    )
    assert only(canon.works).names == ("Byron, Ada", "Friedman, Kurt", "Roth, Ina")
    assert [c.rule for c in disputes(canon, "authors")] == ["longer_list"]
    assert [fix.field for fix in canon.fixes] == ["authors"]


def test_a_list_that_says_it_is_cut_is_no_contradiction() -> None:
    long, short = "Ada Byron, Kurt Friedman, Ina Roth", "Ada Byron, Kurt Friedman"
    canon = reconcile(
        [
            record("arxiv:2303.01598", TITLE, preprint("2303.01598", "2023-03-02"), authors=long),
            record("bibtex:p", TITLE, preprint("2303.01598"), authors=short, complete=False),
        ]
    )
    assert only(canon.works).names[-1] == "Roth, Ina"
    assert canon.conflicts == ()


def test_what_is_gone_keeps_its_work_alive_but_yields() -> None:
    old = record("scholar:a", TITLE, seen("NeurIPS 2021", "2021"), gone=True)
    new = record("page:entry/a", TITLE, seen("NeurIPS 2022", "2022"))
    canon = reconcile([old, new])
    assert only(canon.works).head.year == 2022
    assert disputes(canon, "year")[0].rule == "no_longer_said"
    assert only(reconcile([old]).works).gone


def test_a_doi_without_a_venue_belongs_to_the_published_version() -> None:
    typed = record(
        "arxiv:2111.13733", TITLE, preprint("2111.13733", "2021-11-26"), seen(doi="10.1/x")
    )
    alone = only(reconcile([typed]).works)
    assert [(v.stage, v.value("doi")) for v in alone.versions] == [
        (Stage.PREPRINT, ""),
        (Stage.OTHER, "10.1/x"),
    ]
    assert alone.head.stage is Stage.PREPRINT
    entry = record("page:entry/x", TITLE, seen("CVPR 2022"), preprint("2111.13733"))
    both = only(reconcile([typed, entry]).works)
    assert [(v.stage, v.value("doi")) for v in both.versions] == [
        (Stage.PREPRINT, ""),
        (Stage.CONFERENCE, "10.1/x"),
    ]


def test_a_title_that_lost_its_acronyms_lends_no_capitals() -> None:
    """Scholar-made .bib files lower-case 'LLM'; the page, though less trusted, does not."""
    full = "Efficient LLM Training by Leveraging Small LMs"
    canon = reconcile(
        [
            record("bibtex:s", full.lower().capitalize(), preprint("2410.18779")),
            record("page:entry/s", full, preprint("2410.18779")),
        ]
    )
    assert reconcile([]).works == ()
    work = only(canon.works)
    assert (work.title.value, canon.conflicts) == (full, ())


def test_a_title_reworded_under_one_number_is_one_work() -> None:
    canon = reconcile(
        [
            record(
                "arxiv:2011.01234",
                "Learning to attend",
                preprint("2011.01234", "2020-11-02"),
                authors=ALL,
            ),
            record(
                "page:entry/d",
                "Dense prediction",
                seen("CVPR 2021"),
                preprint("2011.01234"),
                authors=ALL,
            ),
        ]
    )
    assert len(canon.works) == 1


def test_a_wrong_link_between_papers_of_the_same_authors_merges_nothing() -> None:
    """The title that was linked wrongly has a number of its own elsewhere."""
    graph, law = "Graph neural networks for chemistry", "Language models for law texts"
    canon = reconcile(
        [
            record("arxiv:2101.00001", graph, preprint("2101.00001", "2021-01-02"), authors=ALL),
            record("arxiv:2102.00002", law, preprint("2102.00002", "2021-02-02"), authors=ALL),
            record("bibtex:l", law, preprint("2101.00001"), authors=ALL),
        ]
    )
    assert sorted(work.records for work in canon.works) == [
        ("arxiv:2101.00001",),
        ("arxiv:2102.00002", "bibtex:l"),
    ]
    assert [(fix.says, fix.canon) for fix in canon.fixes] == [("2101.00001", "2102.00002")]


def test_an_edition_is_published_as_somebody_claims_it() -> None:
    """Venue and year of one appearance never part: nobody spoke of ICML 2016."""
    canon = reconcile(
        [
            record("arxiv:1601.00001", TITLE, preprint("1601.00001", "2016-01-05")),
            record("bibtex:a", TITLE, seen("ICML 2015", "2015")),
            record("scholar:a", TITLE, seen("NeurIPS 2016", "2016")),
        ]
    )
    head = only(canon.works).head
    assert (head.venue_key, head.year) in (("icml", 2015), ("neurips", 2016))


def test_time_strikes_no_edition_that_more_witnesses_name() -> None:
    """Posting months after the conference is common."""
    canon = reconcile(
        [
            record("arxiv:2001.00001", TITLE, preprint("2001.00001", "2020-01-05")),
            record("bibtex:a", TITLE, seen("ICML", "2019")),
            record("openreview:a", TITLE, seen("ICML 2019")),
            record("scholar:a", TITLE, seen("ICML", "2020")),
        ]
    )
    assert only(canon.works).head.year == 2019


def test_a_venue_that_no_table_knows_is_not_overridden_in_silence() -> None:
    journal = seen("Nature Machine Intelligence", "2020", stage=Stage.JOURNAL, doi="10.1/n")
    canon = reconcile(
        [
            record("bibtex:a", TITLE, journal),
            record("scholar:a", TITLE, seen("Scientific Data", "2020", stage=Stage.JOURNAL)),
        ]
    )
    [conflict] = disputes(canon, "venue")
    assert conflict.state is State.OPEN
    assert only(canon.works).head.venue == "Nature Machine Intelligence"


def test_an_unknown_spelling_of_a_known_venue_is_no_conflict() -> None:
    cut = "Proceedings of the IEEE/CVF conference on computer vision and …"
    canon = reconcile(
        [
            record("bibtex:a", TITLE, seen("CVPR", "2022")),
            record("scholar:a", TITLE, seen(cut, "2022", stage=Stage.CONFERENCE)),
        ]
    )
    assert (only(canon.works).head.venue_key, canon.conflicts) == ("cvpr", ())


def test_authors_that_no_source_names_any_more_are_gone() -> None:
    canon = reconcile(
        [
            record("bibtex:a", TITLE, seen("CVPR 2022"), authors=ALL + ", Will Wrong", gone=True),
            record("page:entry/a", TITLE, seen("CVPR 2022"), authors=ALL),
        ]
    )
    assert "Wrong, Will" not in only(canon.works).names


def test_two_of_one_name_in_a_list_stay_two() -> None:
    twice = record("bibtex:a", TITLE, seen("CVPR 2022"), authors="Yang Liu, Jane Doe, Yang Liu")
    assert only(reconcile([twice]).works).names == ("Liu, Yang", "Doe, Jane", "Liu, Yang")
    short = record("bibtex:a", TITLE, seen("CVPR 2022"), authors="Y. Wang, Jane Doe, Yi Wang")
    assert only(reconcile([short]).works).names == ("Wang, Y.", "Doe, Jane", "Wang, Yi")


def test_a_lone_voice_is_no_majority() -> None:
    """Two .bib files disagree; Scholar alone does not outvote them, trust and a person do."""
    canon = reconcile(
        [
            record("bibtex:a", TITLE, seen("CVPR", "2020")),
            record("bibtex:b", TITLE, seen("CVPR", "2021")),
            record("scholar:a", TITLE, seen("CVPR", "2020")),
        ]
    )
    assert [conflict.state for conflict in disputes(canon, "year")] == [State.OPEN]


def test_a_preprint_is_of_the_year_that_its_number_spells() -> None:
    title = "Learning from few demonstrations by redistribution"
    for number, said, year in (("2009.14108", "2022", 2020), ("2001.00001", "2019", 2019)):
        canon = reconcile(
            [
                record("bibtex:one", title, preprint(number, said)),
                record("scholar:two", title, preprint(number, "2020")),
            ]
        )
        (work,) = canon.works
        assert work.head.year in (2020, year)
        rules = [rule for c in disputes(canon, "year") for _, rule in c.claims if rule]
        assert ("spelled_by_number" in rules) is (said == "2022")


def test_nobody_is_asked_about_a_publisher() -> None:
    title = "Interpretable learning in drug discovery"
    canon = reconcile(
        [
            record(f"{kind}:x", title, replace(seen("Nature", "2020"), publisher=name))
            for kind, name in (("bibtex", "Springer, Cham"), ("dblp", "Springer International"))
        ]
    )
    assert canon.works[0].head.value("publisher") == "Springer International"
    assert not canon.conflicts


def test_two_keys_that_are_equal_are_our_own_fault() -> None:
    with pytest.raises(ValueError, match="one key"):
        reconcile([ARXIV, ARXIV])


WORDS = ["alpha", "beta", "gamma", "delta", "part", "ii", "3"]
VENUES = ["", "CVPR 2021", "CVPR", "JMLR", "arXiv", "Workshop on X", "ICML 2020 Workshop Y", "Z"]
NAMES = ["Ada Byron", "A. Byron", "Steeg, Greg Ver", "Ver Steeg, Greg", "GV. Steeg", OWNER]


@st.composite
def record_lists(draw: st.DrawFn) -> list[Record]:
    """Up to eight records of few words, names and venues, so that they meet and clash."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        source = draw(st.sampled_from(["arxiv", "openreview", "scholar", "page", "bibtex"]))
        appearances = []
        for _ in range(draw(st.integers(0, 2))):
            year = draw(st.none() | st.integers(2018, 2023))
            appearances.append(
                Appearance(
                    draw(st.none() | st.sampled_from(list(Stage))),
                    draw(st.sampled_from(VENUES)),
                    PartialDate(year) if year else None,
                    draw(st.sampled_from(list(DateKind))),
                    arxiv=draw(st.sampled_from(["", "", "2011.01234", "2103.04321"])),
                    openreview=draw(st.sampled_from(["", "", "abcdef"])),
                    pages=draw(st.sampled_from(["", "1-9", "2-9"])),
                )
            )
        names = draw(st.lists(st.sampled_from(NAMES), max_size=3))
        found.append(
            Record(
                source=source,
                id=str(number),
                kind=source,
                title=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))),
                authors=tuple(a for a in map(parse_author, names) if a),
                authors_complete=draw(st.booleans()),
                appearances=tuple(appearances),
                form=draw(st.sampled_from(["entry", "news"])) if source == "page" else "entry",
                gone=draw(st.booleans()),
            )
        )
    return found


@given(record_lists(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_order_does_not_matter_and_each_record_is_in_one_work(
    records: list[Record], random: object
) -> None:
    canon = reconcile(records)
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile(shuffled) == canon
    placed = [key for work in canon.works for key in work.records]
    assert sorted(placed) == sorted(record.key for record in records)


@given(record_lists())
@settings(max_examples=150, deadline=None)
def test_rules_only_strike_out(records: list[Record]) -> None:
    """What stands was claimed; what was struck is not lost; something always stands."""
    for work in reconcile(records).works:
        for version in work.versions:
            for settled in version.fields.values():
                assert settled.standing
                assert settled.value in {claim.value for claim in settled.standing}
                open_values = {claim.value for claim in settled.standing}
                assert (len(open_values) > 1) == (settled.state is State.OPEN)
        if work.authors.standing:
            assert work.authors.value in {claim.value for claim in work.authors.standing}


@given(record_lists(), st.data())
@settings(max_examples=150, deadline=None)
def test_decisions_win(records: list[Record], data: st.DataObject) -> None:
    """Two records that a person put together are together, two held apart are apart."""
    if len(records) < 3:
        return
    keys = [record.key for record in records]
    a, b, c = data.draw(st.permutations(keys))[:3]
    canon = reconcile(
        records, [Decision("same", tuple(sorted((a, b))), id=1), Decision("apart", (b, c), id=2)]
    )
    home = {key: number for number, work in enumerate(canon.works) for key in work.records}
    assert home[a] == home[b] != home[c]
