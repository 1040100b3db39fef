"""`harvest diff` for people: questions, what rules settled, fixes, what changed."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from harvester.choices import choices, folded
from harvester.report import WIDTH, Row, beside, bold, change, count, cut, dim, plain, wrapped

TOLD_ABOVE = ("open", "settled", "decided", "fix")
"""Kinds of changes that a review shows as conflicts and fixes already."""
_FEW = 8
"""New works up to which a change is told work by work."""


def diff(data: Row) -> Iterator[str]:
    """The whole review, the questions first; one line where nothing needs a person."""
    sections: list[tuple[str, Sequence[Row], Callable[[Row], Iterator[str]]]] = [
        (count(len(data["open"]), "question") + " for you", data["open"], _question),
        (f"{len(data['settled'])} settled", data["settled"], _settled),
        (count(len(data["fixes"]), "fix") + " in your own pages", data["fixes"], _fix),
    ]
    for head, rows, show in sections:
        if rows:
            yield bold(head)
            for row in rows:
                yield ""
                yield from show(row)
            yield ""
    yield from _changed([row for row in data["changed"] if row["kind"] not in TOLD_ABOVE])
    if not data["open"] and not data["fixes"]:
        yield "Nothing needs you."


def _changed(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield bold("Changed in the last sync that changed something")
    yield ""
    if len(rows) > _FEW:
        kinds = Counter(row["kind"] for row in rows)
        yield "  " + ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    else:
        for row in rows:
            yield from change(row, 2)
    yield ""


def _question(conflict: Row) -> Iterator[str]:
    yield beside(f"{conflict['work']} · {asked(conflict)}", f"[{conflict['id']}]", 2)
    yield from wrapped(conflict["title"], 2)
    yield ""
    if conflict["kind"] == "duplicate":
        yield from _pair(conflict)
        return
    if conflict["kind"] == "person":
        yield from wrapped(conflict["why"], 4)
        yield from _places(conflict["claims"], 4)
        yield ""
        yield f"  Decide:  harvest decide not-mine {conflict['id']}    or: mine"
        return
    identifier = conflict["kind"] == "identifier"
    found = {folded(told(group[0], conflict)): group for group in groups(conflict)}
    for letter, value in choices(found).items():
        shown = told(found[value][0], conflict)
        published = not identifier and shown == conflict["proposed"]
        mark = "published for now" if published else ""
        yield beside(f"{letter}  {plain(shown)}", mark, 4)
        yield from _places(found[value], 7)
    yield ""
    yield f"  Decide:  harvest decide take {conflict['id']} a"


def asked(conflict: Row) -> str:
    """The question that an open conflict asks: 'year?', 'one work or two?'."""
    if conflict["kind"] == "duplicate":
        return "one work or two?"
    if conflict["kind"] == "person":
        return "this person's?"
    if conflict["kind"] == "identifier":
        return f"whose is {conflict['proposed']}?"
    return "one workshop or two?" if conflict["field"] == "workshop" else conflict["field"] + "?"


def _pair(conflict: Row) -> Iterator[str]:
    for work in conflict["works"][1:]:
        yield from wrapped(f"and {work}", 4)
    for piece in conflict["evidence"]:
        words = " ".join((piece["signal"], piece["level"], piece["detail"]))
        yield f"    {piece['bits']:>+4.0f}  {cut(words, WIDTH - 10)}"
    yield ""
    for verb in ("same", "apart"):
        yield f"  harvest decide {verb} \\"
        yield f"      {' '.join(conflict['records'])}"


def outcome(conflict: Row) -> str:
    """What became of a conflict: 'year 2022, not 2021', 'arxiv 1905.13276', 'authors'."""
    shown = conflict["proposed"]
    if conflict["kind"] in ("identifier", "person"):
        return " ".join((conflict["field"], shown)).strip()
    if conflict["field"] in ("authors", "title"):
        return str(conflict["field"])
    lost = sorted({plain(c["value"]) for c in conflict["claims"]} - {plain(shown)})
    return f"{conflict['field']} {shown}, not {' or '.join(lost)}"


def _settled(conflict: Row) -> Iterator[str]:
    shown = conflict["proposed"]
    yield beside(f"{conflict['work']} · {outcome(conflict)}", f"[{conflict['id']}]", 2)
    if conflict["why"]:
        yield from wrapped(conflict["why"], 4)
    for group in groups(conflict):
        rule = group[0]["struck_by"]
        text = _difference(group[0], shown) if conflict["field"] == "authors" and rule else ""
        text = text or plain(group[0]["text" if conflict["kind"] == "identifier" else "value"])
        yield beside(f"{'-' if rule else '+'} {text}", rule, 4)
        yield from _places(group, 6)


def groups(conflict: Row) -> list[list[Row]]:
    """Claims that say the same and fared the same, in order."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for claim in conflict["claims"]:
        same = folded(told(claim, conflict)), claim["struck_by"]
        groups.setdefault(same, []).append(claim)
    return list(groups.values())


def told(claim: Row, conflict: Row) -> str:
    """What tells claims apart: the value, or of an identifier the title that it is given to."""
    return str(claim["text"] if conflict["kind"] == "identifier" else claim["value"])


def _difference(claim: Row, shown: str) -> str:
    """What an author list lacks, has too many, or that only its order differs."""
    mine, canon = claim["value"].split("; "), shown.split("; ")
    lacking = [name for name in canon if name not in mine]
    extra = [name for name in mine if name not in canon]
    parts = [f"without {'; '.join(lacking)}"] if lacking else []
    parts += [f"with {'; '.join(extra)}"] if extra else []
    return plain(", ".join(parts) or "in another order")


def _places(claims: Iterable[Row], indent: int) -> Iterator[str]:
    """Where claims stand, as many to a line as fit."""
    places = dict.fromkeys(f"{plain(c['source'])} {plain(c['where'])}" for c in claims)
    together = " · ".join(place.replace(" ", "\u00a0") for place in places)
    for line in textwrap.wrap(
        together, WIDTH - indent, break_long_words=False, break_on_hyphens=False
    ):
        yield " " * indent + dim(line.replace("\u00a0", " "))


def _fix(row: Row) -> Iterator[str]:
    place = f"{row['file']}:{row['line']}" if row["line"] else row["file"]
    yield beside(place, row["work"], 2)
    if row["field"] == "authors":
        yield from wrapped(f"leaves out {missing(row)}", 6)
    else:
        yield from wrapped(f"says {row['says']}, is {row['canon']}", 6)


def missing(row: Row) -> str:
    """The authors of the canon whom a list does not name, by family name and first letter."""
    said = [_short(name) for name in row["says"].split("; ")]
    names: list[str] = []
    for name in row["canon"].split("; "):
        if _short(name) in said:
            said.remove(_short(name))
        else:
            names.append(name)
    return "; ".join(names)


def _short(name: str) -> tuple[str, str]:
    family, _, given = name.partition(", ")
    return family.split()[-1].casefold(), given[:1].casefold()
