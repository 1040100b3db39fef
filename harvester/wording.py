"""Which words tell values apart that are shown side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from harvester import columns

Words = list[tuple[str, bool]]
"""(word, whether another of the values lacks it), in order."""

BEGIN, END = "\ue000", "\ue001"
"""What stands around words that differ until a line is printed: no text from outside has them."""
_ALIKE = 0.4
"""Values that share less are told apart at a glance: marks would only be noise."""
_MOST = 300
"""Words up to which values are compared: the time grows with the square of them."""
_BESIDE = 2
"""Words kept on either side of what differs where the rest is left out."""


def compared(values: Sequence[Sequence[str]]) -> list[Words]:
    """Each value's words, marked where one of the other values lacks them.

    Nothing is marked in values that have little in common, or are very long.
    """
    if any(len(words) > _MOST for words in values) or not all(map(bool, values)):
        return [[(word, False) for word in words] for words in values]
    found = []
    bare = [[word.rstrip(",;") for word in words] for words in values]
    for at, words in enumerate(bare):
        lacking: set[int] = set()
        for other in (*bare[:at], *bare[at + 1 :]):
            matcher = SequenceMatcher(None, words, other, autojunk=False)
            if matcher.ratio() < _ALIKE:
                continue
            kept = {b.a + step for b in matcher.get_matching_blocks() for step in range(b.size)}
            lacking |= set(range(len(words))) - kept
        found.append([(word, place in lacking) for place, word in enumerate(values[at])])
    return found


def shortened(words: Words, room: int) -> Words:
    """The words, with an ellipsis for what differs from nothing where they are too many.

    `room` is the number of columns from which on something is left out.
    """
    if sum(columns.width(word) + 1 for word, _ in words) <= room:
        return words
    marks = [place for place, (_, differs) in enumerate(words) if differs]
    kept = {near for m in marks for near in range(m - _BESIDE, m + _BESIDE + 1)}
    kept |= set(range(2 * _BESIDE))
    found: Words = []
    for place, word in enumerate(words):
        if place in kept:
            found.append(word)
        elif found[-1][0] != "…":
            found.append(("…", False))
    return found


def emphasised(words: Iterable[tuple[str, bool]]) -> str:
    """The words with BEGIN and END around each run of those that differ."""
    found: list[str] = []
    inside = False
    for word, differs in words:
        if inside and not differs:
            found[-1] += END
        found.append(BEGIN + word if differs and not inside else word)
        inside = differs
    return " ".join(found) + (END if inside else "")


def painted(line: str, begin: str, end: str) -> str:
    """A line with something else in the place of BEGIN and END."""
    return line.replace(BEGIN, begin).replace(END, end)
