"""What the records of a work say, whole, for those who only read. Plain sqlite3, as the shelf."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from harvester import recordtext
from sources.record import Record


def statements(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Record]:
    """The records of these keys as they said it last, in the order of the keys."""
    found = []
    for key in keys:
        row = connection.execute(
            "SELECT revision.*, record.source, record.id, record.gone_since FROM revision"
            " JOIN record ON record.key = revision.record WHERE record.key = ?"
            " ORDER BY number DESC LIMIT 1",
            (key,),
        ).fetchone()
        if row:
            gone = row["gone_since"] is not None
            texts = (row["content"], row["position"], row["first_seen"])
            found.append(recordtext.restore(row["source"], row["id"], *texts, gone))
    return found
