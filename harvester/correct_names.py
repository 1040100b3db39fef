"""Authors that a list leaves out, put in where they belong and written as their neighbours are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvester.listed import Listed
from harvester.splices import Refused, Splice, Stretch, the_only
from sources.record import Author, Record

_BEHIND = re.compile(r"(?:\\?[*†‡§]|_+(?!\w)|</\w+>|\}|\$\^\S*?\$)*")
"""Emphasis and marks that belong to the name before them."""
_AND = re.compile(r"(?:\band|&|&amp;)\s*(?:<\w+>|[*_]+)?$")


def authors(entry: Stretch, record: Record, work: Listed, *, in_bib: bool) -> Iterator[Splice]:
    """The names that the list lacks, each behind the one that it follows. Raises Refused."""
    said = list(record.authors)
    before: Author | None = None
    put: dict[int, list[str]] = {}
    for name in work.authors:
        held = next((author for author in said if _alike(author, name)), None)
        if held:
            said.remove(held)
            before = held
        elif before is None:
            raise Refused("the first author is missing; put the names in by hand")
        else:
            at, form = _stands(entry, before, in_bib=in_bib)
            put.setdefault(at, []).append(_written(name, before, form))
    between = " and " if in_bib else ", "
    for at, names in put.items():
        yield Splice(at, at, "".join(between + name for name in names))


def _alike(author: Author, name: str) -> bool:
    """Whether a written name may be one of the canon: family name and first letter agree."""
    family, _, given = name.partition(", ")
    return author.family.split()[-1].casefold() == family.split()[-1].casefold() and (
        not author.given or author.given[:1].casefold() == given[:1].casefold()
    )


def _stands(entry: Stretch, author: Author, *, in_bib: bool) -> tuple[int, str]:
    """Where a written name ends, and whether the family name comes first in it."""
    family, given = (_loose(part) for part in (author.family, author.given))
    forms = {"natural": rf"(?<!\w){given}[\s~]*{family}(?!\w)"}
    forms["family first"] = rf"(?<!\w){family},\s*{given}"
    for form, pattern in forms.items():
        found = list(re.finditer(pattern, entry.shown))
        if found:
            one = the_only(found)
            if not in_bib and _AND.search(entry.shown[: one.start()]):
                raise Refused("the list ends in “and”; put the names in by hand")
            at = entry.start + one.end()
            behind = _BEHIND.match(entry.text, at, entry.end)
            return (behind.end() if behind and form == "natural" else at), form
    raise Refused("the names stand otherwise in the file; put them in by hand")


def _loose(words: str) -> str:
    return r"[\s~]*".join(re.escape(word) for word in re.findall(r"[^\s.]+\.?", words))


def _written(name: str, neighbour: Author, form: str) -> str:
    """A name of the canon as its neighbour is written: initials or not, which part first."""
    family, _, given = name.partition(", ")
    if neighbour.given and all(len(word.strip(".-")) <= 1 for word in neighbour.given.split()):
        given = " ".join(f"{word[0]}." for word in given.split())
    return f"{family}, {given}" if form == "family first" else f"{given} {family}"
