"""Titles that are nearly alike, by the same people (fixtures/titles_alike.tsv)."""

from pathlib import Path

import pytest
from making import record, seen

from harvester.match import judge
from harvester.titles import fold

LINES = (Path(__file__).resolve().parents[2] / "fixtures" / "titles_alike.tsv").read_text("utf-8")
ROWS = [line.split("\t") for line in LINES.splitlines() if not line.startswith("#")]
PEOPLE = "Ada Byron, Kurt Friedman"


@pytest.mark.parametrize(("verdict", "title", "other"), ROWS)
def test_titles_alike(verdict: str, title: str, other: str) -> None:
    a, b = (record(key, text, seen(date="2020"), authors=PEOPLE)
            for key, text in (("a:1", title), ("b:1", other)))  # fmt: skip
    found = judge(a, b)
    assert found == judge(b, a)
    assert (found.verdict == "match") == (verdict == "match"), found


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("α-divergence, TGFβ and μ", "alpha divergence tgfbeta and mu"),
        ("5 μm of λ", "5 um of lambda"),
        ("Η μηχανή του Νικόλαου", "i michani toy nikolaoy"),
        ("𝛽 and ϵ", "beta and epsilon"),
    ],
)
def test_greek_letters_have_names_and_greek_words_are_transcribed(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded
