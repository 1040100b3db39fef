"""What must be read from each page in fixtures/<adapter>/.

A case is a page `fixtures/<adapter>/<case>.<ext>` with `<case>.expected.json` beside it. It is
found by itself. `pytest --regenerate` writes the expected files; nothing else ever does, and the
diff is to be read by a person.
"""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sources.contract import Source, SourceError
from sources.record import Appearance, Author, DateKind, Record, Skipped

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EXPECTED = ".expected.json"


OWNER = ("Hrayr Harutyunyan", "H. Harutyunyan")
"""Whose pages the fixtures are."""


def _saved(module: str, cls: str, **more: Any) -> Callable[[Path], Source]:
    """An adapter that reads one saved page: `Adapter(name, path, base, …)`."""

    def make(page: Path) -> Source:
        source: Source = getattr(import_module(module), cls)(
            page.parent.name, page.name, page.parent, **more
        )
        return source

    return make


def _answered(module: str, cls: str) -> Callable[[Path], Source]:
    """An adapter of a service that reads one saved answer: `Adapter(name, http, path, base)`."""

    def make(page: Path) -> Source:
        source: Source = getattr(import_module(module), cls)(
            page.parent.name, None, page.name, page.parent
        )
        return source

    return make


ADAPTERS: dict[str, Callable[[Path], Source]] = {
    "arxiv": _answered("sources.arxiv", "ArxivSource"),
    "bibtex": _saved("sources.bibtex", "BibtexSource"),
    "dblp": _saved("sources.dblp", "DblpSource"),
    "openreview": _answered("sources.openreview", "OpenReviewSource"),
    "page": _saved("sources.page", "PageSource", owner=OWNER),
    "scholar": _saved("sources.scholar", "ScholarSource"),
}


def _case(page: Path) -> Path:
    return page.parent / (page.name.split(".")[0] + EXPECTED)


PAGES = sorted(
    page
    for adapter in ADAPTERS
    for page in (FIXTURES / adapter).glob("*")
    if page.is_file() and not page.name.endswith(EXPECTED) and not page.name.startswith("README")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_page_is_read_as_expected(page: Path, pytestconfig: pytest.Config) -> None:
    found = read(ADAPTERS[page.parent.name](page))
    expected = _case(page)
    if pytestconfig.getoption("--regenerate"):
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        expected.write_text(text, encoding="utf-8")
    assert expected.exists(), f"{expected.name} is missing: check what is read, then --regenerate"
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_expected_file_has_its_page() -> None:
    cases = {_case(page) for page in PAGES}
    assert len(cases) == len(PAGES), "two pages share one expected file"
    strays = {
        file for adapter in ADAPTERS for file in (FIXTURES / adapter).glob(f"*{EXPECTED}")
    } - cases
    assert not strays


def read(source: Source) -> list[dict[str, Any]]:
    """All that a source says, in order, without what is empty or the same for all."""
    found: list[dict[str, Any]] = []
    try:
        for page in source.pages():
            for item in source.parse(page):
                found.append(_record(item) if isinstance(item, Record) else _skipped(item))
    except SourceError as error:
        found.append({"error": str(error)})
    return found


def _record(record: Record) -> dict[str, Any]:
    said = {
        "id": record.id,
        "form": record.form if record.form != "entry" else "",
        "title": record.title,
        "authors": [_author(author) for author in record.authors],
        "appearances": [_appearance(appearance) for appearance in record.appearances],
        "said": record.said and str(record.said),
        "line": record.line,
        "lines": dict(record.lines),
    }
    said = {name: value for name, value in said.items() if value}
    return said if record.authors_complete else said | {"authors_complete": False}


def _author(author: Author) -> str:
    guessed = "" if author.explicit or not author.given else " (split guessed)"
    return f"{author}{guessed}" + (f" <{author.id}>" if author.id else "")


def _appearance(appearance: Appearance) -> dict[str, Any]:
    names = "stage venue venue_id arxiv doi openreview url volume number pages publisher".split()
    said: dict[str, Any] = {name: getattr(appearance, name) for name in names}
    said["date"] = appearance.date and str(appearance.date)
    said["date_kind"] = appearance.date_kind if appearance.date_kind is not DateKind.STATED else ""
    said["status"] = appearance.status
    said["lines"] = dict(appearance.lines)
    return {name: value for name, value in said.items() if value}


def _skipped(skipped: Skipped) -> dict[str, Any]:
    said: dict[str, Any] = {"skipped": skipped.reason, "where": skipped.where}
    return said if skipped.fault else said | {"fault": False}
