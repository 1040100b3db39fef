"""Days of what happened to a work, as people write them."""

from __future__ import annotations

from datetime import date

from harvester.timeline import Happening

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def days(one: Happening) -> str:
    """'19–25 Jun 2021', 'Nov 2021', '2021'."""
    first, last = one.first, one.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and not one.exact:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if one.kind == "submission" and not one.exact:
        return f"before {last.day} {month_name(last)} {last.year}"
    if not one.exact and (first.year, first.month) == (last.year, last.month):
        return f"{month_name(first)} {first.year}"
    ends = f"{last.day} {month_name(last)} {last.year}"
    if first == last:
        return ends
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{ends}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {month_name(first)}{year} – {ends}"


def month_name(day: date) -> str:
    """'Jun'."""
    return _MONTHS[day.month - 1]
