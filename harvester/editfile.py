"""The queue as a text in which a line is changed to decide, and that text read back.

What is read back is the id, what was asked then, the answer and the note; all else is comment
for people, so that no text from outside can be taken for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import click

from harvester import review, shapes
from harvester.docket import ShelvedConflict
from harvester.keys import proposal
from harvester.questions import LATER, VERBS, WORDED, Answer, Answered, allowed, fingerprint
from harvester.report import Row, count, plain
from harvester.wording import painted

MARK = "# harvest: "
"""How the first line begins, by which a file is known as one of these."""
NOTED = "a note is kept with a decision only; decide, or remove it"
_ID = r"\[([0-9a-f]{7,64})-([0-9a-f]{6})\]"
_LINE = re.compile(_ID + r"(?:[ \t]+(.*))?")
_UNDERSTOOD_NOT = Answer("")
"""Stands for what is no answer, so that a note under it is no fault as well."""
_HEAD = """\
#
# To decide, change the word "later" behind the id of a question:
#
#   accept      what is proposed, or published until you decide
#   take b      the value of this letter
#   value 2022  another value
#   same        the two are one work
#   apart       they are two
#   mine        this person wrote it
#   not-mine    somebody else did
#   later       ask again
#
# A line "note" under it, with a blank and your reason, is kept with the decision. What begins
# with "#" is for reading and is not read back. If one line is wrong, nothing is decided.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, and the line on which it stands."""

    number: int
    answered: Answered


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on a line."""

    number: int
    reason: str


def write(conflicts: Sequence[ShelvedConflict]) -> str:
    """The text in which these conflicts can be answered; as it is, it answers none."""
    lines = [f"{MARK}{count(len(conflicts), 'question')}", *_HEAD.splitlines()]
    for number, conflict in enumerate(conflicts, 1):
        shape = shapes.conflict_json(conflict)
        lines += ["", f"# {number} of {len(conflicts)}"]
        lines += [f"# {plain_line(line)}".rstrip() for line in review.body(shape)]
        lines += [f"#   {_choice(conflict, shape)}", f"{head(conflict)} {LATER}"]
    return "\n".join([*lines, ""])


def plain_line(line: str) -> str:
    """A line of a review without its styles; words that differ stand in brackets."""
    return click.unstyle(painted(line, "[", "]"))


def head(conflict: ShelvedConflict) -> str:
    """The id of a question, and what it is asked about now: '[ad999e3-5f3c2e]'."""
    return f"[{conflict.id}-{fingerprint(conflict)}]"


def parse_head(text: str) -> tuple[str, str]:
    """The id and the fingerprint of what `head` made; empty where it did not make it."""
    found = re.fullmatch(_ID, text)
    return (found[1], found[2]) if found else ("", "")


def _choice(conflict: ShelvedConflict, shape: Row) -> str:
    """'accept (b), take a letter, value …, not-mine or later'."""
    said = {"accept": f"accept ({proposal(conflict, shape)})", "take": "take …", "value": "value …"}
    verbs = [verb for verb in allowed(conflict) if verb != "accept" or proposal(conflict, shape)]
    return ", ".join(said.get(verb, verb) for verb in verbs) + f" or {LATER}"


def read(text: str) -> tuple[list[Line], list[Fault]]:
    """The answers of an edited text and what cannot be understood; what is put off is neither."""
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "note":
            faults += _note(lines, number, rest.strip())
            continue
        found = _LINE.fullmatch(line)
        if not found:
            reason = "is neither a question, as [id] and an answer, nor a note, nor a comment (#)"
            faults.append(Fault(number, reason))
        elif found[1] in seen:
            faults.append(Fault(number, f"{found[1]} is answered in line {seen[found[1]]} already"))
        else:
            seen[found[1]] = number
            answer = answer_of(found[3] or "")
            if isinstance(answer, str):
                faults.append(Fault(number, answer))
                answer = _UNDERSTOOD_NOT
            lines.append(Line(number, Answered(found[1], found[2], answer)))
    faults += _idle(lines)
    return [line for line in lines if line.answered.answer.verb not in (LATER, "")], sorted(faults)


def _idle(lines: Sequence[Line]) -> Iterator[Fault]:
    for line in lines:
        if line.answered.answer.verb == LATER and line.answered.answer.note:
            yield Fault(line.number, NOTED)


def answer_of(text: str) -> Answer | str:
    """The answer that a person wrote, or what is wrong with it."""
    verb, _, word = text.strip().partition(" ")
    verb, word = verb.casefold(), word.strip()
    if verb not in VERBS:
        what = f"{plain(verb)!r} is no answer" if verb else "there is no answer"
        return f"{what}; there are {', '.join(VERBS)}"
    if verb in WORDED and not word:
        return f"{verb!r} needs {'a letter' if verb == 'take' else 'a value'} behind it"
    if verb not in WORDED and word:
        return f"{verb!r} has nothing behind it; a reason goes on a line of its own: note {word}"
    return Answer(verb, word.casefold() if verb == "take" else word)


def _note(lines: list[Line], number: int, note: str) -> Iterator[Fault]:
    """Give the last answer a note."""
    if not lines:
        yield Fault(number, "a note stands under the answer that it belongs to")
        return
    last = lines[-1]
    if last.answered.answer.note:
        yield Fault(number, "this answer has a note already")
        return
    if not note:
        return
    answer = replace(last.answered.answer, note=note)
    lines[-1] = replace(last, answered=replace(last.answered, answer=answer))
