"""Numbers in titles: the digits, roman numerals and words that mean one number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

ROMANS = {
    ten + one: str(10 * tens + ones)
    for tens, ten in enumerate(("", "x", "xx", "xxx"))
    for ones, one in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if ten + one
}
PARTS = frozenset("part parts volume vol chapter book".split())
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_SPELLED = {word: str(number) for number, word in enumerate(_WORDS, 1)}


def counted(word: str) -> str:
    """The digits of the number that a folded word is: '2' of '2', 'ii' and 'two', '' of others."""
    return word if word.isdigit() else ROMANS.get(word) or _SPELLED.get(word, "")


def spelled(words: Iterable[str]) -> set[str]:
    """The digits of the numbers that stand among folded words as words."""
    return {_SPELLED[word] for word in words if word in _SPELLED}


def names_a_part(words: Iterable[str]) -> bool:
    """Whether folded words say which part of a work it is: 'II', 'volume 3 sorting'."""
    listed = [word for word in words if not word.isdigit() or len(word) < 4]
    if all(counted(word) or word in PARTS for word in listed):
        return True
    pairs = itertools.pairwise(listed)
    return any(word in PARTS and counted(other) for word, other in pairs)
