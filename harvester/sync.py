"""`harvest sync` as a straight line: sources read, records kept, the canon derived, the .bib
written. The same line, without the sources, follows every decision.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from db.files import StoreError, atomic_write, lock
from db.reading import open_for_reading
from db.store import Store, open_store
from harvester import decisions, ledger, pagefiles, publish, shelf
from harvester.bib import MADE_BY, write_bib
from harvester.canon import Decision
from harvester.changes import Change
from harvester.config import Config, SourceSettings, build
from harvester.network import Network
from harvester.pagecache import PageCache
from harvester.reconcile import reconcile
from harvester.venues import full_name
from sources.contract import Page, Source, SourceError
from sources.record import Record, Skipped


@dataclass(frozen=True, slots=True)
class Errand:
    """What one sync is asked to do."""

    config: Config
    chosen: tuple[SourceSettings, ...]
    now: datetime
    keep: Path | None = None
    """Write each page here as it came."""
    replay: Path | None = None
    """Read the pages that were kept here, and ask no network."""
    accept: frozenset[str] = frozenset()
    """Names of the sources of which a person said that they did shrink."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run did."""

    changes: tuple[Change, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    """What could not be read or is not listed, as far as the last run did not say so."""
    failures: tuple[SourceError, ...] = ()
    read: int = 0
    """Sources that landed."""
    records: int = 0
    works: int = 0

    @property
    def exit_code(self) -> int:
        """0 done; 1 done, but a source failed; 3 nothing could be done."""
        if not self.failures:
            return 0
        return 1 if self.read else 3


def sync(errand: Errand, say: Callable[[str], None] = lambda line: None) -> Outcome:
    """Read the chosen sources and publish the canon. `say` is told what is being done.

    Raises Locked or StoreError; what a source does wrong is in the outcome.
    """
    config, now = errand.config, errand.now
    skipped: list[Skipped] = []
    failures: list[SourceError] = []
    with workspace(config) as store:
        with store.transaction() as connection:
            run = ledger.start_run(connection, now)
            ledger.retire_sources(connection, [s.name for s in config.sources], run)
        with Network(config.contact, PageCache(store, now)) as network:
            for settings in errand.chosen:
                say(f"reading {settings.name}")
                try:
                    source = build(config, settings, network.http)
                    skipped += _land(store, source, errand, run)
                except SourceError as error:
                    failures.append(error)
                    with store.transaction() as connection:
                        ledger.fail_source(
                            connection, settings.name, settings.adapter, str(error), run
                        )
        say("reconciling")
        with store.transaction() as connection:
            changes, records, works = _derive(connection, run)
            counts = {"records": records, "works": works, "failed": len(failures)}
            outcome = "source_failed" if failures else "done"
            ledger.finish_run(connection, run, now, outcome, counts)
        write_canonical_bib(config)
    read = len(errand.chosen) - len(failures)
    return Outcome(tuple(changes), tuple(skipped), tuple(failures), read, records, works)


def rehearse(errand: Errand, say: Callable[[str], None] = lambda line: None) -> Outcome:
    """What a sync would do, done to a copy that is thrown away."""
    config = errand.config
    with tempfile.TemporaryDirectory(prefix="harvest-") as folder:
        copy = replace(config, database=Path(folder) / "canon.db", bib=Path(folder) / "canon.bib")
        if config.database.exists():
            with (
                open_for_reading(config.database) as original,
                closing(sqlite3.connect(copy.database)) as target,
            ):
                original.backup(target)
        return sync(replace(errand, config=copy), say)


def decide(config: Config, decision: Decision, now: datetime) -> tuple[Decision, list[Change]]:
    """Keep a decision and publish what follows. Raises DecisionError, Locked, StoreError."""
    with workspace(config) as store:
        with store.transaction() as connection:
            kept = decisions.add_decision(connection, decision, now)
            changes = republish(connection, now)
        write_canonical_bib(config)
    return kept, changes


def undo(config: Config, now: datetime, id: int | None) -> tuple[Decision, list[Change]]:
    """Take a decision back, the last if no number is given, and publish what follows."""
    with workspace(config) as store:
        with store.transaction() as connection:
            lost = decisions.undo_decision(connection, now, id)
            changes = republish(connection, now)
        write_canonical_bib(config)
    return lost, changes


def bib_text(database: Path) -> str:
    """The canonical .bib of a database."""
    with open_for_reading(database) as connection:
        return write_bib(shelf.listed(connection), full_name)


def write_canonical_bib(config: Config) -> bool:
    """Bring the .bib up to date; False, and the file untouched, if it was."""
    return atomic_write(config.bib, bib_text(config.database).encode("ascii"))


@contextmanager
def workspace(config: Config) -> Iterator[Store]:
    """The workspace's database, held alone. Raises Locked, StoreError."""
    refuse_foreign(config.bib)
    with lock(config.database), open_store(config.database) as store:
        yield store


def refuse_foreign(bib: Path) -> None:
    """A .bib that somebody else wrote is not ours to overwrite. Raises StoreError."""
    try:
        with bib.open("rb") as file:
            first = file.readline(200).decode("ascii", "replace")
    except OSError:
        return
    if first and not first.startswith(MADE_BY):
        reason = "was not written by harvest; move it away, or name another (bib in harvest.toml)"
        raise StoreError(bib.name, reason)


def _pages(source: Source, errand: Errand) -> Iterator[Page]:
    found = pagefiles.replay(errand.replay, source.name) if errand.replay else source.pages()
    return pagefiles.keep(errand.keep, source.name, found) if errand.keep else iter(found)


def _land(store: Store, source: Source, errand: Errand, run: int) -> list[Skipped]:
    """Read a source to the end, then keep what it sent in one transaction.

    Returns what it skipped that it had not skipped before.
    """
    records: list[Record] = []
    skipped: list[Skipped] = []
    for page in _pages(source, errand):
        for item in source.parse(page):
            if isinstance(item, Record):
                records.append(item)
            else:
                skipped.append(item)
    if source.kind == "page" and not records and not skipped:
        reason = "nothing in it can be read as a publication; is it the right file or address?"
        skipped.append(Skipped(source.name, source.name, reason))
    with store.transaction() as connection:
        before = ledger.load_skipped(connection, source.name)
        ledger.save_source(
            connection,
            source.name,
            source.kind,
            records,
            skipped,
            run,
            errand.now.date(),
            shrunken=source.name in errand.accept,
        )
    return [item for item in skipped if item not in before]


def _derive(connection: Connection, run: int) -> tuple[list[Change], int, int]:
    records = ledger.load_records(connection)
    canon = reconcile(records, decisions.load_decisions(connection))
    return publish.publish(connection, canon, run), len(records), len(canon.works)


def republish(connection: Connection, now: datetime) -> list[Change]:
    """Derive the canon from the records that are kept and the decisions that hold, as a run."""
    run = ledger.start_run(connection, now)
    changes, records, works = _derive(connection, run)
    ledger.finish_run(connection, run, now, "decided", {"records": records, "works": works})
    return changes
