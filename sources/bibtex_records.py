"""BibTeX entries, and rows like them, as records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sources.bibtex_authors import AuthorList, author_list
from sources.bibtex_entries import BibEntry, BibFault, BibField, read_bibtex
from sources.bibtex_places import appearances, lines_of, text_of
from sources.identity import Twins, content_id
from sources.mojibake import mended
from sources.record import Record, Skipped

_SIGN = re.compile(r"[{}$]")


def records_of(text: str, source: str, kind: str, where: str) -> Iterator[Record | Skipped]:
    """What a BibTeX text holds, in order; the records still lack their ids."""
    return as_records(read_bibtex(text), author_list, source, kind, where)


def as_records(
    items: Iterable[BibEntry | BibFault],
    people: Callable[[str], AuthorList],
    source: str,
    kind: str,
    where: str,
) -> Iterator[Record | Skipped]:
    """Entries as records, still without ids; `people` reads an author field.

    Mojibake is read as it was meant, and said.
    """
    for item in items:
        if not isinstance(item, BibEntry):
            yield Skipped(source, f"{where}:{item.line}", item.reason)
        elif text_of(item, "title"):
            entry, said = mended(item)
            stated = entry.fields.get("author")
            yield record_of(entry, source, kind, where, people(stated.value if stated else ""))
            for one in said:
                yield Skipped(source, f"{where}:{one.line}", one.reason, fault=False)
        else:
            yield Skipped(source, f"{where}:{item.line}", _untitled(item))


def _untitled(entry: BibEntry) -> str:
    return f"entry '{entry.key}' has no title; skipped" if entry.key else "no title; skipped"


def record_of(
    entry: BibEntry, source: str, kind: str, where: str, people: AuthorList, id: str = ""
) -> Record:
    """One entry as a record, still without its id if none is given."""
    title, subtitle = text_of(entry, "title"), text_of(entry, "subtitle")
    return Record(
        source=source,
        id=id,
        kind=kind,
        title=f"{title}: {subtitle}" if subtitle else title,
        authors=people.authors,
        authors_complete=people.complete,
        appearances=appearances(entry),
        where=where,
        line=entry.line,
        lines=lines_of(entry, {"title": "title", "authors": "author"}),
        raw=entry.raw,
    )


def plain_field(text: str, line: int) -> BibField:
    """A field of a source that knows no LaTeX: braces and dollars in it mean themselves."""
    return BibField(_SIGN.sub(r"\\\g<0>", text), line)


def with_ids(
    items: list[Record | Skipped],
    page: str,
    twins: Twins,
    kind_of: Callable[[Record], str],
) -> Iterator[Record | Skipped]:
    """The items in order, each record with the id that its content and its kind give it."""
    records = [item for item in items if isinstance(item, Record)]
    content = [(_id(record, kind_of(record)), record.raw) for record in records]
    ids = iter(twins.name(page, content))
    for item in items:
        yield replace(item, id=next(ids)) if isinstance(item, Record) else item


def _id(record: Record, kind: str) -> str:
    return content_id(record.title, record.authors[0].family if record.authors else "", kind)
