"""The table of venues (venues.toml): how they are called, and what identifiers spell of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

from harvester import policy
from harvester.titles import fold
from harvester.venue_table import Table, Venue, in_use, venue_of_row

TRACKS = (
    "Findings",
    "Companion",
    "Demonstrations",
    "Tutorials",
    "Extended Abstracts",
    "Adjunct",
    "Doctoral Consortium",
    "Student Abstracts",
    "Competitions",
    "Challenges",
    "Blog Posts",
    "Late-Breaking Reports",
    "Short Papers",
)
"""Parts of a conference that are neither its main proceedings nor workshops."""


SERIES = {"pmlr": "Proceedings of Machine Learning Research"}
"""How the series of venues.toml are called in full."""
_ANTHOLOGY = re.compile(
    r"(?i)^(?:10\.18653/v1/)?(?:((?:19|20)\d\d)\.(findings-)?([a-z]+)(-[a-z]+)?|([a-z])(\d\d))[.-]"
)
_MAIN = ("", "-main", "-long", "-short", "-industry")


def table() -> Table:
    """Every venue by key: the workspace's own rows, if it has any, then the shipped ones."""
    return in_use() or shipped()


@cache
def shipped() -> Table:
    """Every venue by key, as the shipped venues.toml has them."""
    text = (files("harvester") / "venues.toml").read_text(encoding="utf-8")
    return Table(venue_of_row(row) for row in tomllib.loads(text)["venue"])


def edition_of_doi(value: str, known: Table | None = None) -> tuple[str, int]:
    """(venue key, year) that a publisher's DOI spells ('10.1109/allerton.2017.8262735').

    ('', 0) if the stem is no venue's ('10.1109/cvprw…' is a workshop's); year 0 if it names
    the venue alone.
    """
    venues = known or table()
    if value.startswith("10.18653/"):
        return edition_of_anthology(value, venues)
    stems, lengths = _stems(venues)
    for length in lengths:
        key, year = stems.get(value[:length], ("", 0))
        rest = value[length:]
        if key and not (value[length - 1].isalnum() and rest[:1].isalpha()):
            return key, year or _year_behind(rest, venues[key])
    return "", 0


def _year_behind(rest: str, venue: Venue) -> int:
    if venue.kind != "conference":
        return 0
    if spelled := re.match(r"\d*\.((?:19|20)\d{2})(?:[./-]|$)", rest):
        return int(spelled[1])
    volume = re.match(r"\.v(\d+)i", rest)
    return venue.counted(int(volume[1])) if volume else 0


def edition_of_anthology(value: str, known: Table | None = None) -> tuple[str, int]:
    """(venue key, year) of an id of the ACL Anthology or its DOI ('P19-1001', '2020.acl-main.1').

    Demonstrations, tutorials and workshops spell nothing: ('', 0).
    """
    venues = known or table()
    found = _ANTHOLOGY.match(value)
    if not found:
        return "", 0
    year, _, name, part, letter, digits = found.groups()
    if letter:
        key = _by_anthology(venues).get(letter.lower(), "")
        return (key, (1900 if int(digits) > 50 else 2000) + int(digits)) if key else ("", 0)
    key = _by_anthology(venues).get(name.lower(), "")
    return (key, int(year)) if key and (part or "").lower() in _MAIN else ("", 0)


def edition_of_volume(series: str, volume: str, known: Table | None = None) -> tuple[str, int]:
    """(venue key, year) of a volume of a series ('Proceedings of Machine Learning Research', '97').

    ('', 0) if the table does not know it.
    """
    return _volumes(known or table()).get((fold(series), volume.strip().lstrip("v")), ("", 0))


def edition_of_url(url: str, known: Table | None = None) -> tuple[str, int]:
    """(venue key, year) that an address of published proceedings spells; else ('', 0).

    'proceedings.mlr.press/v139/…' is ICML 2021, 'openaccess.thecvf.com/content/CVPR2022/…',
    'aclanthology.org/2020.acl-main.1', 'papers.nips.cc/paper/2019/…'.
    """
    for pattern, read in _ADDRESSES:
        if found := pattern.search(url):
            return read(found, known or table())
    return "", 0


