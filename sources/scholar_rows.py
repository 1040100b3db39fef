"""The rows of a Google Scholar CSV export, each as a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from sources.bibtex_authors import AuthorList
from sources.bibtex_entries import BibEntry, BibField
from sources.bibtex_records import record_of
from sources.names import parse_author
from sources.record import Record, Skipped

_FIELDS = {
    "authors": "author",
    "title": "title",
    "publication": "journal",
    "volume": "volume",
    "number": "number",
    "pages": "pages",
    "year": "year",
    "publisher": "publisher",
}
_NEEDED = {"authors", "title", "publication"}
_MOST_AUTHORS = 10
"""Scholar cuts a longer list without a sign (FORMATS 3.1)."""
_MOST_LINES = 5
"""Of one row. A quote that is never closed costs its own line, not the rest of the file."""
_SCHOOL = re.compile(r"(?i)\b(universit|college\b|institute of technology|école|polytechni|eth\b)")


def has_columns(text: str) -> bool:
    """Whether the first line names the columns of an export, in any order and with others."""
    return {name.strip().lower() for name in _header(text)} >= _NEEDED


def rows_of(text: str, source: str, kind: str, where: str) -> Iterator[Record | Skipped]:
    """What a CSV text holds, in order; the records still lack their ids."""
    columns = [name.strip().lower() for name in _header(text)]
    for line, raw, cells in _rows(text):
        place = f"{where}:{line}"
        if cells is None:
            yield Skipped(source, place, "quotes in this row do not match; skipped")
        elif len(cells) > len(columns):
            reason = f"row has {len(cells)} cells for {len(columns)} columns; skipped"
            yield Skipped(source, place, reason)
        else:
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if row.get("title"):
                yield _record(row, line, raw, source, kind, where)
            else:
                yield Skipped(source, place, "row has no title; skipped")


def _header(text: str) -> list[str]:
    return next(csv.reader(text.lstrip().split("\n", 1)[:1]), [])


def _rows(text: str) -> Iterator[tuple[int, str, list[str] | None]]:
    """(line, verbatim, cells) of every row but the first; None for cells that cannot be told."""
    lines = text.split("\n")
    at = len(text[: len(text) - len(text.lstrip())].split("\n"))
    while at < len(lines):
        reader = csv.reader(
            (line + "\n" for line in islice(lines, at, at + _MOST_LINES)), strict=True
        )
        cells: list[str] | None = None
        try:
            cells = next(reader, [])
            used = reader.line_num
        except csv.Error:
            used = 1
        if cells is None or any(cells):
            yield at + 1, "\n".join(lines[at : at + used]), cells
        at += used


def _record(row: dict[str, str], line: int, raw: str, source: str, kind: str, where: str) -> Record:
    fields = {
        _FIELDS[name]: BibField(value, line)
        for name, value in row.items()
        if name in _FIELDS and value
    }
    # A thesis is a row without publication whose publisher is a university.
    thesis = "journal" not in fields and _SCHOOL.search(row.get("publisher", ""))
    if thesis:
        fields["school"] = fields.pop("publisher")
    entry = BibEntry("thesis" if thesis else "", "", fields, line, raw)
    return record_of(entry, source, kind, where, _authors(row["authors"]))


def _authors(text: str) -> AuthorList:
    names = [name for name in text.split(";") if name.strip()]
    authors = tuple(author for name in names if (author := parse_author(name)))
    return AuthorList(authors, 0 < len(names) < _MOST_AUTHORS)
