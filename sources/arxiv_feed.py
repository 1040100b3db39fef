"""One page of arXiv's Atom API read: its papers, and what was asked for and did not come.

Both layouts of the service are read, before and after November 2025 (FORMATS 1.1).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser

from sources import atom
from sources.contract import Page, SourceError
from sources.foreign import refuse_foreign
from sources.ids import arxiv_id, doi, is_preprint_doi
from sources.names import parse_author
from sources.record import Appearance, Author, DateKind, PartialDate, Record, Skipped, Stage
from sources.remarks import Remark, read_comment

# feedparser looks for a mail address in each author, in the square of the time (6 s for 128 kB).
_ENDLESS = re.compile(rb"[\w.+-]{4000}")
_CLASS = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")


class ToldError(SourceError):
    """arXiv's own error entry. It comes as a feed with one entry, whatever the HTTP status."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(place, f"arXiv answers: {message}")
        self.message = message


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of results."""

    items: tuple[tuple[Any, atom.Entry], ...]
    """Each entry as feedparser and as expat saw it."""
    total: int
    """How many papers the query has on all its pages; as many as are here if it does not say."""
    asked: tuple[str, ...]
    """The ids of a pure id_list query that is here in full; else none."""


def read_feed(page: Page) -> Feed:
    """Raises SourceError for all that is no answer of the API, ToldError for its own error."""
    refuse_foreign(page, {"arxiv"})
    outline = atom.outline(page.body, page.where)
    lines = outline.entries
    if _ENDLESS.search(page.body):
        raise SourceError(page.where, "holds a word of thousands of letters; fetch it again")
    # Only ever from a stream: given text or bytes feedparser opens the file or URL that they
    # happen to name (STACK 2).
    parsed = feedparser.parse(io.BytesIO(page.body))
    if len(parsed.entries) != len(lines):
        raise SourceError(page.where, "has entries that cannot be told apart; fetch it again")
    for item in parsed.entries:
        if "/api/errors" in item.get("id", ""):
            raise ToldError(page.where, _words(item.get("summary", "")) or "an error")
    if lines and not any(arxiv_id(item.get("id", "")) for item in parsed.entries):
        raise SourceError(page.where, "is an Atom feed, but not of arXiv: no entry has its id")
    count = outline.count("opensearch:totalResults", len(lines))
    whole = count <= len(lines) and not outline.count("opensearch:startIndex", 0)
    asked = _asked(page, parsed.feed.get("title", "")) if whole else ()
    return Feed(tuple(zip(parsed.entries, lines, strict=True)), count, asked)


def _asked(page: Page, title: str) -> tuple[str, ...]:
    """The feed's title repeats the query; the address holds what we left out of it as well."""
    for query in (urlsplit(page.where).query, title.partition(": ")[2]):
        given = parse_qs(query)
        if "id_list" in given and not given.get("search_query"):
            return tuple(dict.fromkeys(given["id_list"][0].split(",")))
    return ()


def read_page(feed: Feed, source: str, page: Page) -> Iterator[Record | Skipped]:
    """A record a paper; Skipped for a broken entry and for a number that arXiv does not know."""
    came = set()
    for item, entry in feed.items:
        found = _record(item, entry, source, page.where)
        if isinstance(found, Record):
            came.add(found.id)
        yield found
    for asked in feed.asked:
        number = arxiv_id(asked)
        if not number:
            yield Skipped(source, page.where, f"{asked!r} is no arXiv number; skipped")
        elif number not in came:
            where = _address(number) if _is_url(page.where) else page.where
            yield Skipped(source, where, f"arXiv has no paper {asked}; check the number")


def _record(item: Any, entry: atom.Entry, source: str, where: str) -> Record | Skipped:
    number = arxiv_id(item.get("id", ""))
    place = where if _is_url(where) else f"{where}:{entry.line}"
    if not number:
        return Skipped(source, place, "entry has no arXiv number; skipped")
    title = _words(item.get("title") or "")
    if not title:  # '0' is one (2104.12255)
        return Skipped(source, place, f"entry {number} has no title; skipped")
    online = _is_url(where)
    authors = tuple(_authors(item))
    return Record(
        source=source,
        id=number,
        kind="arxiv",
        title=title,
        authors=authors,
        authors_complete=bool(authors),
        appearances=tuple(_appearances(item, entry, number, online)),
        categories=_categories(item),
        by_name=_searched(where) if online else (),
        where=_address(number) if online else where,
        line=0 if online else entry.line,
        lines=() if online else _lines(entry, title="title", authors="author"),
        raw=entry.raw,
    )


