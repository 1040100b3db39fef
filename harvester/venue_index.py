"""Which venue of a table a string names, and where in the string it does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from harvester.venue_beside import AFTER, BESIDE, HEADS, LEADS, NOISE, PREPRINT, TRACKS
from harvester.venue_table import Table, Venue
from harvester.venue_words import Word, spelled, words

_CUT = re.compile(r"(?i)(?:\u2026|\.\.\.)[\s,;.\d]*$|\b(?:of|on|the|in|and|for|very)[\s,.]*$")
_LISTED = re.compile(r"^\s*,[^():;\d\[]*?(?:\band\b|&)")
_ORDINARY = frozenset("log fast case micro clear pods soda cocoon isaac".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A venue named in a string."""

    venue: Venue
    start: int
    end: int
    """Where its name ends, with the abbreviation behind it."""
    hosted: bool = False
    """Something else took place there: 'SemEval@EMNLP'."""
    whole: bool = False
    """The string names nothing else."""
    workshop: bool = False
    """The abbreviation says so: 'CVPRW'."""

    def named(self, rest: str) -> bool:
        """Whether what stands beside the name is more than words that lead from and to it."""
        own = BESIDE | {f"{spelled(short)[-1]}w" for short in self.venue.short}
        left = {word.text for word in words(rest)} - own
        names = (self.venue.full, *self.venue.phrases)
        return bool(left) and not any(left == {*spelled(name)} - own for name in names)


Spelling = tuple[tuple[str, ...], str, str, int]
"""(words, key, the abbreviation as it must be written or '', number of the first telling word)"""


