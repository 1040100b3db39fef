"""How many columns of a terminal a text takes, and texts cut and wrapped to fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def width(text: str) -> int:
    """Columns that a text without controls takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, room: int) -> str:
    """The text in at most `room` columns, with an ellipsis where something is missing."""
    if width(text) <= room:
        return text
    return _first(text, room - 1).rstrip() + "…"


def _first(text: str, room: int) -> str:
    """As much of the beginning as fits; marks stay with the letter that they stand on."""
    taken = 0
    for at, char in enumerate(text):
        taken += _columns(char)
        if taken > room:
            return text[:at]
    return text


def wrap(text: str, room: int) -> Iterator[str]:
    """The words of a text in lines of at most `room` columns; a longer word is broken."""
    line = ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) <= room:
            line += f" {word}"
            continue
        if line:
            yield line
        while width(word) > room:
            piece = _first(word, room) or word[0]
            yield piece
            word = word[len(piece) :]
        line = word
    if line:
        yield line
