"""BibTeX files of one's own: a file, a folder of them, or a glob."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sources.bibtex_entries import decode
from sources.bibtex_records import records_of, with_ids
from sources.contract import Page
from sources.files import refuse_web_page, saved_pages
from sources.foreign import refuse_foreign
from sources.identity import Twins
from sources.record import Record, Skipped, Stage


class BibtexSource:
    """Every entry of every `.bib` file under one path. An entry's own key is no identity."""

    kind = "bibtex"

    def __init__(self, name: str, path: str, base: Path) -> None:
        self.name = name
        self._path = path
        self._base = base
        self._twins = Twins()

    def pages(self) -> Iterator[Page]:
        """One page a file, in the order of their paths. Raises SourceError if there is none."""
        self._twins = Twins()
        yield from saved_pages(self._path, self._base, (".bib", ".bibtex"))

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record an entry. Raises SourceError for a page that is something else."""
        refuse_foreign(page, {"bibtex"})
        text = decode(page.body)
        refuse_web_page(text, page.where)
        found = list(records_of(text, self.name, self.kind, page.where))
        if not found:
            found = [Skipped(self.name, page.where, "no BibTeX entry in this file")]
        yield from with_ids(found, page.where, self._twins, _kind)


def _kind(record: Record) -> str:
    stages = [appearance.stage for appearance in record.appearances]
    return (stages and stages[0]) or Stage.OTHER
