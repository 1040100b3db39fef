"""`harvest init`: a harvest.toml from flags, or by asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from harvester.config import FILE, ConfigError, write

_ASKED = (
    ("arxiv", "arXiv author identifier (harutyunyan_h_1), or 'names' to search by name"),
    ("openreview", "OpenReview profile (~First_Last1)"),
    ("scholar", "Google Scholar export (.bib or .csv)"),
    ("page", "Homepage or CV, a file or an address"),
    ("bibtex", "Your .bib file or a folder of them"),
)


def make(
    folder: Path,
    name: str | None,
    given: Mapping[str, Sequence[str]],
    *,
    force: bool,
    ask: Callable[[str], str] | None,
) -> Path:
    """Write harvest.toml into the folder and return its path.

    Without a name `ask` is asked for everything; where nobody can be asked (None) that is an
    error. Raises ConfigError, also for a file that is there and not to be overwritten.
    """
    path = folder / FILE
    if path.exists() and not force:
        raise ConfigError(f"{FILE}: is there already; edit it, or --force to write it anew")
    if name is None:
        if ask is None:
            raise ConfigError("init needs --name and a source, e.g. --arxiv harutyunyan_h_1")
        name = ask("Your name, as your papers have it")
        given = {key: [ask(f"{what} (empty: none)")] for key, what in _ASKED}
    listed = [
        (adapter, _settings(adapter, value.strip(), folder))
        for adapter, _ in _ASKED
        for value in given.get(adapter, ())
        if value.strip()
    ]
    if not name.strip() or not listed:
        raise ConfigError("init needs a name and a source, e.g. --arxiv harutyunyan_h_1")
    text = write(name.strip(), given.get("aliases", ()), _named_apart(listed))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def _settings(adapter: str, value: str, folder: Path) -> dict[str, Any]:
    if value.startswith(("http://", "https://")) and adapter == "page":
        return {"url": value}
    if adapter == "openreview" and value.startswith("~"):
        return {"profile": value}
    if adapter == "arxiv" and value == "names":
        return {"names": True}
    looks_like_file = (folder / value).exists() or "." in value or "/" in value or "*" in value
    if adapter == "arxiv" and not looks_like_file:
        return {"author": value}
    return {"path": value}


def _named_apart(
    listed: Sequence[tuple[str, dict[str, Any]]],
) -> list[tuple[str, dict[str, Any]]]:
    """Two sources of one adapter get names of their own: 'page', 'page-2'."""
    counts: dict[str, int] = {}
    found = []
    for adapter, settings in listed:
        counts[adapter] = counts.get(adapter, 0) + 1
        number = counts[adapter]
        name = {"name": f"{adapter}-{number}"} if number > 1 else {}
        found.append((adapter, {**name, **settings}))
    return found
