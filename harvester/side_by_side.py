"""Statements side by side: the words that differ marked, and where each stands since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harvester import columns
from harvester.report import WIDTH, Row, cut, dim, plain
from harvester.wording import BEGIN, END, compared, emphasised, shortened

_ROOM = 3 * (WIDTH - 8)
"""Columns from which on a value is shortened to what differs."""


def marked(texts: Sequence[str], *, names: bool = False) -> list[str]:
    """The texts with the words marked that tell them apart; author lists name by name."""
    lists = [_names(plain(text)) if names else plain(text).split(" ") for text in texts]
    return [emphasised(shortened(words, _ROOM)) for words in compared(lists)]


def _names(text: str) -> list[str]:
    *first, last = text.split("; ")
    return [*(f"{name};" for name in first), last]


def under(first: str, text: str, less: int = 0) -> Iterator[str]:
    """The text behind `first`, its lines under one another; marks end and begin with a line."""
    lead, inside = first, False
    for line in columns.wrap(text, WIDTH - len(first) - less):
        begun = BEGIN + line if inside else line
        inside = begun.rfind(BEGIN) > begun.rfind(END)
        yield lead + begun + (END if inside else "")
        lead = " " * len(first)


def places(claims: Iterable[Row], indent: int) -> Iterator[str]:
    """Where claims stand and since which day, as many to a line as fit."""
    days: dict[str, dict[str, None]] = {}
    for claim in claims:
        place = f"{plain(claim['source'])} {plain(claim['where'] or claim['record'])}"
        days.setdefault(plain(claim["seen"]), {})[place] = None
    for day, places in sorted(days.items()):
        since = [f"seen {day}"] if day else []
        for line in _together([*places, *since], WIDTH - indent):
            yield " " * indent + dim(line)


def _together(places: Iterable[str], room: int) -> Iterator[str]:
    line = ""
    for place in (cut(place, room - 2) for place in places):
        if line and columns.width(line) + 3 + columns.width(place) > room - 2:
            yield f"{line} ·"
            line = place
        else:
            line = f"{line} · {place}" if line else place
    yield line
