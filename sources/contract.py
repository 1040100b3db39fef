"""What an adapter is: bytes are fetched in one method and read in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sources.record import Record, Skipped


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a source as it came: what fixtures hold, --keep writes and --replay reads."""

    where: str
    """File name as the user gave it, or URL."""
    body: bytes
    fetched_at: datetime | None = None
    """Aware; None where it does not matter (a file)."""


class Source(Protocol):
    """A configured place that says things."""

    @property
    def name(self) -> str:
        """As configured; the first half of every record's key."""
        ...

    @property
    def kind(self) -> str:
        """The adapter's name in harvest.toml."""
        ...

    def pages(self) -> Iterator[Page]:
        """Fetch the whole list, every time: all the I/O with the world. Raises SourceError."""
        ...

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """Read one page; pure. A bad entry is yielded as Skipped, with place and reason.

        Raises SourceError if the page is not what it should be.
        """
        ...


class SourceError(Exception):
    """A source could not be read. Nothing of what was known from it changes."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
