"""What people read: lists, one work, how a run went, in 80 columns of plain text.

Everything is rendered from the same dicts that `--json` prints, so that programs and people
are told the same. Colour is added here and taken off by click where nobody would see it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from harvester import columns

if TYPE_CHECKING:
    from harvester.canon import Decision
    from harvester.changes import Change
    from harvester.decisions_file import BroughtIn
    from harvester.sync import Outcome

WIDTH = 80
_LISTED = 50
"""Works of a first sync that are listed one by one; whoever has more reads `harvest list`."""
Row = Mapping[str, Any]


def inert(text: object) -> str:
    """Text from outside without what could move a terminal or a page: controls and
    bidirectional marks. Ends of lines are blanks.
    """
    shown = str(text)
    if shown.isprintable():
        return shown
    blanks = "\n\t\u2028\u2029"
    return "".join(
        " " if char in blanks else char
        for char in shown
        if char in blanks or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def plain(text: object) -> str:
    """Inert text with one blank between words."""
    return " ".join(inert(text).split())


def cut(text: object, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where something is missing."""
    return columns.cut(plain(text), width)


def dim(text: str) -> str:
    """What is beside the point."""
    return click.style(text, dim=True)


def bold(text: str) -> str:
    """What to look at first."""
    return click.style(text, bold=True)


def beside(left: str, right: str, indent: int = 0) -> str:
    """Left text and a dim right text at the margin of one line; the left is cut if need be."""
    if not right:
        return " " * indent + cut(left, WIDTH - indent)
    right = cut(right, WIDTH - indent - 12)
    left = cut(left, WIDTH - indent - columns.width(right) - 2)
    gap = WIDTH - indent - columns.width(left) - columns.width(right)
    return " " * indent + left + " " * gap + dim(right)


def wrapped(text: object, indent: int, first: str = "") -> Iterator[str]:
    """The text in lines under an indent; `first`, if given, stands in the indent of the first."""
    lead = f"{first:<{indent}}"
    for line in columns.wrap(plain(text), WIDTH - indent):
        yield lead + line
        lead = " " * indent


def works(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest list`: two lines a work, newest first."""
    for row in rows:
        year = str(row["year"] or "    ")
        yield f"{bold(year)}  {cut(row['title'], WIDTH - 6)}"
        yield beside(_subtitle(row, WIDTH - 6 - len(row["key"]) - 2), row["key"], 6)
    yield ""
    yield dim(count(len(rows), "work"))


def _subtitle(row: Row, room: int) -> str:
    """Venue and authors, with as many names as fit."""
    place = plain(row["venue"]) or row["stage"]
    if row.get("gone"):
        place += " (gone)"
    for most in (3, 2, 1):
        shown = f"{place} · {authors(row['authors'], row['authors_complete'], most)}"
        if len(shown) <= room:
            return shown
    return place


def authors(names: Sequence[str], complete: bool, most: int = 3) -> str:
    """'Bae, Kim, Bayat and 8 more': family names, `most` of them at most."""
    families = [plain(name.split(",")[0]) for name in names]
    if not complete:
        return ", ".join([*families[:most], "and others"])
    if len(families) <= most:
        return " and ".join(filter(None, (", ".join(families[:-1]), *families[-1:])))
    return ", ".join(families[:most]) + f" and {len(families) - most} more"


def count(number: int, noun: str) -> str:
    """'1 work', '22 works'; a noun in -x takes -es, one in -y -ies."""
    if number == 1:
        return f"1 {noun}"
    plural = noun + ("es" if noun.endswith("x") else "s")
    return f"{number} {plural}"


def change(row: Row, indent: int = 0) -> Iterator[str]:
    """What a sync changed in one place: its kind, the work, and what happened."""
    first = " " * indent + f"{row['kind']:<10}"
    yield from wrapped(f"{row['work']} {row['text']}", indent + 10, first)


def welcome(folder: str, outcome: Outcome, programs: str = "") -> Iterator[str]:
    """What `harvest demo` says when it is done.

    `programs` is where `harvest` stands if a shell would not find it by its name.
    """
    yield f"{count(outcome.works, 'work')} out of {count(outcome.records, 'record')} in {folder}"
    yield ""
    yield "Look at them:"
    yield ""
    yield f"  cd {folder}"
    if programs:
        yield f"  export PATH={quote(programs)}:$PATH"
    for command, what in (
        ("harvest list", "the canonical list"),
        ("harvest diff", "one question, and what is wrong on the homepage"),
        ("harvest diff -i", "answer it with one key"),
        ("harvest show failure modes", "one work, and who says what of it"),
        ("cat canon.bib", "the canonical .bib"),
    ):
        yield f"  {command:<28}{dim(what)}"


def outcome(found: Outcome) -> Iterator[str]:
    """What `harvest sync` changed; nothing if nothing did. Of a long first sync only how much."""
    born = sum(row.kind == "new" for row in found.changes)
    if born > _LISTED and born == found.works:
        asked = sum(row.kind == "open" for row in found.changes)
        yield f"{count(found.works, 'work')} out of {count(found.records, 'record')}: harvest list"
        if asked:
            yield f"{count(asked, 'question')} for you: harvest diff"
        return
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
    what = f"{decision.kind} {decision.value}".strip()
    yield f"Decision {decision.id} is kept: {plain(what)}."
    yield from _consequences(changes)
    yield dim(f"harvest undo {decision.id} takes it back.")


def unruled(decision: Decision, changes: Sequence[Change]) -> Iterator[str]:
    """What taking a decision back did."""
    yield f"Decision {decision.id} is taken back."
    yield from _consequences(changes)


def brought_in(found: BroughtIn) -> Iterator[str]:
    """What a file of decisions brought."""
    known = f", {found.known} held already" if found.known else ""
    yield f"{count(len(found.kept), 'decision')} brought in{known}."
    if found.kept:
        yield from _consequences(found.changes)


def _consequences(changes: Sequence[Change]) -> Iterator[str]:
    for row in changes:
        yield from change({"kind": row.kind, "work": row.key, "text": row.text}, 2)
    if not changes:
        yield "  It changes nothing in the canon."


def status(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest status`: a line a source, and under it what it skipped."""
    for row in rows:
        when = row["last_ok"][:16].replace("T", " ") or "never read"
        held = beside(count(row["records"], "record"), when, 16)
        yield f"{cut(row['name'], 14):<16}{held.lstrip()}"
        if row["failure"]:
            yield from wrapped(f"failed: {row['failure']}", 4)
        for item in row["skipped"]:
            yield from wrapped(f"{item['where']}: {item['reason']}", 4)


def lapsed(rows: Sequence[Row]) -> Iterator[str]:
    """Decisions that do nothing any more: a line each, and the command that removes it."""
    for row in rows:
        told = f"decision {row['decision']} is {row['standing']} · {row['text']}"
        yield beside(told, row["command"], 2)


def log(rows: Sequence[Row]) -> Iterator[str]:
    """`harvest log`: runs, the latest first, and what each changed."""
    for row in rows:
        began = row["started"][:16].replace("T", " ")
        ended = row["outcome"].replace("_", " ") if row["finished"] else "cut off"
        yield beside(f"run {row['id']:<5}{began}", ended)
        for found in row["changes"]:
            yield from change(found, 4)
