"""The database for those who only look: plain sqlite3, nothing created, nothing changed.

Standard library only: SQLModel costs a quarter of a second to import (STACK 3).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.files import StoreError

SCHEMA = "0001"
"""The newest schema this program knows: the last file in migrations/versions."""

_MAGIC = b"SQLite format 3\0"
_RESTORE = "put a copy back in its place, or move it away and sync anew"


@contextmanager
def open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Look into the database as it was committed last; rows can be read by column name.

    Raises StoreError for a file that is missing, not ours, damaged, or of another schema.
    """
    if not path.exists():
        raise StoreError(path, "there is no database yet; run `harvest sync`")
    # A reader of a WAL database in mode=ro makes a -wal and a -shm file and leaves them behind
    # (SQLite 3.40), and cannot open it at all in a folder it may not write to. Without a -wal
    # file no writer has the database open and the main file is complete: it may be read as
    # immutable. The stamp notices a writer who came in between and folded its log in.
    alone, before = not path.with_name(path.name + "-wal").exists(), _stamp(path)
    try:
        with closing(_connect(path, "mode=ro&immutable=1" if alone else "mode=ro")) as connection:
            _require_current(path, schema_of(path, connection))
            yield connection
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    finally:
        if alone and _stamp(path) != before:
            raise StoreError(path, "was written while it was being read; run the command again")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=5)
    connection.row_factory = sqlite3.Row
    return connection


def schema_of(path: Path, connection: sqlite3.Connection) -> str:
    """The schema the database has; '' for one without any table. StoreError if it is not ours."""
    if _first_bytes(path) not in (_MAGIC, b""):
        raise StoreError(path, "is not a SQLite database; move it away, or name another file")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return ""
    if not {"alembic_version", "record"} <= tables:
        raise StoreError(path, "is a database of another program; name another file")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise StoreError(path, f"is incomplete, its schema has no number; {_RESTORE}")
    return str(found[0])


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC))
    except OSError as error:
        raise StoreError(path, f"cannot be opened ({error.strerror})") from error


def _require_current(path: Path, schema: str) -> None:
    refuse_newer(path, schema)
    if schema != SCHEMA:
        raise StoreError(path, "has the tables of an older harvest; run `harvest sync` once")


def refuse_newer(path: Path, schema: str) -> None:
    """Raise StoreError for a database that a newer program has written."""
    if schema > SCHEMA:
        reason = f"was written by a newer harvest (schema {schema}, this one knows {SCHEMA})"
        raise StoreError(path, f"{reason}; upgrade pubharvest")


def damaged(path: Path, error: Exception) -> StoreError:
    """The error to raise where SQLite cannot read its own file."""
    if "locked" in str(error):
        return StoreError(path, "another program is writing to it; try again when it is done")
    told = str(error).splitlines()[-1:] or ["no reason given"]
    if any(word in told[0] for word in ("full", "readonly", "disk I/O")):
        return StoreError(path, f"cannot be written ({told[0]}); what was committed is kept")
    return StoreError(path, f"cannot be read ({told[0]}); {_RESTORE}")


def _stamp(path: Path) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_size
