"""What a citation leaves behind a title, and what belongs to it."""

import pytest

from harvester.title_ends import without_citation

TITLE = "Mining generalized association rules"


@pytest.mark.parametrize(
    "rest",
    [
        ". In: Proc. 20th Int",
        "; proceedings of the 21",
        ". 27th Int",
        ". 134-145",
        ". 266-275. 1997. Athens,",
        ". SIGMOD Record, 26 (3)",
        ", ACM SIGMOD Int",
        ". 30(1): 78-83",
        ". Tech. Rep. 95-028,",
        " - group of 14 \u00bb;",
        " (best paper award)",
        " [C]",
        " (extended version). Available by ftp",
    ],
)
def test_the_rest_of_a_citation(rest: str) -> None:
    assert without_citation(TITLE + rest)[0] == TITLE


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Effects of aspirin in adults: 10-15 years of follow up",
        "Hypertension in adults, 1990-2000: a review",
        "Mining rules: the second step",
        "Learning from mistakes [corrected]",
        "Proceedings of the 3rd international workshop",
        "Accepted: peer review in practice",
        "Online search, fast",
    ],
)
def test_a_title_of_its_own(title: str) -> None:
    assert without_citation(title) == (title, "")
