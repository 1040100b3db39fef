"""Small canons made by hand, and a ledger to publish them in."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from harvester.canon import Canon, Claim, Conflict, Decision, Settled, State, Version, Work
from harvester.changes import Change
from harvester.decisions import add_decision, load_decisions
from harvester.ledger import finish_run, load_records, save_source, start_run
from harvester.publish import publish
from harvester.reconcile import reconcile
from sources.record import Record, Stage

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def claim(field: str, value: str, record: str, text: str = "") -> Claim:
    source = record.partition(":")[0]
    return Claim(
        field=field,
        value=value,
        text=text or value,
        record=record,
        source=source,
        kind=source,
        voice=source,
        where=f"{source}.md:7",
        seen="2026-11-20",
    )


def agreed(field: str, value: str, records: Iterable[str], text: str = "") -> Settled:
    """A field that every record states alike."""
    return Settled(field, text or value, tuple(claim(field, value, r, text) for r in records))


def disputed(
    field: str, kept: str, struck: str, records: Sequence[str], rule: str = "over_before_posted"
) -> Settled:
    """A field of which the first record says what was struck; without a rule it is open."""
    first, *rest = records
    standing = tuple(claim(field, kept, r) for r in rest)
    if not rule:
        return Settled(field, kept, (claim(field, struck, first), *standing), state=State.OPEN)
    lost = ((claim(field, struck, first), rule),)
    return Settled(field, kept, standing, lost, State.SETTLED, rule, f"{kept} it is.")


def version(
    stage: Stage, venue: str, year: str, records: Sequence[str], *fields: Settled, slot: str = ""
) -> Version:
    found = {"year": agreed("year", year, records)} if year else {}
    found["venue"] = agreed("venue", venue.casefold(), records)
    return Version(
        stage=stage,
        venue_key=venue.casefold(),
        venue=venue,
        slot=slot or str(stage),
        fields=found | {settled.field: settled for settled in fields},
        records=tuple(sorted(records)),
    )


def preprint(arxiv: str, records: Sequence[str]) -> Version:
    year = f"20{arxiv[:2]}"
    return version(Stage.PREPRINT, "arXiv", year, records, agreed("arxiv", arxiv, records))


def work(
    records: Sequence[str],
    title: str = "A Title of Words",
    *versions: Version,
    names: Sequence[str] = ("Doe, Jane",),
    gone: bool = False,
) -> Work:
    """A work whose last version is its headline."""
    records = tuple(sorted(records))
    versions = versions or (version(Stage.CONFERENCE, "CVPR", "2022", records),)
    return Work(
        records=records,
        title=agreed("title", title.casefold(), records, title),
        authors=agreed("authors", "; ".join(names), records),
        names=tuple(names),
        authors_complete=True,
        versions=versions,
        headline=len(versions) - 1,
        gone=gone,
    )


def canon_of(*works: Work) -> Canon:
    """The works with a conflict for every disputed field of a version."""
    conflicts = [
        Conflict(
            kind="field",
            field=settled.field,
            slot=version.slot,
            works=(one.records[0],),
            claims=(*((c, "") for c in settled.standing), *settled.struck),
            state=settled.state,
            proposed=settled.value,
            rule=settled.rule,
            why=settled.why,
        )
        for one in works
        for version in one.versions
        for settled in version.fields.values()
        if settled.disputed
    ]
    return Canon(tuple(works), tuple(conflicts))


def named(key: str, title: str = "A Title of Words") -> Record:
    source, _, id = key.partition(":")
    return Record(source, id, source, title, where=f"{source}.md", line=7)


def keep(connection: Connection, *keys: str) -> int:
    """A run in which every source sent these records of its own."""
    run = start_run(connection, NOW)
    for source in sorted({key.partition(":")[0] for key in keys}):
        records = [named(key) for key in keys if key.startswith(f"{source}:")]
        save_source(connection, source, source, records, [], run, TODAY)
    finish_run(connection, run, NOW, "done", {})
    return run


def rule(connection: Connection, kind: str, *records: str) -> Decision:
    return add_decision(connection, Decision(kind, records), NOW)


def sync(connection: Connection, *records: Record) -> list[Change]:
    """What a sync does between the network and the .bib."""
    run = start_run(connection, NOW)
    for source in sorted({one.source for one in records}):
        sent = [one for one in records if one.source == source]
        save_source(connection, source, source, sent, [], run, TODAY)
    return settle(connection, run)


def settle(connection: Connection, run: int = 0) -> list[Change]:
    """Publish what records and decisions make, in a run of its own if none is named."""
    canon = reconcile(load_records(connection), load_decisions(connection))
    return publish(connection, canon, run or start_run(connection, NOW))
