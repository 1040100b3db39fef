"""arXiv: a person's preprints by author identifier, by name, by number, or from saved pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from sources import ids as identifiers
from sources.address import shown
from sources.answer import RefusedError
from sources.arxiv_feed import Feed, ToldError, read_feed, read_page
from sources.contract import Page, SourceError
from sources.files import saved_pages
from sources.record import Record, Skipped

if TYPE_CHECKING:
    from sources.http import Http

GAP = 3.0
"""Seconds between two requests, over all of a person's programs: arXiv's terms of use."""
PAGE = 100
WINDOW = 10_000
"""The search engine gives no result behind this one; asking for it is an HTTP 500."""
EMPTY_TRIES = 4
"""Pages come back empty now and then although the total is right: FORMATS 1.4."""
_MALFORMED = "incorrect id format for "


@dataclass(frozen=True, slots=True)
class _Fetched:
    page: Page
    feed: Feed


class ArxivSource:
    """The papers of one person at arXiv. Only a search by name can bring namesakes."""

    kind = "arxiv"

    def __init__(
        self,
        name: str,
        http: Http | None,
        path: str,
        base: Path,
        *,
        author: str = "",
        names: Sequence[str] = (),
        ids: Sequence[str] = (),
        base_url: str = "https://export.arxiv.org",
        author_url: str = "https://arxiv.org",
    ) -> None:
        """`path` stands in for the network. `author` is an identifier as in arxiv.org/a/…."""
        self.name = name
        self._http = http
        self._path = path
        self._base = base
        self._author = author
        self._names = tuple(names)
        self._ids = tuple(ids)
        self._api = base_url.rstrip("/") + "/api/query"
        self._author_url = author_url.rstrip("/")

    def pages(self) -> Iterator[Page]:
        """The pages of every query that is configured, each whole or not at all."""
        if self._path:
            yield from saved_pages(self._path, self._base, (".xml", ".atom", ".atom2"))
            return
        ids = [*self._ids, *(self._of_author(self._author) if self._author else ())]
        ids = list(dict.fromkeys(part for text in ids if (part := text.strip())))
        for start in range(0, len(ids), PAGE):
            yield from self._by_ids(ids[start : start + PAGE], ids[start : start + PAGE])
        if self._names:
            yield from self._by_names(self._names)

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record a paper. Raises SourceError for a page that is no answer of the API."""
        feed = read_feed(page)
        if feed.total and not feed.items:
            reason = f"is an empty page, although {feed.total} papers were found; fetch it again"
            raise SourceError(page.where, reason)
        yield from read_page(feed, self.name, page)

    def _of_author(self, author: str) -> list[str]:
        url = f"{self._author_url}/a/{quote(author, safe='')}.atom2"
        try:
            found = self._whole(url, 0).feed
        except RefusedError as error:
            if error.status in (400, 404):
                reason = (
                    f"arXiv has no author {author!r}; a page arxiv.org/a/{author} exists only for "
                    "those who made one: use names = true instead"
                )
                raise SourceError(error.place, reason) from None
            raise
        return [identifiers.arxiv_id(item.get("id", "")) for item, _ in found.items]

    def _by_names(self, names: Sequence[str]) -> Iterator[Page]:
        # In quotes: the underscore form is broken, and two bare words are joined by OR
        # (FORMATS 1.2).
        plain = (" ".join(name.replace('"', " ").split()) for name in names)
        query = " OR ".join(f'au:"{name}"' for name in dict.fromkeys(plain) if name)
        order = {"sortBy": "submittedDate", "sortOrder": "ascending"}
        for fetched in self._all({"search_query": query, **order}):
            if fetched.feed.total > WINDOW:
                reason = (
                    f"{fetched.feed.total:,} papers have such an author, arXiv gives {WINDOW:,} "
                    "at most; use a fuller name or an author identifier"
                )
                raise SourceError(fetched.page.where, reason)
            yield fetched.page

    def _by_ids(self, ids: Sequence[str], sent: Sequence[str]) -> Iterator[Page]:
        """One malformed id fails the whole request, so it is not sent.

        The page's address keeps it, and `parse` names it.
        """
        sent = [text for text in sent if identifiers.arxiv_id(text)]
        if not sent:
            reason = f"is no arXiv number: {', '.join(ids)}; write e.g. 2111.13733"
            raise SourceError(f"{self.name}: ids", reason)
        where = self._url({"id_list": ",".join(ids)})
        try:
            fetched = list(self._all({"id_list": ",".join(sent)}))
        except ToldError as error:
            bad = error.message.partition(_MALFORMED)[2].strip()
            rest = [text for text in sent if text != bad]
            if not bad or len(rest) == len(sent):
                raise
            yield from self._by_ids(ids, rest)
            return
        for one in fetched:
            yield Page(where, one.page.body, one.page.fetched_at)

    def _all(self, query: Mapping[str, str]) -> Iterator[_Fetched]:
        """Every page, by the number of entries that really came."""
        start = 0
        while True:
            size = min(PAGE, WINDOW - start)
            params = {**query, "start": str(start), "max_results": str(size)}
            fetched = self._whole(self._url(params), start)
            yield fetched
            start += len(fetched.feed.items)
            if start >= min(fetched.feed.total, WINDOW):
                return

    def _whole(self, url: str, start: int) -> _Fetched:
        """A page that has what it should have; asked for again while it has not."""
        for attempt in range(EMPTY_TRIES):
            page = self._get(url, fresh=attempt > 0)
            try:
                feed = read_feed(page)
            except ToldError:
                raise
            except SourceError as error:
                fault = error
                continue
            if feed.items or not (start or feed.total):
                return _Fetched(page, feed)
            of = f"from {start + 1} of {feed.total}"
            fault = SourceError(shown(url), f"an empty page where papers {of} should be")
        raise SourceError(fault.place, f"{fault.reason} ({EMPTY_TRIES} tries); try again later")

    def _get(self, url: str, *, fresh: bool = False) -> Page:
        if self._http is None:
            raise SourceError(self.name, "needs a path to saved pages, or a network client")
        try:
            answer = self._http.get(url, gap=GAP, fresh=fresh)
        except RefusedError as error:
            raise _explained(error) from None
        return Page(url, answer.body, answer.fetched_at)

    def _url(self, params: Mapping[str, str]) -> str:
        return f"{self._api}?{urlencode(params)}"


def _explained(error: RefusedError) -> SourceError:
    """What arXiv itself says, where the body says it: its error feed comes with HTTP 400."""
    try:
        read_feed(Page(error.place, error.body))
    except ToldError as told:
        return told
    except SourceError:
        pass
    return error
