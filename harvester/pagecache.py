"""Answers of the network kept in the ledger, so that an unchanged page need not be sent again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from db.store import Store, table
from harvester.ledger import moment
from sources.answer import Stored

_PAGE = table("page")


class PageCache:
    """A `sources.answer.Cache`. Each call is a transaction of its own, so that none is open
    while the network is asked.
    """

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = moment(now)

    def get(self, url: str) -> Stored | None:
        """The last answer of this URL that had a validator."""
        with self._store.transaction() as connection:
            row = connection.execute(select(_PAGE).where(_PAGE.c.url == url)).first()
        if row is None:
            return None
        return Stored(row.body, row.content_type, row.etag, row.last_modified)

    def put(self, url: str, stored: Stored) -> None:
        """Keep an answer in place of the earlier one."""
        values = {
            "etag": stored.etag,
            "last_modified": stored.last_modified,
            "content_type": stored.content_type,
            "body": stored.body,
            "fetched_at": self._now,
        }
        keep = insert(_PAGE).values(url=url, **values)
        with self._store.transaction() as connection:
            connection.execute(keep.on_conflict_do_update(index_elements=["url"], set_=values))
