"""Author lists in the cells of a table: semicolons, 'and', or commas stand between the names.

Which of them is for the cell to show, and where one comma could mean both, for the other cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sources.bibtex_authors import AuthorList
from sources.latex import to_text
from sources.names import parse_author
from sources.record import Author

_AND = re.compile(r"(?i)(?:\s*,?\s+|(?<=\.))(?:and|&)\s+")
_OTHERS = re.compile(
    r"(?i)[\s,;]*(?:\b(?:and\s+)?(?:et\.?\s*al\b\.?|others\b\.?)|\.\.\.|…)[\s,;]*$"
)
_OPEN_ENDS = ("al", "al.", "others", "others.", "...", "…")
_SUFFIX = re.compile(r"(?i)(?:jr|sr)\.?|i{2,3}|iv\Z")
_END = re.compile(r"(?<=[^\W\d_]{2})\.\s*$")
"""The full stop of a citation; that of an initial stays."""
_PART = re.compile(r"[^\W\d_]+")
_INITIALS_LAST = re.compile(r"([^\W\d_]{2}.*|[^\W\d_]['\u2019].*) ((?:[A-Z]\.[ -]?)+|[A-Z]{1,3})")
_SHORT = frozenset(
    "Ai An Ba Bo Bu Do Du Fu Gu Ha He Ho Hu Ji Jo Ju Ko Le Li Lo Lu Ly Ma Mo Mu Ng No Oh Oi Pu Qi "
    "Qu Ro Su To Tu Vo Vu Wu Xi Xu Ye Yi Yu Ze".split()
)
"""Family names that somebody may have written in capitals: 'Wei LI'."""


def author_list(cell: str, *, inner_commas: bool = False) -> AuthorList:
    """The names of one cell. An empty list is never complete.

    `inner_commas`: in this table a comma stands within a name, so 'De La Garza, Juan Carlos'
    is one.
    """
    text = to_text(cell)
    kept = _OTHERS.sub("", text) if text.lower().rstrip(" ,;").endswith(_OPEN_ENDS) else text
    named = _END.sub("", kept) if kept.endswith(".") else kept
    found = (_parsed(name) for name in _names(named, inner_commas))
    authors = tuple(author for author in found if author)
    return AuthorList(authors, kept == text and bool(authors))


@lru_cache(maxsize=1 << 20)  # the same few people wrote most of a table
def _parsed(name: str) -> Author | None:
    """The name; in 'Byron A.', as databases of medicine write it, the initials are given names."""
    found = _INITIALS_LAST.fullmatch(name)
    if not found or "," in name or found[1].isupper() or found[2].capitalize() in _SHORT:
        return parse_author(name)
    return parse_author(f"{found[1]}, {found[2]}")


def has_inner_commas(cells: Iterable[str]) -> bool:
    """Whether the lists that part their names otherwise have a comma within most of them."""
    inside = bare = 0
    for cell in cells:
        chunks = _chunks(cell)
        if len(chunks) > 1:
            single = [chunk for chunk in chunks if chunk.count(",") <= 1]
            inside += sum("," in chunk for chunk in single)
            bare += sum("," not in chunk for chunk in single)
    return inside > bare


def _chunks(text: str) -> list[str]:
    """What stands between semicolons and between 'and's."""
    may_have_and = "&" in text or "and" in text.lower()
    pieces = (_AND.split(piece) if may_have_and else [piece] for piece in text.split(";"))
    return [bare for parts in pieces for part in parts if (bare := part.strip(" ,"))]


def _names(text: str, inner_commas: bool) -> list[str]:
    chunks = _chunks(text)
    if ";" in text.rstrip(" ;"):
        return chunks
    if len(chunks) > 1:
        inner_commas = all(chunk.count(",") == 1 for chunk in chunks)
    return [name for chunk in chunks for name in _listed(chunk, inner_commas)]


def _listed(chunk: str, inner_commas: bool) -> list[str]:
    """'Ann Doe, Max Roe' and 'Doe, A., Roe, M.' are two names, 'Doe, Ann' is one."""
    if "," not in chunk:
        return [chunk]
    parts = _with_suffixes([part.strip() for part in chunk.split(",") if part.strip()])
    bare = [" " not in part for part in parts]
    if len(parts) == 2 and (inner_commas or any(bare)) and not _is_initials(parts[0]):
        return [", ".join(parts)]
    if len(parts) % 2 == 0 and all(bare):
        return [f"{a}, {b}" for a, b in zip(parts[::2], parts[1::2], strict=True)]
    names: list[str] = []
    for part in parts:
        # 'kautz, h., m. kearns': only the first is turned round.
        if names and _is_initials(part) and "," not in names[-1] and not _is_initials(names[-1]):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _with_suffixes(parts: list[str]) -> list[str]:
    """'John Doe, Jr.' stays together."""
    found: list[str] = []
    for part in parts:
        if found and _SUFFIX.fullmatch(part):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _is_initials(part: str) -> bool:
    """'s. a.', 'RE', 'J.-P.'; not 'q li', where 'li' is a family."""
    words = _PART.findall(part)
    short = all(len(word) == 1 or (len(word) <= 3 and word.isupper()) for word in words)
    return bool(words) and short
