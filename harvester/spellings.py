"""One person under two spellings in the author lists of one work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from harvester.titles import fold

_LONG = 5
"""Letters of a family name in which one slip leaves it recognisable: 'Wu' and 'Xu' are two."""


def misspelt(lists: Sequence[tuple[Sequence[str], str]]) -> Mapping[str, str]:
    """Which name is another's misspelling, from ('Family, Given' names, voice) lists.

    Two names are one person's if they stand at one place of lists that agree in all other
    places, their given names agree, and their family names differ by one letter. The spelling
    of more voices is right; where as many know each, both stay.
    """
    voices: dict[str, set[str]] = defaultdict(set)
    for names, voice in lists:
        for name in names:
            voices[name].add(voice)
    found: dict[str, str] = {}
    for wrong, right in _pairs([names for names, _ in lists]):
        if len(voices[wrong]) < len(voices[right]):
            found[wrong] = right
    return {name: right for name, right in found.items() if right not in found}


def _pairs(lists: Sequence[Sequence[str]]) -> Iterable[tuple[str, str]]:
    for mine in lists:
        for other in lists:
            differ = [(a, b) for a, b in zip(mine, other, strict=False) if a != b]
            if len(differ) == 1 and _one_letter_apart(*differ[0]) and differ[0][1] not in mine:
                yield differ[0]


def _one_letter_apart(a: str, b: str) -> bool:
    (family, _, given), (other, _, theirs) = a.partition(", "), b.partition(", ")
    if fold(given)[:1] != fold(theirs)[:1] or not _one_begins(fold(given), fold(theirs)):
        return False
    family, other = fold(family), fold(other)
    return max(len(family), len(other)) >= _LONG and OSA.distance(family, other) == 1


def _one_begins(a: str, b: str) -> bool:
    return all(x[0] == y[0] for x, y in zip(a.split(), b.split(), strict=False))
