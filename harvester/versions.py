"""Sightings grouped into the versions of a work, each field of each settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from harvester import policy, venues
from harvester.canon import Claim, Decision, Settled, State, Version
from harvester.claims import Sighting, claims, make, month_of_number
from harvester.resolve import settle
from harvester.rule import Case
from harvester.rules import QUIET, rules_for
from harvester.sightings_placed import placed
from sources.record import DateKind, PartialDate, Stage

Ruling = Callable[[str, str], Decision | None]
"""(slot, field) → the decision that holds there."""

_PUBLISHED = ("conference", "journal", "workshop", "thesis")
_FIELDS = ("doi", "arxiv", "openreview", "url", "volume", "number", "pages", "publisher")


def versions(seen: Sequence[Sighting], ruling: Ruling) -> tuple[Version, ...]:
    """The versions of one work in the order in which they appeared.

    Statuses without a place ('under review') make no version.
    """
    posted = first_posted(seen)
    found = [_version(slot, group, posted, ruling) for slot, group in slots(seen)]
    return tuple(sorted(found, key=_order))


def first_posted(seen: Iterable[Sighting]) -> PartialDate | None:
    """The earliest day on which a preprint of the work was posted, as precisely as it is known.

    Without such a date the month that the lowest arXiv number spells.
    """
    dates, numbers = [], []
    for one in seen:
        if one.reading.stage is Stage.PREPRINT:
            if one.appearance.date and one.appearance.date_kind is DateKind.POSTED:
                dates.append(one.appearance.date)
            if month := month_of_number(one.appearance.arxiv):
                numbers.append(month)
    return min(dates or numbers, default=None)


def _number(seen: Iterable[Sighting]) -> PartialDate | None:
    """The month that the one arXiv number of these sightings spells."""
    numbers = {one.appearance.arxiv for one in seen} - {""}
    return month_of_number(numbers.pop()) if len(numbers) == 1 else None


def slots(seen: Iterable[Sighting]) -> list[tuple[str, list[Sighting]]]:
    """Sightings by the version they speak of, each version under a name that stays."""
    by_stage: dict[Stage, list[Sighting]] = defaultdict(list)
    for one in placed(list(seen)):
        by_stage[one.reading.stage].append(one)
    found: dict[str, list[Sighting]] = defaultdict(list)
    for stage, group in by_stage.items():
        for one in group:
            if stage is Stage.PREPRINT:
                found[f"preprint/{one.reading.key}"].append(one)
            elif stage is Stage.SUBMISSION:
                if one.appearance.openreview:
                    found[f"submission/{one.appearance.openreview}"].append(one)
            elif stage is Stage.OTHER:
                if one.reading.key:
                    found[f"other/{one.reading.key}"].append(one)
            elif stage is not Stage.WORKSHOP:
                found[str(stage)].append(one)
    for number, group in enumerate(_workshops(by_stage[Stage.WORKSHOP])):
        found["workshop" if not number else f"workshop/{number + 1}"] = group
    _place_bare(found, [one for one in by_stage[Stage.OTHER] if not one.reading.key])
    return sorted(found.items())


def _place_bare(found: dict[str, list[Sighting]], bare: Sequence[Sighting]) -> None:
    """Identifiers without a venue belong to the one published version, if there is one.

    Else they are a version of their own, somewhere: a DOI that the author gave to arXiv. So is
    a year alone where nobody says more, as in tables without venues.
    """
    identified = [one for one in bare if one.appearance.doi or one.appearance.openreview]
    published = [slot for slot in found if slot.split("/")[0] in _PUBLISHED]
    if bare and not found:
        identified = list(bare)
    if identified:
        found[published[0] if len(published) == 1 else "other"].extend(identified)


def _workshops(seen: Sequence[Sighting]) -> list[list[Sighting]]:
    """A work may appear at several workshops: those of different parents or years."""
    groups: list[list[Sighting]] = []
    ordered = sorted(seen, key=lambda s: (not s.reading.key, not s.year, s.year, s.record.key))
    for one in ordered:
        for group in groups:
            if all(_may_be_one(one, other) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _may_be_one(a: Sighting, b: Sighting) -> bool:
    if a.appearance.openreview and a.appearance.openreview == b.appearance.openreview:
        return True
    parents = {a.reading.key, b.reading.key} - {""}
    years = {a.year, b.year} - {0}
    named = a.reading.track and b.reading.track
    same_name = named and venues.names_one_workshop(a.reading.track, b.reading.track)
    return len(parents) <= 1 and (len(years) <= 1 or bool(same_name))


def _order(version: Version) -> tuple[str, int, str]:
    year = version.value("date") or version.value("year") or "9999"
    return year[:4], -policy.STAGE_RANK[version.stage], version.slot


def _version(
    slot: str, seen: Sequence[Sighting], posted: PartialDate | None, ruling: Ruling
) -> Version:
    stage = Stage(slot.split("/")[0])
    fields: dict[str, Settled] = {}

    def add(name: str, found: Sequence[Claim], case: Case) -> None:
        decision = ruling(slot, name)
        if found or decision:
            fields[name] = settle(name, found, rules_for(name), replace(case, decision=decision))

    add("venue", claims(seen, "venue"), Case())
    key = fields["venue"].value if "venue" in fields else ""
    venue = _venue_name(seen, key)
    seen = _at_this_venue(seen, fields.get("venue"))
    preprint = stage is Stage.PREPRINT
    case = Case(
        posted=None if preprint else posted,
        venue_key=key,
        venue=venue,
        numbered=_number(seen) if preprint else None,
        stage=stage,
    )
    add("workshop", _one_name_each(claims(seen, "workshop")), case)
    add("year", claims(seen, "year") or _from_number(seen, "year"), case)
    year = fields["year"].value if "year" in fields else ""
    dates = [c for c in claims(seen, "date") if c.value[:4] == year or not year]
    if not any(len(claim.value) > len("2021") for claim in dates):
        dates += [c for c in _from_number(seen, "date") if c.value[:4] == year]
    add("date", dates, case)
    for name in _FIELDS:
        add(name, claims(seen, name), case)
    track = fields["workshop"].value if "workshop" in fields else ""
    if stage is Stage.WORKSHOP:
        parent = venues.table()[key].name if key in venues.table() else ""
        venue = venues.workshop_name(parent, track)
    keyed = "" if stage is Stage.THESIS or key == venue else key
    records = tuple(sorted({one.record.key for one in seen}))
    return Version(stage, keyed, venue, slot, track, fields, records)


def _at_this_venue(seen: Sequence[Sighting], venue: Settled | None) -> Sequence[Sighting]:
    """Sightings whose venue is published or was only spelled otherwise.

    Venue and date of an appearance never part: what says another venue says nothing of this
    edition's year, pages and identifiers.
    """
    if venue is None:
        return seen
    lost = {claim.value for claim, rule in venue.struck if rule not in QUIET}
    if venue.state is State.OPEN:
        lost |= {claim.value for claim in venue.standing} - {venue.value}
    lost -= {venue.value}
    kept = [one for one in seen if (one.reading.key or one.reading.name) not in lost]
    return kept or seen


def _venue_name(seen: Sequence[Sighting], key: str) -> str:
    """How people call the settled venue; of an unknown one, as its most trusted record does."""
    if key in venues.table():
        return venues.table()[key].name
    names = [
        (*claim_order(one), one.reading.name)
        for one in seen
        if key in (one.reading.key, one.reading.name)
    ]
    return min(names)[-1] if names else key


def claim_order(one: Sighting) -> tuple[int, str]:
    """Sorts sightings by how far their record is trusted for a venue."""
    kind = make(one.record, "venue", "", "").kind
    order = policy.TRUST["venue"]
    return (order.index(kind) if kind in order else len(order)), one.record.key


def _one_name_each(found: Sequence[Claim]) -> list[Claim]:
    """Names that are plainly one workshop's under the longest of them."""
    names = sorted({claim.value for claim in found}, key=lambda n: (-len(n), n))
    chosen: dict[str, str] = {}
    for name in names:
        twins = [other for other in chosen if venues.names_one_workshop(other, name)]
        chosen[name] = chosen[twins[0]] if twins else name
    return [replace(claim, value=chosen[claim.value]) for claim in found]


def _from_number(seen: Sequence[Sighting], name: str) -> list[Claim]:
    """What arXiv numbers spell, where nobody gives a date."""
    found = []
    for one in seen:
        month = month_of_number(one.appearance.arxiv)
        if month and one.reading.stage is Stage.PREPRINT:
            value = str(month.year) if name == "year" else str(month)
            text = f"arXiv:{one.appearance.arxiv}"
            found.append(make(one.record, name, value, text, one.appearance, basis="number"))
    return found
