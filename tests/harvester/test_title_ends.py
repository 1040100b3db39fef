"""What a citation leaves behind a title, and what belongs to it."""

import pytest

from harvester.title_ends import without_beginning, without_citation

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
        ", in Saitta L. (ed.)",
        ". Machine Learning 5 197-227. This article was processed",
        ". Information and Computation 103(2), 299-347",
        ". Unpublished manuscript available electronically",
        "' proceedings of COLT-94",
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
        "Learning from experiments, in theory",
        "Grading cards: levels 5 to 10",
    ],
)
def test_a_title_of_its_own(title: str) -> None:
    assert without_citation(title) == (title, "")


@pytest.mark.parametrize(
    ("begun", "year"),
    [
        ("(1993) ", 1993),
        ("[1995] ", 1995),
        ("Seung (1995), ", 1995),
        ("Ver Steeg [1987]. ", 1987),
        ("B (1995) ", 1995),
    ],
)
def test_the_last_author_and_the_year_before_a_title(begun: str, year: int) -> None:
    assert without_beginning(begun + TITLE) == (TITLE, year)


@pytest.mark.parametrize(
    "title",
    [TITLE, "Windows (2000) and its rules", "Census (1990). Results", "1995 in mining rules"],
)
def test_a_year_that_is_the_titles_own(title: str) -> None:
    assert without_beginning(title) == (title, 0)
