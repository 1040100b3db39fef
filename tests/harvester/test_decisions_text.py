"""Decisions as a text file, and back."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.canon import Decision
from harvester.decisions_text import Fault, read, write

WHEN = "2026-11-21T04:00:00+00:00"
SAME = Decision("same", ("arxiv:1", "page:a"), who="hrayr", when=WHEN, note="one talk")
TAKE = Decision(
    "take",
    ("arxiv:1", "page:a"),
    "year",
    "conference",
    "2022",
    when="2026-11-20T04:00:00+00:00",
    claims=(("arxiv:1", "2022", "CVPR 2022"), ("page:a", "2021", "CVPR 2021")),
)
TEXT = """\
[[decision]]
kind = "take"
field = "year"
version = "conference"
value = "2022"
records = [
  "arxiv:1",
  "page:a",
]
claims = [
  {record = "arxiv:1", value = "2022", text = "CVPR 2022"},
  {record = "page:a", value = "2021", text = "CVPR 2021"},
]
when = "2026-11-20T04:00:00+00:00"
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = st.builds("{}:{}".format, st.sampled_from(["arxiv", "page"]), texts)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(["same", "apart", "take", "mine", "not-mine", "key"]))
    records = tuple(sorted(draw(st.sets(names, min_size=2, max_size=3))))
    made = Decision(kind, records, who=draw(texts), when=WHEN, note=draw(texts))
    if kind == "take":
        claims = draw(st.sets(st.tuples(names, texts, texts), max_size=3))
        value = draw(texts.filter(bool))
        return replace(made, field="title", value=value, claims=tuple(sorted(claims)))
    return replace(made, value=draw(texts.filter(bool))) if kind == "key" else made


def placed(text: str) -> list[Decision]:
    found, faults = read(text)
    assert not faults
    return [one.decision for one in found]


def test_it_is_readable() -> None:
    assert write([SAME, TAKE]).endswith(f'note = "one talk"\n\n{TEXT}')
    assert placed(write([SAME, TAKE])) == [TAKE, SAME]


@given(st.lists(decisions(), max_size=4), st.randoms(use_true_random=False))
def test_what_is_written_is_read_in_any_order(made: list[Decision], chance: object) -> None:
    text = write(made)
    assert sorted(placed(text), key=repr) == sorted(made, key=repr)
    assert write(placed(text)) == text
    # Nothing of a title can move a terminal, or begin a line of its own.
    assert all(line.isprintable() for line in text.split("\n"))
    assert sum(line == "[[decision]]" for line in text.split("\n")) == len(made)


def test_a_decision_more_moves_no_other_block() -> None:
    one = write([SAME, TAKE]).splitlines()
    more = write([SAME, Decision("same", ("arxiv:2", "page:b"), when=WHEN), TAKE]).splitlines()
    assert [line for line in one if line not in more] == []
    assert "\n".join(one[:10]) in "\n".join(more)


def test_moments_of_other_zones_are_in_order() -> None:
    late = TEXT.replace("2026-11-20T04:00:00+00:00", "2026-11-21T04:00:00+04:00")
    assert placed(late)[0].when == "2026-11-21T00:00:00+00:00"


@pytest.mark.parametrize(
    ("was", "now", "line", "reason"),
    [
        ("[[decision]]", "[[decision]", 1, "is not TOML"),
        ("[[decision]]", "[decision]", 1, "each decision needs a line [[decision]] of its own"),
        ("[[decision]]", "more = 1\n[[decision]]", 1, "'more' is not known here"),
        ('field = "year"\n', "", 1, "field is missing"),
        ('value = "2022"\n', "", 1, "value is missing"),
        ('value = "2022"\n', "value = 2022\n", 1, "value is no text"),
        ('kind = "take"\n', "", 1, "kind is missing"),
        ('when = "2026-11-20T04:00:00+00:00"\n', "", 1, "when is missing"),
        ("T04:00:00+00:00", "", 1, "is no moment"),
        ("+00:00", "", 1, "is no moment"),
        ('"arxiv:1",', "1,", 1, "records is no list of names"),
        ('value = "2021", ', "", 1, "claims is no list of"),
        ('who = "x"', "", 0, ""),
        ("when =", 'reason = "x"\nwhen =', 1, "'reason' is not known in a decision"),
    ],
)
def test_what_is_wrong_is_named_by_line(was: str, now: str, line: int, reason: str) -> None:
    found, faults = read(TEXT.replace(was, now, 1))
    if not line:
        assert (len(found), faults) == (1, [])
        return
    assert any(fault.line == line and reason in fault.reason for fault in faults), faults
    below = TEXT + "\n" + TEXT.replace(was, now, 1)
    if "TOML" not in reason and "of its own" not in reason and "more" not in reason:
        assert Fault(len(TEXT.splitlines()) + 2, faults[0].reason) in read(below)[1]


def test_a_bracket_of_toml_in_a_note_is_no_decision() -> None:
    made = replace(SAME, note="[[decision]]\n[[decision]]")
    assert placed(write([made])) == [made]
    assert tomllib.loads(write([made]))["decision"][0]["note"] == made.note
