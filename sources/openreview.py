"""OpenReview: the submissions of one profile, from both of its APIs or from saved answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sources.contract import Page, SourceError
from sources.files import saved_pages
from sources.openreview_answers import (
    is_url,
    lines_of,
    list_of,
    notes_of,
    place_of,
    replies_of,
    submissions_of,
)
from sources.openreview_api import Api
from sources.openreview_notes import Note, authors, content, read_note
from sources.record import Record, Skipped

if TYPE_CHECKING:
    from sources.http import Http

LIMIT = 1000
"""Notes a page; a larger number is silently cut to this (FORMATS 2.3)."""
SEARCH_LIMIT = 100
SEARCH_PAGES = 5
"""A search is ranked and counts all that it knows: behind these the names are other people's."""


class OpenReviewSource:
    """Every note that names a profile as author. Without an account only what a search finds."""

    kind = "openreview"

    def __init__(
        self,
        name: str,
        http: Http | None,
        path: str,
        base: Path,
        *,
        profile: str = "",
        token: str = "",
        username: str = "",
        password: str = "",
        base_urls: Sequence[str] = ("https://api2.openreview.net", "https://api.openreview.net"),
    ) -> None:
        """`path` stands in for the network. `base_urls`: API 2, then API 1."""
        self.name = name
        self._path = path
        self._base = base
        self._profile = profile.strip()
        self._api = Api(http, token.strip(), username, password) if http else None
        self._hosts = tuple(url.rstrip("/") for url in base_urls)

    def pages(self) -> Iterator[Page]:
        """All notes of the profile on both hosts, or what the search finds without an account."""
        if self._path:
            yield from saved_pages(self._path, self._base, (".json",))
        elif self._api is None:
            raise SourceError(self.name, "needs a path to saved answers, or a network client")
        elif self._api.known:
            names = self._usernames(self._api)
            for host in self._hosts:
                for name in names:
                    query = {"content.authorids": name, "sort": "cdate:desc"}
                    yield from self._all(self._api, host, "/notes", query)
        else:
            yield from self._found(self._api)

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record a submission. Raises SourceError for a page that holds no notes."""
        notes = notes_of(page)
        replies = replies_of(notes)
        online = is_url(page.where)
        lines = {} if online else lines_of(page)
        strangers = 0
        for note in submissions_of(notes):
            name = str(note.get("id") or "")
            if self._is_mine(note, page.where):
                where = f"https://openreview.net/forum?id={name}" if online else page.where
                line = lines.get(name, 0)
                yield read_note(note, replies.get(name, []), self.name, where, line)
            else:
                strangers += 1
        if strangers:
            reason = f"left out {strangers} notes that name other profiles than {self._profile}"
            yield Skipped(self.name, place_of(page.where), reason, fault=False)

    def _is_mine(self, note: Note, where: str) -> bool:
        """Whether a note that names profiles names this one; copies of DBLP may name none."""
        if not self._profile:
            return True
        asked = urlsplit(where) if is_url(where) else urlsplit("")
        mine = {self._profile, *parse_qs(asked.query).get("content.authorids", [])}
        named = {author.id for author in authors(note)[0]} - {""}
        return bool(named & mine) or (not named and not asked.path.endswith("/search"))

    def _usernames(self, api: Api) -> list[str]:
        """A merged profile keeps several ids, and each has notes of its own (FORMATS 2.3)."""
        page, found = api.get(self._hosts[0], "/profiles", {"id": self._profile})
        profiles = [one for one in list_of(found.get("profiles")) if isinstance(one, dict)]
        if not profiles:
            reason = f"OpenReview has no profile {self._profile}; it is written like ~First_Last1"
            raise SourceError(place_of(page.where), reason)
        rows = [row for row in list_of(content(profiles[0], "names")) if isinstance(row, dict)]
        names = [self._profile, *(row.get("username") for row in rows)]
        return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))

    def _found(self, api: Api) -> Iterator[Page]:
        term = re.sub(r"\d+$", "", self._profile.lstrip("~")).replace("_", " ")
        query = {"term": term, "type": "terms", "content": "authors", "source": "forum"}
        pages = self._all(api, self._hosts[0], "/notes/search", query, SEARCH_LIMIT)
        yield from islice(pages, SEARCH_PAGES)

    def _all(
        self, api: Api, host: str, path: str, query: Mapping[str, str], limit: int = LIMIT
    ) -> Iterator[Page]:
        """Pages until a short one: the count is not the real size (FORMATS 2.3, 2.4)."""
        offset, last = 0, b""
        while True:
            part = {"limit": str(limit), "offset": str(offset)}
            page, found = api.get(host, path, {**query, **part})
            came = len(list_of(found.get("notes")))
            if came and page.body == last:
                raise SourceError(place_of(page.where), "sends the same notes whatever the offset")
            yield page
            offset, last = offset + came, page.body
            if came < limit:
                return
