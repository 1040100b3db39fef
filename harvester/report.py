"""What people read: lists, one work, questions and fixes, in 80 columns of plain text.

Everything is rendered from the same dicts that `--json` prints, so that programs and people
are told the same. Colour is added here and taken off by click where nobody would see it.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from harvester.canon import Decision
    from harvester.changes import Change
    from harvester.sync import Outcome

WIDTH = 80
Row = Mapping[str, Any]


def plain(text: object) -> str:
    """Text from outside without what could move a terminal: controls and bidirectional marks."""
    kept = (
        " " if char in "\n\t" else char
        for char in str(text)
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def cut(text: object, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where something is missing."""
    shown = plain(text)
    return shown if len(shown) <= width else shown[: width - 1].rstrip() + "…"


def _dim(text: str) -> str:
    return click.style(text, dim=True)


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _beside(left: str, right: str, indent: int = 0) -> str:
    """Left text and a dim right text at the margin of one line; the left is cut if need be."""
    room = WIDTH - indent - len(right) - 2
    left = cut(left, room)
    gap = WIDTH - indent - len(left) - len(right)
    return " " * indent + left + " " * gap + _dim(right)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield from textwrap.wrap(
        plain(text), WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False
    )


def works(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest list`: two lines a work, newest first."""
    for row in rows:
        year = str(row["year"] or "    ")
        yield f"{_bold(year)}  {cut(row['title'], WIDTH - 6)}"
        place = plain(row["venue"]) or row["stage"]
        if row.get("gone"):
            place += " · gone"
        people = authors(row["authors"], row["authors_complete"])
        yield _beside(f"{place} · {people}", row["key"], 6)
    yield ""
    yield _dim(count(len(rows), "work"))


def authors(names: Sequence[str], complete: bool) -> str:
    """'Bae, Kim, Bayat and 8 more': family names, three of them at most."""
    families = [plain(name.split(",")[0]) for name in names]
    more = len(families) - 3
    if not complete:
        return ", ".join([*families[:3], "and others"])
    if more > 1:
        return ", ".join(families[:3]) + f" and {more} more"
    if len(families) > 1:
        return ", ".join(families[:-1]) + " and " + families[-1]
    return "".join(families)


def count(number: int, noun: str) -> str:
    """'1 work', '22 works'; a noun in -x takes -es, one in -y -ies."""
    if number == 1:
        return f"1 {noun}"
    plural = noun + ("es" if noun.endswith("x") else "s")
    return f"{number} {plural}"


def diff(data: Row) -> Iterator[str]:
    """`harvest diff`: questions, then what rules settled, fixes, and what changed."""
    questions, settled = data["open"], data["settled"]
    if questions:
        yield _bold(count(len(questions), "question") + " for you")
        for conflict in questions:
            yield ""
            yield from _question(conflict)
        yield ""
    if settled:
        yield _bold(f"{len(settled)} settled")
        for conflict in settled:
            yield ""
            yield from _settled(conflict)
        yield ""
    if data["fixes"]:
        yield _bold(count(len(data["fixes"]), "fix") + " in your own pages")
        yield ""
        yield from fixes(data["fixes"])
        yield ""
    if data["changed"]:
        yield _bold("Changed in the last sync that changed something")
        yield ""
        for row in data["changed"]:
            yield from change(row, 2)
        yield ""
    if not (questions or data["fixes"]):
        yield "Nothing needs you."


def _question(conflict: Row) -> Iterator[str]:
    yield _beside(_about(conflict), f"[{conflict['id']}]", 2)
    yield from _wrapped(conflict["title"], 2)
    if conflict["kind"] == "duplicate":
        yield from _pair(conflict)
        return
    yield ""
    groups = _by_value(conflict["claims"])
    for letter, (value, claims) in zip("abcdefghijklmnopqrstuvwxyz", groups, strict=False):
        mark = "published for now" if value == conflict["proposed"] else ""
        yield _beside(f"{letter}  {value}", mark, 4) if mark else f"    {letter}  {cut(value, 72)}"
        yield from _places(claims, 7)
    yield ""
    yield f"  Decide:  harvest decide take {conflict['id']} a"


def _pair(conflict: Row) -> Iterator[str]:
    yield ""
    for work in conflict["works"][1:]:
        yield from _wrapped(f"and {work}", 4)
    for piece in conflict.get("evidence", ()):
        words = " ".join((piece["signal"], piece["level"], piece["detail"]))
        yield f"    {piece['bits']:>+4.0f}  {cut(words, WIDTH - 10)}"
    yield ""
    a, b = conflict["records"]
    yield f"  Decide:  harvest decide same {a} {b}"
    yield f"      or:  harvest decide apart {a} {b}"


def _about(conflict: Row) -> str:
    what = {
        "workshop": "one workshop or two?",
        "duplicate": "one work or two?",
        "identifier": f"whose is {conflict['proposed']}?",
    }
    asked = what.get(conflict["field"]) or what.get(conflict["kind"])
    return f"{conflict['work']} · {asked or 'which ' + conflict['field'] + '?'}"


def _settled(conflict: Row) -> Iterator[str]:
    shown = conflict["proposed"]
    if conflict["kind"] == "identifier":
        what = f"{conflict['field']} {shown} is this work's alone"
    elif conflict["field"] in ("authors", "title"):
        what = conflict["field"]
    else:
        lost = sorted({c["value"] for c in conflict["claims"]} - {shown})
        what = f"{conflict['field']} {shown}, not {' or '.join(lost)}"
    yield _beside(f"{conflict['work']} · {what}", f"[{conflict['id']}]", 2)
    if conflict["why"]:
        yield from _wrapped(conflict["why"], 4)
    for value, claims in _by_value(conflict["claims"]):
        struck = {c["struck_by"] for c in claims} - {""}
        rule = f"  struck: {', '.join(sorted(struck))}" if struck else ""
        head = f"{'-' if struck else '+'} {value}"
        yield _beside(head, rule.strip(), 4) if rule else f"    {cut(head, WIDTH - 4)}"
        yield from _places(claims, 6)


def _by_value(claims: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for claim in claims:
        groups.setdefault(claim["value"], []).append(claim)
    return list(groups.items())


def _places(claims: Sequence[Row], indent: int) -> Iterator[str]:
    """Where claims stand, as many to a line as fit."""
    places = dict.fromkeys(f"{plain(c['source'])} {plain(c['where'])}" for c in claims)
    for line in textwrap.wrap(
        " · ".join(place.replace(" ", "\u00a0") for place in places),
        WIDTH - indent,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield " " * indent + _dim(line.replace("\u00a0", " "))


def fixes(rows: Sequence[Row]) -> Iterator[str]:
    """One statement to change a paragraph: where, what it says, what should stand there."""
    for row in rows:
        place = f"{row['file']}:{row['line']}" if row["line"] else row["file"]
        yield _beside(place, row["work"], 2)
        if row["field"] == "authors":
            yield from _wrapped(f"leaves out {_missing(row)}", 6)
        else:
            yield from _wrapped(f"says {row['says']!s}, is {row['canon']!s}", 6)


def _missing(row: Row) -> str:
    said = {re.sub(r"\W", "", n.split(",")[0]).casefold() for n in row["says"].split("; ")}
    names = row["canon"].split("; ")
    lost = [n for n in names if re.sub(r"\W", "", n.split(",")[0]).casefold() not in said]
    return "; ".join(lost) or f"{len(names) - len(row['says'].split('; '))} authors"


def change(row: Row, indent: int = 0) -> Iterator[str]:
    """One line of what a sync changed."""
    pad = " " * indent
    yield f"{pad}{row['kind']:<9} {plain(row['work'])}"
    yield from _wrapped(row["text"], indent + 10)


def welcome(folder: str, outcome: Outcome) -> Iterator[str]:
    """What `harvest demo` says when it is done."""
    yield f"{count(outcome.works, 'work')} out of {count(outcome.records, 'record')} in {folder}"
    yield ""
    yield "Look at them:"
    yield ""
    yield f"  cd {folder}"
    for command, what in (
        ("harvest list", "the canonical list"),
        ("harvest diff", "one question, and what is wrong on the homepage"),
        ("harvest show failure modes", "one work, and who says what of it"),
        ("cat canon.bib", "the canonical .bib"),
    ):
        yield f"  {command:<28}{_dim(what)}"


def outcome(found: Outcome) -> Iterator[str]:
    """What `harvest sync` changed; nothing if nothing did."""
    for row in found.changes:
        yield from change({"kind": row.kind, "work": row.key, "text": row.text})


def troubles(found: Outcome) -> Iterator[str]:
    """Faults and omissions for stderr, a line each."""
    for item in found.skipped:
        yield plain(f"{item.where}: {item.reason}")
    for error in found.failures:
        yield plain(f"{error}")


def ruled(decision: Decision, changes: Sequence[Change]) -> Iterator[str]:
    """What a decision did."""
    what = f"take {decision.value}" if decision.kind == "take" else decision.kind
    yield f"Decision {decision.id} is kept: {plain(what)}."
    yield from _consequences(changes)
    yield _dim(f"harvest undo {decision.id} takes it back.")


def unruled(decision: Decision, changes: Sequence[Change]) -> Iterator[str]:
    """What taking a decision back did."""
    yield f"Decision {decision.id} is taken back."
    yield from _consequences(changes)


def _consequences(changes: Sequence[Change]) -> Iterator[str]:
    for row in changes:
        yield from change({"kind": row.kind, "work": row.key, "text": row.text}, 2)
    if not changes:
        yield "  It changes nothing in the canon."


def work(data: Row) -> Iterator[str]:
    """`harvest show`: one work, its versions, every claim, and why its records are one."""
    yield _bold(plain(data["key"]))
    yield from _wrapped(data["title"], 0)
    yield from _wrapped("; ".join(data["authors"]) + _open_list(data), 0)
    if data["status"]:
        yield from _wrapped(data["status"], 0)
    for version in (None, *range(len(data["versions"]))):
        fields = [field for field in data["fields"] if field["version"] == version]
        yield ""
        yield _bold("The work" if version is None else _place(data["versions"][version]))
        for field in fields:
            yield from _field(field)
    if data["judgements"]:
        yield ""
        yield _bold("Why these records are one work")
        for judgement in data["judgements"]:
            yield from _judgement(judgement)


def _open_list(data: Row) -> str:
    return "" if data["authors_complete"] else "; and others"


def _place(version: Row) -> str:
    return " ".join(plain(p) for p in (version["stage"], version["venue"], version["year"]) if p)


def _field(field: Row) -> Iterator[str]:
    mark = "" if field["state"] == "settled" else field["state"]
    yield _beside(f"{field['field']:<11}{field['value']}", mark, 2)
    for claim in field["claims"]:
        if claim["struck_by"]:
            says = f"- {claim['value']}"
            yield _beside(says, f"{claim['source']} {claim['where']}  {claim['struck_by']}", 13)
        else:
            yield " " * 13 + _dim(cut(f"+ {claim['source']} {claim['where']}", WIDTH - 13))
    if field["why"]:
        yield from _wrapped(field["why"], 13)


def _judgement(judgement: Row) -> Iterator[str]:
    yield ""
    total = f"{judgement['bits']:+.0f} bits: {judgement['verdict']}"
    for number, key in enumerate(judgement["records"]):
        yield _beside(key, "" if number else total, 2)
    for piece in judgement["evidence"]:
        words = " ".join((piece["signal"], piece["level"], piece["detail"]))
        yield f"    {piece['bits']:>+4.0f}  {cut(words, WIDTH - 10)}"


def status(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest status`: a line a source, and under it what it skipped."""
    for row in rows:
        when = row["last_ok"][:16].replace("T", " ") or "never read"
        yield _beside(f"{row['name']:<14}{count(row['records'], 'record')}", when)
        if row["failure"]:
            yield from _wrapped(f"failed: {row['failure']}", 4)
        for item in row["skipped"]:
            yield from _wrapped(f"{item['where']}: {item['reason']}", 4)


def log(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest log`: runs, the latest first, and what each changed."""
    for row in rows:
        began = row["started"][:16].replace("T", " ")
        ended = row["outcome"].replace("_", " ") if row["finished"] else "cut off"
        yield _beside(f"run {row['id']:<5}{began}", ended)
        for found in row["changes"]:
            yield from change(found, 4)
