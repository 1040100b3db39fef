"""Words by which two titles that are nearly alike say that they are of two works."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from harvester.numerals import counted
from harvester.titles import is_known

_NOT = "un non in im il ir a an dis semi multi anti de re sub super hyper over under quasi".split()
_GLUED = "a an in over under".split()
"""A blank is lost behind a small word: 'inobject' is no contrary of 'object'."""
_VERSUS = (
    ("on", "off"), ("homo", "hetero"), ("over", "under"), ("inter", "intra"), ("pre", "post"),
    ("micro", "macro"), ("in", "out"), ("up", "down"), ("uni", "multi"), ("mono", "poly"),
    ("hyper", "hypo"),
)  # fmt: skip
_CONTRARIES = {"with": {"without"}, "over": {"under"}, "from": {"to", "into"}}
"""Small words that are."""
_KINDS = tuple(
    frozenset(words.split())
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "men women male female males females boys girls mothers fathers maternal paternal neonatal",
        "adult adults child children adolescent adolescents infant infants pediatric",
        "north south east west northern southern eastern western",
        "low high lower upper",
        "deterministic stochastic ordinary",
        "zero one few",
        "arabic armenian albanian chinese czech danish dutch english finnish french german greek "
        "hebrew hindi hungarian italian japanese korean norwegian persian polish portuguese "
        "romanian russian spanish swedish turkish ukrainian vietnamese",
    )
)
"""What each series, trial or collection has one of."""
_NEGATIONS = frozenset("cannot free never no non not".split())
"""'Model-free' beside 'model-based', where 'based' is a small word."""
_WAYS = frozenset("to into from for of on by with without in as over under".split())


def opposed(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """What the words of one title have against the other's, () if nothing: 'convex', 'nonconvex'.

    In the order of the alphabet, '' for what only the other has. Symmetric.
    """
    left, right = set(a) - set(b), set(b) - set(a)
    found = {(w, o) for w in left for o in _opposites(w) & right if not _is_parted(o, w, a)}
    found |= {(w, o) for o in right for w in _opposites(o) & left if not _is_parted(w, o, b)}
    found |= {(w, o) for w in left for o in right if _are_two(w, o)}
    if found:
        return min(_in_order(*pair) for pair in found)
    return _lettered(a, b) or _turned(a, b) or _denied(a, b)


def _is_parted(long: str, short: str, words: Sequence[str]) -> bool:
    """Whether the longer word stands in these words too, in two: 'semi structured'."""
    return long.endswith(short) and long.removesuffix(short) in words


@lru_cache(maxsize=65536)
def _opposites(word: str) -> frozenset[str]:
    """Words that would say the contrary: 'convex' and 'nonconvex', 'online' and 'offline'."""
    found = {prefix + word for prefix in _NOT} if len(word) > 3 else set()
    found -= {long for long in (small + word for small in _GLUED) if not is_known(long)}
    for one, other in _VERSUS:
        for prefix, contrary in ((one, other), (other, one)):
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 2:
                found.add(contrary + rest)
    return frozenset(found | _CONTRARIES.get(word, set()))


def _are_two(a: str, b: str) -> bool:
    """Whether both are of one kind, or numbers: 'English', 'German'; '1-year', '5-year'."""
    if counted(a) and counted(b):
        return counted(a) != counted(b)
    return any(a in kind and b in kind for kind in _KINDS)


def _lettered(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """Another letter between the same words: 'hepatitis B among', 'hepatitis C among'."""
    mine, theirs = (
        {(x, z): y for x, y, z in zip(("", *words), words, (*words[1:], ""), strict=False)
         if len(y) == 1 and y.isalpha()}
        for words in (a, b)
    )  # fmt: skip
    for place in sorted(mine.keys() & theirs.keys()):
        if mine[place] != theirs[place]:
            return _in_order(mine[place], theirs[place])
    return ()


def _turned(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """What goes the other way in titles of the same words: ('speech to text', 'text to speech')."""
    mine, theirs = ({*zip(words, words[1:], words[2:], strict=False)} for words in (a, b))
    for x, y, z in sorted(mine):
        if x != z and y in _WAYS and (z, y, x) in theirs - mine:
            return _in_order(f"{x} {y} {z}", f"{z} {y} {x}")
    return ()


def _denied(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """A negation that only one title has, or has once more: 'not not explanation'."""
    mine, theirs = ([w for w in words if w in _NEGATIONS] for words in (a, b))
    return ("", max(mine, theirs, key=len)[0]) if len(mine) != len(theirs) else ()


def _in_order(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
