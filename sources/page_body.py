"""What a page must be before it is read as one: text, of a kind that people write pages in."""

from __future__ import annotations

import re

from sources.answer import Answer
from sources.contract import Page, SourceError

_GIVE = "give the text or Markdown of it"
_BINARIES = (
    (b"%PDF", f"a PDF; {_GIVE}"),
    (b"PK\x03\x04", f"an office file or an archive; {_GIVE}"),
    (b"\xd0\xcf\x11\xe0", f"an office file; {_GIVE}"),
    (b"{\\rtf", f"an office file; {_GIVE}"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"\x89PNG", f"a picture; {_GIVE}"),
    (b"\xff\xd8\xff", f"a picture; {_GIVE}"),
    (b"GIF8", f"a picture; {_GIVE}"),
)
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\}\s*\Z)|\[\s*(?:\{\s*\"|\]\s*\Z))")
_TEXTS = re.compile(
    r"(?i)\s*(?:text/(?:html|plain|markdown|x-markdown|x-(?:bib)?tex|x-latex)"
    r"|application/(?:xhtml\+xml|x-(?:bib|la)?tex|octet-stream))?\s*(?:;|\Z)"
)
"""Servers send Markdown, LaTeX and .bib as octets or say nothing at all."""
_CHARSET = re.compile(rb"(?i)<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([\w-]{3,20})")
_WESTERN = re.compile(r"(?i)(?:iso-?8859-1|latin-?1|windows-1252|cp1252|us-ascii)")


def refuse_other_kinds(url: str, answer: Answer) -> None:
    """Raise SourceError for an answer that does not say that it is a page."""
    if not _TEXTS.match(answer.content_type):
        kind = answer.content_type.partition(";")[0].strip()[:60]
        raise SourceError(url, f"is {kind}, not a page; give the address of HTML, Markdown or text")


def text_of_page(page: Page) -> str:
    """The text of a page, its lines ended by a newline alone. Raises SourceError."""
    for magic, what in _BINARIES:
        if page.body.startswith(magic):
            raise SourceError(page.where, f"is {what}")
    if _JSON.match(page.body[:200]):
        raise SourceError(page.where, "is JSON, not a page; give HTML, Markdown or text")
    text = _decoded(page)
    if "\x00" in text:
        raise SourceError(page.where, f"is no text; {_GIVE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(page: Page) -> str:
    """UTF-8, or the one other encoding that old web pages say they are in."""
    try:
        return page.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(page.body[:2000])
        if declared and _WESTERN.fullmatch(declared[1].decode("ascii")):
            return page.body.decode("cp1252", errors="replace")
        line = page.body.count(b"\n", 0, error.start) + 1
        raise SourceError(
            page.where, f"is no UTF-8 text (line {line}); save it as UTF-8"
        ) from error
