"""Open conflicts as questions: which answers each can have, and whether it is still the same.

Light to import, so that the first question of a queue is on the screen at once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from harvester.docket import ShelvedConflict

LATER = "later"
WORDED = ("take", "value")
"""Answers that a letter or a value follows."""
_ALLOWED = {
    "field": ("accept", "take", "value", "not-mine"),
    "identifier": ("accept", "take"),
    "duplicate": ("accept", "same", "apart"),
    "person": ("accept", "mine", "not-mine"),
}
VERBS = ("accept", "take", "value", "same", "apart", "mine", "not-mine", LATER)
"""Every answer that there is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of `allowed`, with the letter of a value for 'take' or a value for 'value'."""

    verb: str
    word: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the conflict as it was when it was answered."""

    id: str
    seen: str
    """`fingerprint` of what was before the person."""
    answer: Answer


def allowed(conflict: ShelvedConflict) -> tuple[str, ...]:
    """The answers that a conflict of this kind can have, beside putting it off."""
    return _ALLOWED[conflict.kind]


def fingerprint(conflict: ShelvedConflict) -> str:
    """Equal while a conflict asks the same of the same claims: what was answered still fits.

    When and on which line something was said is no part of it.
    """
    said = sorted((c.record, c.value, c.text, c.struck_by) for c in conflict.claims)
    pair = conflict.judgement and (conflict.judgement.a, conflict.judgement.b)
    about = [conflict.kind, conflict.state, conflict.field, conflict.slot, conflict.works]
    text = json.dumps([*about, conflict.proposed, pair, said])
    return hashlib.sha256(text.encode()).hexdigest()[:6]
