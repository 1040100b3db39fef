"""A fix in words: what is wrong with a statement, and what should stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMES = {"arxiv": "arXiv:", "doi": "DOI ", "openreview": "OpenReview "}


def told(fix: Mapping[str, Any]) -> str:
    """'says CVPR 2021, is CVPR 2022', 'leaves out Roth, Ina'."""
    if fix["field"] == "authors":
        return f"leaves out {missing(fix)}"
    if fix["field"] == "missing":
        return f"does not list {fix['canon']}"
    name = _NAMES.get(fix["field"], "")
    if not fix["canon"]:
        return f"says {name}{fix['says']}, which is another work's"
    return f"says {name}{fix['says']}, is {name}{fix['canon']}"


def missing(row: Mapping[str, Any]) -> str:
    """The authors of the canon whom a list does not name, by family name and first letter."""
    said = [_short(name) for name in row["says"].split("; ")]
    names: list[str] = []
    for name in row["canon"].split("; "):
        if _short(name) in said:
            said.remove(_short(name))
        else:
            names.append(name)
    return "; ".join(names)


def _short(name: str) -> tuple[str, str]:
    family, _, given = name.partition(", ")
    return family.split()[-1].casefold(), given[:1].casefold()
