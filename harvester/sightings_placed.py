"""Sightings that say the wrong stage, put where their work's other sightings show them to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harvester import venues
from harvester.claims import Sighting, voice
from sources.record import Stage

_NAMED = (Stage.CONFERENCE, Stage.JOURNAL, Stage.OTHER)


def placed(seen: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of one work, each at its stage."""
    return _filed_under_conference(_misspelt(seen))


def _misspelt(seen: Sequence[Sighting]) -> list[Sighting]:
    """A name that no table knows, and that may be a known one's, which others claim, has its
    stage: 'Proceedings of te National Academy of Sciences' is no conference.
    """
    known = {
        one.reading.key: one.reading.stage
        for one in seen
        if one.reading.known and one.reading.stage in (Stage.CONFERENCE, Stage.JOURNAL)
    }
    return [
        replace(one, reading=replace(one.reading, stage=stage))
        if (stage := _stage_beside(one, known))
        else one
        for one in seen
    ]


def _stage_beside(one: Sighting, known: Mapping[str, Stage]) -> Stage | None:
    if one.reading.known or one.reading.stage not in _NAMED or not one.reading.key:
        return None
    found = [key for key in sorted(known) if venues.may_name(one.appearance.venue, key)]
    return known[found[0]] if found else None


def _filed_under_conference(seen: Sequence[Sighting]) -> list[Sighting]:
    """A workshop paper that one voice files under the conference itself is one of the workshop.

    Scholar does so (FORMATS 11), and so do people. The conference's own identifier, or a second
    voice, makes it a paper of the conference; another year makes it another paper.
    """
    workshops = [one for one in seen if one.reading.stage is Stage.WORKSHOP and one.reading.key]
    voices = {key: _voices(seen, key) for key in {one.reading.key for one in workshops}}
    return [
        replace(one, reading=replace(one.reading, stage=Stage.WORKSHOP))
        if _is_filed(one, workshops) and len(voices[one.reading.key]) == 1
        else one
        for one in seen
    ]


def _voices(seen: Sequence[Sighting], key: str) -> set[str]:
    """Who says that the work is a paper of the conference itself."""
    return {
        voice(one.record)
        for one in seen
        if one.reading.key == key and one.reading.stage is Stage.CONFERENCE
    }


def _is_filed(one: Sighting, workshops: Sequence[Sighting]) -> bool:
    if one.reading.stage is not Stage.CONFERENCE or one.basis in ("identifier", "volume"):
        return False
    if one.reading.track:
        return False
    return any(
        other.reading.key == one.reading.key
        and voice(other.record) != voice(one.record)
        and (not one.year or not other.year or one.year == other.year)
        for other in workshops
    )
