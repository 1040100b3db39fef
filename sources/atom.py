"""Where the entries of an Atom feed stand, and what feedparser does not keep of them.

feedparser forgets lines, the bytes of an entry, and all but the last of several arxiv:doi
(STACK 2), and knows arXiv's and OpenSearch's elements by their prefix alone; expat has them all,
by namespace, from one pass over the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from sources.contract import SourceError

ATOM = "http://www.w3.org/2005/Atom"
ARXIV = "http://arxiv.org/schemas/atom"
_HTML = re.compile(rb"(?i)\s*<(?:!doctype\s+html|html|head|body)\b")
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT = {ATOM: "", ARXIV: "arxiv:", OPENSEARCH: "opensearch:"}
_PLAIN = frozenset(("arxiv:doi", "arxiv:comment", "arxiv:journal_ref"))
_COUNTS = frozenset(("opensearch:totalResults", "opensearch:startIndex"))


@dataclass(slots=True)
class Entry:
    """One entry: its line, the lines of its elements, the text of arXiv's own, its bytes."""

    line: int
    lines: dict[str, int] = field(default_factory=dict)
    """By element ('title', 'author', 'arxiv:doi'): the line of the first one."""
    texts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """DOIs, comment and journal reference by element, each text with its line."""
    raw: str = ""

    def text(self, element: str) -> str:
        """The first text of an element, white space collapsed."""
        found = self.texts.get(element)
        return " ".join(found[0][0].split()) if found else ""


@dataclass(slots=True)
class Outline:
    """A feed's entries, and how many results it says there are and where it begins."""

    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, str] = field(default_factory=dict)

    def count(self, element: str, default: int) -> int:
        """A count of OpenSearch, the default where there is none."""
        text = self.counts.get(element, "").strip()
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else default


def outline(body: bytes, where: str) -> Outline:
    """The entries of a feed in order. Raises SourceError for all that is no whole Atom feed."""
    if not body.strip():
        raise SourceError(where, "is empty; expected an Atom feed of arXiv")
    if _HTML.match(body.removeprefix(b"\xef\xbb\xbf")):
        raise SourceError(where, "is an HTML page, not an Atom feed; save the API's answer itself")
    reader = _Reader(body, where)
    try:
        reader.parser.Parse(body, True)
    # An encoding that Python does not know, or that has more bytes a letter than expat reads.
    except (LookupError, ValueError) as error:
        raise SourceError(where, f"is in an encoding that cannot be read: {error}") from None
    except expat.ExpatError as error:
        what = "is cut off" if _cut_off(error) else f"is not XML: {expat.ErrorString(error.code)}"
        place = f"at line {error.lineno}, after {len(reader.found.entries)} entries"
        raise SourceError(where, f"{what} {place}; fetch it again") from None
    return reader.found


def _cut_off(error: expat.ExpatError) -> bool:
    ends = (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
    return expat.ErrorString(error.code) in ends


class _Reader:
    """Collects while expat walks."""

    def __init__(self, body: bytes, where: str) -> None:
        self.found = Outline()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartNamespaceDeclHandler = self._names
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._body = body
        self._where = where
        self._depth = 0
        self._entry: Entry | None = None
        self._from = 0
        self._words: list[str] | None = None
        self._name = ""
        self._line = 0

    def _names(self, prefix: str | None, uri: str | None) -> None:
        # feedparser takes the name of an element apart at blanks.
        if uri and uri.split() != [uri]:
            at = self.parser.CurrentLineNumber
            reason = f"has a namespace with a blank in it at line {at}; fetch it again"
            raise SourceError(self._where, reason)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        space, _, tag = name.rpartition(" ")
        short = _SHORT.get(space, f"{space} ") + tag
        if self._depth == 1:
            _check_root(space, tag, self._where)
        elif self._depth == 2 and short == "entry":
            self._entry = Entry(self.parser.CurrentLineNumber)
            self._from = self.parser.CurrentByteIndex
        elif self._depth == 3 and self._entry:
            self._entry.lines.setdefault(short, self.parser.CurrentLineNumber)
        wanted = _PLAIN if self._entry else _COUNTS
        if self._depth == (3 if self._entry else 2) and short in wanted:
            self._words, self._name, self._line = [], short, self.parser.CurrentLineNumber

    def _text(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def _end(self, name: str) -> None:
        if self._words is not None and self._depth == (3 if self._entry else 2):
            text = "".join(self._words)
            if self._entry:
                self._entry.texts.setdefault(self._name, []).append((text, self._line))
            else:
                self.found.counts[self._name] = text
            self._words = None
        elif self._depth == 2 and self._entry:
            end = self._body.find(b">", self.parser.CurrentByteIndex) + 1
            self._entry.raw = self._body[self._from : end].decode("utf-8", "replace")
            self.found.entries.append(self._entry)
            self._entry = None
        self._depth -= 1


def _check_root(space: str, tag: str, where: str) -> None:
    if (space, tag) == (ATOM, "feed"):
        return
    if tag.lower() == "html":
        raise SourceError(where, "is an HTML page, not an Atom feed; save the API's answer itself")
    raise SourceError(where, f"is XML, but its root is <{tag}>, not an Atom <feed>")
