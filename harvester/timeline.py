"""When a work was posted, accepted, held or printed, as each source has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from harvester import venues
from harvester.rules import QUIET
from harvester.shelf import ShelvedClaim, ShelvedField
from sources.record import DateKind, PartialDate, Record

Fields = Mapping[str, ShelvedField]

_AT_EVENTS = ("conference", "workshop")
_DAYS_OF_REVIEW = 240
"""Days before an event within which a paper is sent in to it."""
_OF_ISSUES = ("online", "print")
_OF_RECORDS = {
    DateKind.REVISED: "Revised",
    DateKind.ACCEPTED: "Accepted",
    DateKind.ONLINE: "Online",
    DateKind.PRINT: "In print",
}
"""Dates that say more than when a version is of."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a work, at one time, according to some sources."""

    kind: str
    """posted | revised | submission | accepted | event | online | print | stated."""
    label: str
    """'CVPR 2021', 'Posted on arXiv'."""
    first: date
    last: date
    exact: bool
    """False: the days are only those that a year or a month may mean."""
    sources: tuple[str, ...] = ()
    struck_by: str = ""
    """The rule that struck what the sources say here, '' if it stands."""
    days_over: int = 0
    """How many days it was over when the work was first posted; 0 if it was not."""


def happenings(fields: Iterable[ShelvedField], records: Sequence[Record]) -> list[Happening]:
    """What happened to one work in the order of time, struck claims among the others."""
    versions: dict[int, dict[str, ShelvedField]] = defaultdict(dict)
    for field in fields:
        if field.version >= 0:
            versions[field.version][field.field] = field
    told = list(_of_records(records))
    found = _grouped(told)
    for _, version in sorted(versions.items()):
        stage = next(iter(version.values())).slot.split("/")[0]
        if stage in _AT_EVENTS:
            found += _editions(version, stage)
        elif stage == "submission":
            day = _sent(version, records)
            found += [_submission(one, day) for one in _editions(version, stage)]
        else:
            found += _dates(version, stage, told)
    found.sort(key=lambda one: (one.first, one.last, one.kind, one.label, one.struck_by))
    return [_over(one, first_posted(found)) for one in found]


def first_posted(found: Iterable[Happening]) -> date | None:
    """The first day on which the work may have been public on a preprint server."""
    posted = (one.first for one in found if one.kind == "posted" and not one.struck_by)
    return min(posted, default=None)


def _over(one: Happening, posted: date | None) -> Happening:
    if one.kind != "event" or posted is None or one.last >= posted:
        return one
    return replace(one, days_over=(posted - one.last).days)


@dataclass(frozen=True, slots=True)
class _Told:
    """One date as one source has it."""

    kind: str
    label: str
    when: PartialDate
    source: str
    record: str
    struck_by: str = ""


def _of_records(records: Iterable[Record]) -> Iterator[_Told]:
    for record in records:
        for seen in record.appearances:
            if seen.date and seen.date_kind in _OF_RECORDS:
                word = _OF_RECORDS[seen.date_kind]
                at = f": {seen.venue}" if seen.venue else ""
                kind = str(seen.date_kind)
                yield _Told(kind, word + at, seen.date, record.source, record.key)


def _grouped(told: Iterable[_Told]) -> list[Happening]:
    """What several sources say alike, once."""
    sources: dict[tuple[str, str, PartialDate, str], set[str]] = defaultdict(set)
    for one in told:
        sources[one.kind, one.label, one.when, one.struck_by].add(one.source)
    return [
        Happening(
            kind=kind,
            label=label,
            first=when.first_day,
            last=when.last_day,
            exact=bool(when.day),
            sources=_sorted(who),
            struck_by=rule,
        )
        for (kind, label, when, rule), who in sources.items()
    ]


