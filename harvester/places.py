"""Where two records appeared, compared: venue, volume, number, pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from harvester import venue_strings, venues
from harvester.titles import fold
from sources.record import Appearance, Stage

_TOKEN = re.compile(r"([a-z]{0,3})\s*(\d+)")
_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_ARTICLE = re.compile(r"[a-z]+\d{4,}|\d{5,}")
"""The number of an article in a journal that has no pages: 'e43268'."""
_SMALL = frozenset("a an and at der des die et for for fur in la le of on the und y de di".split())
_SERIES = frozenset(
    "acm annual conf conference congress ieee int international intl meeting national proc "
    "proceedings symposium workshop".split()
)
_MOST_ISSUES = 52
"""A weekly has no more: numbers above it are those of a catalogue or of an article."""


@dataclass(frozen=True, slots=True)
class Place:
    """One appearance as the signals look at it."""

    stage: Stage
    key: str
    """Of the venue; '' where none is named."""
    known: bool
    words: tuple[str, ...]
    """Of the venue, folded, without small ones."""
    full: tuple[str, ...]
    """… of its whole name, if it is in the table."""
    year: int
    volume: str
    number: str
    first: str
    """First page, '' if not said."""
    last: str
    doi: str


def read_place(seen: Appearance) -> Place:
    """Read once what every comparison of an appearance needs."""
    reading = venue_strings.read(seen.venue, seen.stage, seen.venue_id)
    first, last = read_pages(seen.pages) if seen.pages else ("", "")
    number = "".join(re.findall(r"\d+", seen.number)[:1])
    return Place(
        stage=reading.stage,
        key=reading.key,
        known=reading.known,
        words=venue_words(seen.venue or reading.name),
        full=venue_words(venues.table()[reading.key].full) if reading.known else (),
        year=reading.year or (seen.date.year if seen.date else 0),
        volume="".join(re.findall(r"\d+", seen.volume)[:1]).lstrip("0"),
        number=number.lstrip("0") if len(number) < 3 and int(number or 0) <= _MOST_ISSUES else "",
        first=first,
        last=last,
        doi=seen.doi,
    )


@lru_cache(maxsize=16384)
def venue_words(name: str) -> tuple[str, ...]:
    """The words of a venue's name that tell something."""
    return tuple(w for w in fold(name).split() if w not in _SMALL and not w.isdigit())


def is_named(words: Sequence[str], places: Iterable[Place]) -> bool:
    """Whether the words are the name of one of the places and no more, hyphens aside."""
    name = "".join(venue_words(" ".join(words)))
    return bool(name) and any(
        name in ("".join(place.words), "".join(place.full)) for place in places
    )


@lru_cache(maxsize=65536)
def read_pages(text: str) -> tuple[str, str]:
    """(first, last): '527-32.e1' is 527 to 532, 'S95-S96' s95 to s96, '08-Aug' a program's
    reading of 8-8.
    """
    text = text.lower()
    for name, number in _MONTHS.items():
        if name in text:
            text = re.sub(rf"\b{name}[a-z]*\b", number, text)
    found = [letter + (number.lstrip("0") or "0") for letter, number in _TOKEN.findall(text)]
    if not found:
        return "", ""
    first, last = found[0], found[1] if len(found) > 1 else ""
    if last.isdigit() and first.isdigit() and len(last) < len(first):
        whole = first[: len(first) - len(last)] + last
        last = whole if int(whole) >= int(first) else last
    return first, last


def compare_venues(a: Place, b: Place) -> str:
    """'same', 'alike', 'differs', 'elsewhere' where both are known, '' where one is not said."""
    if not a.words or not b.words:
        return "same" if a.key and a.key == b.key else ""
    if a.key == b.key or a.words == b.words:
        return "same"
    if a.known and b.known:
        return "elsewhere"
    level = _alike(*sorted((a.words, b.words)))
    if level == "differs" and (a.full or b.full):
        return _alike(*sorted((a.full or a.words, b.full or b.words)))
    return level


@lru_cache(maxsize=65536)
def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """Abbreviations and parts of a name are alike: 'Arch Intern Med', 'J. Trauma'."""
    short, long = sorted((a, b), key=lambda words: (len(words), len("".join(words)), words))
    if "".join(a) == "".join(b):
        return "same"
    rest = iter(long)
    if all(any(_begins(word, other) for other in rest) for word in short):
        return "alike"
    mine, theirs = set(short) - _SERIES, set(long) - _SERIES
    if not mine or not theirs:
        return ""
    if mine <= theirs or theirs <= mine:
        return "alike"
    if any(word == _acronym(other) for word, other in ((*short[:1], long), (*long[:1], short))):
        return "alike"
    near = fuzz.token_sort_ratio(" ".join(sorted(mine)), " ".join(sorted(theirs)))
    return "alike" if near >= 88 else "differs"


def _acronym(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _begins(a: str, b: str) -> bool:
    return b.startswith(a) or a.startswith(b)


def compare_pages(a: Place, b: Place) -> str:
    """'same' first and last, same 'start', 'touch', 'differ', or '' where one is not said."""
    if not a.first or not b.first:
        return ""
    if a.first == b.first:
        if a.last == b.last and a.last != a.first and a.last:
            return "same"
        if not a.last and not b.last and _ARTICLE.fullmatch(a.first):
            return "same"
        return "start" if a.last == b.last or not (a.last and b.last) else "touch"
    # A hyphen was lost ('148156').
    if a.first + a.last == b.first + b.last:
        return "same"
    return "touch" if a.last and a.last == b.last else "differ"


def compare_volumes(a: Place, b: Place) -> str:
    """'same', 'differs', or '' where one is not said."""
    if not a.volume or not b.volume:
        return ""
    return "same" if a.volume == b.volume else "differs"


def compare_numbers(a: Place, b: Place) -> str:
    """'same', 'differs', or '' where one is not said."""
    if not a.number or not b.number:
        return ""
    return "same" if a.number == b.number else "differs"
