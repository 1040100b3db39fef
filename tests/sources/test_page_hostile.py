"""The page adapter on input that nobody would call a page: never a fault.

That it is never slow, benchmarks/growth.py measures.
"""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Page, SourceError
from sources.page import PageSource
from sources.record import Record, Skipped

OWNER = ("Hrayr Harutyunyan", "H. Harutyunyan")


def parse(body: bytes) -> list[Record | Skipped]:
    return list(PageSource("x", "x.md", Path(), OWNER).parse(Page("x.md", body)))


PIECES = st.sampled_from(
    "## Publications|\n|\n\n|<br>|<div>|</div>|<a href='|'>|</a>|<li>|<!--|-->|<script>|**|*|_|"
    "[|]|](|)|(|- |[May 1, 2020] |accepted to |CVPR 2022|Hrayr Harutyunyan, |Aram Galstyan|A title|"
    "Thesis: |[arXiv:2306.15918]|Aug. 2018 - May 2023|2018 - Present|LGMay 1, 2020\n|LGApr 1\n|"
    "https://arxiv.org/abs/2306.15918|https://openreview.net/forum?id=|http://[|&#40;|&#9999999999;|"
    '"|“|”|[x]: <> (|---|===|1. |  \n|\\|6 (1), 96|et al.| and |,,|99/2020|2020.99.99|<html>|\r'
    "|\xa0".split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    try:
        items = parse(text.encode("utf-8", "replace"))
    except SourceError:
        return
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for item in items:
        if isinstance(item, Record):
            places = [item.line, *(line for _, line in item.lines)]
            places += [line for one in item.appearances for _, line in one.lines]
            assert all(1 <= line <= last for line in places)
            assert item.title == " ".join(item.title.split()) != ""
            assert item.authors
            assert all(one.venue or one.openreview or one.doi for one in item.appearances)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        parse(body)
    except SourceError as error:
        place = error.place
    else:
        place = "x.md"
    assert place == "x.md"


def test_a_character_reference_of_five_thousand_digits() -> None:
    assert parse(b"- [May 1, 2020] &#" + b"9" * 5000 + b"; accepted to X") == []
