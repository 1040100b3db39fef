"""The queue as a file: what is written is read back, and nothing else is."""

import csv
import io
import re
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_html_hostile import ALL, NEVER

from harvester import editfile, sheet
from harvester.canon import Evidence, Judgement
from harvester.docket import ShelvedConflict, Side
from harvester.questions import LATER, VERBS, Answer, Answered, allowed, fingerprint
from harvester.shelf import ShelvedClaim

FEW = settings(max_examples=25, deadline=None)
FORMS = pytest.mark.parametrize("form", [editfile, sheet], ids=["text", "table"])
IDS = ("12e4567", "1234567", "abcdef0", "00000001")
NASTY = [
    *"\n \r \r\n \t # , ; \" ' \ufeff \u2028 \x1b[2J \u202e = + - @ \x00 ] [".split(" "),
    "\n[1234567-123456] take a",
    "\nnote mine",
    "# harvest: ",
    '",,,,,take a,',
    "=cmd|' /C calc'!A0",
    ALL,
    "Attention Is All You Need",
    "Vaswani, Ashish; Łukasz Kaiser",
    "注意",
]
LETTERS = "ab1 éŁ注#[]-,;\"'="
texts = st.lists(st.sampled_from(NASTY) | st.text(LETTERS, max_size=8), max_size=4).map("".join)
said = texts.map(lambda text: text or "nothing")


@st.composite
def conflicts(draw: st.DrawFn) -> ShelvedConflict:
    """A conflict of any kind with anything for text."""
    kind = draw(st.sampled_from(["field", "identifier", "duplicate", "person"]))
    claims = draw(
        st.lists(
            st.builds(ShelvedClaim, said, said, said, said, said, texts, st.just("")),
            min_size=1,
            max_size=3,
        )
    )
    pair = Judgement("a", "b", "review", 4.0, (Evidence("title", "near", 9.0, draw(texts)),))
    title = draw(said)
    side = Side("key", title, (title,), True, draw(texts), 2020)
    return ShelvedConflict(
        id="",
        kind=kind,
        state="open",
        field=draw(st.sampled_from(["year", "title", "authors", "workshop"])),
        slot="conference",
        works=("key", "other") if kind == "duplicate" else ("key",),
        title=title,
        claims=tuple(claims),
        proposed={"duplicate": "apart", "person": "not-mine"}.get(kind) or claims[0].value,
        rule="",
        why=draw(texts),
        judgement=pair if kind == "duplicate" else None,
        sides=(side, side),
    )


def named(found: list[ShelvedConflict]) -> list[ShelvedConflict]:
    return [replace(conflict, id=id) for conflict, id in zip(found, IDS, strict=False)]


SENSIBLE = ["[abcdef0-123456] accept\n", "note x\n", "id,decide\n"]
queues = st.lists(conflicts(), max_size=3).map(named)
words = st.text(LETTERS + "\u202e\u200d", min_size=1, max_size=12).map(str.strip)


@st.composite
def answers(draw: st.DrawFn, conflict: ShelvedConflict) -> Answer:
    verb = draw(st.sampled_from([*allowed(conflict), LATER]))
    word = {"take": st.sampled_from("abc"), "value": words.filter(bool)}.get(verb, st.just(""))
    note = draw(st.just("") | words) if verb != LATER else ""
    return Answer(verb, draw(word), " ".join(note.split()))


def edited(form: ModuleType, text: str, given: dict[str, Answer]) -> str:
    """The text as somebody would change it who means these answers."""
    if form is sheet:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        out = io.StringIO()
        table = csv.DictWriter(out, sheet.COLUMNS)
        table.writeheader()
        for row in rows:
            answer = given[row["id"][1:].partition("-")[0]]
            row |= {"decide": f"{answer.verb} {answer.word}", "note": answer.note}
            table.writerow(row)
        return out.getvalue()
    lines = []
    for line in text.split("\n"):
        if line.startswith("["):
            answer = given[line[1:].partition("-")[0]]
            line = f"{line.removesuffix(LATER)}{answer.verb} {answer.word}"
            line += f"\nnote {answer.note}" if answer.note else ""
        lines.append(line)
    return "\n".join(lines)


@FORMS
@FEW
@given(queue=queues)
def test_as_it_is_written_it_answers_nothing(
    form: ModuleType, queue: list[ShelvedConflict]
) -> None:
    text = form.write(queue)
    assert form.read(text) == ([], [])
    assert not NEVER & set(text)