def _dates(version: Fields, stage: str, told: Sequence[_Told]) -> list[Happening]:
    """A preprint, an issue, a thesis: dated by what is said of it."""
    name = _name(version, _value(version, "venue"))
    kind, label = "stated", name or stage
    if stage == "preprint":
        kind, label = "posted", f"Posted on {name or 'a server'}"
    own = {claim.record for field in version.values() for claim in field.claims}
    issued = [one for one in told if one.kind in _OF_ISSUES and one.record in own]
    more = {(one.record, str(one.when)) for one in issued}
    days = [c for c in _claims(version, "date") if (c.record, c.value) not in more]
    values = {claim.value[:4] for claim in days} | {str(one.when.year) for one in issued}
    years = [c for c in _claims(version, "year") if c.value not in values or c.struck_by]
    return _grouped(
        _Told(kind, label, when, c.source, c.record, c.struck_by)
        for c in (*days, *years)
        if (when := PartialDate.parse(c.value))
    )


def _editions(version: Fields, stage: str) -> list[Happening]:
    """The editions of conferences that anybody claims, on the days on which they were held."""
    venue_of = _by_record(version, "venue")
    track_of = _by_record(version, "workshop")
    who: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for claim in _claims(version, "year"):
        venue = venue_of.get(claim.record)
        track = track_of.get(claim.record)
        rule = claim.struck_by or (venue.struck_by if venue else "")
        series = venue.value if venue else _value(version, "venue")
        name = track.value if track else _value(version, "workshop")
        who[series, name if stage == "workshop" else "", claim.value, rule].add(claim.source)
    return [
        _edition(
            series,
            f"{_place(version, series, name, stage)} {year}",
            when.year,
            _sorted(found),
            rule,
        )
        for (series, name, year, rule), found in who.items()
        if (when := PartialDate.parse(year))
    ]


def _edition(series: str, label: str, year: int, sources: tuple[str, ...], rule: str) -> Happening:
    venue = venues.table().get(series)
    held = venue.edition(year) if venue else None
    when = PartialDate(year)
    first, last = (held.first_day, held.last_day) if held else (when.first_day, when.last_day)
    return Happening("event", label, first, last, bool(held and held.exact), sources, rule)


def _sent(version: Fields, records: Iterable[Record]) -> date | None:
    """The day on which the version was sent in, if a record has it."""
    own = {claim.record for field in version.values() for claim in field.claims}
    days = [
        seen.date.first_day
        for record in records
        for seen in record.appearances
        if record.key in own and seen.date and seen.date_kind is DateKind.SUBMITTED
    ]
    return min(days, default=None)


def _submission(one: Happening, day: date | None) -> Happening:
    """That the work was sent in. Where no record has the day, the event was later."""
    if day:
        label = f"Submitted to {one.label}"
        return replace(one, kind="submission", label=label, first=day, last=day, exact=True)
    spans_a_year = (one.last - one.first).days > _DAYS_OF_REVIEW
    before = max(one.first.toordinal() - _DAYS_OF_REVIEW, 1)
    first = one.first if spans_a_year else date.fromordinal(before)
    last = one.last if spans_a_year else one.first
    label = f"Submitted to {one.label}"
    return replace(one, kind="submission", label=label, first=first, last=last, exact=False)


def _sorted(sources: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(sources))


def _place(version: Fields, series: str, track: str, stage: str) -> str:
    name = _name(version, series)
    return venues.workshop_name(name, track) if stage == "workshop" else name or stage


def _name(version: Fields, key: str) -> str:
    """How people call a venue; one that no table knows as the first who names it does."""
    venue = venues.table().get(key)
    texts = (claim.text for claim in _claims(version, "venue") if claim.value == key)
    return venue.name if venue else next(texts, "") or key


def _value(version: Fields, field: str) -> str:
    return version[field].value if field in version else ""


def _claims(version: Fields, field: str) -> list[ShelvedClaim]:
    """Claims that stand or contradicted others; not those that were only less precise."""
    claims = version[field].claims if field in version else ()
    return [claim for claim in claims if claim.struck_by not in QUIET]


def _by_record(version: Fields, field: str) -> dict[str, ShelvedClaim]:
    return {claim.record: claim for claim in _claims(version, field)}
