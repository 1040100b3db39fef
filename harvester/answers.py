"""What a person answered to one open conflict, as the decision that it is."""

from __future__ import annotations

from dataclasses import replace

from harvester import ruling
from harvester.canon import Decision
from harvester.choices import folded
from harvester.decisions import DecisionError
from harvester.docket import ShelvedConflict
from harvester.questions import LATER, WORDED, Answer, allowed


def decision(conflict: ShelvedConflict, answer: Answer) -> Decision:
    """The decision that an answer is. Raises DecisionError where it does not fit."""
    if answer.verb not in allowed(conflict):
        fit = ", ".join(allowed(conflict))
        raise DecisionError(f"{answer.verb!r} is no answer to this; there are {fit}, {LATER}")
    if answer.verb == "accept":
        return replace(_accepted(conflict), note=answer.note)
    if answer.verb in WORDED:
        return _taken(conflict, answer)
    return Decision(answer.verb, _records(conflict), note=answer.note)


def _accepted(conflict: ShelvedConflict) -> Decision:
    """What the program would do, or does until somebody decides."""
    if conflict.kind == "field":
        value = conflict.proposed
        return Decision("take", _records(conflict), conflict.field, conflict.slot, value)
    if conflict.kind == "identifier":
        if not any(folded(claim.text) == folded(conflict.title) for claim in conflict.claims):
            raise DecisionError("nothing is proposed here; take one of them")
        return ruling.read("take", (conflict.id, conflict.title), "", (), (conflict,))
    return Decision(conflict.proposed, _records(conflict))


def _taken(conflict: ShelvedConflict, answer: Answer) -> Decision:
    if not answer.word:
        what = "the letter of a value" if answer.verb == "take" else "a value"
        raise DecisionError(f"{answer.verb!r} needs {what} behind it")
    if answer.verb == "take" and len(answer.word) != 1:
        raise DecisionError(f"{answer.word!r} is no letter; write 'value {answer.word}'")
    return ruling.read("take", (conflict.id, answer.word), answer.note, (), (conflict,))


def _records(conflict: ShelvedConflict) -> tuple[str, ...]:
    if conflict.judgement:
        return tuple(sorted((conflict.judgement.a, conflict.judgement.b)))
    return tuple(sorted({claim.record for claim in conflict.claims}))