@FORMS
@FEW
@given(queue=queues, data=st.data())
def test_what_is_answered_is_read(
    form: ModuleType, queue: list[ShelvedConflict], data: st.DataObject
) -> None:
    """Whatever stands in titles, names and places: the answers and nothing else."""
    given = {conflict.id: data.draw(answers(conflict)) for conflict in queue}
    lines, faults = form.read(edited(form, form.write(queue), given))
    assert faults == []
    assert [line.answered for line in lines] == [
        Answered(conflict.id, fingerprint(conflict), given[conflict.id])
        for conflict in queue
        if given[conflict.id].verb != LATER
    ]


@FORMS
@FEW
@given(text=st.lists(texts | st.sampled_from(SENSIBLE)).map("".join))
def test_anything_is_read_without_a_crash(form: ModuleType, text: str) -> None:
    lines, faults = form.read(text)
    last = text.count("\n") + text.count("\r") + 1
    assert all(1 <= found.number <= last for found in (*lines, *faults))
    assert {line.answered.answer.verb for line in lines} <= set(VERBS) - {LATER}


@FEW
@given(queue=queues)
def test_no_cell_is_a_formula(queue: list[ShelvedConflict]) -> None:
    for row in csv.reader(io.StringIO(sheet.write(queue).removeprefix("\ufeff"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@FEW
@given(queue=queues)
def test_every_line_of_text_from_outside_is_a_comment(queue: list[ShelvedConflict]) -> None:
    for line in editfile.write(queue).split("\n"):
        assert not line or line.startswith("#") or re.fullmatch(r"\[[0-9a-f-]+\] later", line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("later", "is neither a question"),
        ("[abcdef0] later", "is neither a question"),
        ("abcdef0-123456 later", "is neither a question"),
        ("[abcdef0-123456]", "there is no answer; there are accept"),
        ("[abcdef0-123456] yes", "'yes' is no answer; there are accept"),
        ("[abcdef0-123456] take", "'take' needs a letter behind it"),
        ("[abcdef0-123456] value", "'value' needs a value behind it"),
        ("[abcdef0-123456] same # sure", "on a line of its own: note # sure"),
        ("note why", "a note stands under the answer that it belongs to"),
        ("[abcdef0-123456] same\nnote a\nnote b", "this answer has a note already"),
        ("[abcdef0-123456] same\n\n[abcdef0-123456] apart", "answered in line 1 already"),
    ],
)
def test_mistakes(line: str, reason: str) -> None:
    _, [fault] = editfile.read(f"{line}\n")
    assert reason in fault.reason
    assert fault.number == line.count("\n") + 1


def test_a_note_without_a_decision() -> None:
    _, [fault] = editfile.read("\n[abcdef0-123456] later\nnote why")
    assert fault.number == 2
    assert "a note is kept with a decision only" in fault.reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("abcdef0,same,", "'abcdef0' is no id of a question"),
        ("[abcdef0-123456],yes,", "'yes' is no answer"),
        ("[abcdef0-123456],later,why", "a note is kept with a decision only"),
        ("[abcdef0-123456],same,\n[abcdef0-123456],same,", "answered in line 2 already"),
        (",same,", "'' is no id of a question"),
    ],
)
def test_mistakes_in_a_table(row: str, reason: str) -> None:
    _, [fault] = sheet.read(f"id,decide,note\n{row}\n")
    assert reason in fault.reason
    assert fault.number == 2 + row.count("\n")


def test_a_table_without_its_columns() -> None:
    assert sheet.read("id,note\n")[1][0].reason == "there is no column decide"
    assert sheet.read("")[1][0].reason == "there is no column id and no column decide"


def test_a_table_as_excel_saves_it_elsewhere() -> None:
    text = "\ufeffid;work;decide;note\r\n[abcdef0-123456];a, b;Take B;because; \r\n;;;\r\n"
    [line], faults = sheet.read(text)
    assert line.answered == Answered("abcdef0", "123456", Answer("take", "b", "because"))
    assert faults == []


def test_a_text_as_windows_saves_it() -> None:
    [line], faults = editfile.read("\ufeff# x\r\n[abcdef0-123456]  Take B \r\nnote  so it is\r\n")
    assert line.answered == Answered("abcdef0", "123456", Answer("take", "b", "so it is"))
    assert (line.number, faults) == (2, [])