def _searched(where: str) -> tuple[str, ...]:
    """The names that the query of an address searches for."""
    query = parse_qs(urlsplit(where).query).get("search_query", [""])[0]
    return tuple(re.findall(r'au:"([^"]+)"', query))


def _categories(item: Any) -> tuple[str, ...]:
    """Classes of arXiv; ACM and MSC classes stand in the same element (FORMATS 1.3)."""
    primary = (item.get("arxiv_primary_category") or {}).get("term", "")
    terms = [primary, *(tag.get("term") or "" for tag in item.get("tags") or [])]
    return tuple(dict.fromkeys(term for term in terms if _CLASS.fullmatch(term)))


def _appearances(item: Any, entry: atom.Entry, number: str, online: bool) -> Iterator[Appearance]:
    remark = read_comment(entry.text("arxiv:comment"))
    places = [
        Appearance(
            stage=Stage.PREPRINT,
            venue="arXiv",
            date=PartialDate.parse(item.get("published", "")),
            date_kind=DateKind.POSTED,
            arxiv=number,
            status="withdrawn" if remark.withdrawn else "",
            lines=_lines(entry, arxiv="id", date="published"),
        ),
        *_revised(item, entry, number),
        *_published(entry, remark),
    ]
    for place in places:
        yield replace(place, lines=()) if online else place


def _revised(item: Any, entry: atom.Entry, number: str) -> Iterator[Appearance]:
    """The latest version, if it is of another day than the first."""
    first = PartialDate.parse(item.get("published", ""))
    # Asked for an 'updated' that is not there, feedparser answers with 'published'.
    last = PartialDate.parse(item["updated"]) if "updated" in set(item) else None
    if first and last and first < last:
        yield Appearance(
            stage=Stage.PREPRINT,
            venue="arXiv",
            date=last,
            date_kind=DateKind.REVISED,
            arxiv=number,
            lines=_lines(entry, arxiv="id", date="updated"),
        )


def _published(entry: atom.Entry, remark: Remark) -> Iterator[Appearance]:
    """Where the author says that it came out. The first DOI is of the first place named."""
    dois: dict[str, int] = {}
    for text, line in entry.texts.get("arxiv:doi", []):
        for word in text.split():
            if (value := doi(word)) and not is_preprint_doi(value):
                dois.setdefault(value, line)
    # journal_ref before the comment: FORMATS 1.8.
    reference = entry.text("arxiv:journal_ref")
    named = [(reference, "arxiv:journal_ref")] if reference else []
    if remark.venue and remark.stage is None:
        named.append((remark.venue, "arxiv:comment"))
    if remark.stage is not None and not named and not dois:
        # Of a paper that has come out 'submitted to …' is only not up to date.
        lines = _lines(entry, venue="arxiv:comment")
        yield Appearance(remark.stage, remark.venue, status="under review", lines=lines)
    numbers = list(dois.items())
    places = [
        *zip_longest(named[:1], numbers[:1], fillvalue=("", "")),
        *((venue, ("", 0)) for venue in named[1:]),
        *((("", ""), number) for number in numbers[1:]),
    ]
    for (venue, tag), (value, at) in places:
        stands = (("doi", int(at)),) if value else ()
        yield Appearance(venue=venue, doi=value, lines=_lines(entry, venue=tag) + stands)


def _authors(item: Any) -> Iterator[Author]:
    names = [author.get("name") or "" for author in item.get("authors", [])]
    if len(names) == 1:
        # An author's own feed (.atom2) joins all names in one element: FORMATS 1.6.
        names = re.split(r",\s+(?!(?:Jr|Sr|I{2,3}|IV)\b)", names[0])
    for name in names:
        if author := parse_author(name):
            yield author


def _lines(entry: atom.Entry, **tags: str) -> tuple[tuple[str, int], ...]:
    found = ((name, entry.lines.get(tag, 0)) for name, tag in tags.items())
    return tuple((name, line) for name, line in found if line)


def _words(text: str) -> str:
    """Titles of the older layout run over lines."""
    return " ".join(text.split())


def _is_url(where: str) -> bool:
    return where.startswith(("http://", "https://"))


def _address(number: str) -> str:
    return f"https://arxiv.org/abs/{number}"
