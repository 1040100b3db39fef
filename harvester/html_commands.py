"""Exactly what to type to decide a conflict."""

from __future__ import annotations

import shlex
from xml.etree.ElementTree import Element

from harvester.choices import choices, folded
from harvester.html_tree import outside, tag
from harvester.report import Row, cut, plain
from harvester.review import told


def letters(conflict: Row) -> dict[str, str]:
    """Folded value to the letter by which it is taken."""
    if conflict["kind"] not in ("field", "identifier"):
        return {}
    found = choices(told(claim, conflict) for claim in conflict["claims"])
    return {value: letter for letter, value in found.items()}


def commands(conflict: Row) -> Element:
    """Exactly what to type to decide."""
    word = "To decide, type" if conflict["state"] == "open" else "To rule otherwise, type"
    return tag(
        "div",
        tag("p", f"{word}{' one of' if len(_lines(conflict)) > 1 else ''}"),
        tag("ul", (_command(*line) for line in _lines(conflict))),
        class_="decide",
    )


def _lines(conflict: Row) -> list[tuple[str, str]]:
    """(command, what it means) for each way to decide."""
    id = conflict["id"]
    if conflict["kind"] == "duplicate":
        pair = " ".join(shlex.quote(plain(key)) for key in conflict["records"])
        return [
            (f"harvest decide same {pair}", "they are one work"),
            (f"harvest decide apart {pair}", "they are two"),
        ]
    if conflict["kind"] == "person":
        return [
            (f"harvest decide mine {id}", "this person wrote it"),
            (f"harvest decide not-mine {id}", "a namesake did"),
        ]
    values: dict[str, str] = {}
    for claim in conflict["claims"]:
        values.setdefault(folded(told(claim, conflict)), told(claim, conflict))
    stands = "" if conflict["state"] == "open" else folded(conflict["proposed"])
    return [
        (f"harvest decide take {id} {letter}", cut(values[value], 90))
        for value, letter in letters(conflict).items()
        if value != stands
    ]


def _command(line: str, meaning: str) -> Element:
    return tag("li", tag("code", line, class_="command"), " ", outside(meaning, "span"))
