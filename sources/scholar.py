"""Google Scholar profile exports: what Scholar says of a person, in a file that they saved.

There is no other door: Scholar has no API and answers programs with captchas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sources.bibtex_entries import decode
from sources.bibtex_records import records_of, with_ids
from sources.contract import Page, SourceError
from sources.files import refuse_web_page, saved_pages
from sources.identity import Twins
from sources.record import Record, Skipped, Stage
from sources.scholar_rows import has_columns, rows_of

_BIBTEX_ENTRY = re.compile(r"(?m)^\s*@\w+\s*[{(]")
_REFMAN = re.compile(r"\s*TY {1,2}- ")
_ENDNOTE = re.compile(r"\s*%0 ")

_Reader = Callable[[str, str, str, str], Iterator[Record | Skipped]]


class ScholarSource:
    """An export of a profile, `.bib` or `.csv`; what a file is its content says, not its name."""

    kind = "scholar"

    def __init__(self, name: str, path: str, base: Path) -> None:
        self.name = name
        self._path = path
        self._base = base
        self._twins = Twins()

    def pages(self) -> Iterator[Page]:
        """One page a file. Raises SourceError if there is none."""
        self._twins = Twins()
        yield from saved_pages(self._path, self._base, (".bib", ".csv"))

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record a row or entry. Raises SourceError for a page that is no export."""
        text = decode(page.body)
        read = _reader(text, page.where)
        found = list(read(text, self.name, self.kind, page.where))
        yield from with_ids(found, page.where, self._twins, _kind)


def _reader(text: str, where: str) -> _Reader:
    refuse_web_page(text, where)
    if has_columns(text):
        return rows_of
    if _BIBTEX_ENTRY.search(text):
        return records_of
    if _REFMAN.match(text) or _ENDNOTE.match(text):
        raise SourceError(where, "is a RefMan or EndNote export; export as BibTeX or CSV instead")
    raise SourceError(
        where,
        "is no Scholar export: it has no BibTeX entry, and its first line does not name the "
        "columns Authors, Title and Publication",
    )


def _kind(record: Record) -> str:
    """All that a row can say of its kind, so that .bib and .csv give one id."""
    stages = [appearance.stage for appearance in record.appearances]
    return Stage.PREPRINT if stages[:1] == [Stage.PREPRINT] else "publication"
