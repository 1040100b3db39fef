"""The one HTTP client of a run, made when the first source needs it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from sources.answer import Cache
    from sources.http import Http


def connect(contact: str, cache: Cache) -> Http:
    """A client that introduces itself, and keeps the pace of all programs of this user."""
    from importlib.metadata import version

    from sources.http import Http
    from sources.pace import Pace, user_folder

    pace = Pace(user_folder(os.environ))
    return Http(version("pubharvest"), contact, cache=cache, pace=pace)


class Network:
    """Closed with the run, if it was ever opened."""

    def __init__(self, contact: str, cache: Cache) -> None:
        self._contact = contact
        self._cache = cache
        self._http: Http | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._http is not None:
            self._http.close()

    def http(self) -> Http:
        """The client, the same every time."""
        if self._http is None:
            self._http = connect(self._contact, self._cache)
        return self._http
