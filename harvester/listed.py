"""The published list as reading commands and exporters see it. Values only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version as reading commands and exporters see it."""

    stage: str
    venue: str = ""
    venue_key: str = ""
    track: str = ""
    year: int | None = None
    date: str = ""
    """ISO, as precise as it is known."""
    doi: str = ""
    arxiv: str = ""
    openreview: str = ""
    url: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A work as reading commands and exporters see it."""

    key: str
    """Citation key."""
    title: str
    authors: tuple[str, ...]
    authors_complete: bool
    versions: tuple[ListedVersion, ...]
    headline: int
    records: tuple[str, ...] = ()
    status: str = ""
    aliases: tuple[str, ...] = ()
    """Citation keys of works that were merged into this one."""
    disputed: tuple[str, ...] = ()
    """Fields with an open conflict: a stand-in is shown."""
    gone: bool = False

    @property
    def head(self) -> ListedVersion:
        """The headline version."""
        return self.versions[self.headline]

    def identifier(self, name: str) -> str:
        """The work's doi, arxiv or openreview id: the headline's, else another version's.

        A preprint's DOI (10.48550/…) never counts as the work's.
        """
        for version in (self.head, *self.versions):
            value: str = getattr(version, name)
            if value and not value.startswith("10.48550/"):
                return value
        return ""
