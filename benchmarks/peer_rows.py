"""Rows as the peers get them: cleaned alike for all that clean nothing themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.sets import Pair

MOST = 100
"""Records of one block; a larger one is of a common word."""
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_BETWEEN = re.compile(r"(?i)\s*;\s*|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Plain:
    """One row, folded: lower case, no diacritics, letters and digits alone."""

    id: str
    source: str
    title: str
    authors: str
    """Family names as far as a comma or the last word tells, with blanks, by the alphabet:
    sources put the authors of one paper in different orders."""
    first: str
    """The first of them."""
    venue: str
    year: str
    pages: str
    doi: str
    row: Mapping[str, str]
    """As it was read."""


def plain(row: Mapping[str, str], number: int) -> Plain:
    """Clean a row."""
    names = sorted(_family(name) for name in _names(row.get("authors") or ""))
    year = _YEAR.search(row.get("year") or "")
    return Plain(
        id=row.get("id") or str(number),
        source=row.get("source") or "",
        title=fold(row.get("title") or ""),
        authors=" ".join(names),
        first=names[0] if names else "",
        venue=fold(row.get("venue") or ""),
        year=year[0] if year else "",
        pages=fold(row.get("pages") or ""),
        doi=(row.get("doi") or "").strip().lower(),
        row=row,
    )


def fold(text: str) -> str:
    """Lower case without diacritics, signs as one blank."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    return " ".join(re.sub(r"[\W_]+", " ", bare.lower()).split())


def _names(authors: str) -> list[str]:
    """Names between semicolons and 'and's, else between commas that no name has within it."""
    names = [name for name in _BETWEEN.split(authors) if name.strip(" ,.")]
    parts = names[0].split(",") if len(names) == 1 else []
    if len(parts) > 2 or all(len(part.split()) > 1 for part in parts):
        names = parts or names
    return [name for name in names if fold(name) not in ("", "others", "et al")]


def _family(name: str) -> str:
    words = fold(name.partition(",")[0] if "," in name else name).split()
    return words[-1] if words else ""


def apart(a: Plain, b: Plain, clean: frozenset[str]) -> bool:
    """Whether the two come from one source that is free of duplicates."""
    return a.source == b.source and a.source in clean


def candidates(rows: Sequence[Plain], clean: frozenset[str]) -> Iterator[tuple[Plain, Plain]]:
    """Pairs that share a title, or one of the three rarest words of both titles."""
    counts = Counter(word for row in rows for word in set(row.title.split()))

    def rarest(row: Plain) -> list[str]:
        words = sorted(set(row.title.split()), key=lambda word: (counts[word], word))
        return [*words[:3], row.title]

    seen: set[Pair] = set()
    for a, b in met(rows, rarest):
        pair = (a.id, b.id)
        if pair not in seen and not apart(a, b, clean):
            seen.add(pair)
            yield a, b


def met(rows: Sequence[Plain], keys: Callable[[Plain], list[str]]) -> Iterator[tuple[Plain, Plain]]:
    """Pairs under one key, in the order of the rows."""
    blocks: dict[str, list[Plain]] = {}
    for row in rows:
        for key in dict.fromkeys(keys(row)):
            blocks.setdefault(key, []).append(row)
    for key, block in blocks.items():
        if key and len(block) <= MOST:
            yield from combinations(block, 2)
