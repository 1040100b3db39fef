"""Venue strings read: which series, which edition, which stage, which workshop.

What is not in the table keeps the words it came with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from harvester.titles import fold
from harvester.venues import Venue, table, workshop_name
from sources.record import Stage

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"['\u2018\u2019](\d{2})(?!\d)")
_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth"
).split()
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80}
_ORDINAL = re.compile(
    r"\b(?:(\d{1,3})(?:st|nd|rd|th)"
    rf"|(?:({'|'.join(_TENS)})(?:ieth|y[ -]({'|'.join(_UNITS)})))"
    rf"|({'|'.join(_TEENS)})|({'|'.join(_UNITS)}))\b",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"(?i)\bworkshops?\b")
_BEFORE = re.compile(
    r"(?i)^(?:(?:accepted (?:at|to|by|for)|to appear (?:in|at)|in|at|the|proceedings of|proc\.? of|"
    r"proc\.|annual|presented at)\s+|[\s,;:.(-]+)+"
)
_AFTER = re.compile(
    r"(?i)(?:\s+(?:posters?|orals?|spotlights?|notable top \d+%|conference track|main track|"
    r"as an? \w+(?: presentation)?|presentation)|[\s,;:.@(-]+)+$"
)
_JOURNAL = re.compile(
    r"(?i)\b(?:journal|transactions|trans\.|letters|annals|review|reviews|magazine|bulletin|"
    r"frontiers in|communications of|revista)\b"
)
_MEETING = re.compile(
    r"(?i)\b(?:conference|symposium|proceedings|proc\.|meeting|congress|colloquium|conf\.)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a venue string says."""

    stage: Stage
    key: str
    """Of the series; of a workshop its parent's; '' for a school or where nothing is named."""
    name: str
    """For people."""
    year: int = 0
    """The edition that the string itself spells; 0: none."""
    track: str = ""
    """A workshop's own name, as written."""
    known: bool = False
    """The series is in the table."""


@cache
def _spellings() -> tuple[
    dict[str, str], tuple[tuple[str, str], ...], tuple[tuple[re.Pattern[str], str], ...]
]:
    """Whole strings, phrases (longest first), and abbreviations, each with its key."""
    whole, phrases, short = {}, [], []
    for venue in table().values():
        for spelling in (*venue.phrases, venue.full, venue.name):
            whole[fold(_strip(spelling))] = venue.key
        if venue.kind != "journal":
            phrases += [(fold(phrase), venue.key) for phrase in venue.phrases]
        short += [
            (re.compile(rf"(?<![\w-]){re.escape(s)}(?![a-zA-Z])"), venue.key) for s in venue.short
        ]
    phrases.sort(key=lambda pair: (-len(pair[0]), pair))
    return whole, tuple(phrases), tuple(short)


@lru_cache(maxsize=16384)
def read(text: str, hint: Stage | None = None, group: str = "") -> Reading:
    """Read a venue string. `group` is an OpenReview group id, which outranks the words.

    A known venue outranks the hint that a type of entry gives: '@article' in NeurIPS.
    """
    spelled = _read_group(group)
    if hint is Stage.SUBMISSION:
        return Reading(
            Stage.SUBMISSION, spelled.key if spelled else "", text, spelled.year if spelled else 0
        )
    if hint is Stage.THESIS:
        return Reading(Stage.THESIS, "", text, _year(text))
    reading = _read_words(text, hint)
    if spelled is None:
        return reading
    stage = spelled.stage if spelled.stage is not Stage.OTHER else reading.stage
    track = reading.track if stage is Stage.WORKSHOP else ""
    if stage is Stage.WORKSHOP and not track:
        track = _strip(text) or spelled.track
    name = workshop_name(spelled.name, track) if stage is Stage.WORKSHOP else spelled.name
    return Reading(stage, spelled.key, name, spelled.year or reading.year, track, True)


def _read_group(group: str) -> Reading | None:
    """'ICLR.cc/2025/Workshop/X' spells series, edition and stage."""
    if not group:
        return None
    for venue in table().values():
        for start in venue.openreview:
            if group == start or group.startswith(start + "/"):
                rest = group[len(start) :].strip("/").split("/")
                year = _year(rest[0]) if rest[0] else 0
                workshop = "workshop" in [part.lower() for part in rest]
                stage = Stage.WORKSHOP if workshop else Stage(venue.kind)
                return Reading(
                    stage, venue.key, venue.name, year, rest[-1] if workshop else "", True
                )
    return None


