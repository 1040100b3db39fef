"""What a person answered to one open conflict, as the decision that it is."""

from __future__ import annotations

from harvester import ruling
from harvester.canon import Decision
from harvester.decisions import DecisionError
from harvester.docket import ShelvedConflict
from harvester.questions import LATER, WORDED, Answer, allowed


def decision(conflict: ShelvedConflict, answer: Answer) -> Decision:
    """The decision that an answer is. Raises DecisionError where it does not fit."""
    if answer.verb not in allowed(conflict):
        fit = ", ".join(allowed(conflict))
        raise DecisionError(f"{answer.verb!r} is no answer to this; there are {fit}, {LATER}")
    if answer.verb == "accept":
        return ruling.accepted(conflict, answer.note)
    if answer.verb in WORDED:
        return _taken(conflict, answer)
    return Decision(answer.verb, ruling.about_records(conflict), note=answer.note)


def _taken(conflict: ShelvedConflict, answer: Answer) -> Decision:
    if not answer.word:
        what = "the letter of a value" if answer.verb == "take" else "a value"
        raise DecisionError(f"{answer.verb!r} needs {what} behind it")
    if answer.verb == "take" and len(answer.word) != 1:
        raise DecisionError(f"{answer.word!r} is no letter; write 'value {answer.word}'")
    return ruling.taken(conflict, answer.word, answer.note)
