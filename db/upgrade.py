"""Bringing the tables up to date. Imported only when they are behind: alembic is slow to load."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from db.files import StoreError
from db.reading import SCHEMA
from db.store import engine


def config() -> Config:
    """Alembic's settings, made here: no alembic.ini is needed or read."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def upgrade(path: Path) -> None:
    """Bring the file to the newest schema, all steps or none; copy it before if it holds data."""
    saved = _copy(path)
    settings = config()
    made = engine(path, foreign_keys=False)
    try:
        with made.begin() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreError(path, f"upgrade undone: rows of {broken[0][0]} refer to nothing")
    except DBAPIError as error:
        kept = f"; a copy is in {saved}" if saved else ""
        raise StoreError(path, f"upgrade undone ({error.orig}){kept}") from error
    finally:
        made.dispose()


def _copy(path: Path) -> Path | None:
    """Copy a database that holds data beside itself, log and all; None if there is none yet."""
    if not path.exists() or not path.stat().st_size:
        return None
    saved = path.with_name(f"{path.name}.before-{SCHEMA}")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(saved)) as new:
        old.backup(new)
    return saved
