"""Small replacements in a text that leave everything around them as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 (not a fault: the words are left to a person)
    """A statement that cannot be put right without reading it. The message says why."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """What stands between two offsets of a text gives way to other words."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with all replacements made. Raises ValueError where two overlap."""
    parts, at = [], 0
    for splice in sorted(set(splices)):
        if splice.start < at:
            raise ValueError(f"two replacements at {splice.start}")
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, by its offsets."""

    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """Its own text."""
        return self.text[self.start : self.end]

    def splice(self, found: re.Match[str], words: str, group: int = 0) -> Splice:
        """A replacement of what was found in `shown`."""
        return Splice(self.start + found.start(group), self.start + found.end(group), words)


def lines(text: str, first: int, last: int) -> Stretch:
    """Lines of a text, counted from 1, without what ends the last one."""
    start = _beginning(text, first)
    end = text.find("\n", _beginning(text, last))
    end = len(text) if end < 0 else end
    return Stretch(text, start, end - text.startswith("\r", end - 1, end))


def _beginning(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            raise Refused("has fewer lines than at the last sync; run `harvest sync` first")
    return at


def the_only(found: Iterable[re.Match[str]]) -> re.Match[str]:
    """What was found once. Raises Refused for none, and for several."""
    kept = list(found)
    if not kept:
        raise Refused("the words stand otherwise in the file; correct it by hand")
    if len(kept) > 1:
        raise Refused("the words stand there more than once; correct it by hand")
    return kept[0]
