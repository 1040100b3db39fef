"""Names for entries that bring none of their own: the same however the file is sorted."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 32


def folded(text: str) -> str:
    """ASCII words in lower case: what two spellings of one title have in common."""
    return " ".join(_WORD.findall(anyascii(text).lower().replace("'", "")))


def content_id(title: str, first_author: str, kind: str) -> str:
    """A readable name and a hash of title, first author's family name and kind of entry.

    >>> content_id("Mixture-of-Recursions: Learning", "Bae", "preprint")
    'mixture-of-recursions-learning-68e7e9'
    """
    words = folded(title).split()[:_LONGEST]
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    slug = "-".join(words)[:_LONGEST] or "untitled"
    content = "\n".join((folded(title) or title, folded(first_author), kind))
    return f"{slug}-{hashlib.sha256(content.encode()).hexdigest()[:6]}"


class Twins:
    """Tells equal ids of one source apart: the second gets '#2', the third '#3'.

    Pages count in the order of their names and entries in the order of their content, so an
    entry keeps its number however its file is sorted, and whichever page is read again.
    """

    def __init__(self) -> None:
        self._pages: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def name(self, page: str, entries: Iterable[tuple[str, str]]) -> list[str]:
        """Ids for the (id, content) pairs of one page, in the order given."""
        pairs = list(entries)
        for id, count in Counter(id for id, _ in pairs).items():
            self._pages[id][page] = count
        order = sorted(range(len(pairs)), key=lambda index: pairs[index][1])
        named = [""] * len(pairs)
        taken: Counter[str] = Counter()
        for index in order:
            id = pairs[index][0]
            earlier = sum(n for other, n in self._pages[id].items() if other < page)
            taken[id] += 1
            number = earlier + taken[id]
            named[index] = id if number == 1 else f"{id}#{number}"
        return named
