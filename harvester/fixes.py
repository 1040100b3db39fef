"""What stands wrong in the user's own pages, with the text to put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harvester.canon import Claim, Conflict, Fix, Settled, State, Version, Work
from harvester.claims import voice
from harvester.rules import QUIET
from harvester.venue_strings import read
from sources.record import Appearance, Record, Stage

_UNPUBLISHED = (Stage.PREPRINT, Stage.SUBMISSION)


def fixes(work: Work, records: Mapping[str, Record], wrong: tuple[Conflict, ...]) -> Iterator[Fix]:
    """Statements about one work that the canon contradicts or that have become stale.

    Only the user's own pages and .bib files are fixed; a dated news line is never stale, a
    spelling never wrong. `wrong` are the identifier conflicts.
    """
    own = [records[key] for key in work.records]
    own = [r for r in own if voice(r) == "owner" and r.form != "news" and not r.gone]
    for record in own:
        yield from _struck(work, record)
        yield from _links(work, record, wrong)
        yield from _stale(work, record)


def shown(version: Version) -> str:
    """'CVPR 2022', 'arXiv:2410.18779': a version in the words of a publication list."""
    if version.stage is Stage.PREPRINT and version.value("arxiv"):
        return f"arXiv:{version.value('arxiv')}"
    return " ".join(str(part) for part in (version.venue, version.year) if part)


def _fix(record: Record, place: str, field: str, says: str, canon: str, work: Work) -> Fix:
    file, _, line = place.rpartition(":")
    if not line.isdigit():
        file, line = place, "0"
    return Fix(record.source, file, int(line), field, says, canon, work.records[0])


def _struck(work: Work, record: Record) -> Iterator[Fix]:
    for version in work.versions:
        if version.stage is Stage.PREPRINT:
            continue
        for claim, rule in _mine(version.fields.get("year"), record):
            if rule not in QUIET:
                says = (
                    claim.text
                    if claim.basis in ("venue", "title")
                    else f"{version.venue} {claim.value}"
                )
                yield _fix(record, claim.where, "year", says, shown(version), work)
        for claim, rule in _mine(version.fields.get("venue"), record):
            if rule not in QUIET:
                yield _fix(record, claim.where, "venue", claim.text, shown(version), work)
        for claim, rule in _mine(version.fields.get("workshop"), record):
            # Only a person can know whether two names are two workshops.
            if rule == "decided":
                yield _fix(record, claim.where, "venue", claim.text, shown(version), work)
    for claim, rule in _mine(work.authors, record):
        if rule == "longer_list":
            yield _fix(record, claim.where, "authors", claim.text, "; ".join(work.names), work)


def _mine(settled: Settled | None, record: Record) -> Iterator[tuple[Claim, str]]:
    """What this record said of a field that is settled, and was struck."""
    for claim, rule in settled.struck if settled and settled.state is not State.OPEN else ():
        if claim.record == record.key:
            yield claim, rule


def _links(work: Work, record: Record, wrong: tuple[Conflict, ...]) -> Iterator[Fix]:
    for conflict in wrong:
        for claim, rule in conflict.claims:
            if rule and claim.record == record.key:
                right = next(
                    (v.value(claim.field) for v in work.versions if v.value(claim.field)), ""
                )
                yield _fix(record, claim.where, claim.field, claim.value, right, work)


def _stale(work: Work, record: Record) -> Iterator[Fix]:
    """A status that the work has left behind: 'arXiv preprint' of a published paper."""
    stages = {read(a.venue, a.stage, a.venue_id).stage for a in record.appearances}
    if not stages or not stages <= set(_UNPUBLISHED):
        return
    if work.head.stage in (Stage.SUBMISSION, Stage.OTHER):
        return
    if work.head.stage is Stage.PREPRINT and Stage.PREPRINT in stages:
        return
    said = _status(record)
    if said:
        says = said.venue if said.stage is Stage.SUBMISSION else f"{said.venue} preprint"
        yield _fix(record, record.place("venue", said), "status", says, shown(work.head), work)


def _status(record: Record) -> Appearance | None:
    ordered = sorted(record.appearances, key=lambda a: a.stage is not Stage.SUBMISSION)
    return next((a for a in ordered if a.venue), None)