def _read_words(text: str, hint: Stage | None) -> Reading:
    year = _year(text)
    found = _series(text)
    workshop = _WORKSHOP.search(text)
    if found:
        venue, span = found
        if venue.kind == "conference" and (workshop or hint is Stage.WORKSHOP):
            rest = text if span is None else text[: span[0]] + " " + text[span[1] :]
            # 'IEEE Information Theory Workshop' is a conference by that name.
            named = _WORKSHOP.search(venue.name) and not _WORKSHOP.search(rest if span else "")
            if not named:
                track = _track(rest if span else "")
                name = workshop_name(venue.name, track)
                return Reading(Stage.WORKSHOP, venue.key, name, year, track, True)
        year = year or _counted(venue, text)
        return Reading(Stage(venue.kind), venue.key, venue.name, year, known=True)
    if workshop or hint is Stage.WORKSHOP:
        track = _track(text)
        return Reading(Stage.WORKSHOP, "", workshop_name("", track), year, track)
    name = _strip(text)
    stage = hint or _guess(text)
    if stage is Stage.JOURNAL and _MEETING.search(text) and not _JOURNAL.search(text):
        stage = Stage.CONFERENCE
    if stage is Stage.CONFERENCE and _JOURNAL.search(text) and not _MEETING.search(text):
        stage = Stage.JOURNAL
    return Reading(stage, fold(name).replace(" ", "-"), name, year)


def _series(text: str) -> tuple[Venue, tuple[int, int] | None] | None:
    """The series named in a string, and where; the span is None if it is the whole string."""
    whole, phrases, short = _spellings()
    key = whole.get(fold(_strip(text)))
    if key:
        return table()[key], None
    journal = _JOURNAL.search(text) and not _MEETING.search(text)
    for pattern, key in () if journal else short:
        if match := pattern.search(text):
            return table()[key], _widen(text, match.span(), key)
    for phrase, key in phrases:
        pattern = re.compile(r"\W+".join(map(re.escape, phrase.split())), re.IGNORECASE)
        if match := pattern.search(text):
            return table()[key], match.span()
    return None


def _widen(text: str, span: tuple[int, int], key: str) -> tuple[int, int]:
    """An abbreviation in brackets behind the full name: both together name the series."""
    for phrase, other in _spellings()[1]:
        if other == key:
            pattern = re.compile(r"\W+".join(map(re.escape, phrase.split())), re.IGNORECASE)
            if match := pattern.search(text):
                return min(span[0], match.start()), max(span[1], match.end())
    return span


def _year(text: str) -> int:
    years = {int(y) for y in _YEAR.findall(text)}
    if len(years) == 1:
        return years.pop()
    short = _SHORT_YEAR.search(text)
    if short and not years:
        return 2000 + int(short[1]) if int(short[1]) < 50 else 1900 + int(short[1])
    return 0


def _counted(venue: Venue, text: str) -> int:
    """The year that 'Thirteenth …' or 'Advances in … 32' spells in a series that is annual."""
    if venue.volumes and (volume := re.search(r"\b(\d{1,2})\b(?!\s*(?:st|nd|rd|th))", text)):
        return venue.volumes + int(volume[1])
    ordinal = _ORDINAL.search(text)
    if not venue.first or not ordinal:
        return 0
    digits, tens, unit, teen, single = (part and part.lower() for part in ordinal.groups())
    number = int(digits or 0)
    number += _TENS[tens] if tens else 0
    number += _UNITS.index(unit) + 1 if unit else 0
    number += _TEENS.index(teen) + 10 if teen else 0
    number += _UNITS.index(single) + 1 if single else 0
    return venue.first + number - 1


def _strip(text: str) -> str:
    """The name without years, ordinals, and the words that only lead to it."""
    text = _ORDINAL.sub(" ", _SHORT_YEAR.sub(" ", _YEAR.sub(" ", text)))
    text = " ".join(re.sub(r"\(\s*\)", " ", text).split())
    text = _AFTER.sub("", _BEFORE.sub("", text))
    return text + ")" * (text.count("(") - text.count(")"))


def _track(text: str) -> str:
    """A workshop's own name: 'TokShop', 'Workshop on Neural Network Weights …'."""
    text = _strip(text)
    about = re.search(r"(?i)\bworkshops?\s+(?:on|for|of)\s+.+", text)
    if about:
        return re.sub(r"(?i)\s+(?:at|@)$", "", about[0])
    track = _strip(_WORKSHOP.sub(" ", text))
    return re.sub(r"(?i)\s+(?:at|@)$", "", track)


def _guess(text: str) -> Stage:
    if _JOURNAL.search(text):
        return Stage.JOURNAL
    if _MEETING.search(text):
        return Stage.CONFERENCE
    if re.search(r"(?i)\bthesis|dissertation\b", text):
        return Stage.THESIS
    return Stage.OTHER
