"""Pages of the fixtures and of a test, read by the page adapter for their owner."""

from collections.abc import Sequence
from pathlib import Path

from sources.contract import Page
from sources.page import PageSource
from sources.record import Record, Skipped

ROOT = Path(__file__).resolve().parents[2]
STATES = ROOT / "fixtures" / "homepage"
OWNER = ("Hrayr Harutyunyan", "H. Harutyunyan")


def source(path: str, base: Path = ROOT / "fixtures" / "demo") -> PageSource:
    return PageSource("homepage", path, base, OWNER)


def read(path: str, base: Path = ROOT / "fixtures" / "demo") -> list[Record | Skipped]:
    adapter = source(path, base)
    return [item for page in adapter.pages() for item in adapter.parse(page)]


def parse(text: str) -> list[Record | Skipped]:
    return list(source("x.md").parse(Page("x.md", text.encode())))


def records(items: Sequence[Record | Skipped], form: str) -> list[Record]:
    return [item for item in items if isinstance(item, Record) and item.form == form]


def all_records(items: Sequence[Record | Skipped]) -> list[Record]:
    """All of them, when nothing was skipped."""
    found = [item for item in items if isinstance(item, Record)]
    assert len(found) == len(items)
    return found


def line_of(path: str, text: str, nth: int = 1) -> int:
    """Where a fixture has a text for the nth time: tests must not count lines themselves."""
    lines = (ROOT / "fixtures" / path).read_text("utf-8").split("\n")
    return [number for number, line in enumerate(lines, 1) if text in line][nth - 1]


def the(items: Sequence[Record | Skipped], form: str, start: str) -> Record:
    (found,) = (one for one in records(items, form) if one.title.startswith(start))
    return found
