"""Text folded: accents, case, markup and punctuation gone, words kept; and how rare words are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from anyascii import anyascii

_MARKS = {"\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"}
_TABLE = str.maketrans(_MARKS)
_WORD = re.compile(r"[a-z0-9]+")
_LOST = re.compile("\u00e2 ?[?\u20ac\x80] ?[?\u00a6\u0153\u009d\u201c\u201d\u2122\u02dc]")
"""A quotation mark or a dash that was decoded twice and then put into a smaller alphabet:
'Don\u00e2??t' in Google Scholar's records of 2006."""
_GENITIVE = re.compile(r"(?<=\w)'s\b")


_GREEK = re.compile("[\u03b1-\u03c9]")
_GREEK_WORD = re.compile("[\u03b1-\u03c9]{3}")


def _named(letter: re.Match[str]) -> str:
    """'alpha' for the letter, but 'u' for the prefix of a unit."""
    name = unicodedata.name(letter[0]).rpartition(" ")[2].lower()
    following = letter.string[letter.end() : letter.end() + 1]
    return "u" if name == "mu" and "a" <= following <= "z" else name.replace("lamda", "lambda")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case ASCII words with single blanks; idempotent.

    A single Greek letter has its name, words in Greek are transcribed.
    NFKD comes before and after casefold because casefold alone is not stable
    ('\U0001d4a5'); STACK.md 6.
    """
    if text.isascii():
        text = text.lower()
    else:
        if "\u00e2" in text:
            text = _LOST.sub(" ", text)
        text = unicodedata.normalize("NFKD", text.translate(_TABLE)).casefold()
        text = unicodedata.normalize("NFKD", text)
        if _GREEK.search(text) and not _GREEK_WORD.search(text):
            text = _GREEK.sub(_named, text)
        text = anyascii(text).lower()
    if "'" in text:
        text = _GENITIVE.sub("s", text)
    return " ".join(_WORD.findall(text))


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """The folded text without blanks: 'black-box', 'black box' and 'blackbox' are equal."""
    return fold(text).replace(" ", "")


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
def _rarities() -> tuple[dict[str, float], float]:
    """From word counts over 164,389 titles of computer science papers (DBLP, CC0)."""
    lines = (files("harvester") / "title_words.tsv").read_text(encoding="ascii").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    total = 164_389
    return {word: log2(total / int(count)) for word, count in rows}, log2(total / 2)


def rarity(word: str) -> float:
    """Bits of information in seeing the word in a title: 1.4 for 'for', 16.3 if never seen.

    Words in fewer than five titles are not in the table and count as seen twice.
    """
    known, unseen = _rarities()
    return known.get(word, unseen)


def is_known(word: str) -> bool:
    """Whether the word stands in five titles or more of the table."""
    return word in _rarities()[0]


def information(words: Iterable[str]) -> float:
    """Sum of the rarities of distinct words, in bits."""
    known, unseen = _rarities()
    return sum([known.get(word, unseen) for word in sorted(set(words))])
