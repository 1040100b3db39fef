"""Papers that a person's own page does not list yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from harvester.canon import Fix, Work
from harvester.fixes import shown
from sources.record import PartialDate, Record, Stage

_LIST = 5
"""Papers from which on a page is a list of publications, and not a selection of a few."""
_LISTED = (Stage.CONFERENCE, Stage.JOURNAL, Stage.WORKSHOP, Stage.PREPRINT)


def lacking(
    works: Sequence[Work], records: Mapping[str, Record], doubted: Collection[str]
) -> Iterator[Fix]:
    """A fix for each work that came out after the newest work of a list, if the list has others
    of its stage. A list that goes on after a work left it out on purpose.

    `doubted` are the first records of works that may be no work of their own, or no work of
    this person's: nobody is told to list them.
    """
    for (source, where), listed in sorted(_lists(works, records).items()):
        newest = max(listed, key=lambda at: (_dates(works[at])[1], at))
        stages = {works[at].head.stage for at in listed}
        for work in works:
            fresh = _dates(work)[0] > _dates(works[newest])[1]
            sure = not (work.gone or work.aside or work.records[0] in doubted)
            if fresh and sure and work.head.stage in stages:
                says = f"{work.title.value.rstrip('.')}. {shown(work.head)}"
                line = listed[newest]
                yield Fix(source, where, line, "missing", "", says, work.records[0])


def _lists(
    works: Sequence[Work], records: Mapping[str, Record]
) -> dict[tuple[str, str], dict[int, int]]:
    """By (source, file): the works that it lists, and where each stands."""
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for number, work in enumerate(works):
        for record in (records[key] for key in work.records):
            dated = _dates(work)[0] > date.min and work.head.stage in _LISTED
            if record.kind == "page" and record.form == "entry" and not record.gone and dated:
                found[record.source, record.where].setdefault(number, record.line)
    return {place: listed for place, listed in found.items() if len(listed) >= _LIST}


def _dates(work: Work) -> tuple[date, date]:
    """The first and last day of the time at which a work first appeared; of an unknown time the
    earliest day there is.
    """
    said = [version.value("date") or version.value("year") for version in work.versions]
    known = [when for when in map(PartialDate.parse, filter(None, said)) if when]
    if not known:
        return date.min, date.min
    first = min(known, key=lambda when: (when.first_day, when.last_day))
    return first.first_day, first.last_day
