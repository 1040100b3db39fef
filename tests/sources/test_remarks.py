"""Comments at arXiv: what they say of a venue, and where they say nothing."""

import time

import pytest

from sources.record import Stage
from sources.remarks import Remark, read_comment


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("Accepted at NeurIPS 2023", "NeurIPS 2023"),
        ("Accepted at ICML'20, 12 pages", "ICML'20"),
        ("Accepted as a spotlight at NeurIPS 2020; 33 pages", "NeurIPS 2020"),
        (
            "Accepted by IEEE Transactions on Light. arXiv admin note: see Y",
            "IEEE Transactions on Light",
        ),
        ("25 pages, 7 tables. Accepted for publication in A&A", "A&A"),
        ("Published in Proc. Natl. Acad. Sci. USA, 12 pages", "Proc. Natl. Acad. Sci. USA"),
        (
            "To be published in: 2025 IEEE Conference on Z (ICST)",
            "2025 IEEE Conference on Z (ICST)",
        ),
        ("To appear in the Proc. of ICST 2021", "the Proc. of ICST 2021"),
        ("camera-ready version for ICML 2020", "ICML 2020"),
        ("20 pages, 5 figures, NeurIPS 2021", "NeurIPS 2021"),
        ("NeurIPS 2023 (spotlight), 30 pages", "NeurIPS 2023 (spotlight)"),
        ("CVPR2022 oral", "CVPR2022 oral"),
        ("ICML 2024 Workshop on Things in the Wild", "ICML 2024 Workshop on Things in the Wild"),
        (
            "8 pages, 2021 IEEE Conference on Testing (T 2021)",
            "2021 IEEE Conference on Testing (T 2021)",
        ),
        ("IJCAI 2019. To be presented in Macao", "IJCAI 2019"),
    ],
)
def test_where_it_went(comment: str, venue: str) -> None:
    assert read_comment(comment) == Remark(venue=venue)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "12 pages",
        "8 pages, accepted",
        "Not accepted at ICML 2020",
        "Part of this work was presented at the ICALP 2011 Workshop",
        "Editors for the proceedings: A. B. Somebody",
        "Made with LaTeX 2020",
        "Code: https://example.org/ICLR2020",
        "Updated following peer-review",
        "Replaces the withdrawn arXiv:2301.00001",
    ],
)
def test_silence(comment: str) -> None:
    assert read_comment(comment) == Remark()


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        (
            "24 pages, submitted to Software Testing, Verification",
            "submitted to Software Testing, Verification",
        ),
        ("Submitted to Phys. Rev. D, 20 pages", "Submitted to Phys. Rev. D"),
        ("Preprint. Under review.", "Under review"),
        ("Currently under review at TMLR", "under review at TMLR"),
    ],
)
def test_not_yet(comment: str, words: str) -> None:
    assert read_comment(comment) == Remark(stage=Stage.SUBMISSION, venue=words)


@pytest.mark.parametrize(
    "comment",
    [
        "Withdrawn",
        "Paper withdrawn",
        "This paper has been withdrawn by the author due to an error",
        "This submission has been temporarily withdrawn",
        "The manuscript was retracted. Accepted at ICML 2020",
    ],
)
def test_withdrawn(comment: str) -> None:
    assert read_comment(comment) == Remark(withdrawn=True)


@pytest.mark.parametrize(
    "piece",
    ["A ", "AB", "Accepted ", "accepted as a ", "paper ", "The ", ",", "(", "1 pages,", "Aa."],
)
def test_no_comment_takes_long(piece: str) -> None:
    start = time.perf_counter()
    read_comment(piece * 50_000)
    assert time.perf_counter() - start < 1.0
