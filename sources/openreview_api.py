"""Asking OpenReview: with a token, with a login, or without an account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sources.address import shown
from sources.answer import RefusedError
from sources.contract import Page, SourceError
from sources.openreview_answers import EXPIRED, object_of, refusal

if TYPE_CHECKING:
    from sources.http import Http


class Api:
    """One account at OpenReview, or none. Its secrets are in no address and no error."""

    def __init__(self, http: Http, token: str, username: str, password: str) -> None:
        self._http = http
        self._token = token
        self._login = {"id": username, "password": password}
        self._tokens: dict[str, str] = {}

    @property
    def known(self) -> bool:
        """Whether there is an account to ask with."""
        return bool(self._token or all(self._login.values()))

    def get(self, host: str, path: str, params: Mapping[str, str]) -> tuple[Page, dict[str, Any]]:
        """One answer, and the object that it is.

        Raises SourceError with what OpenReview says, and what to do.
        """
        url = f"{host}{path}?{urlencode(params)}"
        page = self._page(url, host)
        try:
            return page, object_of(page)
        except SourceError:
            # Cut off on its way, perhaps on an earlier day: kept so it would come for ever.
            page = self._page(url, host, fresh=True)
            return page, object_of(page)

    def _page(self, url: str, host: str, *, fresh: bool = False) -> Page:
        headers = self._signed(host)
        try:
            answer = self._http.get(url, headers=headers, fresh=fresh)
        except RefusedError as error:
            raise self._explained(error) from None
        return Page(url, answer.body, answer.fetched_at)

    def _signed(self, host: str) -> Mapping[str, str]:
        if not self.known:
            return {}
        if host not in self._tokens:
            self._tokens[host] = self._token or self._new(host)
        return {"Authorization": f"Bearer {self._tokens[host]}"}

    def _new(self, host: str) -> str:
        url = f"{host}/login"
        try:
            answer = self._http.post(url, self._login)
        except RefusedError as error:
            raise self._explained(error) from None
        found = object_of(Page(url, answer.body))
        token = found.get("token")
        if isinstance(token, str) and token:
            return token
        if "mfaPending" in found:
            reason = "OpenReview asks for a second factor; log in yourself and set OPENREVIEW_TOKEN"
            raise SourceError(shown(url), reason)
        raise SourceError(shown(url), "OpenReview gave no token; set OPENREVIEW_TOKEN instead")

    def _explained(self, error: RefusedError) -> SourceError:
        try:
            found = json.loads(error.body)
        except (ValueError, RecursionError):
            found = None
        words = refusal(found) if isinstance(found, dict) else ""
        if error.status == 401:
            words = EXPIRED
        for secret in (*self._tokens.values(), *self._login.values()):
            words = words.replace(secret, "…") if secret else words
        return SourceError(error.place, words or error.reason)
