"""What two titles or author lists that differ amount to beside what else the records say."""

from __future__ import annotations

from harvester.whereabouts import Where

Level = tuple[str, str, str]
"""(signal, level, detail)."""

_WORDED = ("equal", "equal, common", "equal, generic", "near", "part", "within", "recurring")
_CHANGED = (
    *("word exchanged", "word added", "near, word exchanged", "near, word added"),
    "continued",
)
DISPUTES = ("clash", "two DOIs", "some years apart", "far apart")
"""Levels of identifiers and years that speak against two being one."""


def in_its_place(
    title: Level | None, authors: Level | None, where: Where, shared: bool, disputed: bool
) -> Level | None:
    """What a title that differs amounts to beside equal pages or a shared identifier."""
    if title is None:
        return None
    _, level, detail = title
    here = where.pages == "same" and where.number != "differs"
    if here and not disputed and level in _CHANGED:
        return "title", "alike", detail
    if level == "apart" and authors:
        if here and authors[1] in ("same", "same, one", "most"):
            return "title", "other words", detail
        if shared and authors[1] == "same":
            return "title", "reworded", detail
    return title


def settled(worded: str, shared: bool, where: Where) -> bool:
    """Whether the title and an identifier or the pages leave no doubt, whoever is named."""
    return worded in _WORDED and (shared or where.pages == "same")
