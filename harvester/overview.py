"""`harvest diff` for people: questions, what was settled and changed, fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from harvester import columns, fixwords, review, story
from harvester.brief import SHOWN, Brief
from harvester.report import Row, beside, bold, change, count, dim, lapsed, plain, wrapped

_FEW = 8
"""Changes of one kind up to which they are told one by one."""
_PLACE = 24
"""Columns up to which a place and its fix share a line."""
_ALL = "harvest diff --all"
_WALK = "harvest diff -i"


def diff(brief: Brief) -> Iterator[str]:
    """The whole review, the questions first; one line where nothing needs a person."""
    yield from _questions(brief)
    yield from _settled(brief)
    if brief.story:
        yield from story.decisions(brief.story["decisions"])
        yield from _fixes(brief)
        yield from story.history(brief.story["history"])
    else:
        yield from _changed(brief)
        yield from _fixes(brief)
    if brief.lapsed:
        yield bold("Decisions that do nothing any more")
        yield from lapsed(brief.lapsed)
        yield ""
    if not brief.wanted.narrowed and not brief.needs:
        yield "Nothing needs you."
    elif not (brief.needs or brief.settled or brief.changed):
        yield "Nothing of that."


def _questions(brief: Brief) -> Iterator[str]:
    head = f"{count(brief.questions, 'question')} for you"
    more = 0 if brief.in_full else brief.questions - SHOWN
    if more > 0:
        head += f", the {SHOWN} that matter most first"
    if brief.questions:
        yield from _section(head, brief.each_question(), review.question)
    if more > 0:
        yield f"{count(more, 'more question')}: {_ALL}, or answer them one by one: {_WALK}"
        yield ""


def _settled(brief: Brief) -> Iterator[str]:
    """In full where all are asked for; else a line each."""
    if not brief.settled:
        return
    if brief.in_full:
        yield from _section(f"{brief.settled} settled", brief.each_settled(), review.settled)
        return
    yield bold(f"{brief.settled} settled {_since(brief)}")
    yield ""
    for row in brief.each_settled():
        by = f"{row['rule'] or row['state']} [{row['id']}]"
        yield beside(f"{row['work']} · {review.outcome(row)}", by, 2)
    yield ""
    yield dim(f"How, and all that were ever settled: {_ALL}")
    yield ""


def _since(brief: Brief) -> str:
    since = brief.wanted.since
    if since.isdigit() and len(since) != 4:
        return f"since run {since}"
    return f"since {since}" if since else "in the last sync that changed something"


def _section(head: str, rows: Iterable[Row], show: Callable[[Row], Iterator[str]]) -> Iterator[str]:
    yield bold(head)
    for row in rows:
        yield ""
        yield from show(row)
    yield ""


def _changed(brief: Brief) -> Iterator[str]:
    """A line each; of a kind that has many only how many."""
    kinds = {kind: number for kind, number in brief.kinds.items() if kind not in review.TOLD_ABOVE}
    if not kinds:
        return
    yield bold(f"Changed {_since(brief)}")
    yield ""
    for kind, number in kinds.items():
        if number > _FEW:
            yield f"  {kind:<10}{number}; harvest log names them"
    for row in brief.changed:
        if kinds.get(row.kind, _FEW + 1) <= _FEW:
            yield from change({"kind": row.kind, "work": row.key, "text": row.text}, 2)
    yield ""


def _fixes(brief: Brief) -> Iterator[str]:
    if not brief.fixes:
        return
    yield bold(f"{count(brief.fixes, 'fix')} in your own pages")
    yield ""
    for row in brief.each_fix():
        yield from _fix(row)
    yield ""
    if not brief.in_full and brief.fixes > SHOWN:
        yield f"{brief.fixes - SHOWN} more: {_ALL}"
    if brief.can_patch:
        yield dim("To write them into your files: harvest diff --patch | patch -p0")
        yield ""


def _fix(row: Row) -> Iterator[str]:
    place = plain(f"{row['file']}:{row['line']}" if row["line"] else row["file"])
    if columns.width(place) > _PLACE:
        yield f"  {columns.cut(place, 78)}"
        place = ""
    yield from wrapped(fixwords.told(row), _PLACE + 4, f"  {place}")
