"""Records as JSON text and back: what a record says apart from where it stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from sources.record import Appearance, Author, DateKind, PartialDate, Record, Stage

_POSITION = frozenset({"where", "line", "lines", "raw"})
"""Where a statement stands and its bytes: they move while it says the same."""
_NAME = frozenset({"source", "id"})
_LEDGER = frozenset({"seen", "gone"})

Json = dict[str, Any]


def dumps(value: object) -> str:
    """JSON in one spelling: equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content(record: Record) -> str:
    """What the record says, without its name and its position."""
    said = _said(record, _POSITION | _NAME | _LEDGER)
    for field in ("authors", "appearances"):
        if field in said:
            said[field] = [_said(part, _POSITION) for part in said[field]]
    return dumps(said)


def digest(content: str) -> str:
    """SHA-256 of a content: equal where a record says the same as before."""
    return hashlib.sha256(content.encode()).hexdigest()


def position(record: Record) -> str:
    """Where the record and its fields stand, and the entry verbatim."""
    found: Json = {name: value for name in sorted(_POSITION) if (value := getattr(record, name))}
    if any(appearance.lines for appearance in record.appearances):
        found["appearances"] = [appearance.lines for appearance in record.appearances]
    return dumps(found)


def restore(source: str, id: str, content: str, position: str, seen: str, gone: bool) -> Record:
    """The record that `content` and `position` were made of."""
    said: Json = json.loads(content)
    stands: Json = json.loads(position)
    places = stands.pop("appearances", None) or [()] * len(said.get("appearances", ()))
    said["appearances"] = tuple(
        _appearance(part, lines)
        for part, lines in zip(said.get("appearances", ()), places, strict=True)
    )
    said["authors"] = tuple(Author(**part) for part in said.get("authors", ()))
    for field in ("categories", "by_name"):
        if field in said:
            said[field] = tuple(said[field])
    if "said" in said:
        said["said"] = _date(said["said"])
    if "lines" in stands:
        stands["lines"] = _lines(stands["lines"])
    return Record(source=source, id=id, seen=seen, gone=gone, **said, **stands)


def _said(value: Any, without: frozenset[str]) -> Json:
    """The fields that differ from their defaults: one that is added later changes no digest."""
    found: Json = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name not in without and held != field.default:
            found[field.name] = str(held) if isinstance(held, PartialDate) else held
    return found


def _appearance(part: Json, lines: list[list[Any]]) -> Appearance:
    if "stage" in part:
        part["stage"] = Stage(part["stage"])
    if "date" in part:
        part["date"] = _date(part["date"])
    if "date_kind" in part:
        part["date_kind"] = DateKind(part["date_kind"])
    return Appearance(lines=_lines(lines), **part)


def _lines(pairs: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((field, line) for field, line in pairs)


def _date(text: str) -> PartialDate:
    date = PartialDate.parse(text)
    if date is None:
        raise ValueError(f"the ledger holds a date that is on no calendar: {text!r}")
    return date
