"""The head of a site's file: 'key: value' between '---' lines, or 'key = value' between '+++'.

Read line by line, since real heads are at times no YAML: 'title: Foo: a bar' (FORMATS 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_KEY = re.compile(r"([A-Za-z_][\w.-]{0,40})\s*[:=](?:\s+|\Z)(.*)")
_TOML_KEY = re.compile(r"([A-Za-z_][\w.-]{0,40})\s*=\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_NESTED = re.compile(r"\s+(?:-\s+)?[A-Za-z_]\w*:\s")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_INLINE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^\s,\[\]\"'][^,\[\]]*)")
_LONGEST = 400
"""Lines of a head."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands under one key."""

    line: int
    """Of the key, from 1."""
    items: tuple[str, ...]
    """The items of a list, or the one text; nothing if it is empty."""
    listed: bool = False

    @property
    def text(self) -> str:
        """All of it as one text."""
        return ", ".join(self.items)


@dataclass(frozen=True, slots=True)
class Head:
    """A file's head."""

    values: dict[str, Value]
    """By key, in small letters; of a key that stands twice the last, as site generators have it."""
    last: int
    """Line of its closing mark."""

    def text(self, key: str) -> str:
        """The text under a key, '' if there is none."""
        found = self.values.get(key)
        return found.text if found else ""


def read_head(lines: Sequence[str]) -> Head | None:
    """The head that a file begins with, None if it begins otherwise."""
    mark = lines[0].rstrip() if lines else ""
    if mark not in ("---", "+++"):
        return None
    ends = (mark, "...") if mark == "---" else (mark,)
    last = next((at for at, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() in ends), 0)
    if not last:
        return None
    key_of = _KEY if mark == "---" else _TOML_KEY
    values: dict[str, Value] = {}
    starts = [at for at in range(1, last) if key_of.match(lines[at])]
    for at, end in pairwise((*starts, last)):
        found = key_of.match(lines[at])
        if found:
            values[found[1].lower()] = _value(at + 1, found[2], lines[at + 1 : end])
    return Head(values, last + 1)


def _value(line: int, first: str, below: Sequence[str]) -> Value:
    first = first.strip()
    below = [one for one in below if one.strip() and not one.lstrip().startswith("#")]
    if first.startswith("["):
        return Value(line, tuple(_inline(" ".join([first, *below]))), listed=True)
    items = [item for one in below if (item := _ITEM.match(one))]
    if items and (not first or first.startswith("#")):
        texts = (_unquoted(re.sub(r"\A(?:name|url):\s+", "", item[1])) for item in items)
        return Value(line, tuple(text for text in texts if text), listed=True)
    if first in ("|", ">", "|-", ">-", "|+", ">+"):
        first, below = "", [one.strip() for one in below]
        return Value(line, (" ".join(below),))
    if not first and below and _NESTED.match(below[0]):  # a table of its own: 'image:'
        return Value(line, ())
    text = _unquoted(" ".join([first, *(one.strip() for one in below)]))
    return Value(line, (text,) if text else ())


def _inline(text: str) -> Iterator[str]:
    """The items of '[admin, "Ver Steeg, Greg"]'."""
    for found in _INLINE.finditer(text):
        item = _unquoted(found[0])
        if item:
            yield item


def _unquoted(text: str) -> str:
    """A scalar without its quotes, or without the remark behind it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(_escaped, text[1:-1]).strip()
    return re.sub(r"(?:\A|\s)#.*\Z", "", text).strip()


def _escaped(found: re.Match[str]) -> str:
    sign = found[1]
    if len(sign) > 1:
        number = int(sign[1:], 16)
        half = 0xD800 <= number < 0xE000  # of a letter: it can be spelt, but not kept
        return "\ufffd" if half else chr(number) if number >= ord(" ") else " "
    return {"n": " ", "t": " ", "r": " "}.get(sign, sign)
