"""The adapters by name, what a [[source]] of each may say, and how one is made.

The only place that knows them: a new adapter is a function and a row of ADAPTERS here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.contract import Source, SourceError

if TYPE_CHECKING:
    from sources.http import Http


@dataclass(frozen=True, slots=True)
class Wanted:
    """One checked [[source]] table, and what its adapter may need besides."""

    name: str
    settings: Mapping[str, Any]
    folder: Path
    """The workspace, where relative paths start."""
    owner: tuple[str, ...]
    """Every configured form of the person's name."""
    http: Callable[[], Http]
    """Makes the one client of a run, on demand."""

    def text(self, key: str) -> str:
        """A setting that is text; '' if it is not given."""
        return str(self.settings.get(key, ""))

    def given(self, *keys: str) -> dict[str, Any]:
        """Those of the settings that are given: the adapter knows its own defaults."""
        return {key: self.settings[key] for key in keys if key in self.settings}

    def client(self) -> Http | None:
        """The client, unless a path stands in for the network."""
        return None if self.text("path") else self.http()


Kind = Callable[[object], str]
"""What is wrong with the value of a setting; '' if nothing is."""


def text(value: object) -> str:
    """Any text."""
    return "" if isinstance(value, str) else "must be text in quotes"


def texts(value: object) -> str:
    """A list of texts."""
    fine = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "" if fine else "must be a list of texts in quotes"


def switch(value: object) -> str:
    """On or off."""
    return "" if isinstance(value, bool) else "must be true or false"


def service(value: object) -> str:
    """Where a service answers."""
    from sources.address import no_service

    return no_service(value) if isinstance(value, str) else text(value)


def services(value: object) -> str:
    """Where several parts of a service answer, at least one."""
    if not isinstance(value, list) or not value:
        return "must be a list of addresses in quotes"
    return next((wrong for item in value if (wrong := service(item))), "")


def _arxiv(wanted: Wanted) -> Source:
    from sources.arxiv import ArxivSource

    names = wanted.owner if wanted.settings.get("names") else ()
    if wanted.settings.get("names") and not names:
        raise SourceError(wanted.name, "names = true needs a [[person]] in harvest.toml")
    more = wanted.given("author", "ids", "base_url", "author_url")
    path, folder = wanted.text("path"), wanted.folder
    return ArxivSource(wanted.name, wanted.client(), path, folder, names=names, **more)


def _openreview(wanted: Wanted) -> Source:
    from sources.openreview import OpenReviewSource

    return OpenReviewSource(
        wanted.name,
        wanted.client(),
        wanted.text("path"),
        wanted.folder,
        token=os.environ.get("OPENREVIEW_TOKEN", ""),
        username=os.environ.get("OPENREVIEW_USERNAME", ""),
        password=os.environ.get("OPENREVIEW_PASSWORD", ""),
        **wanted.given("profile", "base_urls"),
    )


def _scholar(wanted: Wanted) -> Source:
    from sources.scholar import ScholarSource

    return ScholarSource(wanted.name, wanted.text("path"), wanted.folder)


def _page(wanted: Wanted) -> Source:
    from sources.page import PageSource

    url = wanted.text("url")
    return PageSource(
        wanted.name,
        wanted.text("path"),
        wanted.folder,
        owner=wanted.owner,
        url=url,
        http=wanted.http() if url else None,
    )


def _bibtex(wanted: Wanted) -> Source:
    from sources.bibtex import BibtexSource

    return BibtexSource(wanted.name, wanted.text("path"), wanted.folder)


def _dblp(wanted: Wanted) -> Source:
    from sources.dblp import DblpSource

    return DblpSource(wanted.name, wanted.text("path"), wanted.folder)


@dataclass(frozen=True, slots=True)
class Adapter:
    """What a [[source]] of one kind may and must say, and how it is made."""

    make: Callable[[Wanted], Source]
    settings: Mapping[str, Kind]
    needed: tuple[str, ...] = ("path",)
    """One of these must be given."""


_ARXIV = {"author": text, "names": switch, "ids": texts, "path": text}
_ARXIV_AT = {"base_url": service, "author_url": service}
_OPENREVIEW = {"profile": text, "path": text}

ADAPTERS: Mapping[str, Adapter] = {
    "arxiv": Adapter(_arxiv, _ARXIV | _ARXIV_AT, tuple(_ARXIV)),
    "openreview": Adapter(_openreview, _OPENREVIEW | {"base_urls": services}, tuple(_OPENREVIEW)),
    "scholar": Adapter(_scholar, {"path": text}),
    "page": Adapter(_page, {"path": text, "url": text}, ("path", "url")),
    "bibtex": Adapter(_bibtex, {"path": text}),
    "dblp": Adapter(_dblp, {"path": text}),
}
