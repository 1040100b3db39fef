"""Tables of publications in CSV, of any program: the first line names the columns."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from sys import intern

from sources.bibtex_entries import BibEntry, BibFault, BibField, decode
from sources.bibtex_places import appearances
from sources.contract import SourceError
from sources.latex import to_text
from sources.mojibake import mended
from sources.record import Appearance, Record, Skipped
from sources.table_authors import author_list, has_inner_commas

COLUMNS = ("id", "source", "title", "authors", "venue", "year")
"""What a table is expected to name; all but the title may be missing."""
_NAMES = {
    "authors": "author",
    "venue": "journal",
    "publication": "journal",
    "publication title": "journal",
    "source title": "journal",
    "journal/book": "journal",
    "publication year": "year",
    "author(s)": "author",
    "entrytype": "type",
    "item type": "type",
    "document type": "type",
}
"""What Google Scholar, Zotero, Scopus and PubMed call the columns."""
_ENDS = ("page start", "page end")
"""Scopus parts the pages."""
_SEP = re.compile(r"\s*sep=[,;\t]\n")
"""What Excel writes above a table."""
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
    rows = deque(_rows(text[head:], separator, text.count("\n", 0, head)))
    at = columns.index("author") if "author" in columns else -1
    inner_commas = at >= 0 and has_inner_commas(
        cells[at] for _, _, cells in rows if cells and len(cells) > at
    )
    read = _Reader(where, columns, inner_commas)
    number = 0
    while rows:  # what has been read makes room for what is made of it
        line, raw, cells = rows.popleft()
        number += 1
        if cells is None:
            reason = "quotes in this row do not match; skipped"
            if len(raw) > csv.field_size_limit():
                reason = f"a cell has more than {csv.field_size_limit()} letters; skipped"
            yield Skipped(where, f"{where}:{line}", reason)
        elif any(cells[len(columns) :]):
            reason = f"row has {len(cells)} cells for {len(columns)} columns; skipped"
            yield Skipped(where, f"{where}:{line}", reason)
        else:
            yield from read.row(cells, str(number), line, raw)


def is_table(text: str) -> bool:
    """Whether the first line names a title."""
    return bool(_columns(text)[0])


def _head(text: str, where: str) -> tuple[int, list[str], str]:
    """Where the rows begin, the columns by the names that we give them, and what parts them."""
    columns, separator = _columns(text)
    if not columns:
        wanted = ", ".join(COLUMNS)
        raise SourceError(where, f"its first line names no column 'title'; expected {wanted}")
    blank = _start(text)
    end = text.find("\n", blank)
    return (end + 1 if end >= 0 else len(text)), columns, separator


def _columns(text: str) -> tuple[list[str], str]:
    first = text[_start(text) :].split("\n", 1)[0]
    for separator in _SEPARATORS:
        names = next(csv.reader([first], delimiter=separator), [])
        columns = [_NAMES.get(name, name) for name in (n.strip().lower() for n in names)]
        if "title" in columns and (len(columns) > 1 or separator == _SEPARATORS[-1]):
            return columns, separator
    return [], ""


def _start(text: str) -> int:
    """Where the first line begins that says anything."""
    above = _SEP.match(text)
    start = above.end() if above else 0
    return start + len(text[start:]) - len(text[start:].lstrip("\n"))


def _rows(text: str, separator: str, before: int) -> Iterator[tuple[int, str, list[str] | None]]:
    """(line, verbatim, cells) of every row that says anything; None for cells that cannot
    be told.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        cells, used = _row(lines, at, separator)
        if cells is None or any(cells):
            yield before + at + 1, "\n".join(lines[at : at + used]), cells
        at += used


def _row(lines: Sequence[str], at: int, separator: str) -> tuple[list[str] | None, int]:
    """The cells of the row that begins at a line, and how many lines it has."""
    if '"' not in lines[at] and len(lines[at]) <= csv.field_size_limit():
        return lines[at].split(separator), 1
    row = (line + "\n" for line in lines[at : at + _MOST_LINES])
    reader = csv.reader(row, delimiter=separator, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return None, 1


class _Reader:
    """Reads the rows of one table; what many rows share is read once."""

    def __init__(self, where: str, columns: Sequence[str], inner_commas: bool) -> None:
        self._where = where
        self._name = where.rpartition("/")[2]
        self._width = len(columns)
        self._at = {name: at for at, name in enumerate(columns)}
        self._told = [(name, at) for name, at in self._at.items() if name in _FIELDS]
        self._inner_commas = inner_commas
        self._appearances = lru_cache(maxsize=1 << 16)(_appearances)

    def row(self, cells: list[str], number: str, line: int, raw: str) -> Iterator[Record | Skipped]:
        """The row as a record; cells that are missing at its end say nothing."""
        cells += [""] * (self._width - len(cells))
        kind = _SIGNS.sub("", self._cell(cells, "type")).lower()
        told = {name: said for name, at in self._told if (said := _said(cells[at]))}
        told["title"] = _text(self._cell(cells, "title"))
        if "pages" not in told and all(name in self._at for name in _ENDS):
            told["pages"] = "-".join(
                filter(None, (_said(self._cell(cells, name)) for name in _ENDS))
            )
        faults: list[BibFault] = []
        if not all(said.isascii() for said in told.values()):
            told, faults = _mended(told, line)
        title, people = told.pop("title"), told.pop("author", "")
        listed = author_list(people, inner_commas=self._inner_commas)
        yield Record(
            source=intern(self._cell(cells, "source")) or self._name,
            id=self._cell(cells, "id") or number,
            kind="table",
            title=to_text(title),
            authors=listed.authors,
            authors_complete=listed.complete,
            appearances=self._appearances(_KINDS.get(kind, kind), tuple(told.items())),
            where=self._where,
            line=line,
            raw=raw,
        )
        for one in faults:
            yield Skipped(self._where, f"{self._where}:{one.line}", one.reason, fault=False)

    def _cell(self, cells: Sequence[str], column: str) -> str:
        at = self._at.get(column)
        return "" if at is None else cells[at]


def _mended(told: dict[str, str], line: int) -> tuple[dict[str, str], list[BibFault]]:
    fields = {name: BibField(said, line) for name, said in told.items()}
    entry, faults = mended(BibEntry("", "", fields, line, ""))
    return {name: field.value for name, field in entry.fields.items()}, faults


def _appearances(kind: str, told: Iterable[tuple[str, str]]) -> tuple[Appearance, ...]:
    """Where and when a work appeared of whose row these cells say something."""
    fields = {name: BibField(said, 0) for name, said in told}
    if "pages" in fields:
        pages = _PAGES.sub("", fields["pages"].value).strip(" .,\"'")
        fields["pages"] = BibField(pages, 0)
    return appearances(BibEntry(kind, "", fields, 0, ""))


def _text(cell: str) -> str:
    if "&" in cell:
        cell = unescape(cell)
    return " ".join(cell.split()).rstrip(" ,;")


def _said(cell: str) -> str:
    if not cell:
        return ""
    text = _text(cell)
    return "" if text.lower() in _NOTHING else text
