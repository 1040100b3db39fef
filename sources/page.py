"""A person's own page or CV: publication lists, announcements and theses in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sources.contract import Page, SourceError
from sources.files import saved_pages
from sources.identity import Twins
from sources.page_cv import read_degrees
from sources.page_entries import read_entries
from sources.page_found import Found, Lost, identity
from sources.page_glued import read_glued
from sources.page_listing import is_listing, read_listing
from sources.page_news import read_news
from sources.page_text import read_blocks
from sources.record import Record, Skipped

_TEXTS = (".md", ".markdown", ".txt", ".html", ".htm")
_BINARIES = (
    (b"%PDF", "a PDF; give the text or Markdown of it"),
    (b"PK\x03\x04", "an office file or an archive; give the text or Markdown of it"),
    (b"\x89PNG", "a picture; give the text or Markdown of it"),
    (b"\xff\xd8\xff", "a picture; give the text or Markdown of it"),
)


class Answer(Protocol):
    """What came back from an address."""

    @property
    def body(self) -> bytes:
        """The bytes of it."""
        ...


class Http(Protocol):
    """Whoever can fetch an address."""

    def get(self, url: str) -> Answer:
        """The answer of an address. Raises SourceError."""
        ...


@dataclass(frozen=True, slots=True)
class PageSource:
    """The page of a person, as Markdown with HTML in it, HTML, or text; or their CV in text."""

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
            yield Page(self.url, self.http.get(self.url).body)

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """Every publication that the page names, one record a statement, in order of line."""
        text = _text(page)
        lines = text.split("\n")
        found = sorted(_read(text, lines, self.owner), key=_line)
        kept = [item for item in found if isinstance(item, Found)]
        pairs = [(identity(item.form, item.title), f"{item.first:09}") for item in kept]
        ids = iter(self._twins.name(page.where, pairs))
        for item in found:
            if isinstance(item, Lost):
                yield Skipped(self.name, f"{page.where}:{item.line}", item.reason, item.fault)
            else:
                yield _record(self.name, page.where, lines, next(ids), item)


def _text(page: Page) -> str:
    """The text of a page, its lines ended by a newline alone."""
    for magic, what in _BINARIES:
        if page.body.startswith(magic):
            raise SourceError(page.where, f"is {what}")
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = page.body.count(b"\n", 0, error.start) + 1
        raise SourceError(
            page.where, f"is no UTF-8 text (line {line}); save it as UTF-8"
        ) from error
    if "\x00" in text:
        raise SourceError(page.where, "is no text; give the text or Markdown of it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, lines: list[str], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    if is_listing(lines):
        yield from read_listing(lines, owner)
        return
    blocks = list(read_blocks(text))
    news = list(read_news(blocks, owner))
    yield from news
    yield from read_entries(blocks, owner)
    yield from read_glued(blocks, owner, [item.title for item in news if isinstance(item, Found)])
    yield from read_degrees(blocks, owner)


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
