"""Author fields of BibTeX: split while they are LaTeX, decoded name by name.

Decoding first would strip the braces that protect an 'and' or mark a family name (STACK 1.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtexparser.middlewares.names import split_multiple_persons_names

from sources.latex import to_text
from sources.names import parse_author
from sources.record import Author

_OTHERS = re.compile(r"(?i)(?<![\s,])[\s,]*(\bet\.?[\s~]*al\b\.?|\.\.\.|…)\s*$")
_NOTE_MARK = re.compile(r"\^?[*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_INITIALS = re.compile(r"([A-Z]\.?[\s-]?){1,4}")
_ALL_BRACED = re.compile(r"\{((?!\\)(?:[^{}]|\{[^{}]*\})*)\}")
_END_BRACED = re.compile(r"(.*[^\s~])[\s~]+\{((?!\\)(?:[^{}]|\{[^{}]*\})*)\}")


@dataclass(frozen=True, slots=True)
class AuthorList:
    """Authors in order, and whether the list says that it is all of them."""

    authors: tuple[Author, ...]
    complete: bool


def author_list(raw: str) -> AuthorList:
    """Read the value of an author field, still LaTeX. An empty list is never complete."""
    authors: list[Author] = []
    complete = True
    for part in _names(raw):
        name = _OTHERS.sub("", part).strip()
        complete = complete and name == part
        if name.strip("{} .").lower() == "others":
            complete = False
        elif author := _author(name):
            authors.append(author)
    return AuthorList(tuple(authors), complete and bool(authors))


def _names(raw: str) -> list[str]:
    """Single names; also where semicolons or commas stand for 'and'."""
    names = [" ".join(name.split()) for name in split_multiple_persons_names(raw)]
    if len(names) == 1 and ";" in raw and "{" not in raw:
        return [name.strip() for name in names[0].split(";") if name.strip()]
    return [single for name in names for single in _listed(name)]


def _listed(name: str) -> list[str]:
    """One name as it is; 'Jane Doe, Max Roe,' and 'Doe, J., Roe, M.' are several."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if "{" in name or len(parts) < 3 - name.endswith(","):
        return [name]
    if all(" " in part for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [name]


def _author(name: str) -> Author | None:
    """One name. Braces around all of it make a group, around its end a family name."""
    if whole := _ALL_BRACED.fullmatch(name):
        return Author(to_text(whole[1]), explicit=True)
    end = _END_BRACED.fullmatch(name) if "," not in name else None
    if not end:
        return parse_author(_bare(name))
    given, family = _bare(end[1]).split(), [_bare(end[2])]
    while len(given) > 1 and given[-1].islower():
        family.insert(0, given.pop())  # 'Laurens van der {Maaten}'
    return Author(" ".join(family), " ".join(given), explicit=True)


def _bare(name: str) -> str:
    """Plain text without the marks of equal contribution and of affiliation."""
    return _NOTE_MARK.sub("", to_text(name)).strip()
