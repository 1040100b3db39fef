"""Bibliographies in files of any program, each record under the id that its own file gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sources.bibtex_authors import author_list
from sources.bibtex_entries import BibEntry, decode, read_bibtex
from sources.bibtex_records import record_of
from sources.contract import Page, SourceError
from sources.files import refuse_web_page
from sources.record import Record, Skipped
from sources.scholar import ScholarSource
from sources.scholar_rows import has_columns, rows_of
from sources.table import is_table, read_table

_TAGGED = re.compile(r"\s*(?:TY {1,2}- |%0 )")
"""How RIS and EndNote files begin."""
_ENTRY = re.compile(r"(?m)^\s*@\w+\s*[{(]")


def read_bibliography(body: bytes, where: str) -> Iterator[Record | Skipped]:
    """What a file holds, in order: what it is its content says, not its name.

    Ids are citation keys, the column `id`, or numbers of rows; a citation key that stands
    again gets '#2'. The ids of a table repeat as they stand. Raises SourceError for a file
    that is something else.
    """
    text = decode(body)
    refuse_web_page(text, where)
    if is_table(text):
        if has_columns(text):
            return _numbered(rows_of(text, _name(where), "scholar", where))
        return read_table(body, where)
    if _TAGGED.match(text):
        return _numbered(ScholarSource(_name(where), where, Path()).parse(Page(where, body)))
    if _ENTRY.search(text):
        return _entries(text, where)
    if not text.strip():
        raise SourceError(where, "is empty")
    reason = "is neither BibTeX nor a table whose first line names a title and other columns"
    raise SourceError(where, reason)


def _name(where: str) -> str:
    return where.rpartition("/")[2]


def _numbered(items: Iterator[Record | Skipped]) -> Iterator[Record | Skipped]:
    number = 0
    for item in items:
        number += isinstance(item, Record) or item.fault
        yield replace(item, id=str(number)) if isinstance(item, Record) else item


def _entries(text: str, where: str) -> Iterator[Record | Skipped]:
    items = list(read_bibtex(text))
    ids = iter(_ids([item.key for item in items if isinstance(item, BibEntry)]))
    for item in items:
        if isinstance(item, BibEntry):
            stated = item.fields.get("author")
            people = author_list(stated.value if stated else "")
            yield record_of(item, _name(where), "bibtex", where, people, next(ids))
        else:
            yield Skipped(where, f"{where}:{item.line}", item.reason)


def _ids(keys: list[str]) -> list[str]:
    """The keys, each its own: 'doe', 'doe#2'. An entry without a key has its number."""
    taken = set(keys)
    given: set[str] = set()
    found = []
    for number, key in enumerate(keys, 1):
        plain = id = key or str(number)
        again = 2
        while id in given or (id in taken and id != key):
            id, again = f"{plain}#{again}", again + 1
        given.add(id)
        found.append(id)
    return found
