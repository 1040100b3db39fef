"""Titles folded for comparison: accents, case, markup and punctuation gone, words kept."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from anyascii import anyascii

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
