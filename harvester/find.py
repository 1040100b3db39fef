"""Which work a person means by a citation key, an identifier, or words of a title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from harvester.listed import Listed
from sources.ids import arxiv_id, doi, is_preprint_doi, openreview_id

_SHOWN = 10


class FindError(LookupError):
    """The words name no work, or several: the message lists which."""


def find_work(works: Sequence[Listed], words: str) -> Listed:
    """The one work that the words name.

    A citation key or an alias in any case; a record key; an arXiv number, DOI or OpenReview id,
    bare or as a link; else words that all stand in one title alone. Raises FindError.
    """
    words = " ".join(words.split())
    for named in (_by_key, _by_id, _by_exact_title, _by_words, _by_parts):
        found = list(named(works, words))
        if len(found) == 1:
            return found[0]
        if found:
            raise FindError(f"{words!r} names {len(found)} works:\n{_shown(found)}")
    raise FindError(f"no work is called {words!r}; `harvest list` shows them all")


def _shown(works: Sequence[Listed]) -> str:
    lines = [f"  {work.key}  {work.title}" for work in works[:_SHOWN]]
    more = len(works) - _SHOWN
    return "\n".join(lines + ([f"  and {more} more"] if more > 0 else []))


def _by_key(works: Iterable[Listed], words: str) -> Iterator[Listed]:
    wanted = words.casefold()
    return (w for w in works if wanted in {k.casefold() for k in (w.key, *w.aliases)})


def _by_id(works: Iterable[Listed], words: str) -> Iterator[Listed]:
    if not words or " " in words:
        return
    wanted = {words, arxiv_id(words), openreview_id(words)}
    found = doi(words)
    wanted |= {arxiv_id(found)} if is_preprint_doi(found) else {found}
    wanted -= {""}
    for work in works:
        ids = {i for v in work.versions for i in (v.arxiv, v.doi, v.openreview)}
        if wanted & (ids | set(work.records)):
            yield work


def _by_exact_title(works: Iterable[Listed], words: str) -> Iterator[Listed]:
    wanted = _words(words)
    return (work for work in works if wanted and _words(work.title) == wanted)


def _by_words(works: Iterable[Listed], words: str) -> Iterator[Listed]:
    wanted = set(_words(words))
    return (work for work in works if wanted and wanted <= set(_words(work.title)))


def _by_parts(works: Iterable[Listed], words: str) -> Iterator[Listed]:
    """Each word is a part of some word of the title: 'memoriz general' is found."""
    wanted = _words(words)
    return (
        w for w in works if wanted and all(part in " ".join(_words(w.title)) for part in wanted)
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return "".join(kept).split()
