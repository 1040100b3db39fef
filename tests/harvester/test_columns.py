"""Texts in columns, and the words that tell values apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester import columns
from harvester.report import beside, plain
from harvester.wording import BEGIN, END, compared, emphasised, painted, shortened


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("学习", 4),
        ("e\u0301", 1),
        ("ＡＢ", 4),
        ("한글", 4),
        ("Ångström", 8),
        ("न\u0947", 1),
        ("", 0),
    ],
)
def test_width(text: str, width: int) -> None:
    assert columns.width(text) == width


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("学习机器", 7, "学习机…"),
        ("学习机器", 6, "学习…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_cut(text: str, room: int, shown: str) -> None:
    assert columns.cut(text, room) == shown


WORDS = st.text(st.sampled_from("ab 学e\u0301ｗ"), max_size=60)


@given(WORDS, st.integers(2, 20))
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = list(columns.wrap(plain(text), room))
    assert all(columns.width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")


@given(WORDS, WORDS)
def test_left_and_right_fill_a_line(left: str, right: str) -> None:
    line = beside(left, right, 2).replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert columns.width(line) <= 80


def told(*values: str) -> list[str]:
    lists = [value.split() for value in values]
    return [painted(emphasised(words), "[", "]") for words in compared(lists)]


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        (("a b c d", "a b x d"), ["a b [c] d", "a b [x] d"]),
        (("a b c", "a b c d e"), ["a b c", "a b c [d e]"]),
        (("a b c", "x y z"), ["a b c", "x y z"]),
        (("a b c d", "a b x d", "a b x e"), ["a b [c d]", "a b [x d]", "a b [x e]"]),
        (("Roth, Ina; Byron,", "Roth, Ina;"), ["Roth, Ina; [Byron,]", "Roth, Ina;"]),
        (("only one value",), ["only one value"]),
    ],
)
def test_the_words_that_differ_are_marked(values: tuple[str, ...], marked: list[str]) -> None:
    assert told(*values) == marked


def test_very_long_values_are_not_compared() -> None:
    """Their time would grow with the square of the words."""
    long = "word " * 100_000
    assert told(long, long + "more")[1].count("[") == 0


def test_of_long_values_what_differs_is_kept() -> None:
    words = [(f"w{n}", n == 50) for n in range(100)]
    kept = [word for word, _ in shortened(words, 60)]
    assert kept == ["w0", "w1", "w2", "w3", "…", "w48", "w49", "w50", "w51", "w52", "…"]
    assert shortened(words[:5], 60) == words[:5]


def test_nothing_from_outside_can_look_like_a_mark() -> None:
    assert plain(f"a{BEGIN}b{END}c") == "abc"
    assert unicodedata.category(BEGIN) == "Co"
