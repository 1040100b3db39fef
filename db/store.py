"""The database for those who write: one file, opened carefully, one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import SQLModel

from db import tables
from db.files import StoreError
from db.reading import SCHEMA, damaged, refuse_newer, schema_of

Row = Mapping[str, Any]

_PRAGMAS = (
    "journal_mode=WAL",
    # FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when power fails, and
    # decisions and citation keys can be asked for nowhere else. A sync commits a few times,
    # so the price is a few waits for the disk.
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
)


class Store:
    """An open database of the newest schema. Hold the workspace's lock while it is open."""

    def __init__(self, path: Path) -> None:
        """Create the file, or open it and bring its schema up to date. Raises StoreError."""
        self.path = path
        if not path.parent.is_dir():
            raise StoreError(path, "its folder does not exist; make it, or name another file")
        behind = _examine(path) != SCHEMA
        if behind:
            from db.upgrade import upgrade

            upgrade(path)
        self._engine = engine(path)
        # Derived tables may be dropped by anyone: the next sync fills them again.
        with self.transaction() as connection:
            SQLModel.metadata.create_all(connection, [table(name) for name in tables.DERIVED])

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it or nothing. The write lock is taken at once, so a read is still true
        when what was made of it is written (STACK 3).
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            if error.orig is not None and _is_of_the_file(error.orig):
                raise damaged(self.path, error.orig) from error
            raise

    def close(self) -> None:
        """Let go of the file; SQLite folds the log into it."""
        self._engine.dispose()


def _is_of_the_file(error: BaseException) -> bool:
    """Whether the file or the disk is at fault, and not a statement of ours."""
    if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        return False
    return isinstance(error, sqlite3.DatabaseError) and "no such" not in str(error)


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """A Store that is closed at the end."""
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


def _examine(path: Path) -> str:
    """The file's schema, '' for a new one. Raises StoreError if it cannot be used."""
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            schema = schema_of(path, connection)
            refuse_newer(path, schema)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    if found != "ok":
        raise damaged(path, sqlite3.DatabaseError(found))
    return schema


def engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions are SQLite's own, begun with BEGIN IMMEDIATE.

    Without foreign keys it is for migrations alone, on one connection: recreating a table
    with them on deletes the rows that refer to it (STACK 3).
    """
    pool = QueuePool if foreign_keys else NullPool
    made = create_engine(f"sqlite:///{path}", poolclass=pool)

    @event.listens_for(made, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Python's sqlite3 would begin transactions late and never around DDL (STACK 3).
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            if foreign_keys or not pragma.startswith("foreign_keys"):
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def table(name: str) -> Table:
    """A table of db.tables by its name."""
    return SQLModel.metadata.tables[name]


def replace_derived(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> int:
    """Make every derived table hold exactly these rows; equal rows are not touched.

    Returns how many rows were written or removed. References may point anywhere until the
    transaction ends.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    return sum(_replace(connection, table(name), rows.get(name, ())) for name in tables.DERIVED)


def _replace(connection: Connection, into: Table, rows: Sequence[Row]) -> int:
    names = [column.name for column in into.columns]
    at = [names.index(column.name) for column in into.primary_key.columns]
    held = {tuple(row[i] for i in at): tuple(row) for row in connection.execute(into.select())}
    wanted = {}
    for row in rows:
        values = tuple(row[name] for name in names)
        wanted[tuple(values[i] for i in at)] = values
    if len(wanted) != len(rows):
        raise ValueError(f"two rows of table {into.name} have one key")
    stale = [key for key, values in held.items() if wanted.get(key) != values]
    new = [values for key, values in wanted.items() if held.get(key) != values]
    if stale:
        where = " AND ".join(f'"{names[i]}" = ?' for i in at)
        connection.exec_driver_sql(f'DELETE FROM "{into.name}" WHERE {where}', stale)  # noqa: S608
    if new:
        connection.execute(into.insert(), [dict(zip(names, values, strict=True)) for values in new])
    return len(stale) + len(new)
