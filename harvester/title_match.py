"""Two titles compared: equal, near, one part of the other, a word exchanged, or apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from harvester import policy
from harvester.numerals import counted
from harvester.opposites import opposed
from harvester.title_traits import Title
from harvester.titles import is_known


def compare_titles(
    a: Title, b: Title, noise: Callable[[], frozenset[str]] = frozenset
) -> tuple[str, str]:
    """(level, detail) of two titles; symmetric. Words of `noise` are no change."""
    if b.text < a.text:
        a, b = b, a
    if a.flat == b.flat:
        return how_rare(min(a.bits, b.bits)), ""
    if is_part(a, b) or is_part(b, a):
        return "part", ""
    if _stands_behind(a, b, noise) or _stands_behind(b, a, noise):
        return "within", ""
    score = fuzz.ratio(a.flat, b.flat)
    detail = f"{score:.0f}%"
    if score < policy.ALIKE_TITLE:
        return "apart", detail
    added, exchanged = _changed_words(a.words, b.words, noise)
    if (added or exchanged) and _is_continued(a, b):
        return "continued", added
    near = "near, " if score >= policy.NEAR_TITLE else ""
    if exchanged:
        return f"{near}word exchanged", " / ".join(exchanged)
    if added:
        return f"{near}word added", added
    return "near" if score >= policy.NEAR_TITLE else "alike", detail


def _is_continued(a: Title, b: Title) -> bool:
    short, long = sorted((a, b), key=lambda title: len(title.words))
    return short.bits >= policy.RARE_TITLE and long.words[: len(short.words)] == short.words


def more(a: Title, b: Title) -> tuple[str, ...]:
    """The words that one title has behind the whole of the other."""
    short, long = sorted((a, b), key=lambda title: (len(title.flat), title.flat))
    ends = list(accumulate(map(len, long.words)))
    if not long.flat.startswith(short.flat) or len(short.flat) not in ends:
        return ()
    return long.words[ends.index(len(short.flat)) + 1 :]


def may_be_alike(a: Title, b: Title) -> bool:
    """Whether comparing the two could come to anything else than apart."""
    if a.flat == b.flat:
        return True
    cutoff = policy.ALIKE_TITLE
    alike = fuzz.ratio(a.flat, b.flat, score_cutoff=cutoff) > 0
    return alike or _ends_with(a, b) or _ends_with(b, a) or is_part(a, b) or is_part(b, a)


def how_rare(bits: float) -> str:
    """What equal titles of so much information are called."""
    if bits >= policy.RARE_TITLE:
        return "equal"
    return "equal, common" if bits >= policy.RARE_PART else "equal, generic"


def is_part(short: Title, long: Title) -> bool:
    """'X' and 'X: a subtitle', 'NAME: X', 'X [X in German]', or a title that was cut off."""
    if short.cut:
        return len(short.cut) >= 20 and long.flat.startswith(short.cut)
    if short.bits < policy.RARE_PART:
        return False
    if short.flat in long.heads or short.flat in (long.tail, long.other):
        return True
    # Exports cut at a fixed length, in the middle of a word.
    if len(short.flat) < 40 or not long.flat.startswith(short.flat):
        return False
    whole = long.words[len(short.words) - 1 : len(short.words)]
    return (
        bool(whole)
        and whole[0] != short.words[-1]
        and short.words[:-1] == long.words[: len(short.words) - 1]
    )


def _ends_with(long: Title, short: Title) -> bool:
    return short.bits >= policy.RARE_PART and long.flat.endswith(short.flat)


def _stands_behind(short: Title, long: Title, names: Callable[[], frozenset[str]]) -> bool:
    """'D. Suciu. X' and 'X': a title with the last authors of its citation in front of it."""
    if not _ends_with(long, short):
        return False
    front = long.flat[: -len(short.flat)]
    known = names()
    if any(len(name) > 3 and name in front for name in known):
        return True
    before = long.words[: len(long.words) - len(short.words)]
    people = [word for word in before if word in known and len(word) > 1]
    return bool(people) and all(word in known or len(word) < 3 for word in before)


def _changed_words(
    a: Sequence[str], b: Sequence[str], noise: Callable[[], frozenset[str]]
) -> tuple[str, tuple[str, ...]]:
    """(words that only one title has, words that each has instead of the other's).

    A word that is the other's misspelling or another form of it is no change, and neither
    is a small word; an opposite is one, however alike it looks ('convex', 'nonconvex').
    """
    mine, theirs = set(a), set(b)
    left = [w for w in dict.fromkeys(a) if w not in theirs]
    right = [w for w in dict.fromkeys(b) if w not in mine]
    if contrary := opposed(a, b):
        return "", contrary
    changed = list(left), list(right)
    for word in list(left):
        twin = next((o for o in right if _one_word(word, o)), None)
        if twin:
            left.remove(word)
            right.remove(twin)
    left = [w for w in left if w not in _SMALL and not _is_piece(w, a, b, changed[1])]
    right = [w for w in right if w not in _SMALL and not _is_piece(w, b, a, changed[0])]
    if not all(any(len(w) == 1 for w in words) for words in (left, right)):
        # A letter that one title lacks was lost on the way, or parted otherwise: 'B-to-B', 'B2B'.
        left, right = [w for w in left if len(w) > 1], [w for w in right if len(w) > 1]
    if left or right:
        beside = noise()
        left = [w for w in left if w not in beside]
        right = [w for w in right if w not in beside]
    if left and right:
        return "", _in_order(" ".join(left), " ".join(right))
    return " ".join(left or right), ()


def _is_piece(word: str, own: Sequence[str], other: Sequence[str], changed: Sequence[str]) -> bool:
    """Whether a word is only parted otherwise in the other title: 'black box', 'blackbox'.

    What stands within a word by chance is not: 'men' in 'women', 'bert' in 'roberta'.
    """
    beside = {x + y for x, y in pairwise(own) if word in (x, y)}
    if any(pair in long for pair in beside for long in changed):
        return True
    ends = [0, *accumulate(map(len, other))]
    start = "".join(other).find(word)
    return start in ends and start + len(word) in ends


def _in_order(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


_SMALL = frozenset(
    "a an and are as at based by for from in into is it its of on or over s some that the their "
    "to toward towards under upon using via vs versus with without".split()
)
_SPELLINGS = (
    ("ae", "e"), ("oe", "e"), ("ou", "o"), ("ue", "u"), ("ll", "l"), ("ise", "ize"),
    ("isa", "iza"), ("isi", "izi"), ("yse", "yze"), ("ysi", "yzi"), ("tre", "ter"), ("ogue", "og"),
    ("ph", "f"), ("ence", "ense"), ("grey", "gray"), ("network", "net"),
)  # fmt: skip
"""British and American, umlauts written out, 'adversarial nets' and 'adversarial networks'."""


@lru_cache(maxsize=65536)
def _spelling(word: str) -> str:
    for here, there in _SPELLINGS:
        word = word.replace(here, there)
    return word


def _one_word(a: str, b: str) -> bool:
    """Two forms of one word ('convolution', 'convolutional'), or one with a slip in it."""
    if _spelling(a) == _spelling(b):
        return True
    short, long = sorted((a, b), key=len)
    if long in (short + "s", short + "ly") or (counted(a) and counted(a) == counted(b)):
        return True
    if fuzz.ratio(a, b) < policy.NEAR_WORD:
        return False
    if is_slip(a, b):
        return True
    if a[0] != b[0]:
        return False
    stem = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return stem >= 4 and stem * 5 >= min(len(a), len(b)) * 3


def is_slip(a: str, b: str) -> bool:
    """A letter or two wrong in a long word, where one of the two is no word of any title."""
    longest = max(len(a), len(b))
    if longest < 5 or not (a.isalpha() and b.isalpha()) or (is_known(a) and is_known(b)):
        return False
    return OSA.distance(a, b, score_cutoff=2) <= (1 if longest < 10 else 2)
