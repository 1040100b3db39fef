"""The cases of fixtures/claims.toml as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harvester.canon import Claim, Settled
from harvester.resolve import settle
from harvester.rule import Case
from harvester.rules import rules_for
from harvester.venues import table
from sources.record import PartialDate, Stage

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "claims.toml"
OWNERS = ("homepage", "cv", "news", "bibtex")
KINDS = {"homepage": "page", "cv": "page", "scholar-preprint": "scholar"}


@dataclass(frozen=True, slots=True)
class Example:
    """Claims, what a rule may know beside them, and what must become of them."""

    name: str
    field: str
    claims: tuple[Claim, ...]
    case: Case
    row: dict[str, Any]

    def settled(self, *more: Claim) -> Settled:
        """What becomes of its claims, and of others beside them."""
        return settle(self.field, [*self.claims, *more], rules_for(self.field), self.case)


def claim(field: str, text: str, number: int) -> Claim:
    """'homepage | 2021 | venue | gone' read."""
    said, value, basis, *marks = [*map(str.strip, text.split("|")), "", ""][:5]
    basis, flags = ("", {basis, *marks}) if basis in ("cut", "gone", "own") else (basis, {*marks})
    source = said.partition(":")[0]
    voice = "owner" if source in OWNERS else "arxiv" if "preprint" in source else source
    return Claim(
        field=field,
        value=value,
        text=value,
        record=f"{said}:{number}",
        source=source.removesuffix("-preprint"),
        kind=KINDS.get(source, source),
        voice=voice,
        where=f"{source}:{number}",
        seen="",
        gone="gone" in flags,
        basis=basis,
        whole="cut" not in flags,
    )


def examples() -> list[Example]:
    """Every case of the file, in its order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
    return [_example(row) for row in rows]


def _example(row: dict[str, Any]) -> Example:
    claims = tuple(claim(row["field"], text, number) for number, text in enumerate(row["says"]))
    key = row.get("venue", "")
    case = Case(
        posted=PartialDate.parse(row.get("posted", "")),
        venue_key=key,
        venue=table()[key].name if key in table() else key,
        numbered=PartialDate.parse(row.get("numbered", "")),
        own=frozenset(
            found.record
            for found, text in zip(claims, row["says"], strict=True)
            if text.split("|")[-1].strip() == "own"
        ),
        stage=Stage(row.get("stage", "conference")),
    )
    return Example(row["name"], row["field"], claims, case, row)
