"""Author lists as people write them on their pages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sources.names import initials, parse_author
from sources.record import Author

# Some themes fold a long list: 'and 5 more authors'.
_OPEN_END = re.compile(
    r"(?:[,;]\s*|\s+)(?:and\s+)?(?:et\.?\s+al\b|others|\d{1,4} (?:more|other) authors?|\.\.\.|…)"
    r"[\s.]*\Z",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[,;])\s*(?:\.\.\.|…)\s*(?:[,;]|(?=and\b|&))")
_AND = re.compile(r"\s*[,;]?\s+(?:and|&)\s+")
_MARKS = " *∗†‡§¶#"
_WORD = re.compile(r"['‘\"“(]?(?:[^\W\d_]['’.-]{0,2})+['’\"”)]?")
"""A word of a name, or a nickname between two of them."""
_REMARK = re.compile(
    r"\s*\((?:corresponding|equal|co-?first|joint|presenting)\b[^()]{0,40}\)", re.I
)
_PARTICLES = frozenset(
    "van von der den de di da del della la le du dos ter ten al el bin ibn".split()
)
_LONGEST = 60
_NOTES = re.compile(r"(?<=[^\W\d_.])[\d¹²³⁴-⁹]+(?:,\d+)*(?=[\s,;]|\Z)")
_INITIALS = re.compile(r"(?:[^\W\d_][a-z]?\.\s?-?){1,4}|[^\W\d_a-z]{1,3}(?:-[A-Z])?")
_ENDS_SENTENCE = re.compile(r"(?<=[^\W\d_][^\W\d_A-Z])\.\Z(?<!\s[JS]r\.)")
_FULL_STOP = re.compile(r"[^\W\d_A-Z]{3}\.\s+\S")
_DOTTED = re.compile(r"\b[^\W\d_]\.")
_TURNED = re.compile(r"([^,]*[a-z][^,]*?) ((?:[A-Z]\.?[ -]?){1,3})")


@dataclass(frozen=True, slots=True)
class NameList:
    """The authors that a stretch of text names."""

    authors: tuple[Author, ...]
    complete: bool = True
    """False: it ends with 'et al.'."""


def name_list(text: str) -> NameList | None:
    """Read a text that is an author list and nothing else, else None. Doubled commas are let be."""
    text = _REMARK.sub("", text)
    bare = _GAP.sub("", without_open_end(text))
    authors = []
    for piece in re.split(r"[,;]", _AND.sub(", ", bare)):
        if not piece.strip(_MARKS + "."):
            continue
        # 'Nathan C. Frey, and Lin Li.': the full stop is the sentence's.
        bare_name = _ENDS_SENTENCE.sub("", piece.strip(_MARKS))
        author = parse_author(bare_name) if is_name(piece) else None
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
        _WORD.fullmatch(word) and (word.lstrip("'‘\"“(")[0].isupper() or word in _PARTICLES)
        for word in words
    ) and any(len(word.strip(".")) > 1 for word in words)


def read_names(text: str, owner: tuple[str, ...]) -> NameList | None:
    """Read an author list whichever half of a name stands first, else None.

    Of two ways to read it that one is right in which the owner is an author.

    >>> found = read_names("Galstyan, A., Ver Steeg, G., & Harutyunyan, H.", ("H. Harutyunyan",))
    >>> found and [author.family for author in found.authors]
    ['Galstyan', 'Ver Steeg', 'Harutyunyan']
    """
    text = _REMARK.sub("", _NOTES.sub("", text.strip(_MARKS + ",;:")))
    bare = _ENDS_SENTENCE.sub("", _GAP.sub("", without_open_end(text)))
    if _FULL_STOP.search(bare):
        return None
    if ";" in bare:
        ways = [_single(_pieces(bare, ";"))]
    else:
        ways = [_inverted(bare), _single(_pieces(bare, ",")), _natural(bare)]
        ways.append(_inverted(bare, in_full=True))
    read = [way for way in ways if way]
    found = next((way for way in read if any(is_owner(one, owner) for one in way)), None)
    # Without the owner nothing tells 'Aram, Hrayr' in full from two names.
    found = found or next((way for way in ways[:3] if way), None)
    return NameList(tuple(found), bare == _ENDS_SENTENCE.sub("", text)) if found else None


def _pieces(text: str, sign: str) -> list[str]:
    parts = _AND.sub(f"{sign} ", text).split(sign)
    return [part.strip(_MARKS) for part in parts if part.strip(_MARKS + ".")]


def _natural(text: str) -> list[Author] | None:
    found = name_list(text)
    return list(found.authors) if found else None


def _single(pieces: list[str]) -> list[Author] | None:
    """Each piece a name of its own: 'Hrayr Harutyunyan', 'Galstyan, Aram', 'Ver Steeg G'.

    Capitals at the end of a name are taken for initials.
    """
    names = []
    for piece in pieces:
        if len(piece) > 2 * _LONGEST:  # no name, and too long to look for one
            return None
        turned = _TURNED.fullmatch(piece)
        if turned and _capital(turned[1]):
            names.append(f"{turned[1]}, {turned[2]}")
        elif is_name(re.sub(r",\s*", " ", piece)):
            names.append(piece)
        else:
            return None
    return _parsed(names)


def _inverted(text: str, in_full: bool = False) -> list[Author] | None:
    """'Galstyan, A., Ver Steeg, G.'; 'Galstyan, Aram, and Greg Ver Steeg' if `in_full`.

    The comma stands inside of a name as well as between two, so that only initials are certain.
    """
    pieces = _pieces(text, ",")
    names: list[str] = []
    at = 0
    while at < len(pieces):
        family, given = pieces[at], "".join(pieces[at + 1 : at + 2])
        full = in_full and _capital(given) and (not names or " " not in family)
        if _capital(family) and not _DOTTED.search(family) and (_INITIALS.fullmatch(given) or full):
            names.append(f"{family}, {given}")
            at += 2
        elif names and is_name(family):
            names.append(family)
            at += 1
        else:
            return None
    return _parsed(names)


def _parsed(names: list[str]) -> list[Author] | None:
    authors = [author for name in names if (author := parse_author(name))]
    return authors if authors and len(authors) == len(names) else None


def _capital(text: str) -> bool:
    """Whether a text can be one half of a name: 'Ver Steeg', 'van der Maaten', 'Hrayr'."""
    words = text.split()
    return (
        0 < len(words) <= 4
        and any(len(word.strip(".")) > 1 for word in words)
        and not _INITIALS.fullmatch(text)
        and all(_WORD.fullmatch(w) and (w[0].isupper() or w in _PARTICLES) for w in words)
    )


def is_owner(author: Author, owner: tuple[str, ...]) -> bool:
    """Whether an author can be the page's owner under one of the names they are configured with."""
    for name in owner:
        own = parse_author(name)
        if own and _folded(own.family) == _folded(author.family):
            mine, theirs = initials(own.given), initials(author.given)
            if mine[: len(theirs)] == theirs[: len(mine)]:
                return True
    return False


def family_names(owner: tuple[str, ...]) -> set[str]:
    """The last words of the names that the page's owner is configured with, in small letters."""
    return {words[-1] for name in owner if (words := re.findall(r"\w+", name.casefold()))}


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())
