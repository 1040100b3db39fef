"""Records taken apart: what each says of which appearance, and as which witness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from harvester import venue_strings, venues
from harvester.canon import Claim
from harvester.venue_strings import Reading
from sources.record import Appearance, DateKind, PartialDate, Record, Stage

IDENTIFIERS = ("arxiv", "doi", "openreview")
_PLAIN = ("doi", "arxiv", "openreview", "url", "volume", "number", "pages", "publisher")
_NO_YEAR = (DateKind.SUBMITTED, DateKind.ACCEPTED, DateKind.REVISED)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One appearance as one record claims it, its venue read."""

    record: Record
    appearance: Appearance
    reading: Reading
    year: int
    """The edition or year it claims; 0: none."""
    basis: str
    """What spells the year: identifier, venue or date."""


def witness(record: Record) -> str:
    """What `policy.TRUST` calls the record's kind: the adapter, or the form of a page's entry."""
    return record.form if record.kind == "page" and record.form != "entry" else record.kind


def voice(record: Record, stage: Stage | None = None) -> str:
    """Whose testimony a record is. A person's page, CV and .bib files are one voice, and
    Scholar's row of a preprint is a copy of arXiv's.
    """
    if record.kind in ("page", "bibtex"):
        return "owner"
    if record.kind == "scholar" and stage is Stage.PREPRINT:
        return "arxiv"
    return record.kind


def sightings(records: Iterable[Record], misplaced: frozenset[tuple[str, str]]) -> list[Sighting]:
    """Every appearance that the records claim. `misplaced` are (record key, identifier)
    pairs that are known to belong to another work and say nothing of this one.
    """
    found = []
    for record in records:
        for appearance in record.appearances:
            kept = _without(record, appearance, misplaced)
            if kept is not None:
                found.append(_sight(record, kept))
    return found


def _without(
    record: Record, appearance: Appearance, misplaced: frozenset[tuple[str, str]]
) -> Appearance | None:
    if not misplaced:
        return appearance
    lost = {n: "" for n in IDENTIFIERS if (record.key, getattr(appearance, n)) in misplaced}
    if not lost:
        return appearance
    if appearance.stage is Stage.PREPRINT and not appearance.date:
        return None
    return replace(appearance, **lost)  # type: ignore[arg-type]


def _sight(record: Record, appearance: Appearance) -> Sighting:
    reading = venue_strings.read(appearance.venue, appearance.stage, appearance.venue_id)
    if reading.stage is Stage.SUBMISSION:
        return Sighting(record, appearance, reading, *_year(appearance, reading))
    for key, year in _spelled(appearance):
        if key and (key == reading.key or not reading.known):
            if not reading.known:
                venue = venues.table()[key]
                reading = Reading(Stage(venue.kind), key, venue.name, known=True)
            if year:
                return Sighting(record, appearance, reading, year, "identifier")
    return Sighting(record, appearance, reading, *_year(appearance, reading))


def _spelled(appearance: Appearance) -> Iterator[tuple[str, int]]:
    """The editions that identifiers spell, the DOI's first."""
    if appearance.doi:
        yield venues.edition_of_doi(appearance.doi)
    if appearance.url:
        yield venues.edition_of_url(appearance.url)


def _year(appearance: Appearance, reading: Reading) -> tuple[int, str]:
    """(edition or year, what spells it)."""
    if reading.year and appearance.venue_id:
        return reading.year, "identifier"
    if year := _by_volume(appearance, reading):
        return year, "volume"
    if reading.year:
        titled = "title" if reading.by_title else "venue"
        return reading.year, "volume" if reading.by_volume else titled
    if appearance.date and appearance.date_kind not in _NO_YEAR:
        bound = appearance.volume or appearance.date_kind is DateKind.PRINT
        issue = reading.stage is Stage.JOURNAL and bound
        printed = reading.stage is Stage.CONFERENCE and appearance.pages
        return appearance.date.year, "issue" if issue else "pages" if printed else "date"
    return 0, ""


def _by_volume(appearance: Appearance, reading: Reading) -> int:
    """The edition whose proceedings are of that volume: PMLR 139 is ICML's of 2021."""
    venue = venues.table().get(reading.key) if appearance.volume else None
    if venue is None or reading.stage is not Stage.CONFERENCE:
        return 0
    if venue.volumes and appearance.volume.isdigit() and int(appearance.volume) < 60:
        return venue.volumes + int(appearance.volume)
    years = {series.get(appearance.volume, 0) for series in venue.series.values()} - {0}
    return years.pop() if len(years) == 1 else 0


