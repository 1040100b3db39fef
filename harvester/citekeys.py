"""Citation keys: `familyYEARword`, given once and never again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from anyascii import anyascii

_LITTLE = frozenset(
    "a an the on of for in to and or with without from by via towards toward at as into onto "
    "over under between through using is are be do does can how what when why which whether "
    "its their your our not vs versus".split()
)
_LONGEST = 40
"""Letters of a family name or a word; nobody cites by a longer one."""


def citation_key(names: Sequence[str], year: int | None, title: str, taken: Collection[str]) -> str:
    """A new key for a work of these authors ('Family, Given'). `taken` holds casefolded keys.

    Another word of the title is joined while the key is taken, in the end a number.

    >>> citation_key(["Ver Steeg, Greg"], 2017, "The Information Sieve", ())
    'versteeg2017information'
    >>> citation_key(["Ver Steeg, Greg"], 2017, "The Information Sieve", {_})
    'versteeg2017informationsieve'
    """
    stem = f"{_family(names)}{year or 'nd'}"
    return next(key for key in _candidates(stem, _words(title)) if key not in taken)


def _candidates(stem: str, words: Sequence[str]) -> Iterator[str]:
    yield from ("".join((stem, *words[:length])) for length in range(1, len(words) + 1))
    # A number right after the year would read as another year.
    base = "".join((stem, *words[:1])) if words else f"{stem}x"
    yield from (f"{base}{number}" for number in count(2))


def _family(names: Sequence[str]) -> str:
    family = names[0].split(",")[0] if names else ""
    return re.sub(r"[^a-z]", "", anyascii(family).lower())[:_LONGEST] or "anon"


def _words(title: str) -> list[str]:
    """The significant words: 'mixture' of 'Mixture-of-Recursions', 'incontext' of 'In-context'.

    Little words and numbers count only where there is nothing else.
    """
    plain = re.sub(r"['`]", "", anyascii(title).lower())
    chunks = [re.findall(r"[a-z0-9]+", chunk) for chunk in re.split(r"[^a-z0-9-]+", plain)]
    words = [_word(parts) for parts in chunks if parts]
    good = [word for word in words if word not in _LITTLE and word[0].isalpha()]
    return good or [word for word in words if word[0].isalpha()] or [f"x{word}" for word in words]


def _word(parts: Sequence[str]) -> str:
    """The first part of a hyphened word, the whole of one whose first part says nothing."""
    first = parts[0]
    word = "".join(parts) if first in _LITTLE or len(first) == 1 else first
    return word[:_LONGEST]
