"""Decisions as a text file made for git: one block each, in one order, records by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harvester.canon import Decision

_HEAD = """\
# What people decided about this publication list, a block each. Records are named as
# `harvest show --json` names them. To bring them into a workspace: harvest decisions import FILE
"""
_START = re.compile(r"\s*\[\[\s*decision\s*\]\]\s*(#.*)?")
_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_NEEDED = {"take": ("field", "value"), "key": ("value",)}
"""What a kind has to say beside its records."""
_NAMES = {"kind", "records", "field", "version", "value", "claims", "who", "when", "note"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and on which line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision, and the line on which it stands."""

    line: int
    decision: Decision


def write(decisions: Iterable[Decision]) -> str:
    """The file of the decisions. Where they were made in time moves no block: two people who
    decide on two works change the file in two places.
    """
    ordered = sorted(decisions, key=lambda d: (d.kind, d.records, d.field, d.slot, d.when, d.id))
    return "\n".join([_HEAD, *("".join(_block(one)) for one in ordered)])


def _block(one: Decision) -> Iterator[str]:
    yield "[[decision]]\n"
    yield f"kind = {_quoted(one.kind)}\n"
    for name, value in (("field", one.field), ("version", one.slot), ("value", one.value)):
        if value:
            yield f"{name} = {_quoted(value)}\n"
    yield from ("records = [\n", *(f"  {_quoted(key)},\n" for key in one.records), "]\n")
    if one.claims:
        yield "claims = [\n"
        for claim in sorted(one.claims):
            named = zip(("record", "value", "text"), claim, strict=True)
            yield f"  {{{', '.join(f'{name} = {_quoted(text)}' for name, text in named)}}},\n"
        yield "]\n"
    for name, value in (("who", one.who), ("when", one.when), ("note", one.note)):
        if value:
            yield f"{name} = {_quoted(value)}\n"


def _quoted(text: str) -> str:
    """A TOML string on one line; what could move a terminal is spelled out."""
    return f'"{"".join(map(_spelled, text))}"'


def _spelled(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"


def read(text: str) -> tuple[list[Placed], list[Fault]]:
    """The decisions of a file, the earliest first, and all that is wrong with it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        return [], [Fault(line, f"is not TOML: {_LINE.sub('', str(error))}")]
    blocks = data.pop("decision", [])
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _START.fullmatch(line)]
    wrong = [Fault(1, f"{name!r} is not known here") for name in data]
    if not isinstance(blocks, list) or len(lines) != len(blocks):
        return [], [*wrong, Fault(1, "each decision needs a line [[decision]] of its own")]
    placed = []
    for line, block in zip(lines, blocks, strict=True):
        reasons = list(_wrong(block))
        wrong += [Fault(line, reason) for reason in reasons]
        if not reasons:
            placed.append(Placed(line, _decision(block)))
    return sorted(placed, key=lambda one: (one.decision.when, one.line)), wrong


def _wrong(block: Mapping[str, Any]) -> Iterator[str]:
    for name in block.keys() - _NAMES:
        yield f"{name!r} is not known in a decision; there are {', '.join(sorted(_NAMES))}"
    for name in ("kind", "field", "version", "value", "who", "when", "note"):
        if not isinstance(block.get(name, ""), str):
            yield f"{name} is no text"
    for name in ("kind", "records", "when", *_NEEDED.get(str(block.get("kind")), ())):
        if not block.get(name):
            yield f"{name} is missing"
    if not _are_texts(block.get("records", [])):
        yield "records is no list of names such as 'arxiv:2111.13733'"
    claims = block.get("claims", [])
    if not isinstance(claims, list) or not all(map(_is_claim, claims)):
        yield "claims is no list of {record = …, value = …, text = …}"
    if isinstance(block.get("when", ""), str) and block.get("when") and not _moment(block["when"]):
        yield f"{block['when']!r} is no moment; write e.g. 2026-11-21T04:00:00+00:00"


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) and one for one in found)


def _is_claim(found: object) -> bool:
    named = isinstance(found, dict) and found.keys() == {"record", "value", "text"}
    return named and all(isinstance(part, str) for part in found.values())  # type: ignore[attr-defined]


def _moment(text: str) -> str:
    """The moment in UTC, so that moments are in the order of their texts; '' if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return found.astimezone(UTC).isoformat(timespec="seconds") if found.tzinfo else ""


def _decision(block: Mapping[str, Any]) -> Decision:
    claims: Sequence[Mapping[str, str]] = block.get("claims", [])
    return Decision(
        kind=block["kind"],
        records=tuple(sorted(set(block["records"]))),
        field=block.get("field", ""),
        slot=block.get("version", ""),
        value=block.get("value", ""),
        who=block.get("who", ""),
        when=_moment(block["when"]),
        note=block.get("note", ""),
        claims=tuple(sorted((c["record"], c["value"], c["text"]) for c in claims)),
    )
