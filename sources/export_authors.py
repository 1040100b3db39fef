"""Author lists in exports of a Scholar profile: 'Doe, Jane; Roe, M; ', never more than ten."""

from __future__ import annotations

import re

from sources import table_authors
from sources.bibtex_authors import AuthorList
from sources.names import parse_author

_MOST = 10
"""Scholar cuts a longer list without a sign (FORMATS 3.1, 3.3, 3.4)."""
_OTHERS = re.compile(r"(?i)(?:and\s+)?(?:others|et\.?\s*al\.?)|\.\.\.|…")


def author_list(text: str) -> AuthorList:
    """Read names with semicolons between them; without one, as people write lists by hand.

    An empty list is never complete, nor is one of exactly ten.
    """
    if ";" not in text:
        found = table_authors.author_list(text)
        return AuthorList(found.authors, found.complete and len(found.authors) != _MOST)
    names = [name for part in text.split(";") if (name := part.strip())]
    listed = [name for name in names if not _OTHERS.fullmatch(name)]
    authors = tuple(author for name in listed if (author := parse_author(name)))
    complete = len(listed) == len(names) and len(authors) != _MOST
    return AuthorList(authors, complete and bool(authors))
