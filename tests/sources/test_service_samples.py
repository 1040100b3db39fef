"""Every recorded answer of arXiv and OpenReview in ../shared: how much is read, or why nothing."""

from pathlib import Path

import pytest

from sources.arxiv import ArxivSource
from sources.contract import Source, SourceError
from sources.openreview import OpenReviewSource
from sources.record import PartialDate, Record, Stage

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded answers are not here")

OAI = "is an OAI-PMH answer; save an answer of export.arxiv.org/api/query instead"
ERROR = "arXiv answers: incorrect id format for"
NO_NOTES = "holds no notes"

COUNTS: dict[str, tuple[int, int] | str] = {
    # (records, skipped), or how the error begins
    "arxiv/2026-10_search_ai_risk_journalref_doi.xml": (4, 0),
    "arxiv/2026_fastpaper_search.xml": (3, 0),
    "arxiv/2026_id_0000.0000_empty200.xml": (0, 1),
    "arxiv/2026_id_0808.05394_empty200.xml": (0, 1),
    "arxiv/2026_id_1605.08386.xml": (1, 0),
    "arxiv/2026_id_1707.08567.xml": (1, 0),
    "arxiv/2026_id_2104.12255v1_title_is_0.xml": (1, 0),
    "arxiv/2026_id_abc_http400_error.xml": ERROR,
    "arxiv/2026_id_astro-ph_0601001_oldid_affil_journalref.xml": (1, 0),
    "arxiv/2026_id_quant-ph_0201082v1_oldid.xml": (1, 0),
    "arxiv/2026_id_two_ids_one_missing.xml": (1, 1),
    "arxiv/2026_q_testing_page1_s0_m10.xml": (10, 0),
    "arxiv/2026_q_testing_page2_s10_m10.xml": (10, 0),
    "arxiv/2026_q_testing_page3_s20_m10.xml": (10, 0),
    "arxiv/2026_q_testing_page4_s30_m10.xml": (10, 0),
    "arxiv/2026_q_testing_page5_s40_m10.xml": (10, 0),
    "arxiv/2026_q_testing_page6_s50_m10.xml": (10, 0),
    "arxiv/2026_q_testing_s0_m100_big.xml": (100, 0),
    "arxiv/legacy_id_1312.2021.xml": (1, 0),
    "arxiv/legacy_id_1710.08557.xml": (1, 0),
    "arxiv/legacy_id_INVALIDID_error.xml": ERROR,
    "arxiv/legacy_id_math_0211159.xml": (1, 0),
    "arxiv/oai_arXivRaw_1810.09584_versions.xml": OAI,
    "arxiv/oai_arxiv_1711_04702.xml": OAI,
    "arxiv/oai_arxiv_math_0306266.xml": OAI,
    "arxiv/oai_arxiv_multi_20230125.xml": OAI,
    "arxiv/oai_listrecords_arxiv-physics-hep-th.xml": OAI,
    "arxiv/oai_sample_record.xml": OAI,
    "arxiv/oai_single.xml": OAI,
    "openreview/errors_assembled.json": NO_NOTES,
    "openreview/v1_NIPS.cc_2018_HkghWScuoQ.json": (1, 0),
    "openreview/v1_NIPS.cc_2018_HkghWScuoQ_revisions_replies.json": NO_NOTES,
    "openreview/v1_dblp_record_notes.json": (2, 0),
    "openreview/v2_note_made_from_arxiv_entry.json": (1, 0),
    "openreview/v2_notes_made_from_dblp_records.json": (5, 0),
    "openreview/v2_pair_native_and_CoRR_mirror_TPA.json": (2, 0),
    "openreview/v2_search_4aMedv0ONH_accepted_workshop.json": (1, 0),
    "openreview/v2_tVNZj27pb3_under_review_anonymous.json": (1, 0),
    "openreview/v2_yIEyHP7AvH_accepted_COLM2024.json": (1, 0),
}


def source(name: str) -> Source:
    if name.startswith("arxiv"):
        return ArxivSource("arxiv", None, name, SAMPLES)
    return OpenReviewSource("openreview", None, name, SAMPLES)


def records(name: str) -> list[Record]:
    adapter = source(name)
    found = [item for page in adapter.pages() for item in adapter.parse(page)]
    return [item for item in found if isinstance(item, Record)]


def test_no_sample_is_left_out() -> None:
    there = {f"arxiv/{file.name}" for file in (SAMPLES / "arxiv").glob("*.xml")}
    there |= {f"openreview/{file.name}" for file in (SAMPLES / "openreview").glob("*.json")}
    assert there == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_as_much_is_read_as_is_there(name: str) -> None:
    adapter, expected = source(name), COUNTS[name]
    pages = list(adapter.pages())
    if isinstance(expected, str):
        with pytest.raises(SourceError) as error:
            list(adapter.parse(pages[0]))
        assert error.value.place == name
        assert error.value.reason.startswith(expected)
        return
    found = list(adapter.parse(pages[0]))
    read = [item for item in found if isinstance(item, Record)]
    assert (len(read), len(found) - len(read)) == expected
    assert all(record.title and record.appearances and record.where == name for record in read)
    assert len({record.key for record in read}) == len(read)
    assert not any("@" in author.id for record in read for author in record.authors)


def test_six_pages_of_a_search_bring_each_paper_once() -> None:
    found = [
        record.id
        for page in range(1, 7)
        for record in records(
            f"arxiv/2026_q_testing_page{page}_s{page - 1}0_m10.xml".replace("s00", "s0")
        )
    ]
    assert len(found) == len(set(found)) == 60


def test_an_old_paper_with_a_journal_reference() -> None:
    (record,) = records("arxiv/2026_id_astro-ph_0601001_oldid_affil_journalref.xml")
    preprint, published = record.appearances
    assert record.id == preprint.arxiv == "astro-ph/0601001"
    assert (preprint.stage, preprint.date) == (Stage.PREPRINT, PartialDate(2006, 1, 2))
    assert (published.stage, published.venue) == (None, "ActaAstron.56:1-50,2006")
    assert [str(author) for author in record.authors] == [
        "Gould, Andrew",
        "Dorsher, Susan",
        "Gaudi, B. Scott",
        "Udalski, Andrzej",
    ]


def test_a_title_over_two_lines_of_the_older_layout() -> None:
    (record,) = records("arxiv/legacy_id_1710.08557.xml")
    assert record.title == (
        "On Neuromechanical Approaches for the Study of Biological Grasp and Manipulation"
    )
    assert record.line == 10
    assert record.appearances[1].doi == "10.1186/s12984-017-0305-3"


def test_a_native_note_and_the_mirror_of_its_preprint() -> None:
    native, mirror = records("openreview/v2_pair_native_and_CoRR_mirror_TPA.json")
    (accepted,), (preprint,) = native.appearances, mirror.appearances
    assert (accepted.venue, accepted.venue_id, accepted.openreview, accepted.status) == (
        "NeurIPS 2025 spotlight",
        "NeurIPS.cc/2025/Conference",
        "ECTxVRFhUa",
        "accepted",
    )
    assert accepted.date == PartialDate(2025, 9, 18)
    assert (preprint.stage, preprint.arxiv, preprint.openreview, preprint.date) == (
        Stage.PREPRINT,
        "2501.06425",
        "",
        PartialDate(2025),
    )


def test_a_note_under_review_has_no_authors_and_no_venue() -> None:
    (record,) = records("openreview/v2_tVNZj27pb3_under_review_anonymous.json")
    assert (record.authors, record.authors_complete) == ((), False)
    assert record.appearances[0].stage is Stage.SUBMISSION
    assert record.appearances[0].status == "under review"
