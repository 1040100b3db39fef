"""Author lists as people write them on their pages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sources.names import initials, parse_author
from sources.record import Author

_OPEN_END = re.compile(r"(?:[,;]\s*|\s+)(?:and\s+)?(?:et\.?\s+al\b|others)[\s.]*\Z", re.IGNORECASE)
_AND = re.compile(r"\s*[,;]?\s+(?:and|&)\s+")
_MARKS = " *∗†‡§¶#"
_WORD = re.compile(r"(?:[^\W\d_]['’.-]{0,2})+")
_PARTICLES = frozenset(
    "van von der den de di da del della la le du dos ter ten al el bin ibn".split()
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class NameList:
    """The authors that a stretch of text names."""

    authors: tuple[Author, ...]
    complete: bool = True
    """False: it ends with 'et al.'."""


def name_list(text: str) -> NameList | None:
    """Read a text that is an author list and nothing else, else None. Doubled commas are let be."""
    bare = without_open_end(text)
    authors = []
    for piece in re.split(r"[,;]", _AND.sub(", ", bare)):
        if not piece.strip(_MARKS + "."):
            continue
        author = parse_author(piece.strip(_MARKS)) if is_name(piece) else None
        if author is None:
            return None
        authors.append(author)
    return NameList(tuple(authors), bare == text) if authors else None


def without_open_end(text: str) -> str:
    """An author list without the 'et al.' or 'and others' at its end."""
    return _OPEN_END.sub("", text)


def is_name(text: str) -> bool:
    """Whether a text has the shape of one person's name in natural order."""
    text = text.strip(_MARKS)
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > _LONGEST:
        return False
    return all(
        _WORD.fullmatch(word) and (word[0].isupper() or word in _PARTICLES) for word in words
    ) and any(len(word.strip(".")) > 1 for word in words)


def is_owner(author: Author, owner: tuple[str, ...]) -> bool:
    """Whether an author can be the page's owner under one of the names they are configured with."""
    for name in owner:
        own = parse_author(name)
        if own and _folded(own.family) == _folded(author.family):
            mine, theirs = initials(own.given), initials(author.given)
            if mine[: len(theirs)] == theirs[: len(mine)]:
                return True
    return False


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())
