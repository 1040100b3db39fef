"""bib-dedupe as it comes: its own cleaning, blocking, rules, and its queue of maybes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas
from bib_dedupe.bib_dedupe import block, match, prep

from benchmarks.peer_rows import Plain, apart
from benchmarks.sets import Pair

_FIELDS = ("volume", "number", "pages", "doi", "abstract")
_KINDS = {"preprint": "article", "": "article"}


def pairs(rows: Sequence[Plain], clean: frozenset[str]) -> tuple[list[Pair], set[Pair]]:
    """Its duplicates and its maybes; of a clean source its `search_set` holds records apart."""
    met = block(prep(pandas.DataFrame([_entry(row, clean) for row in rows]), cpu=1), cpu=1)
    if met.empty:
        return [], set()
    judged = match(met, cpu=1)
    by_id = {row.id: row for row in rows}
    found: dict[str, list[Pair]] = {"duplicate": [], "maybe": []}
    for a, b, label in zip(judged["ID_1"], judged["ID_2"], judged["duplicate_label"], strict=True):
        if label in found and not apart(by_id[a], by_id[b], clean):
            found[label].append((a, b))
    return found["duplicate"], set(found["maybe"])


def _entry(row: Plain, clean: frozenset[str]) -> dict[str, Any]:
    said = row.row
    kind = (said.get("entrytype") or said.get("type") or "").lower()
    kind = _KINDS.get(kind, kind)
    place = "booktitle" if kind == "inproceedings" else "journal"
    names = said.get("authors") or ""
    return {
        "ID": row.id,
        "ENTRYTYPE": kind,
        "title": said.get("title") or "",
        "author": names.replace("; ", " and ") if ";" in names else _anded(names),
        "year": row.year,
        "journal": "",
        "booktitle": "",
        place: said.get("venue") or "",
        "search_set": row.source if row.source in clean else "",
        **{name: said.get(name) or "" for name in _FIELDS},
    }


def _anded(names: str) -> str:
    """Names that only commas part, parted as bib-dedupe wants them."""
    if " and " in names or names.count(",") < 2:
        return names
    return " and ".join(part.strip() for part in names.split(",") if part.strip())