def _of_pmlr(found: re.Match[str], known: Table) -> tuple[str, int]:
    return edition_of_volume("pmlr", found[1], known)


def _of_anthology(found: re.Match[str], known: Table) -> tuple[str, int]:
    return edition_of_anthology(found[1], known)


def _of_host(found: re.Match[str], known: Table) -> tuple[str, int]:
    key = found[1].lower() if found[1].lower() != "nips" else "neurips"
    return (key, int(found[2])) if key in known else ("", 0)


_ADDRESSES = (
    (re.compile(r"proceedings\.mlr\.press/v(\d+)/"), _of_pmlr),
    (re.compile(r"acl(?:anthology|web)\.(?:org|info)/(?:anthology/)?([\w.-]+)"), _of_anthology),
    (
        re.compile(r"thecvf\.com/content(?:_|/)(CVPR|ICCV|WACV)_?(20\d\d)/(?!workshops)", re.I),
        _of_host,
    ),
    (re.compile(r"(nips|neurips)\.cc/(?:paper(?:_files)?/)+(?:paper/)?(20\d\d)/"), _of_host),
)


@lru_cache(maxsize=8)
def _stems(venues: Table) -> tuple[dict[str, tuple[str, int]], tuple[int, ...]]:
    found: dict[str, tuple[str, int]] = {}
    for venue in venues.values():
        for stem in venue.doi:
            found.setdefault(stem, (venue.key, 0))
        for stem, year in venue.doi_years.items():
            found.setdefault(stem, (venue.key, year))
    return found, tuple(sorted({len(stem) for stem in found}, reverse=True))


@lru_cache(maxsize=8)
def _by_anthology(venues: Table) -> dict[str, str]:
    return {name: venue.key for venue in reversed([*venues.values()]) for name in venue.anthology}


@lru_cache(maxsize=8)
def _volumes(venues: Table) -> dict[tuple[str, str], tuple[str, int]]:
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for venue in venues.values():
        for name, years in venue.series.items():
            for volume, year in years.items():
                for spelling in (name, SERIES.get(name, name)):
                    found.setdefault((fold(spelling), volume), (venue.key, year))
    return found


def full_name(key: str, track: str, known: Table | None = None) -> str:
    """The booktitle or journal name for an exported entry; '' if the table has none."""
    venue = (known or table()).get(key)
    if venue is None:
        return ""
    return workshop_name(venue.name, track) if track else venue.full


def workshop_name(parent: str, track: str) -> str:
    """'ICML TokShop Workshop', 'ICLR Workshop on Neural Network Weights …', 'CHI Companion'."""
    if not track:
        return f"{parent} Workshop".strip()
    if track == "Findings":
        return f"Findings of {parent}" if parent else track
    if track in TRACKS or re.match(r"(?i)workshop\b", track):
        return f"{parent} {track}".strip()
    return f"{parent} {track} Workshop".strip()


def may_name(text: str, key: str, known: Table | None = None) -> bool:
    """Whether words that no table knows may be that venue's, spelled otherwise or misspelt."""
    venue = (known or table())[key]
    said = fold(text)
    words = set(said.split())
    names = [fold(name) for name in (venue.full, venue.name, *venue.phrases, *venue.short)]
    return any(
        len(words & set(name.split()) - _COMMON) >= 2
        or name in words
        or (len(name) > 8 and fuzz.ratio(said, name) >= policy.NEAR_TITLE)
        for name in names
    )


_COMMON = frozenset(
    "the of on in and for a annual international conference symposium workshop proceedings "
    "journal transactions ieee acm cvf".split()
)


def names_one_workshop(a: str, b: str) -> bool:
    """Whether two names of workshops may be taken for one: equal words, or one in the other.

    'Weight Space Learning' and 'Neural Network Weights as a New Data Modality' are not:
    only a person can know.
    """
    drop = {"workshop", "on", "for", "of", "the", "and", "in", "at", "a", "an"}
    first, second = (set(fold(x).split()) - drop for x in (a, b))
    if not first or not second or first <= second or second <= first:
        return True
    short, long = sorted((a, b), key=len)
    letters = "".join(word[0] for word in fold(long).split() if word not in drop)
    return fold(short).replace(" ", "") == letters
