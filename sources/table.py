"""Tables of publications in CSV, of any program: the first line names the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape

from sources.bibtex_entries import BibEntry, BibField, decode
from sources.bibtex_records import record_of
from sources.contract import SourceError
from sources.mojibake import mended
from sources.record import Record, Skipped
from sources.table_authors import author_list, has_inner_commas

COLUMNS = ("id", "source", "title", "authors", "venue", "year")
"""What a table is expected to name; all but the title may be missing."""
_NAMES = {
    "authors": "author",
    "venue": "journal",
    "publication": "journal",
    "entrytype": "type",
}
_FIELDS = frozenset(
    "title author journal booktitle school institution year month date volume number issue pages "
    "publisher doi arxiv eprint url note".split()
)
"""What of a row is read as the field of a BibTeX entry by that name."""
_NOTHING = frozenset("unknown nan none null n/a - --".split())
"""What programs write into a cell that has no value."""
_SIGNS = re.compile(r"\W")
_PAGES = re.compile(r"(?i)^\W*(?:pages?|pp?)\b[\s.:]*")
_KINDS = {
    "journalarticle": "article",
    "conferencepaper": "inproceedings",
    "proceedingsarticle": "inproceedings",
    "bookchapter": "incollection",
    "dissertation": "thesis",
}
"""Crossref's and Zotero's types, without hyphens, as BibTeX calls them."""
_MOST_LINES = 100
"""Of one row: cells hold whole abstracts. A quote that is never closed costs its own line."""
_SEPARATORS = ",;\t"


def read_table(body: bytes, where: str) -> Iterator[Record | Skipped]:
    """A record a row, under its `id` as it stands, or without one the number of the row.

    Mojibake is read as it was meant, and said.
    Ids may repeat. A row without `source` is of the source that the file is called. Raises
    SourceError if the first line names no title.
    """
    text = decode(body)
    head, columns, separator = _head(text, where)
    rows = list(_rows(text[head:], separator, text.count("\n", 0, head)))
    at = columns.index("author") if "author" in columns else -1
    inner_commas = at >= 0 and has_inner_commas(
        cells[at] for _, _, cells in rows if cells and len(cells) > at
    )
    for number, (line, raw, cells) in enumerate(rows, 1):
        if cells is None:
            reason = "quotes in this row do not match; skipped"
            if len(raw) > csv.field_size_limit():
                reason = f"a cell has more than {csv.field_size_limit()} letters; skipped"
            yield Skipped(where, f"{where}:{line}", reason)
        elif any(cells[len(columns) :]):
            reason = f"row has {len(cells)} cells for {len(columns)} columns; skipped"
            yield Skipped(where, f"{where}:{line}", reason)
        else:
            row = dict(zip(columns, cells, strict=False))
            entry, said = mended(_entry(row, BibEntry("", str(number), {}, line, raw)))
            yield _record(row, entry, where, inner_commas)
            for one in said:
                yield Skipped(where, f"{where}:{one.line}", one.reason, fault=False)


def is_table(text: str) -> bool:
    """Whether the first line names a title."""
    return bool(_columns(text)[0])


def _head(text: str, where: str) -> tuple[int, list[str], str]:
    """Where the rows begin, the columns by the names that we give them, and what parts them."""
    columns, separator = _columns(text)
    if not columns:
        wanted = ", ".join(COLUMNS)
        raise SourceError(where, f"its first line names no column 'title'; expected {wanted}")
    blank = len(text) - len(text.lstrip("\n"))
    end = text.find("\n", blank)
    return (end + 1 if end >= 0 else len(text)), columns, separator


def _columns(text: str) -> tuple[list[str], str]:
    first = text.lstrip("\n").split("\n", 1)[0]
    for separator in _SEPARATORS:
        names = next(csv.reader([first], delimiter=separator), [])
        columns = [_NAMES.get(name, name) for name in (n.strip().lower() for n in names)]
        if "title" in columns and (len(columns) > 1 or separator == _SEPARATORS[-1]):
            return columns, separator
    return [], ""


def _rows(text: str, separator: str, before: int) -> Iterator[tuple[int, str, list[str] | None]]:
    """(line, verbatim, cells) of every row that says anything; None for cells that cannot
    be told.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        row = (line + "\n" for line in lines[at : at + _MOST_LINES])
        reader = csv.reader(row, delimiter=separator, strict=True)
        cells: list[str] | None = None
        used = 1
        try:
            cells = next(reader, [])
            used = reader.line_num
        except csv.Error:
            pass
        if cells is None or any(cells):
            yield before + at + 1, "\n".join(lines[at : at + used]), cells
        at += used


def _entry(row: dict[str, str], bare: BibEntry) -> BibEntry:
    """What the row says; `bare` is the entry that it stands for, still without that."""
    said = {name: _said(value) for name, value in row.items() if value and name in _FIELDS}
    said["title"] = _text(row["title"])
    if "pages" in said:
        said["pages"] = _PAGES.sub("", said["pages"]).strip(" .,\"'")
    fields = {name: BibField(value, bare.line) for name, value in said.items() if value}
    kind = _SIGNS.sub("", row.get("type", "")).lower()
    return BibEntry(_KINDS.get(kind, kind), bare.key, fields, bare.line, bare.raw)


def _record(row: dict[str, str], entry: BibEntry, where: str, inner_commas: bool) -> Record:
    stated = entry.fields.get("author")
    people = author_list(stated.value if stated else "", inner_commas=inner_commas)
    source = row.get("source", "") or where.rpartition("/")[2]
    return record_of(entry, source, "table", where, people, row.get("id") or entry.key)


def _text(cell: str) -> str:
    if "&" in cell:
        cell = unescape(cell)
    return " ".join(cell.split()).rstrip(" ,;")


def _said(cell: str) -> str:
    text = _text(cell)
    return "" if text.lower() in _NOTHING else text
