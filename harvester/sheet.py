"""The queue as a table for a spreadsheet, a row a question, and that table read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harvester import review, shapes
from harvester.docket import ShelvedConflict
from harvester.editfile import NOTED, Fault, Line, answer_of, head, parse_head
from harvester.keys import proposal
from harvester.questions import LATER, Answered
from harvester.report import Row, plain

COLUMNS = ("id", "work", "title", "question", "claims", "proposed", "decide", "note")
_FORMULA = ("=", "+", "-", "@")


def write(conflicts: Sequence[ShelvedConflict]) -> str:
    """The table in which these conflicts can be answered, in the column 'decide'.

    With a byte order mark: without it Excel reads UTF-8 as something else.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for conflict in conflicts:
        shape = shapes.conflict_json(conflict)
        cells = [
            conflict.works[0],
            conflict.title,
            review.asked(shape),
            " | ".join(_claims(shape)),
            proposal(conflict, shape),
        ]
        table.writerow([head(conflict), *map(_inert, cells), LATER, ""])
    return "\ufeff" + text.getvalue()


def _claims(shape: Row) -> Iterator[str]:
    """'a: 2021 (homepage homepage.md:200)'; of a pair its works and weights."""
    if shape["kind"] == "duplicate":
        for side in shape["sides"]:
            yield f"{side['work']}: {side['title']} ({side['venue']} {side['year'] or ''})"
        yield f"{shape['bits']:+.0f} bits"
        return
    letters = review.letters(shape)
    for value, group in review.values(shape).items():
        places = ", ".join(dict.fromkeys(f"{c['source']} {c['where']}" for c in group))
        letter = f"{letters[value]}: " if letters.get(value) else ""
        yield f"{letter}{review.told(group[0], shape)} ({places})"


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    shown = plain(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def read(text: str) -> tuple[list[Line], list[Fault]]:
    """The answers of an edited table and what cannot be understood, by line."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal mark.
    mark = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    lacking = [name for name in ("id", "decide") if name not in (rows.fieldnames or ())]
    if lacking:
        return [], [Fault(1, f"there is no column {' and no column '.join(lacking)}")]
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    try:
        for row in rows:
            found = _row(rows.line_num, row, seen)
            if isinstance(found, Fault):
                faults.append(found)
            elif found:
                lines.append(found)
    except csv.Error as error:
        faults.append(Fault(rows.line_num, str(error)))
    return lines, faults


def _row(number: int, row: dict[str, str | None], seen: dict[str, int]) -> Line | Fault | None:
    cells = {name: (row.get(name) or "").strip() for name in ("id", "decide", "note")}
    if not any(cells.values()):
        return None
    id, shown = parse_head(cells["id"])
    if not id:
        return Fault(number, f"{plain(cells['id'])!r} is no id of a question")
    if id in seen:
        return Fault(number, f"{id} is answered in line {seen[id]} already")
    seen[id] = number
    answer = answer_of(cells["decide"] or LATER)
    if isinstance(answer, str):
        return Fault(number, answer)
    if answer.verb == LATER:
        return Fault(number, NOTED) if cells["note"] else None
    note = " ".join(cells["note"].split())
    return Line(number, Answered(id, shown, replace(answer, note=note)))
