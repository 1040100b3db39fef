"""Entries of a page copied from a browser that glued authors, title and venue into one line.

Where a name ends and a title begins cannot be seen in 'Aram Galstyan Formal limitations of …'.
It is read only where the page itself tells: by a title that its news quote, or by a name that
stands elsewhere on the page. Anything else is reported as lost, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.page_found import Found, Lost, clean_title
from sources.page_names import is_name, name_list
from sources.page_rows import Block, Row
from sources.page_sections import under_publications
from sources.page_venue import appearances, read_place, statement, without_brackets

_LONGEST = 2000
_PROSE = 200
"""Characters from which a line is a paragraph."""
_SHORT_VENUE = re.compile(
    r"(?<=\s)(?:(?:arXiv preprint|[Uu]nder review)\b.*|[A-Z][a-z]*[A-Z]\w*,? (?:19|20)\d\d"
    r"|[A-Z]\w+['’]\d\d)\Z"
)
# Words that begin the name of a journal or a series, and in a title in sentence case nothing else.
_OPENS_VENUE = re.compile(
    r"(?<=\s)(?:Nature|Science|IEEE|ACM|Journal|Proceedings|Transactions|Frontiers|Annals"
    r"|International Conference|Conference)\b"
)
_LONGEST_NAME = 60
_SHORTEST = 5
"""Words of a name, a title and a venue together."""
_LABEL = re.compile(r"\s*\[[^\[\]]{1,4}\]\s*")
_HEADER_LOST = "a paragraph without authors, title and venue: the header of an entry is lost"
_NO_SEAM = "cannot tell authors, title and venue apart in this line; skipped"


@dataclass(frozen=True, slots=True)
class _Glued:
    """A line that begins with names and goes on with a title."""

    row: Row
    names: tuple[str, ...]
    """All but the last."""
    rest: str
    """The last name, the title and the venue."""


def read_glued(
    blocks: Sequence[Block], owner: tuple[str, ...], quoted: Sequence[str]
) -> Iterator[Found | Lost]:
    """Every glued entry under a heading of publications, and each paragraph that has lost its own.

    `quoted` are titles that the page quotes elsewhere.
    """
    rows = [row for block, listed in under_publications(blocks) if listed for row in block.rows]
    glued = {at: entry for at, row in enumerate(rows) if (entry := _glued(row, owner))}
    titles = _Titles(quoted)
    known = {*owner, *(name for entry in glued.values() for name in entry.names)}
    known |= {name for entry in glued.values() if (name := titles.name_before(entry.rest))}
    after_prose = False
    for at, row in enumerate(rows):
        if at in glued:
            yield _parted(glued[at], known, titles)
        elif glued and after_prose and len(row.text) > _PROSE:
            yield Lost(row.line, _HEADER_LOST)
        after_prose = at not in glued and len(row.text) > _PROSE


def _glued(row: Row, owner: tuple[str, ...]) -> _Glued | None:
    if len(row.text) > _LONGEST:
        return None
    label = _LABEL.match(row.text)
    text = statement(row).text if row.links else without_brackets(row.text)
    text = text[label.end() if label else 0 :]
    names: list[str] = []
    while (found := re.match(r"([^,]{3,60}),+\s*", text)) and is_name(found[1]):
        names.append(found[1])
        text = text[found.end() :]
    ours = text.startswith(owner) or any(name in owner for name in names)
    if not ours or len(text.split()) < _SHORTEST or name_list(text):
        return None
    return _Glued(row, tuple(names), text)


class _Titles:
    """Titles that the page quotes elsewhere, found at the start of a text."""

    def __init__(self, quoted: Sequence[str]) -> None:
        self._by_start: dict[tuple[str, ...], list[str]] = {}
        for title in quoted:
            words = title.casefold().split()
            self._by_start.setdefault(tuple(words[:3]), words)

    def length(self, words: Sequence[str]) -> int:
        """How many of the words are such a title, 0 if they do not begin with one."""
        title = self._by_start.get(tuple(word.casefold() for word in words[:3]), [])
        begins = [word.casefold().rstrip(".,") for word in words[: len(title)]]
        return len(title) if begins == [word.rstrip(".,") for word in title] else 0

    def name_before(self, rest: str) -> str:
        """The name that stands before such a title, '' if none does."""
        words = rest.split()
        ends = [at for at in range(2, 6) if self.length(words[at:])]
        return " ".join(words[: ends[0]]) if ends and is_name(" ".join(words[: ends[0]])) else ""


def _parted(entry: _Glued, known: set[str], titles: _Titles) -> Found | Lost:
    last, title, venue = _sentences(entry) or _seams(entry.rest, known, titles)
    names = name_list(", ".join((*entry.names, last)))
    more_names = title.startswith(("and ", "& "))
    if more_names or not (names and title and venue and read_place(venue)):
        return Lost(entry.row.line, _NO_SEAM)
    line = entry.row.line
    start = entry.row.text.rfind(venue)
    return Found(
        form="entry",
        title=clean_title(title),
        title_line=line,
        authors=names.authors,
        authors_line=line,
        first=line,
        last=entry.row.last_line,
        appearances=appearances(entry.row.part(start, start + len(venue)), [entry.row]),
        complete=names.complete,
    )


def _sentences(entry: _Glued) -> tuple[str, str, str] | None:
    """Name, title and venue of 'A. Galstyan. Some title. *ICML, 2019*', the venue set off."""
    text = entry.row.text
    venues = [text[span.start : span.end] for span in entry.row.spans if span.kind == "em"]
    venue = next((one for one in venues if entry.rest.rstrip(" .").endswith(one.rstrip("."))), "")
    head = entry.rest[: entry.rest.rfind(venue)].rstrip() if venue else ""
    ends = [found.start() for found in re.finditer(r"\.\s", head[:_LONGEST_NAME])]
    end = next((end for end in ends if is_name(head[:end])), 0)
    return (head[:end], head[end + 1 :].strip(), venue) if end else None


def _seams(rest: str, known: set[str], titles: _Titles) -> tuple[str, str, str]:
    """Name, title and venue that follow one another without a sign, as far as they are certain."""
    words = rest.split()
    last = titles.name_before(rest) or _longest_known(words, known)
    below = words[len(last.split()) :] if last else []
    if length := titles.length(below):
        return last, " ".join(below[:length]), " ".join(below[length:])
    return last, *_title_and_venue(" ".join(below))


def _longest_known(words: Sequence[str], known: set[str]) -> str:
    names = (" ".join(words[:length]) for length in range(5, 1, -1))
    return next((name for name in names if name in known), "")


def _title_and_venue(text: str) -> tuple[str, str]:
    """The two, or two empty texts if the seam cannot be told."""
    short = _SHORT_VENUE.search(text)
    if short and not text[: short.start()].split()[-1].isupper():
        return text[: short.start()].rstrip(), short[0]
    opens = _OPENS_VENUE.search(text)
    title = text[: opens.start()].rstrip() if opens else ""
    if opens and not any(word[0].isupper() for word in title.split()[1:]):
        return title, text[opens.start() :]
    return "", ""