class Index:
    """The spellings of a table by their first word that tells more than 'conference'."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._whole: dict[tuple[str, ...], str] = {}
        self._preprints: dict[str, str] = {}
        self._telling: dict[str, list[Spelling]] = defaultdict(list)
        self._short: dict[str, str] = {}
        for venue in table.values():
            self._add(venue)
        for found in self._telling.values():
            found.sort(key=lambda spelling: -len(spelling[0]))
        self._sorted = sorted(self._whole)

    def _add(self, venue: Venue) -> None:
        names = [spelled(name) for name in (*venue.phrases, venue.name, venue.full)]
        short = [(spelled(name), name) for name in (*venue.short, venue.name)]
        if venue.kind == "conference":
            for name in names[: len(venue.phrases)]:
                self._tell(name, venue.key, "")
            for name, raw in short if venue.short else ():
                self._tell(name, venue.key, raw)
                if len(name) == 1:
                    self._short.setdefault(name[0], venue.key)
        elif venue.kind == "preprint":
            for name in names:
                if len(name) == 1:
                    self._preprints.setdefault(name[0], venue.key)
        for name in (*names, *(name for name, _ in short)):
            self._whole.setdefault(name, venue.key)

    def _tell(self, name: tuple[str, ...], key: str, raw: str) -> None:
        if not name:  # of 'The' no word is left that tells anything
            return
        first = next((n for n, word in enumerate(name) if word not in HEADS), 0)
        self._telling[name[first]].append((name, key, raw, first))

    def find(self, text: str) -> Found | None:
        """The venue that a plain string names; of several the first."""
        found = words(text)
        if not found:
            return None
        return self._find_whole(text, found) or self._find_within(text, found)

    def _find_whole(self, text: str, found: Sequence[Word]) -> Found | None:
        names = [word.text for word in found]
        key = self._preprints.get(names[0], "")
        if key and PREPRINT.issuperset(set(names) - {names[0]}):
            return Found(self._table[key], 0, len(text), whole=True)
        key = self._whole.get(tuple(names), "")
        if key and self._table[key].kind == "conference":
            one = self._table[key]
            clear = len(names) > 1 or (names[0] in self._short and names[0] not in _ORDINARY)
            written = text[found[0].start : found[-1].end]
            return (
                Found(one, found[0].start, found[-1].end) if clear or written == one.name else None
            )
        key = key or self._without_noise(found)
        if not key and _CUT.search(text) and len(names) > 2:
            key = self._cut_short(tuple(names))
        if key and self._table[key].kind != "conference":
            return Found(self._table[key], 0, len(text), whole=True)
        return None

    def _cut_short(self, names: tuple[str, ...]) -> str:
        """The key of the one name that begins with these words."""
        at, keys = bisect_left(self._sorted, names), set()
        while at < len(self._sorted) and self._sorted[at][: len(names)] == names:
            keys.add(self._whole[self._sorted[at]])
            at += 1
        return keys.pop() if len(keys) == 1 and not HEADS.issuperset(names) else ""

    def _without_noise(self, found: Sequence[Word]) -> str:
        """The key of 'Name (ABBR), Volume 3, May' and of 'Name (ABBR)' where both are one's."""
        at = next((n for n, word in enumerate(found) if n and word.gap == "("), len(found))
        head, tail = (
            tuple(word.text for word in part if word.text not in NOISE)
            for part in (found[:at], found[at:])
        )
        key = self._whole.get(head, "")
        return key if not tail or self._whole.get(tail) == key else ""

    def _find_within(self, text: str, found: Sequence[Word]) -> Found | None:
        cut = bool(_CUT.search(text))
        for number, word in enumerate(found):
            for name, key, raw, first in self._telling.get(word.text, ()):
                at = number - first
                if at >= 0 and self._stands(text, found, at, name, raw, cut):
                    one = self._made(text, found, at, min(at + len(name), len(found)), key, raw)
                    if one:
                        return one
            key = self._short.get(word.text[:-1], "") if text[word.end - 1] == "W" else ""
            if key:
                return Found(self._table[key], word.start, word.end, workshop=True)
        return None

    def _stands(
        self, text: str, found: Sequence[Word], at: int, name: tuple[str, ...], raw: str, cut: bool
    ) -> bool:
        here = found[at : at + len(name)]
        if any(word.text != other for word, other in zip(here, name, strict=False)):
            return False
        if len(here) < len(name):
            return cut and not raw and sum(word.text not in HEADS for word in here) >= 2
        if not raw:
            return all(word.gap not in ("(", "@") for word in here[1:])
        letters = sum(map(len, name))
        if raw == text[here[0].start : here[-1].end]:
            return True
        alone = len(here) == len(found)
        return name[0] not in _ORDINARY and (letters > 3 or alone)

    def _made(
        self, text: str, found: Sequence[Word], at: int, to: int, key: str, raw: str
    ) -> Found | None:
        workshop = any(word.text == "workshop" for word in (*found[:at], *found[to:]))
        first = start = at
        while first and found[first].gap in ("", "-", "#"):
            first -= 1
            known = found[first].text in LEADS or self._short.get(found[first].text) == key
            if not known and not workshop:
                return None
            leads = known and found[first].text not in TRACKS | {"workshop"}
            start = first if leads and start == first + 1 else start
        # 'SIGACT-SIGMOD-SIGART' is a society of three, and its symposium is not SIGMOD.
        if raw and found[at].gap == "-" and found[at - 1].text.startswith("sig"):
            return None
        if not self._ends(text, found, to, key, workshop, raw):
            return None
        hosted = found[first].gap == "@" and any(
            word.text not in LEADS and word.text not in AFTER for word in found[:first]
        )
        end = found[to - 1].end
        while to < len(found):
            again = self._again(text, found, to, key)
            if again == to and found[to].text not in HEADS - {"workshop"}:
                break
            to = max(again, to + 1)
            end = found[to - 1].end
        return Found(self._table[key], found[start].start, end, hosted)

    def _again(self, text: str, found: Sequence[Word], at: int, key: str) -> int:
        """Behind the same venue named once more, in full, cut short or by an abbreviation."""
        number = at
        while number + 1 < len(found) and found[number].text in LEADS:
            number += 1
        for name, other, _, first in self._telling.get(found[number].text, ()):
            here = found[number - first : number - first + len(name)]
            same = tuple(word.text for word in here) == name[: len(here)]
            if other != key or first > number - at or not same:
                continue
            if any(word.text == "workshop" for word in found[at : number - first]):
                continue
            if len(here) == len(name) or _CUT.search(text):
                return number - first + len(here)
        return at

    def _ends(
        self, text: str, found: Sequence[Word], to: int, key: str, workshop: bool, raw: str
    ) -> bool:
        """Whether the name ends there, and is not the beginning of a longer one."""
        while to < len(found) and found[to].gap in ("", "-", "#"):
            word = found[to]
            again = self._again(text, found, to, key)
            joined = word.linked and word.text in HEADS - {"workshop"}
            if again > to or joined or word.text in TRACKS:
                return True
            if word.text in AFTER:
                to += 1
            elif (word.linked and word.text in LEADS) or (workshop and raw):
                return True
            else:
                return word.gap == "#" and _is_place(text, found[to:])
        if to == len(found) or raw or workshop:
            return True
        if found[to].gap == ",":
            return not _LISTED.match(text[found[to - 1].end :])
        if found[to].gap == "(":
            name = text[found[to].start : found[to].end]
            known = found[to].text in AFTER | {key} or self._again(text, found, to, key) > to
            return known or found[to].linked or sum(map(str.isupper, name)) < 2
        return True


def _is_place(text: str, rest: Sequence[Word]) -> bool:
    """'CVPR 2022 New Orleans', but not 'NeurIPS 2022 AI for Science: …'."""
    near: list[Word] = []
    for word in rest:
        if near and word.gap not in ("", "-", "#"):
            break
        near.append(word)
    end = near[-1].end
    named = all(text[word.start].isupper() and not word.linked for word in near)
    return named and len(near) <= 3 and not text[end:].lstrip().startswith(":")


@lru_cache(maxsize=8)
def index(table: Table) -> Index:
    """The index of a table."""
    return Index(table)
