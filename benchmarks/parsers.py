"""Every adapter as a function of bytes, and the pages that mutations start from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from harvester.adapters import ADAPTERS, Wanted
from harvester.recordtext import content
from sources.contract import Page, Source, SourceError
from sources.record import Record

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
OWNER = ("Hrayr Harutyunyan", "H. Harutyunyan")
_MORE = {
    "arxiv": ("demo/pages/arxiv*.xml",),
    "openreview": ("demo/pages/openreview*.json",),
    "scholar": ("demo/exports/*",),
    "page": ("demo/*.md", "homepage/*.md"),
    "bibtex": ("demo/bibtex/*.bib",),
}
"""Where an adapter's pages stand besides fixtures/<adapter>."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A page that is as it should be, or oddly so."""

    where: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parser:
    """One adapter, and its seeds."""

    name: str
    seeds: tuple[Seed, ...]

    def read(self, where: str, body: bytes) -> int:
        """How many records and omissions a page holds; 0 for one that is refused.

        Raises whatever the adapter raises but SourceError, and what the ledger would raise in
        keeping what was read.
        """
        count = 0
        try:
            for item in self._source().parse(Page(where, body)):
                text = content(item) if isinstance(item, Record) else f"{item.where}{item.reason}"
                text.encode()
                count += 1
        except SourceError as error:
            str(error).encode()
        return count

    def _source(self) -> Source:
        """A new one each time: some remember what they have read, to tell twins apart."""
        settings = {"path": "x"}
        wanted = Wanted(self.name, settings, FIXTURES, OWNER, http=_nobody)
        return ADAPTERS[self.name].make(wanted)


def _nobody() -> NoReturn:
    raise AssertionError("a parser asked for the network")


def parsers() -> tuple[Parser, ...]:
    """All of them, each with its pages in fixtures/."""
    return tuple(Parser(name, tuple(_seeds(name))) for name in ADAPTERS)


def _seeds(name: str) -> Iterator[Seed]:
    for pattern in (f"{name}/*", *_MORE.get(name, ())):
        for file in sorted(FIXTURES.glob(pattern)):
            if file.is_file() and not file.name.endswith((".expected.json", "README.md")):
                yield Seed(file.name, file.read_bytes())
