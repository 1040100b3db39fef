"""What answers did, told at the end of a walk or of an edited file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.reading import open_for_reading
from harvester import docket, shelf
from harvester.canon import Decision
from harvester.changes import Change
from harvester.config import Config
from harvester.report import change, count, dim

_FEW = 12
"""Changes up to which all are told."""
_KNOWN = ("decided", "open")
"""Kinds of changes that are no news to the person who made them."""


def left(config: Config) -> tuple[int, int]:
    """How many questions are open now, and how many fixes are to be made."""
    with open_for_reading(config.database) as connection:
        return len(docket.ids(connection, "open")), len(shelf.fixes(connection))


def kept(decisions: Sequence[Decision]) -> str:
    """'2 decisions are kept.'"""
    if not decisions:
        return "Nothing is decided."
    return f"{count(len(decisions), 'decision')} {'is' if len(decisions) == 1 else 'are'} kept."


def told(decisions: Sequence[Decision], changes: Sequence[Change], questions: int) -> Iterator[str]:
    """What was decided, what that changed, how many questions are left, and how to go back."""
    yield kept(decisions)
    news = [one for one in changes if one.kind not in _KNOWN]
    for one in news[:_FEW]:
        yield from change({"kind": one.kind, "work": one.key, "text": one.text}, 2)
    if len(news) > _FEW:
        yield f"  and {count(len(news) - _FEW, 'change')} more: harvest log -n 1"
    yield f"{count(questions, 'question')} left." if questions else "Nothing is left to decide."
    if decisions:
        yield dim(f"harvest undo {decisions[-1].id} takes the last decision back.")
