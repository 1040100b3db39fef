"""BibTeX files as they are met: bytes to entries with line numbers, and what could not be read.

bibtexparser splits the file into blocks. Its middleware is not used: it drops an entry whose
key or field stands twice, and joins no '#' (STACK 1.3 to 1.8).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.model import Block, Entry, ParsingFailedBlock, String
from bibtexparser.model import Field as ParsedField
from bibtexparser.splitter import Splitter

# bibtexparser logs, and so prints, what is a BibFault here.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE = re.compile(r'(?<!\\)[{}"]')
_BLANK = re.compile(r"\s+")
_JOINED = re.compile(r"\s*#\s*")
_COMMENTED_OUT = re.compile(r"^[ \t]*%.*", re.MULTILINE)
_BARE = re.compile(r"[^\s#{}\"]+")
_NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_LONGEST_MACRO = 2000
"""Macros made of macros can double without end; no venue's name is longer."""


@dataclass(frozen=True, slots=True)
class BibField:
    """One field's value, still LaTeX, its enclosing braces or quotes gone."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry as it stands in the file."""

    kind: str
    """Lower case: article, inproceedings."""
    key: str
    fields: dict[str, BibField]
    """By lower-case name, in the order of the file."""
    line: int
    """Of its '@', from 1."""
    raw: str
    """Verbatim, but for line ends."""


@dataclass(frozen=True, slots=True)
class BibFault:
    """Something that could not be read, or not as it stands."""

    line: int
    reason: str


def decode(body: bytes) -> str:
    """Text of a file in UTF-8, with or without byte order mark; every line end a line feed.

    A line that is not UTF-8 is read as Windows-1252 by itself: files pasted together from
    several sources are in several encodings.
    """
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = body.decode("utf-16", errors="replace")
    else:
        body = body.removeprefix(b"\xef\xbb\xbf")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            text = "\n".join(_decode_line(line) for line in body.split(b"\n"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def read_bibtex(text: str) -> Iterator[BibEntry | BibFault]:
    """Every entry of a file in order; a broken one is a fault and costs no other.

    An entry is kept though its key stands twice. Of a field that stands twice the first is
    taken, and a fault says so. A line that begins with '%' says nothing.
    """
    blocks = Splitter(_COMMENTED_OUT.sub("", text)).split().blocks
    macros = [found for block in blocks if isinstance(found := _unwrapped(block), String)]
    strings: dict[str, str] = {}
    for macro in reversed(macros):  # so that one used before it is defined is known as well
        _define(macro, strings)
    for block in blocks:
        found = _unwrapped(block)
        line = (block.start_line or 0) + 1
        if isinstance(found, String):
            _define(found, strings)
        elif isinstance(found, Entry):
            yield from _entry(found, line, strings)
        elif isinstance(block, ParsingFailedBlock):
            yield BibFault(line, f"{_why(block)}; skipped")


def _unwrapped(block: Block) -> Block:
    """The block, or what stands in one that was only refused for a repeated key or field."""
    inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else None
    return _unwrapped(inner) if inner is not None else block


def _why(block: ParsingFailedBlock) -> str:
    reason = str(getattr(block.error, "abort_reason", block.error))
    if 'closing `"`' in reason:
        return "a value has no closing quote"
    if reason.startswith("Unexpected"):
        return "entry has no closing brace"
    if reason.startswith("Expected comma after entry key"):
        return "no comma after the entry's key"
    return f"entry cannot be read ({' '.join(reason.split()).rstrip('.')})"


def _define(macro: String, strings: dict[str, str]) -> None:
    value, _ = _value(macro.value, 0, strings)
    if len(value) <= _LONGEST_MACRO:
        strings[macro.key.lower()] = value


def _entry(entry: Entry, line: int, strings: dict[str, str]) -> Iterator[BibEntry | BibFault]:
    fields: dict[str, BibField] = {}
    faults: list[BibFault] = []
    for parsed in entry.fields:
        for name, found, glued in _values(parsed, strings):
            if glued:
                faults.append(BibFault(found.line, f"no comma before '{name}'; read all the same"))
            if name not in fields:
                fields[name] = found
            elif fields[name].value != found.value:
                faults.append(
                    BibFault(found.line, f"field '{name}' stands twice; the first is taken")
                )
    yield BibEntry(entry.entry_type.lower(), entry.key, fields, line, entry.raw or "")
    yield from faults


def _values(parsed: ParsedField, strings: dict[str, str]) -> Iterator[tuple[str, BibField, bool]]:
    """The field, and those glued to it because a comma is missing: (name, field, glued)."""
    name, raw = parsed.key, str(parsed.value)
    line, at, glued = parsed.start_line + 1, 0, False
    while True:
        value, end = _value(raw, at, strings)
        following = _NEXT_FIELD.match(raw, end)
        if not following:
            value = f"{value} {raw[end:]}".rstrip()
        yield name.lower().strip(), BibField(value, line), glued
        if not following:
            return
        line += raw.count("\n", at, following.end(1))
        name, at, glued = following[1], following.end(), True


def _value(raw: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """The value that begins at `at`, its pieces joined, and where it ends."""
    pieces: list[str] = []
    while True:
        if blank := _BLANK.match(raw, at):
            at = blank.end()
        piece, at = _piece(raw, at, strings)
        pieces.append(piece)
        joined = _JOINED.match(raw, at)
        if not joined:
            return "".join(pieces), at
        at = joined.end()


def _piece(raw: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    if raw.startswith("{", at):
        end = _closing(raw, at + 1, _BRACE, "}")
        return raw[at + 1 : end], end + 1
    if raw.startswith('"', at):
        end = _closing(raw, at + 1, _QUOTE_OR_BRACE, '"')
        return raw[at + 1 : end], end + 1
    bare = _BARE.match(raw, at)
    if not bare:
        return "", at
    # A macro that nobody defined, a month mostly, stands for itself.
    return strings.get(bare[0].lower(), bare[0]), bare.end()


def _closing(raw: str, at: int, marks: re.Pattern[str], closing: str) -> int:
    depth = 0
    for mark in marks.finditer(raw, at):
        if mark[0] == closing and depth <= 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return len(raw)
