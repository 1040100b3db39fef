"""Tables that are read well: by eye, by ear, and on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from harvester.html_tree import Child, hidden, tag

Cells = Sequence[Element]
"""One `th` and any `td`, in the order of the columns."""


def table(
    label: str,
    heads: Sequence[str],
    rows: Iterable[tuple[Cells, str]],
    *,
    class_: str = "",
    caption: Child = None,
) -> Element:
    """A table in a box of its own, which scrolls where the screen is narrow.

    A row is its cells and a class. Of class 'stack' a narrow screen has the cells of a row one
    below the other; for that each knows its column, and its role, which a change of layout
    takes from it.
    """
    head = tag("tr", (tag("th", n, scope="col", role="columnheader") for n in heads), role="row")
    built = tag(
        "table",
        tag("caption", caption or hidden(label)),
        tag("thead", head, role="rowgroup"),
        tag("tbody", (_row(cells, heads, of) for cells, of in rows), role="rowgroup"),
        class_=class_ or None,
        role="table",
    )
    return boxed(built, label)


def boxed(inside: Element, label: str, *, class_: str = "") -> Element:
    """What scrolls on its own, so that the page need not; with the keyboard, too."""
    return tag(
        "div", inside, class_=f"box {class_}".rstrip(), role="region", aria_label=label, tabindex=0
    )


def _row(cells: Cells, heads: Sequence[str], class_: str) -> Element:
    for cell, head in zip(cells, heads, strict=True):
        cell.set("role", "rowheader" if cell.tag == "th" else "cell")
        if head:
            cell.set("data-head", head)
    return tag("tr", cells, class_=class_ or None, role="row")
