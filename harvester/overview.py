"""`harvest diff` for people: questions, what was settled and changed, fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harvester import columns, fixwords, review, story
from harvester.report import Row, beside, bold, change, count, dim, plain, wrapped

_FEW = 8
"""Changes of one kind up to which they are told one by one."""
_PLACE = 24
"""Columns up to which a place and its fix share a line."""
_ALL = "harvest diff --all"


def diff(data: Row) -> Iterator[str]:
    """The whole review, the questions first; one line where nothing needs a person.

    `data` is what `harvester.selection.brief` gives.
    """
    yield from _questions(data)
    yield from _settled(data)
    if "history" in data:
        yield from story.decisions(data["decisions"])
        yield from _fixes(data)
        yield from story.history(data["history"])
    else:
        kinds = review.TOLD_ABOVE
        yield from _changed([row for row in data["changed"] if row["kind"] not in kinds])
        yield from _fixes(data)
    if not data["narrowed"] and not data["open"] and not data["fixes"]:
        yield "Nothing needs you."
    elif not any(data[part] for part in ("open", "settled", "fixes", "changed")):
        yield "Nothing of that."


def _questions(data: Row) -> Iterator[str]:
    number = data["of"]["open"]
    head = f"{count(number, 'question')} for you"
    more = number - len(data["open"])
    if more:
        head += f", the {len(data['open'])} that matter most first"
    yield from _section(head, data["open"], review.question)
    if more:
        yield f"{count(more, 'more question')}: {_ALL}"
        yield ""


def _settled(data: Row) -> Iterator[str]:
    """In full where all are asked for; else a line each."""
    rows = data["settled"]
    if data["in_full"]:
        yield from _section(f"{len(rows)} settled", rows, review.settled)
    elif rows:
        yield bold(f"{data['of']['settled']} settled in the last sync that changed something")
        yield ""
        for row in rows:
            by = f"{row['rule'] or row['state']}  [{row['id']}]"
            yield beside(f"{row['work']} · {review.outcome(row)}", by, 2)
        yield ""
        yield dim(f"How, and all that were ever settled: {_ALL}")
        yield ""


def _section(head: str, rows: Sequence[Row], show: Callable[[Row], Iterator[str]]) -> Iterator[str]:
    if not rows:
        return
    yield bold(head)
    for row in rows:
        yield ""
        yield from show(row)
    yield ""


def _changed(rows: Sequence[Row]) -> Iterator[str]:
    """A line each; of a kind that has many only how many."""
    if not rows:
        return
    yield bold("Changed in the last sync that changed something")
    yield ""
    kinds = Counter(row["kind"] for row in rows)
    for kind, number in kinds.items():
        if number > _FEW:
            yield f"  {kind:<10}{number}, the last `harvest log` names them"
    for row in rows:
        if kinds[row["kind"]] <= _FEW:
            yield from change(row, 2)
    yield ""


def _fixes(data: Row) -> Iterator[str]:
    rows = data["fixes"]
    if not rows:
        return
    yield bold(f"{count(data['of']['fixes'], 'fix')} in your own pages")
    yield ""
    for row in rows:
        yield from _fix(row)
    yield ""
    if len(rows) < data["of"]["fixes"]:
        yield f"{data['of']['fixes'] - len(rows)} more: {_ALL}"
    yield dim("To write them into your files: harvest diff --patch | patch -p0")
    yield ""


def _fix(row: Row) -> Iterator[str]:
    place = plain(f"{row['file']}:{row['line']}" if row["line"] else row["file"])
    if columns.width(place) > _PLACE:
        yield f"  {columns.cut(place, 78)}"
        place = ""
    yield from wrapped(fixwords.told(row), _PLACE + 4, f"  {place}")