def claims(seen: Sequence[Sighting], field: str) -> list[Claim]:
    """What the sightings of one version say of one field."""
    # A preprint and its revision are one place, said twice by one entry.
    return list(dict.fromkeys(claim for one in seen for claim in _claims(one, field)))


def _claims(one: Sighting, field: str) -> Iterator[Claim]:
    seen, reading = one.appearance, one.reading
    if field == "year" and one.year:
        yield make(one.record, field, str(one.year), _year_text(one), seen, basis=one.basis)
    elif field == "date" and seen.date and seen.date_kind not in _NO_YEAR:
        date = PartialDate(seen.date.year) if _made_up(seen) else seen.date
        yield make(one.record, field, str(date), str(seen.date), seen, basis=str(seen.date_kind))
    elif field == "venue" and (reading.key or reading.name) and not _parentless(reading):
        basis = _venue_basis(one)
        yield make(one.record, field, reading.key or reading.name, seen.venue, seen, basis=basis)
    elif field == "workshop" and reading.stage is Stage.WORKSHOP and reading.track:
        yield make(one.record, field, reading.track, seen.venue, seen)
    elif field in _PLAIN and (value := getattr(seen, field)):
        yield make(one.record, field, value, value, seen)


def _venue_basis(one: Sighting) -> str:
    """What tells the venue: an identifier of its papers, its own volume or pages beside the name
    in the table, that name alone, or words that no table knows.
    """
    seen, reading = one.appearance, one.reading
    if not reading.known:
        return ""
    if seen.venue_id or reading.key in [key for key, _ in _spelled(seen)]:
        return "identifier"
    return "print" if seen.pages or seen.volume else "table"


def _made_up(seen: Appearance) -> bool:
    """Whether only the year of a date counts: 1 January and 31 December are what programs write
    for a year, but for a preprint, which is posted on any day.
    """
    if seen.date_kind is DateKind.SYNTHETIC:
        return True
    ends = seen.date is not None and (seen.date.month, seen.date.day) in ((1, 1), (12, 31))
    return ends and seen.date_kind is DateKind.STATED


def _year_text(one: Sighting) -> str:
    """The words that spell the year, as the source has them."""
    seen = one.appearance
    if one.basis == "identifier":
        return seen.venue_id or seen.doi or seen.url
    if one.basis == "volume":
        return f"{seen.venue}, {seen.volume}" if seen.volume else seen.venue
    return seen.venue if one.basis in ("venue", "title") else str(seen.date or one.year)


def _parentless(reading: Reading) -> bool:
    """A workshop named without the conference that it was part of says nothing of that."""
    return reading.stage is Stage.WORKSHOP and not reading.key


def make(
    record: Record,
    field: str,
    value: str,
    text: str,
    seen: Appearance | None = None,
    *,
    basis: str = "",
    whole: bool = True,
) -> Claim:
    """A claim with its provenance."""
    return Claim(
        field=field,
        value=value,
        text=text,
        record=record.key,
        source=record.source,
        kind=witness(record),
        voice=voice(record, seen.stage if seen else None),
        where=record.place(_stands(field, basis), seen),
        seen=record.seen,
        gone=record.gone,
        basis=basis,
        whole=whole,
    )


def _stands(field: str, basis: str) -> str:
    """The field of the source on whose line a claim stands."""
    if field == "workshop" or (field == "year" and basis in ("venue", "title", "volume")):
        return "venue"
    return "date" if field == "year" else field


def month_of_number(arxiv: str) -> PartialDate | None:
    """The month that an arXiv number spells: 2111.13733 was announced about November 2021.

    The paper may have been posted on the last day of the month before (1905.00067 was).
    """
    digits = arxiv.rpartition("/")[2]
    if len(digits) < 4 or not digits[:4].isdigit():
        return None
    year, month = int(digits[:2]), int(digits[2:4])
    if not 1 <= month <= 12:
        return None
    return PartialDate((1900 if year > 90 else 2000) + year, month)


def as_date(text: str) -> PartialDate | None:
    """A date claim's value read back; None for the empty value."""
    return PartialDate.parse(text) if text else None
