"""What comes back from the network, and how an earlier answer is kept for a 304."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sources.contract import SourceError


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole body that one URL gave."""

    url: str
    """The last one, after redirects."""
    body: bytes
    content_type: str
    """As sent; services send XML as HTML and the other way round, so it is a hint only."""
    fetched_at: datetime


class RefusedError(SourceError):
    """The server answered, with a status that is an error. The body may say why."""

    def __init__(self, place: str, reason: str, status: int, body: bytes) -> None:
        super().__init__(place, reason)
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class Stored:
    """An earlier answer and what the server said it can be recognised by."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str


class Cache(Protocol):
    """Earlier answers by URL. Whoever syncs provides it: sources do not know where it is kept."""

    def get(self, url: str) -> Stored | None:
        """The last answer of this URL that had a validator."""
        ...

    def put(self, url: str, stored: Stored) -> None:
        """Keep an answer in place of the earlier one."""
        ...
