"""A timeline: a list of what happened, and beside it the same drawn on one scale of time.

Places along the scale are per cent of the width, so that the drawing fits any screen while its
letters keep their size. An entry of the list is as high as a lane of the drawing; on a telephone
they lie upon each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from harvester.html_tree import hidden, outside, tag
from harvester.report import count, cut
from harvester.timeline import Happening, first_posted
from harvester.when import days, month_name

_TOP, _LANE, _BELOW, _MIDDLE = 24, 48, 6, 28
"""Heights in points: the scale, a lane, what is left below, and the mark within a lane."""
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between two marks of the scale."""
_MARKS = 6
_LANES = 14
_DAYS_AT_LEAST = 240
_YEARS_AT_MOST = 40
_GAP = 14.0
"""Per cent of the width from which on a gap has room for its length in days."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretch of time that a drawing shows."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Where a day stands, in per cent of the width."""
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return min(max(share, 0), 1) * 100

    def at(self, day: date) -> str:
        """The same as an attribute."""
        return f"{self.share(day):.2f}%"


def scale(found: Sequence[Happening]) -> Scale:
    """A scale that shows all of it with a margin, but for a slip of the pen in another century:
    that stands at the margin.
    """
    middle = sorted(one.first for one in found)[len(found) // 2]
    near = [one for one in found if abs(one.first.year - middle.year) <= _YEARS_AT_MOST]
    first, last = min(one.first for one in near), max(one.last for one in near)
    span = (last - first).days
    margin = max(span * 6 // 100, (_DAYS_AT_LEAST - span) // 2, 20)
    return Scale(_moved(first, -margin), _moved(last, margin))


def drawn(found: Sequence[Happening], shared: Scale, id: str) -> Element | None:
    """The figure, or None where nothing has a date."""
    if not found:
        return None
    shown = found[:_LANES]
    height = _TOP + _LANE * len(shown) + _BELOW
    svg = tag(
        "svg",
        tag("title", "Timeline", id=f"{id}-t"),
        tag("desc", _summary(shown), id=f"{id}-d"),
        _grid(shared, height),
        _before(found, shared, height),
        (_drawing(one, found, shared, _TOP + _LANE * n + _MIDDLE) for n, one in enumerate(shown)),
        role="img",
        width="100%",
        height=height,
        aria_labelledby=f"{id}-t",
        aria_describedby=f"{id}-d",
    )
    rest = len(found) - len(shown)
    more = tag("figcaption", f"and {count(rest, 'date')} more, not drawn") if rest > 0 else None
    return tag("figure", tag("div", tag("ol", map(_words, shown)), svg, class_="time"), more)


def _summary(shown: Sequence[Happening]) -> str:
    posted = first_posted(shown)
    early = [
        f"{cut(one.label, 160)} was over {one.days_over} days before that."
        for one in shown
        if one.days_over
    ]
    told = f" First posted on {posted.isoformat()}." if posted else ""
    return " ".join([f"{count(len(shown), 'date')} on a scale of time.{told}", *early])


def _moved(day: date, days: int) -> date:
    """Another day, or the nearest that a calendar has."""
    number = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(number)


def _grid(shared: Scale, height: int) -> Element:
    return tag("g", _marks(shared, height), class_="grid")


def _marks(shared: Scale, height: int) -> Iterator[Element]:
    """A line and a label for each year, or each few months of a short time."""
    first, last = (day.year * 12 + day.month - 1 for day in (shared.first, shared.last))
    step = next((s for s in _STEPS if (last - first) // s < _MARKS), 12_000)
    for month in range(-(-(first + 1) // step) * step, last + 1, step):
        if month >= 12:
            day = date(month // 12, month % 12 + 1, 1)
            x = shared.at(day)
            name = "" if step % 12 == 0 else f"{month_name(day)} "
            yield tag("line", x1=x, x2=x, y1=_TOP - 6, y2=height)
            odd = " odd" if month // step % 2 else ""
            yield tag("text", f"{name}{day.year}", x=x, y=11, class_=_anchor(shared, day) + odd)


def _anchor(shared: Scale, day: date) -> str:
    """Labels at the margins are drawn inwards."""
    place = shared.share(day)
    return "from" if place < 5 else "upto" if place > 95 else "mid"


def _before(found: Sequence[Happening], shared: Scale, height: int) -> Element | None:
    """The time before the work was public, shaded, and the day on which that ended."""
    posted = first_posted(found)
    if posted is None:
        return None
    x = shared.at(posted)
    return tag(
        "g",
        tag("rect", x=0, y=_TOP - 2, width=x, height=height - _TOP + 2, class_="before"),
        tag("line", x1=x, x2=x, y1=_TOP - 2, y2=height, class_="posted-line"),
    )


def _words(one: Happening) -> Element:
    """What happened, when, and who says so."""
    who = ", ".join(one.sources)
    struck = hidden(f", struck by the rule {one.struck_by}") if one.struck_by else None
    return tag(
        "li",
        tag("span", outside(cut(one.label, 160)), struck, class_="what"),
        " ",
        tag(
            "span",
            tag("span", days(one), class_="when"),
            " ",
            tag("span", hidden("according to "), outside(cut(who, 160)), class_="who"),
            class_="under",
        ),
        class_="lost" if one.struck_by else None,
        title=_sentence(one),
    )


def _drawing(one: Happening, found: Sequence[Happening], shared: Scale, y: int) -> Element:
    """A lane: its line, its mark, and how long the event was over when the work was posted."""
    posted = first_posted(found)
    return tag(
        "g",
        tag("title", _sentence(one)),
        tag("line", x1=0, x2="100%", y1=y, y2=y, class_="lane"),
        _too_early(one, posted, shared, y) if one.days_over and posted else None,
        _mark(one, shared, y),
        class_=f"of-{one.kind}{' lost' if one.struck_by else ''}",
    )


def _too_early(one: Happening, posted: date, shared: Scale, y: int) -> list[Element]:
    start, end = shared.share(one.last), shared.share(posted)
    line = tag("line", x1=f"{start:.2f}%", x2=f"{end:.2f}%", y1=y, y2=y, class_="gap")
    if end - start < _GAP:
        return [line]
    middle = f"{(start + end) / 2:.2f}%"
    return [line, tag("text", count(one.days_over, "day"), x=middle, y=y + 14, class_="mid days")]


def _mark(one: Happening, shared: Scale, y: int) -> Element:
    """A day is a diamond, an event a bar, a year or a month that is all one knows an outline."""
    x = shared.at(one.first)
    if one.first == one.last:
        cross = "M-6-6 6 6M6-6-6 6" if one.struck_by else "M0-7 7 0 0 7-7 0z"
        return tag("svg", tag("path", d=cross), x=x, y=y, overflow="visible", class_="mark")
    wide = shared.share(_moved(one.last, 1)) - shared.share(one.first)
    tall = 12 if one.exact else 6
    place = {"x": x, "y": y - tall // 2, "width": f"{wide:.2f}%", "height": tall}
    return tag("rect", class_="mark" if one.exact else "mark vague", **place)


def _sentence(one: Happening) -> str:
    """All that a lane shows, for those who listen."""
    says = cut(", ".join(one.sources), 160)
    struck = f" Struck by the rule {one.struck_by}." if one.struck_by else ""
    over = f" Over {one.days_over} days before the work was first posted." if one.days_over else ""
    return f"{cut(one.label, 160)}, {days(one)}, according to {says}.{struck}{over}"
