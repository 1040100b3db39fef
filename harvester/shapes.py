"""The shapes that `--json` prints and reports are rendered from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from harvester.canon import Decision, Judgement
from harvester.changes import Change
from harvester.docket import ShelvedConflict, Side
from harvester.lapsed import Lapsed
from harvester.listed import Listed, ListedVersion
from harvester.logbook import Event, RunStatus, SourceStatus
from harvester.shelf import ShelvedClaim, ShelvedField, ShelvedFix
from harvester.timeline import Happening
from harvester.when import days

if TYPE_CHECKING:
    from harvester.sync import Outcome

Json = dict[str, Any]

_VERSION = ("stage venue venue_key year date doi arxiv openreview pages volume number").split()


def works_json(works: Iterable[Listed]) -> Json:
    """What `harvest list --json` prints."""
    return {"works": [work_json(work) for work in works]}


def work_json(work: Listed) -> Json:
    """One work; the identifiers at its top are the headline's, else another version's."""
    return {
        "key": work.key,
        "title": work.title,
        "authors": list(work.authors),
        "authors_complete": work.authors_complete,
        "stage": work.head.stage,
        "venue": work.head.venue,
        "venue_key": work.head.venue_key,
        "year": work.head.year,
        "date": work.head.date,
        "doi": work.identifier("doi"),
        "arxiv": work.identifier("arxiv"),
        "openreview": work.identifier("openreview"),
        "versions": [_version(version) for version in work.versions],
        "records": list(work.records),
        "status": work.status,
        "aliases": list(work.aliases),
        "disputed": list(work.disputed),
        "gone": work.gone,
    }


def _version(version: ListedVersion) -> Json:
    return {name: getattr(version, name) for name in _VERSION}


def diff_json(
    conflicts: Iterable[ShelvedConflict], fixes: Iterable[ShelvedFix], changed: Iterable[Change]
) -> Json:
    """What `harvest diff --json` prints; what a person decided stands with the settled."""
    found = [(conflict.state, conflict_json(conflict)) for conflict in conflicts]
    return {
        "open": [shape for state, shape in found if state == "open"],
        "settled": [shape for state, shape in found if state != "open"],
        "fixes": [fix_json(fix) for fix in fixes],
        "changed": [change_json(change) for change in changed],
    }


def fix_json(fix: ShelvedFix) -> Json:
    """One fix."""
    return asdict(fix)


def conflict_json(conflict: ShelvedConflict) -> Json:
    """One conflict. `work` is the first of `works`; a duplicate has its evidence as well, and
    one between works says of each what it is.
    """
    shape: Json = {
        "id": conflict.id,
        "kind": conflict.kind,
        "state": conflict.state,
        "work": conflict.works[0],
        "works": list(conflict.works),
        "title": conflict.title,
        "field": conflict.field,
        "slot": conflict.slot,
        "claims": [_claim(claim, conflict.field) for claim in conflict.claims],
        "proposed": conflict.proposed,
        "rule": conflict.rule,
        "why": conflict.why,
    }
    if conflict.kind in ("duplicate", "identifier"):
        shape["sides"] = [_side(side) for side in conflict.sides]
    if conflict.judgement:
        shape |= judgement_json(conflict.judgement)
    return shape


def _side(side: Side) -> Json:
    return asdict(side) | {"authors": list(side.authors)}


def judgement_json(judgement: Judgement) -> Json:
    """Two records, the verdict, and the sum of their match weights."""
    return {
        "records": [judgement.a, judgement.b],
        "verdict": judgement.verdict,
        "bits": judgement.bits,
        "cap": judgement.cap,
        "evidence": [asdict(evidence) for evidence in judgement.evidence],
    }


def show_json(
    work: Listed, fields: Iterable[ShelvedField], judgements: Iterable[Judgement]
) -> Json:
    """What `harvest show --json` prints: the work, every claim, and why its records are one."""
    return work_json(work) | {
        "fields": [
            {
                "version": field.version if field.version >= 0 else None,
                "slot": field.slot,
                "field": field.field,
                "value": field.value,
                "state": field.state,
                "rule": field.rule,
                "why": field.why,
                "claims": [_claim(claim, field.field) for claim in field.claims],
            }
            for field in fields
        ],
        "judgements": [judgement_json(judgement) for judgement in judgements],
    }


def dates_json(happened: Iterable[Happening]) -> Json:
    """What happened to a work, for `harvest show --json`."""
    return {
        "dates": [
            {
                "kind": one.kind,
                "label": one.label,
                "first": str(one.first),
                "last": str(one.last),
                "exact": one.exact,
                "days": days(one),
                "sources": list(one.sources),
                "struck_by": one.struck_by,
            }
            for one in happened
        ]
    }


def _claim(claim: ShelvedClaim, field: str) -> Json:
    """Titles are compared folded; what people compare is the title as written."""
    return {
        "value": claim.text if field == "title" else claim.value,
        "source": claim.source,
        "where": claim.where,
        "seen": claim.seen,
        "struck_by": claim.struck_by,
        "record": claim.record,
        "text": claim.text,
    }


def story_json(decisions: Iterable[Decision], history: Iterable[Event]) -> Json:
    """What people ruled about one work, and what became of it run by run."""
    return {
        "decisions": [asdict(one) | {"records": list(one.records)} for one in decisions],
        "history": [
            {"run": one.run, "when": one.when} | change_json(one.change) for one in history
        ],
    }


def lapsed_json(found: Iterable[Lapsed]) -> Json:
    """Decisions that do nothing any more, each with the command that removes it."""
    return {"lapsed": [asdict(one) | {"command": one.command} for one in found]}


def status_json(sources: Iterable[SourceStatus]) -> Json:
    """What `harvest status --json` prints of the sources."""
    return {"sources": [asdict(source) for source in sources]}


def log_json(runs: Iterable[RunStatus]) -> Json:
    """What `harvest log --json` prints."""
    return {
        "runs": [
            asdict(run) | {"changes": [change_json(change) for change in run.changes]}
            for run in runs
        ]
    }


def outcome_json(outcome: Outcome) -> Json:
    """What `harvest sync --json` prints."""
    return {
        "changed": [change_json(change) for change in outcome.changes],
        "failed": [{"place": e.place, "reason": e.reason} for e in outcome.failures],
        "skipped": [asdict(item) for item in outcome.skipped],
        "records": outcome.records,
        "works": outcome.works,
    }


def change_json(change: Change) -> Json:
    """One line of what a run changed."""
    return {"kind": change.kind, "work": change.key, "text": change.text}
