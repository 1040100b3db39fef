"""Names that are a whole string but for volumes, months and an abbreviation of the same venue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from harvester.venue_beside import HEADS, NOISE, PREPRINT
from harvester.venue_table import Venue
from harvester.venue_words import Word, spelled

_SUBTITLE = frozenset(("official", "journal", "publication"))
"""Begin what PubMed writes behind the colon of a journal's name."""


class WholeNames:
    """The keys of the spellings of venues; where two share one the earlier has it."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, ...], str] = {}
        self._preprints: dict[str, str] = {}
        self._sorted: list[tuple[str, ...]] = []

    def add(self, venue: Venue) -> None:
        """Add every spelling of a venue."""
        names = [spelled(name) for name in (*venue.phrases, venue.name, venue.full, *venue.short)]
        for name in names:
            self._keys.setdefault(name, venue.key)
            if venue.kind == "preprint" and len(name) == 1:
                self._preprints.setdefault(name[0], venue.key)
        self._sorted = []

    def preprint(self, names: Sequence[str]) -> str:
        """The key of 'arXiv preprint arXiv:2005.13064'."""
        key = self._preprints.get(names[0], "")
        return key if PREPRINT.issuperset(set(names) - {names[0]}) else ""

    def exactly(self, names: tuple[str, ...]) -> str:
        """The key of the name of these words."""
        return self._keys.get(names, "")

    def without_noise(self, found: Sequence[Word]) -> str:
        """The key of 'Name, Volume 3, May', of 'Name (ABBR)' where both are one's, and of
        'Name : official journal of the Society'.
        """
        for at in (n for n, word in enumerate(found) if n and word.gap in ("(", ",", ":")):
            head, tail = _telling(found[:at]), _telling(found[at:])
            key = self._keys.get(head, "")
            subtitle = found[at].gap == ":" and tail and tail[0] in _SUBTITLE
            if key and (not tail or subtitle or self._keys.get(tail) == key):
                return key
        return self._keys.get(_telling(found), "")

    def cut_short(self, names: tuple[str, ...]) -> str:
        """The key of the one name that begins with these words."""
        if not self._sorted:
            self._sorted = sorted(self._keys)
        at, keys = bisect_left(self._sorted, names), set()
        while at < len(self._sorted) and self._sorted[at][: len(names)] == names:
            keys.add(self._keys[self._sorted[at]])
            at += 1
        return keys.pop() if len(keys) == 1 and not HEADS.issuperset(names) else ""


def _telling(found: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in found if word.text not in NOISE)
