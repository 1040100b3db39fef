"""The rows of a Google Scholar CSV export, each as a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from sources.bibtex_entries import BibEntry, BibFault, BibField
from sources.bibtex_records import as_records
from sources.export_authors import author_list
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
    "doi": "doi",
}
"""Scholar's own columns, and the one that people add to identify a work."""
_NEEDED = {"authors", "title", "publication"}
_COUNTS = {"cited by", "citations", "cites", "citation count", "num citations", "scholar id"}
_SEPARATORS = ",;\t"
"""Spreadsheets in half of the world save with semicolons."""
_LONGEST_HEADER = 10_000
_MOST_LINES = 5
"""Of one row. A quote that is never closed costs its own line, not the rest of the file."""
_SCHOOL = re.compile(r"(?i)\b(universit|college\b|institute of technology|école|polytechni|eth\b)")


def has_columns(text: str) -> bool:
    """Whether the first line names the columns of an export, in any order and with others."""
    return set(_header(text)[0]) >= _NEEDED


def is_scraped(text: str) -> bool:
    """Whether the first line is of a list that some program read off the profile's web page."""
    columns = {name.replace("_", " ") for name in _header(text)[0]}
    return "title" in columns and bool(columns & _COUNTS) and not columns >= _NEEDED


def rows_of(text: str, source: str, kind: str, where: str) -> Iterator[Record | Skipped]:
    """What a CSV text holds, in order; the records still lack their ids."""
    return as_records(_entries(text), author_list, source, kind, where)


def _entries(text: str) -> Iterator[BibEntry | BibFault]:
    columns, separator = _header(text)
    for line, raw, cells in _rows(text, separator):
        if cells is None:
            yield BibFault(line, "quotes in this row do not match; skipped")
        elif any(cells[len(columns) :]):
            yield BibFault(line, f"row has {len(cells)} cells for {len(columns)} columns; skipped")
        else:
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            if row.get("title"):
                yield _entry(row, line, raw)
            else:
                yield BibFault(line, "row has no title; skipped")


def _header(text: str) -> tuple[list[str], str]:
    """The names of the columns in lower case, and what parts them."""
    first = text.lstrip()[:_LONGEST_HEADER].split("\n", 1)[:1]
    for separator in _SEPARATORS:
        names = next(csv.reader(first, delimiter=separator), [])
        columns = [name.strip().lower() for name in names]
        if "title" in columns:
            return columns, separator
    return [], ","


def _rows(text: str, separator: str) -> Iterator[tuple[int, str, list[str] | None]]:
    """(line, verbatim, cells) of every row but the first; None for cells that cannot be told."""
    lines = text.split("\n")
    at = len(text[: len(text) - len(text.lstrip())].split("\n"))
    while at < len(lines):
        some = (line + "\n" for line in lines[at : at + _MOST_LINES])
        reader = csv.reader(some, delimiter=separator, strict=True)
        cells: list[str] | None = None
        try:
            cells = next(reader, [])
            used = reader.line_num
        except csv.Error:
            used = 1
        if cells is None or any(cells):
            yield at + 1, "\n".join(lines[at : at + used]), cells
        at += used


def _entry(row: dict[str, str], line: int, raw: str) -> BibEntry:
    fields = {
        _FIELDS[name]: BibField(value, line)
        for name, value in row.items()
        if name in _FIELDS and value
    }
    # A thesis is a row without publication whose publisher is a university.
    thesis = "journal" not in fields and _SCHOOL.search(row.get("publisher", ""))
    if thesis:
        fields["school"] = fields.pop("publisher")
    return BibEntry("thesis" if thesis else "", "", fields, line, raw)
