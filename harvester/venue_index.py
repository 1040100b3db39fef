"""Which venue of a table a string names, and where in the string it does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from harvester.venue_beside import AFTER, BESIDE, HEADS, LEADS, TRACKS
from harvester.venue_table import Table, Venue
from harvester.venue_whole import WholeNames
from harvester.venue_words import Word, spelled, words
from harvester.venue_years import ordinal, spelled_year

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

    def titled(self, text: str, year: int) -> bool:
        """Whether the edition is told before the name, by year or number, as proceedings are
        titled: '2022 IEEE Information Theory Workshop', 'The Twelfth International Conference …'.
        """
        before = text[: self.start]
        return year > 0 and year in (spelled_year(before), self.venue.counted(ordinal(before)))


Spelling = tuple[tuple[str, ...], str, str, int]
"""(words, key, the abbreviation as it must be written or '', number of the first telling word)"""


class Index:
    """The spellings of a table by their first word that tells more than 'conference'."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._whole = WholeNames()
        self._telling: dict[str, list[Spelling]] = defaultdict(list)
        self._short: dict[str, str] = {}
        for venue in table.values():
            self._add(venue)
        for found in self._telling.values():
            found.sort(key=lambda spelling: -len(spelling[0]))

    def _add(self, venue: Venue) -> None:
        self._whole.add(venue)
        if venue.kind != "conference":
            return
        for name in venue.phrases:
            self._tell(spelled(name), venue.key, "")
        for name in (*venue.short, venue.name) if venue.short else ():
            said = spelled(name)
            self._tell(said, venue.key, name)
            if len(said) == 1:
                self._short.setdefault(said[0], venue.key)

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
        names = tuple(word.text for word in found)
        if key := self._whole.preprint(names):
            return Found(self._table[key], 0, len(text), whole=True)
        key = self._whole.exactly(names)
        if key and self._table[key].kind == "conference":
            return self._alone(text, found, self._table[key])
        key = key or self._whole.without_noise(found)
        if not key and _CUT.search(text) and len(names) > 2:
            key = self._whole.cut_short(names)
        if key and self._table[key].kind != "conference":
            return Found(self._table[key], 0, len(text), whole=True)
        return None

    def _alone(self, text: str, found: Sequence[Word], venue: Venue) -> Found | None:
        """A conference that the string names and nothing else."""
        first, start, end = found[0].text, found[0].start, found[-1].end
        clear = len(found) > 1 or (first in self._short and first not in _ORDINARY)
        if self._is_namesakes(found, text[:start], venue.key):
            return None
        return Found(venue, start, end) if clear or text[start:end] == venue.name else None

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
        if not raw and self._is_namesakes(found[at:to], text[: found[at].start], key):
            return None
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

    def _is_namesakes(self, name: Sequence[Word], before: str, key: str) -> bool:
        """Whether an ordinal stands before a name whose editions are never counted."""
        venue = self._table[key]
        if not venue.uncounted or not ordinal(before):
            return False
        own = venue.publisher.lower() in {word.text for word in words(before)}
        said = tuple(word.text for word in name)
        return not own and any(spelled(one)[: len(said)] == said for one in venue.uncounted)

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
            if again > to or joined or word.text in TRACKS or word.text == "workshop":
                return True
            # 'VLDB. Edinburgh'
            if raw and text[found[to - 1].end : word.start].strip() == ".":
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
            other = self._short.get(found[to].text, key) != key
            named = text[found[to].start : found[to].end].isupper()
            return not (other and named) and not _LISTED.match(text[found[to - 1].end :])
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
