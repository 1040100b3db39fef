"""Google Scholar profile exports: what Scholar says of a person, in a file that they saved.

There is no other door: Scholar has no API and answers programs with captchas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sources.bibtex_entries import decode
from sources.bibtex_records import as_records, records_of, with_ids
from sources.contract import Page, SourceError
from sources.export_authors import author_list
from sources.exports import newest_page
from sources.files import refuse_web_page
from sources.foreign import refuse_foreign
from sources.identity import Twins
from sources.record import Record, Skipped, Stage
from sources.scholar_rows import has_columns, is_scraped, rows_of
from sources.tagged import begins_tagged, holds_tagged, read_tagged

_BIBTEX_ENTRY = re.compile(r"(?m)^[^\S\n]*@\w+\s*[{(]")
_SUFFIXES = (".bib", ".csv", ".ris", ".enw")

_Reader = Callable[[str, str, str, str], Iterator[Record | Skipped]]


class ScholarSource:
    """An export of a profile in one of Scholar's four formats, which its content tells."""

    kind = "scholar"

    def __init__(self, name: str, path: str, base: Path) -> None:
        self.name = name
        self._path = path
        self._base = base
        self._twins = Twins()
        self._older: tuple[str, str] | None = None

    def pages(self) -> Iterator[Page]:
        """One page: the file, or the newest of a folder or glob. Raises SourceError if none."""
        self._twins = Twins()
        page, said = newest_page(self._path, self._base, _SUFFIXES)
        self._older = (page.where, said) if said else None
        yield page

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record a row or entry. Raises SourceError for a page that is no export."""
        refuse_foreign(page, {"scholar", "bibtex"})
        text = decode(page.body)
        read = _reader(text, page.where)
        found = list(read(text, self.name, self.kind, page.where))
        if self._older and self._older[0] == page.where:
            yield Skipped(self.name, self._path, self._older[1], fault=False)
        yield from with_ids(found, page.where, self._twins, _kind)


def _reader(text: str, where: str) -> _Reader:
    refuse_web_page(text, where)
    if has_columns(text):
        return rows_of
    if is_scraped(text):
        raise SourceError(
            where,
            "is a list that a program read off the profile's page, where author lists and venues "
            "are cut; export the profile instead, as BibTeX or CSV",
        )
    if begins_tagged(text):
        return _tagged
    if _BIBTEX_ENTRY.search(text):
        return records_of
    if holds_tagged(text):
        return _tagged
    raise SourceError(
        where,
        "is no Scholar export: it has no entry of BibTeX, RefMan or EndNote, and its first line "
        "does not name the columns Authors, Title and Publication",
    )


def _tagged(text: str, source: str, kind: str, where: str) -> Iterator[Record | Skipped]:
    return as_records(read_tagged(text), author_list, source, kind, where)


def _kind(record: Record) -> str:
    """All that a row can say of its kind, so that .bib and .csv give one id."""
    stages = [appearance.stage for appearance in record.appearances]
    return Stage.PREPRINT if stages[:1] == [Stage.PREPRINT] else "publication"
