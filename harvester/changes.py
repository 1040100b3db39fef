"""What differs between two states of the derived tables, in lines for a person."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harvester.fixwords import told

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

TABLES = ("work", "version", "conflict", "conflict_claim", "fix")
"""The tables that are compared."""

KINDS = "new published changed merged split gone returned open decided settled closed fix".split()
"""Every kind of change, in the order in which people read them."""

_UNPUBLISHED = ("preprint", "submission", "other")
_LONG = ("title", "authors")
"""Fields whose values do not fit a line."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what a run changed."""

    kind: str
    """One of KINDS."""
    key: str
    """Citation key of the work."""
    text: str

    @property
    def line(self) -> str:
        """'galstyan2022failure  CVPR 2021 / 2022: settled as 2022 (…) [f1199e4]'."""
        return f"{self.key}  {self.text}"


def changes(before: Tables, after: Tables, born: Collection[int]) -> list[Change]:
    """Sorted by kind and citation key. `born` are the identities that are new in `after`."""
    found = {*_works(before, after, born), *_conflicts(before, after), *_fixes(before, after)}
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.key, change.text))


def place(row: Row) -> str:
    """'CVPR 2022', 'arXiv:2111.13733': the headline of a work's row."""
    if row["stage"] == "preprint" and row["arxiv"]:
        return f"arXiv:{row['arxiv']}"
    return " ".join(str(part) for part in (row["venue"] or row["stage"], row["year"]) if part)


def _works(before: Tables, after: Tables, born: Collection[int]) -> Iterator[Change]:
    old = {row["id"]: row for row in before["work"] if not row["aside"]}
    new = {row["id"]: row for row in after["work"] if not row["aside"]}
    waited = {row["id"] for row in before["work"] if row["aside"]}
    heirs = {record: row for row in new.values() for record in json.loads(row["records"])}
    for id, row in new.items():
        if id in old:
            yield from _work(old[id], row)
        elif id in born or id in waited:
            yield Change("new", row["key"], f"{row['title']} ({place(row)})")
        else:
            yield Change("split", row["key"], "is a work of its own again")
    aside = {row["id"]: row["aside"] for row in after["work"] if row["aside"]}
    for id, row in old.items():
        if id in aside:
            yield Change("gone", row["key"], f"is set aside. {aside[id]}")
        elif id not in new:
            left = (heirs[key] for key in json.loads(row["records"]) if key in heirs)
            yield _lost(row["key"], next(left, None))


def _lost(key: str, heir: Row | None) -> Change:
    if heir is None:
        return Change("gone", key, "none of its records is in the list any more")
    if key in json.loads(heir["aliases"]):
        return Change("merged", key, f"is one work with {heir['key']}; the key stays as an alias")
    return Change("merged", key, f"is one work with {heir['key']} again")


def _work(old: Row, new: Row) -> Iterator[Change]:
    key = new["key"]
    if new["gone"] and not old["gone"]:
        yield Change("gone", key, "no source sends it any more; it is kept")
    if old["gone"] and not new["gone"]:
        yield Change("returned", key, "is sent again")
    if new["key"] != old["key"]:
        stays = "; that stays as an alias" if old["key"] in json.loads(new["aliases"]) else ""
        yield Change("changed", key, f"is its key, was {old['key']}{stays}")
    if any(new[name] != old[name] for name in ("stage", "venue", "year")):
        out = old["stage"] in _UNPUBLISHED and new["stage"] not in _UNPUBLISHED
        text = f"is {place(new)}, was {place(old)}"
        yield Change("published" if out else "changed", key, text)
    if new["title"] != old["title"]:
        yield Change("changed", key, f"title is {new['title']!r}, was {old['title']!r}")
    if (new["authors"], new["authors_complete"]) != (old["authors"], old["authors_complete"]):
        yield Change("changed", key, f"authors are {_people(new)}, were {_people(old)}")
    for name in ("arxiv", "doi", "openreview"):
        if new[name] != old[name]:
            was = f", was {old[name]}" if old[name] else ""
            yield Change("changed", key, f"{name} is {new[name] or 'not known'}{was}")


def _people(row: Row) -> str:
    names = [name.split(",")[0] for name in json.loads(row["authors"])]
    return ", ".join(names + ([] if row["authors_complete"] else ["and others"]))


def _conflicts(before: Tables, after: Tables) -> Iterator[Change]:
    old = {row["id"]: row for row in before["conflict"]}
    new = {row["id"]: row for row in after["conflict"]}
    shown = _Shown(after)
    for id, row in new.items():
        was = old.get(id)
        if not was or (was["state"], was["proposed"]) != (row["state"], row["proposed"]):
            yield Change(row["state"], json.loads(row["works"])[0], shown.outcome(row))
    for id, row in old.items():
        if id not in new and row["state"] == "open":
            text = f"{row['field'] or row['kind']}: no longer in question [{id}]"
            yield Change("closed", json.loads(row["works"])[0], text)


class _Shown:
    """Conflicts in words."""

    def __init__(self, tables: Tables) -> None:
        keys = {work["id"]: work["key"] for work in tables["work"]}
        self._venues = {(keys[v["work"]], v["slot"]): v["venue"] for v in tables["version"]}
        self._values: dict[str, set[str]] = defaultdict(set)
        for claim in tables["conflict_claim"]:
            self._values[claim["conflict"]].add(claim["value"])

    def outcome(self, row: Row) -> str:
        """What it is about and what became of it."""
        about = self._about(row)
        if row["state"] == "open":
            return f"{about}: needs a person [{row['id']}]"
        named = row["rule"] and row["state"] != "decided"
        rule = f" ({row['rule']})" if named else ""
        plain = row["kind"] == "field" and row["field"] not in _LONG
        taken = f" as {row['proposed']}" if plain else ""
        return f"{about}: {row['state']}{taken}{rule} [{row['id']}]"

    def _about(self, row: Row) -> str:
        """'CVPR 2021 / 2022', 'pages 1-9 / 1-10', 'may be one work with bae2025mixture'."""
        works = json.loads(row["works"])
        if row["kind"] == "person":
            return f"is it this person's? {row['why']}"
        if row["kind"] == "duplicate":
            return f"may be one work with {' and '.join(works[1:])}"
        if row["kind"] == "identifier":
            return f"{row['field']} {row['proposed']} stands on {len(works)} works"
        if row["field"] in _LONG:
            return str(row["field"])
        venue = self._venues.get((works[0], row["slot"])) if row["field"] == "year" else ""
        return f"{venue or row['field']} {' / '.join(sorted(self._values[row['id']]))}"


def _fixes(before: Tables, after: Tables) -> Iterator[Change]:
    old = {_statement(row) for row in before["fix"]}
    keys = {row["id"]: row["key"] for row in after["work"]}
    for row in after["fix"]:
        if _statement(row) not in old:
            where = f"{row['file']}:{row['line']}" if row["line"] else row["file"]
            yield Change("fix", keys[row["work"]], f"{where} {told(row)}")


def _statement(row: Row) -> tuple[Any, ...]:
    """A fix wherever it stands: it is no news that a line moved."""
    return tuple(row[name] for name in ("source", "file", "field", "says", "canon", "work"))
