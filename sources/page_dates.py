"""Dates as people write them on their pages: 'Sept. 28, 2021', 'Feb, 2023', 'Summer 2025'."""

from __future__ import annotations

import re

from sources.record import PartialDate

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
"""Pattern of a month's name."""
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"


def _date(name: str) -> str:
    """Pattern of one date; its groups begin with `name`."""
    return (
        rf"(?:(?P<{name}early>{_DAY})\s+)?(?P<{name}month>{MONTH})\b\.?,?\s*"
        rf"(?:(?P<{name}late>{_DAY}),?\s+)?(?P<{name}year>(?:19|20)\d\d)\b"
        rf"|(?:Spring|Summer|Fall|Autumn|Winter),?\s+(?P<{name}season>(?:19|20)\d\d)\b"
        rf"|(?P<{name}iso>(?:19|20)\d\d(?:[-./]\d{{1,2}}){{0,2}})(?![\d/])"
        rf"|(?P<{name}number>\d{{1,2}})/(?P<{name}of>(?:19|20)\d\d)\b"
    )


_OPENING = re.compile(rf"[\s\[(]*(?:{_date('a_')})\s*[\])]*\s*(?:[:|–—-]\s*)?", re.IGNORECASE)
_PLAIN = re.compile(_date("a_"), re.IGNORECASE)
_WITHIN = re.compile(rf"(?<![\w./:-])(?:{_date('a_')})(?![\w/:-])", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:(?:{_date('a_')})\s*(?:-+|–|—|to)\s*)?(?:(?:{_date('b_')})|(?P<open>present|now|today))",
    re.IGNORECASE,
)


def opening_date(text: str) -> tuple[PartialDate, int] | None:
    """The date that a text begins with and where the text goes on; None if it begins otherwise."""
    found = _OPENING.match(text)
    date = _read(found, "a_") if found else None
    return (date, found.end()) if found and date else None


def whole_date(text: str) -> PartialDate | None:
    """The date that a text consists of, if it is nothing else."""
    found = _PLAIN.fullmatch(text.strip())
    return _read(found, "a_") if found else None


def date_in(text: str) -> PartialDate | None:
    """The last date that stands in a text by itself, not in a range or a number."""
    dates = [_read(found, "a_") for found in _WITHIN.finditer(text[:500])]
    return next((date for date in reversed(dates) if date), None)


def end_of_range(text: str) -> tuple[PartialDate | None] | None:
    """Where 'Aug. 2018 - May 2023' ends, (None,) for 'to present'; None if it is no range."""
    found = _RANGE.fullmatch(text.strip())
    return (_read(found, "b_"),) if found else None


def _read(found: re.Match[str], name: str) -> PartialDate | None:
    group = found.groupdict()
    parts = [group[f"{name}year"] or group[f"{name}season"] or group[f"{name}of"] or "0"]
    if group[f"{name}iso"]:
        parts = re.split(r"[-./]", group[f"{name}iso"])
    elif group[f"{name}number"]:
        parts.append(group[f"{name}number"])
    elif group[f"{name}month"]:
        day = group[f"{name}late"] or group[f"{name}early"] or "0"
        month = _MONTHS.index(group[f"{name}month"][:3].lower())
        parts += [str(month + 1), day.rstrip("stndrh")]
    try:
        return PartialDate(*map(int, parts))
    except ValueError:
        return None
