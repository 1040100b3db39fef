"""Venue strings read: which series, which edition, which stage, which workshop or track.

What is not in the table keeps the words it came with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from harvester.titles import fold
from harvester.venue_beside import track_of
from harvester.venue_index import Found, index
from harvester.venue_table import Table, Venue
from harvester.venue_words import plain
from harvester.venue_years import century, ordinal, spelled_year, without_years
from harvester.venues import edition_of_volume, table, workshop_name
from sources.record import Stage

_WORKSHOP = re.compile(r"(?i)\bworkshops?\b")
_BEFORE = re.compile(
    r"(?i)^(?:(?:accepted (?:at|to|by|for)|to appear (?:in|at)|in|at|the|proceedings of|proc\.? of|"
    r"proc\.|annual|presented at)\s+|[\s,;:.(-]+)+"
)
_AFTER = re.compile(
    r"(?i)(?:\s+(?:posters?|orals?|spotlights?|notable top \d+%|conference track|main track|"
    r"as an? \w+(?: presentation)?|presentation)|\u2026, 0|[\s,;:.@(\u2026-]+)+$"
)
_JOURNAL = re.compile(
    r"(?i)\b(?:journal|transactions|trans\.|letters|annals|review|reviews|magazine|bulletin|"
    r"frontiers in|communications of|revista)\b"
)
_MEETING = re.compile(
    r"(?i)\b(?:conference|symposium|proceedings|proc\.|meeting|congress|colloquium|conf\.)"
)
_VOLUME = re.compile(
    r"(?i)(?=[\s,(])[\s,]*(?:\(?\s*vol(?:ume|\.)?\s*)?(\d{1,2})(?![\d'])(?!\s*(?:st|nd|rd|th)\b)"
)
_PMLR = re.compile(
    r"(?:\bPMLR|Proceedings of Machine Learning Research)\W*(?:v|vol\.?|volume)?\s*(\d+)"
)
_CLOSE = re.compile(r"(?:['\u2019-]?(\d{2})| ([89]\d))(?![\d-])")
_PREPRINT = re.compile(r"(?i)[\s,(]*\barxiv:\s?\S+?\)?(?=[\s,;]|$)")
_AT = re.compile(r"(?i)\s+(?:at|@)$")
_HOST = re.compile(r"(?i)^(.*)(?:@|\bat\b|\bco\W?located\b|\bin conjunction\b)[^@]*$")
_GAP = re.compile(r"\s[,;:.)/\u2013]|[,;:(]\s*[,;:.)]|[/\u2013]$")
_CLOSED = re.compile(r"^[\s'\u2019\d]*\)")
_NEAR = re.compile(r"[\s,'(]*((?:19|20)\d\d)(?!\d)")


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
    """A workshop's own name as written, or one of `venues.TRACKS`. Findings stay papers of a
    conference; the others are read as workshops are."""
    known: bool = False
    """The series is in the table."""
    by_volume: bool = False
    """The year is that of the volume that the string names: '… Systems 32'."""
    by_title: bool = False
    """The edition is told before the name, as in titles of proceedings; not 'ICML 2021'."""


def read(
    text: str, hint: Stage | None = None, group: str = "", known: Table | None = None
) -> Reading:
    """Read a venue string. `group` is an OpenReview group id, which outranks the words.

    A known venue outranks the hint that a type of entry gives: '@article' in NeurIPS.
    `known` is the table to read by, if not that in use.
    """
    return _read(text, hint, group, known or table())


@lru_cache(maxsize=65536)
def _read(text: str, hint: Stage | None, group: str, venues: Table) -> Reading:
    spelled = _read_group(group, venues)
    if hint is Stage.SUBMISSION:
        return Reading(
            Stage.SUBMISSION, spelled.key if spelled else "", text, spelled.year if spelled else 0
        )
    if hint is Stage.THESIS:
        return Reading(Stage.THESIS, "", text, spelled_year(text))
    reading = _read_words(text, hint, venues)
    if spelled is None:
        return reading
    stage = spelled.stage if spelled.stage is not Stage.OTHER else reading.stage
    track = reading.track if stage is Stage.WORKSHOP else ""
    if stage is Stage.WORKSHOP and not track:
        track = _strip(text) or spelled.track
    name = workshop_name(spelled.name, track) if stage is Stage.WORKSHOP else spelled.name
    return Reading(stage, spelled.key, name, spelled.year or reading.year, track, True)


@lru_cache(maxsize=8)
def _groups(venues: Table) -> dict[str, Venue]:
    return {start: venue for venue in reversed([*venues.values()]) for start in venue.openreview}


def _read_group(group: str, venues: Table) -> Reading | None:
    """'ICLR.cc/2025/Workshop/X' spells series, edition and stage."""
    parts = group.split("/") if group else []
    for length in range(1, min(len(parts), 3) + 1):
        venue = _groups(venues).get("/".join(parts[:length]))
        rest = parts[length:]
        year = spelled_year(rest[0]) if rest else 0
        # 'aclweb.org/ACL/ARR/2024/…' is a review that leads anywhere, not the ACL.
        if venue and (year or not rest or venue.kind == "journal"):
            workshop = "workshop" in [part.lower() for part in rest]
            stage = Stage.WORKSHOP if workshop else Stage(venue.kind)
            track = rest[-1] if workshop else ""
            return Reading(stage, venue.key, venue.name, year, track, True)
    return None


def _read_words(text: str, hint: Stage | None, venues: Table) -> Reading:
    clean = plain(text)
    found = _series(clean, venues)
    if found:
        return _read_found(clean, found, hint)
    volume = _PMLR.search(clean) if "PMLR" in clean or "Machine Learning Res" in clean else None
    workshop = _WORKSHOP.search(clean)
    if volume and not workshop:
        key, edition = edition_of_volume("pmlr", volume[1], venues)
        if key:
            name = venues[key].name
            return Reading(Stage.CONFERENCE, key, name, edition, known=True, by_volume=True)
    year = spelled_year(text)
    if workshop or hint is Stage.WORKSHOP:
        track = _track(text)
        return Reading(Stage.WORKSHOP, "", workshop_name("", track), year, track)
    name = _strip(text)
    stage = hint or _guess(text)
    if stage is Stage.CONFERENCE and _JOURNAL.search(text) and not _MEETING.search(text):
        stage = Stage.JOURNAL
    return Reading(stage, fold(name).replace(" ", "-"), _shown(text, name), year)


def _series(text: str, venues: Table) -> Found | None:
    found = index(venues).find(text)
    if found and not found.whole and _JOURNAL.search(text) and not _MEETING.search(text):
        return None
    return found


def _read_found(text: str, found: Found, hint: Stage | None) -> Reading:
    venue = found.venue
    year = _edition(text, found)
    if found.whole:
        return Reading(Stage(venue.kind), venue.key, venue.name, year, known=True)
    rest = f"{text[: found.start]} {_CLOSED.sub('', text[found.end :])}"
    part = track_of(rest)
    if part == "Findings":
        name = workshop_name(venue.name, part)
        return Reading(Stage.CONFERENCE, venue.key, name, year, part, True)
    # 'IEEE Information Theory Workshop' is a conference by that name.
    named = _WORKSHOP.search(text[found.start : found.end])
    workshop = bool(_WORKSHOP.search(rest)) or found.hosted or found.workshop
    if workshop or part or (hint is Stage.WORKSHOP and not named):
        # 'Proceedings of the 5th VLDB workshop on …' counts the workshops.
        year = _edition(text, found, counted=not workshop)
        track = part if part and not workshop else _own_name(text, rest, found)
        name = workshop_name(venue.name, track)
        return Reading(Stage.WORKSHOP, venue.key, name, year, track, True)
    volume = _volume(text, found) > 0
    titled = not volume and found.titled(text, year)
    return Reading(
        Stage(venue.kind),
        venue.key,
        venue.name,
        year,
        known=True,
        by_volume=volume,
        by_title=titled,
    )


def _own_name(text: str, rest: str, found: Found) -> str:
    """What a workshop of a known conference calls itself; '' for 'ICST Workshops (ICSTW)'."""
    if found.hosted and (host := _HOST.match(text[: found.start])):
        return _track(host[1].rstrip(" ,("))
    return _track(rest) if found.named(rest) else ""


def _volume(text: str, found: Found) -> int:
    """The year of the volume of an annual series that the string names; 0 if it names none."""
    volume = _VOLUME.match(text[found.end : found.end + 16]) if found.venue.volumes else None
    return found.venue.volumes + int(volume[1]) if volume and int(volume[1]) < 60 else 0


def _edition(text: str, found: Found, counted: bool = True) -> int:
    """The year of the edition: the volume of an annual series, else the year as spelled, else
    counted from the first: '… Systems 38, 2026' holds the papers of 2025.
    """
    venue, behind = found.venue, text[found.end : found.end + 16]
    if year := _volume(text, found) or spelled_year(text):
        return year
    if venue.kind != "conference":
        return 0
    if near := _NEAR.match(behind):
        return int(near[1])
    close = _CLOSE.match(behind)
    digits = (close[1] or close[2]) if close else "50"
    if not 29 < int(digits) < 70:
        return century(digits)
    return venue.counted(ordinal(text)) if venue.first and counted else 0


def _strip(text: str) -> str:
    """The name without years, ordinals, and the words that only lead to it."""
    text = without_years(text)
    text = " ".join(re.sub(r"\(\s*\)", " ", text).split())
    text = _AFTER.sub("", _BEFORE.sub("", text))
    return text + ")" * (text.count("(") - text.count(")"))


def _shown(text: str, name: str) -> str:
    """The stripped name where all that went stood at an end, else the words as written:
    'AMT 2012, Macau, 4-7 December 2012' without its years is no sentence.
    """
    inside = fold(name) in fold(text) and not _GAP.search(name)
    return name if inside else _AFTER.sub("", _BEFORE.sub("", " ".join(text.split())))


def _track(text: str) -> str:
    """A workshop's own name: 'TokShop', 'Workshop on Neural Network Weights …'."""
    text = _strip(_PREPRINT.sub("", text))
    about = re.search(r"(?i)\bworkshops?\s+(?:on|for|of)\s+.+", text)
    text = about[0] if about else _strip(_WORKSHOP.sub(" ", text))
    return re.sub(r"\s+([:,;])", r"\1", _AT.sub("", text))


def _guess(text: str) -> Stage:
    if _JOURNAL.search(text):
        return Stage.JOURNAL
    if _MEETING.search(text):
        return Stage.CONFERENCE
    if re.search(r"(?i)\bthesis|dissertation\b", text):
        return Stage.THESIS
    return Stage.OTHER
