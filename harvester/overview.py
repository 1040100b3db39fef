"""`harvest diff` for people: questions, what was settled and changed, fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harvester import columns, review
from harvester.report import WIDTH, Row, beside, bold, change, count, dim, plain, wrapped

_FEW = 12
"""Changes up to which they are told one by one."""
_PLACE = 28
"""Columns up to which a place and its fix share a line."""


def diff(data: Row) -> Iterator[str]:
    """The whole review, the questions first; one line where nothing needs a person.

    `data` is of the shape that `harvester.selection` makes.
    """
    yield from _questions(data)
    yield from _settled(data)
    yield from _changed([row for row in data["changed"] if row["kind"] not in review.TOLD_ABOVE])
    yield from _fixes(data)
    if not data["open"] and not data["fixes"]:
        yield "Nothing needs you."


def _questions(data: Row) -> Iterator[str]:
    yield from _section(
        count(data["of"]["open"], "question") + " for you", data["open"], review.question
    )
    yield from _more(data, "open", "question", "harvest diff --all")


def _settled(data: Row) -> Iterator[str]:
    """In full where all are asked for, else a line each."""
    rows = data["settled"]
    if data["in_full"]:
        yield from _section(f"{len(rows)} settled", rows, review.settled)
    elif rows:
        yield bold(f"{data['of']['settled']} settled")
        yield ""
        for row in rows:
            by = f"{row['rule'] or row['state']} [{row['id']}]"
            yield beside(f"{row['work']} · {review.outcome(row)}", by, 2)
        yield ""
        yield from _more(data, "settled", "settled", "harvest diff --all")
