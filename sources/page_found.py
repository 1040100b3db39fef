"""What the readers of a page find, before it has an identity and an address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from sources.page_venue import without_brackets
from sources.record import Appearance, Author, PartialDate

_SLUG = 40
"""Characters of the title that an identity shows; the digits after it tell the rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """One publication that a page names."""

    form: str
    """entry | news | degree, as in Record."""
    title: str
    title_line: int
    authors: tuple[Author, ...]
    authors_line: int
    first: int
    """First line of the entry."""
    last: int
    appearances: tuple[Appearance, ...]
    complete: bool = True
    said: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that ought to be on the list and could not be read, or must not be."""

    line: int
    reason: str
    fault: bool = True


def clean_title(text: str) -> str:
    """A title without the quotes around it, the full stop and the '[pdf]' after it."""
    text = text.strip(" ,;")
    while (bare := without_brackets(text)) != text:
        text = bare
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1].rstrip()
    quoted = re.fullmatch(r"[\"“”„«]([^\"“”„«»]*)[\"“”»]", text)
    return (quoted[1] if quoted else text).rstrip(" ,")


def bare_title(text: str) -> str:
    """A title as a reference has it, without the comma or full stop inside its quotes."""
    title = clean_title(clean_title(text))
    if title[:1] in "“„" and title[-1:] in "”“" and len(title) > 2:
        return title[1:-1].rstrip(" ,.")
    return title


def identity(form: str, title: str) -> str:
    """Name of what is said about one title, whatever its line, link, capitals and punctuation.

    >>> identity("entry", "Failure Modes of Domain Generalization Algorithms")
    'entry/failure-modes-of-domain-generalization-36bfb4'
    """
    folded = unicodedata.normalize("NFKD", title).casefold()
    words = re.findall(r"[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    slug = ""
    for word in words:
        if len(slug) + len(word) >= _SLUG:
            break
        slug += f"{word}-"
    content = "".join(char for char in folded if char.isalnum())
    return f"{form}/{slug}{hashlib.sha256(content.encode()).hexdigest()[:6]}"
