"""Titles folded (accents, case, markup and punctuation gone, words kept), and compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from anyascii import anyascii
from rapidfuzz import fuzz

from harvester import policy

_MARKS = {"\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"}
_TABLE = str.maketrans(_MARKS)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case ASCII words with single blanks; idempotent.

    NFKD comes before and after casefold because casefold alone is not stable
    ('\U0001d4a5'); STACK.md 6.
    """
    text = unicodedata.normalize("NFKD", text.translate(_TABLE)).casefold()
    text = anyascii(unicodedata.normalize("NFKD", text)).lower()
    text = re.sub(r"(?<=\w)'s\b", "s", text)
    return " ".join(re.findall(r"[a-z0-9]+", text))


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """The folded text without blanks: 'black-box', 'black box' and 'blackbox' are equal."""
    return fold(text).replace(" ", "")


_SOFT = re.compile(r"(?i)[\s(\[:,-]*\b(?:extended|student|short) abstract\b[\s)\]]*$")


def core(title: str) -> str:
    """The title without a mark that only tells versions apart: '… (Extended Abstract)'."""
    return _SOFT.sub("", title) or title


def parted(title: str) -> list[str]:
    """The words as written, without punctuation, cut at hyphens."""
    return re.findall(r"\w+", title)


def inner_capitals(word: str) -> bool:
    """Whether a word has a capital behind its first letter: 'LLMs', 'MixHop', 'LoRA'."""
    return any(char.isupper() for char in word[1:])


def words(text: str) -> tuple[str, ...]:
    """The folded words in order."""
    return tuple(fold(text).split())


@cache
def _counts() -> tuple[dict[str, int], int]:
    """Word counts over 164,389 titles of computer science papers (DBLP, CC0)."""
    lines = (files("harvester") / "title_words.tsv").read_text(encoding="ascii").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(count) for word, count in rows}, 164_389


def rarity(word: str) -> float:
    """Bits of information in seeing the word in a title: 1.4 for 'for', 15.7 if never seen.

    Words in fewer than five titles are not in the table and count as seen twice.
    """
    counts, total = _counts()
    return log2(total / counts.get(word, 2))


def information(text: str) -> float:
    """Sum of the rarities of its distinct words, in bits."""
    return sum(rarity(word) for word in set(words(text)))


@lru_cache(maxsize=262144)
def compare_titles(a: str, b: str) -> tuple[str, str]:
    """(level, detail) of two titles; symmetric."""
    first, second = sorted((squeeze(a), squeeze(b)))
    if first == second:
        return _how_rare(information(a)), ""
    if _is_part(a, b) or _is_part(b, a):
        return "part", ""
    score = fuzz.ratio(first, second)
    detail = f"{score:.0f}%"
    if score < policy.NEAR_TITLE - 15:
        return "apart", detail
    added, exchanged = _changed_words(words(a), words(b))
    if exchanged:
        return "word exchanged", " / ".join(exchanged)
    if added:
        return "word added", added
    return ("near" if score >= policy.NEAR_TITLE else "apart"), detail


def _how_rare(bits: float) -> str:
    if bits >= policy.RARE_TITLE:
        return "equal"
    return "equal, common" if bits >= policy.RARE_PART else "equal, generic"


def _is_part(short: str, long: str) -> bool:
    """'X' and 'X: a subtitle', 'NAME: X', or a title cut with an ellipsis."""
    bare = re.sub(r"(?:\u2026|\.\.\.)\s*$", "", short.rstrip())
    if bare != short.rstrip():
        return len(squeeze(bare)) >= 20 and squeeze(long).startswith(squeeze(bare))
    if information(short) < policy.RARE_PART:
        return False
    head, colon, tail = long.partition(":")
    if not colon:
        head, colon, tail = long.partition(" - ")
    if not colon:
        return False
    name = len(words(head)) <= 2
    return squeeze(head) == squeeze(short) or (name and squeeze(tail) == squeeze(short))


def _changed_words(a: Sequence[str], b: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """(words that only one title has, words that each has instead of the other's).

    A word that is the other's misspelling or another form of it is no change, and neither
    is a small word; an opposite is one, however alike it looks ('convex', 'nonconvex').
    """
    mine, theirs = set(a), set(b)
    left = [w for w in dict.fromkeys(a) if w not in theirs]
    right = [w for w in dict.fromkeys(b) if w not in mine]
    opposed = {tuple(sorted((w, o))) for w in left for o in _opposites(w) & set(right)}
    opposed |= {tuple(sorted((w, o))) for w in right for o in _opposites(w) & set(left)}
    if opposed:
        return "", min(opposed)
    for word in list(left):
        twin = next((o for o in right if _one_word(word, o)), None)
        if twin:
            left.remove(word)
            right.remove(twin)
    joined = "".join(a), "".join(b)
    left = [w for w in left if w not in joined[1] and w not in _SMALL]
    right = [w for w in right if w not in joined[0] and w not in _SMALL]
    if left and right:
        return "", tuple(sorted((" ".join(left), " ".join(right))))
    return " ".join(left or right), ()


_SMALL = frozenset(
    "a an and are as at based by for from in into is it its of on or over that the their to "
    "toward towards under upon using via with without".split()
)
_NOT = "un non in im il ir a an dis semi multi anti de re sub super hyper over under quasi".split()
_VERSUS = (
    ("on", "off"), ("homo", "hetero"), ("over", "under"), ("inter", "intra"), ("pre", "post"),
    ("micro", "macro"), ("in", "out"), ("up", "down"), ("uni", "multi"), ("mono", "poly"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def _opposites(word: str) -> frozenset[str]:
    """Words that would say the contrary: 'convex' and 'nonconvex', 'online' and 'offline'."""
    found = {prefix + word for prefix in _NOT} if len(word) > 3 else set()
    for one, other in _VERSUS:
        for prefix, contrary in ((one, other), (other, one)):
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 2:
                found.add(contrary + rest)
    return frozenset(found)


def _one_word(a: str, b: str) -> bool:
    """Two forms of one word ('convolution', 'convolutional'), or one with a slip in it."""
    if a[:1] != b[:1] or fuzz.ratio(a, b) < policy.NEAR_WORD:
        return False
    stem = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return stem >= 4 and stem * 5 >= min(len(a), len(b)) * 3
