"""The examples that templates of homepages come with, and that many sites still show."""

from __future__ import annotations

import re

from sources.page_names import is_owner
from sources.record import Author

EXAMPLE = "an example of the site's template; not listed"

# academicpages, Hugo Academic (Wowchemy).
_TITLES = re.compile(
    r"(?i)paper title number \d+|an example (?:preprint / working paper|journal article"
    r"|conference paper|report|thesis)|example (?:journal article|conference paper)"
)
# Hugo Academic's author and al-folio's.
_PEOPLE = frozenset({("bighetti", "nelson"), ("einstein", "albert"), ("einstein", "a.")})


def is_example(title: str, authors: tuple[Author, ...], owner: tuple[str, ...]) -> bool:
    """Whether a publication is no one's but the template's."""
    if _TITLES.fullmatch(title.strip(" .")):
        return True
    return any(
        (one.family.casefold(), one.given.casefold()) in _PEOPLE and not is_owner(one, owner)
        for one in authors
    )
