"""A person's own page, site or CV: the publications, announcements and theses that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sources.address import shown
from sources.answer import Answer
from sources.bibtex_entries import decode
from sources.bibtex_records import with_ids
from sources.contract import Page
from sources.files import saved_pages
from sources.foreign import refuse_foreign
from sources.identity import Twins
from sources.page_bib import is_bibtex, read_bib
from sources.page_body import refuse_other_kinds, text_of_page
from sources.page_found import Found, Lost, identity
from sources.page_readers import read_page
from sources.record import Record, Skipped, Stage

_TEXTS = (".md", ".markdown", ".txt", ".html", ".htm", ".tex", ".bib")


class Http(Protocol):
    """Whoever can fetch an address."""

    def get(self, url: str) -> Answer:
        """The answer of an address. Raises SourceError."""
        ...


@dataclass(frozen=True, slots=True)
class PageSource:
    """The page, site or CV of a person: Markdown with HTML in it, HTML, LaTeX, text, BibTeX.

    What a file is its content says. A Hugo site states a publication twice, in index.md and in the
    cite.bib beside it: both are read, each with its own lines, as two statements of one person,
    which are one witness.
    """

    name: str
    path: str
    base: Path
    """The workspace folder, which `path` is relative to."""
    owner: tuple[str, ...]
    """Whose page it is: the configured name, then its aliases."""
    url: str = ""
    http: Http | None = None
    kind: str = "page"
    _twins: Twins = field(default_factory=Twins, compare=False)

    def pages(self) -> Iterator[Page]:
        """The file, all text files of a folder or glob, or what stands at the address."""
        if self.path or self.http is None:
            yield from saved_pages(self.path, self.base, _TEXTS)
        else:
            answer = self.http.get(self.url)
            refuse_other_kinds(shown(self.url), answer)
            yield Page(shown(self.url), answer.body, answer.fetched_at)

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """Every publication that the page names, one record a statement, in order of line."""
        refuse_foreign(page, {"page", "bibtex"})
        if is_bibtex(entries := decode(page.body)):
            found = list(read_bib(entries, self.name, page.where, self.owner))
            yield from with_ids(found, page.where, self._twins, _stage)
            return
        lines = text_of_page(page).split("\n")
        items = sorted(read_page(lines, self.owner), key=_line)
        kept = [item for item in items if isinstance(item, Found)]
        pairs = [(identity(item.form, item.title), f"{item.first:09}") for item in kept]
        ids = iter(self._twins.name(page.where, pairs))
        for item in items:
            if isinstance(item, Lost):
                yield Skipped(self.name, f"{page.where}:{item.line}", item.reason, item.fault)
            else:
                yield _record(self.name, page.where, lines, next(ids), item)


def _stage(record: Record) -> str:
    stages = [appearance.stage for appearance in record.appearances]
    return (stages and stages[0]) or Stage.OTHER


def _line(found: Found | Lost) -> int:
    return found.line if isinstance(found, Lost) else found.first


def _record(source: str, where: str, lines: list[str], id: str, found: Found) -> Record:
    stands = (("title", found.title_line), ("authors", found.authors_line))
    return Record(
        source=source,
        id=id,
        kind="page",
        title=found.title,
        authors=found.authors,
        authors_complete=found.complete,
        appearances=found.appearances,
        form=found.form,
        said=found.said,
        where=where,
        line=found.first,
        lines=tuple((field, line) for field, line in stands if line != found.first),
        raw="\n".join(lines[found.first - 1 : found.last]),
    )
