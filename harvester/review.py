"""One conflict in words: the question or what became of it, its claims, what to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from harvester import columns
from harvester.choices import choices, folded
from harvester.report import WIDTH, Row, authors, beside, cut, dim, plain, wrapped
from harvester.side_by_side import marked, places, under

TOLD_ABOVE = ("open", "settled", "decided", "fix")
"""Kinds of changes that a review shows as conflicts and fixes already."""
_LONG = 230
"""Columns of a title that are shown: three lines."""
_SHORT = 40
"""Columns up to which a value is typed as it is, rather than its letter."""


def question(conflict: Row) -> Iterator[str]:
    """An open conflict, with the command that follows the proposal and what else there is."""
    yield from body(conflict)
    yield ""
    yield from _deciding(conflict)


def body(conflict: Row) -> Iterator[str]:
    """An open conflict: what it asks, who says what, and the weights."""
    yield beside(f"{conflict['work']} · {asked(conflict)}", f"[{conflict['id']}]", 2)
    if conflict["kind"] == "duplicate":
        yield ""
        yield from _pair(conflict)
    elif conflict["kind"] == "person":
        yield from wrapped(cut(conflict["title"], _LONG), 2)
        yield from places(conflict["claims"], 4)
        yield ""
        yield from wrapped(cut(conflict["why"], 2 * _LONG), 4)
    else:
        yield from wrapped(cut(conflict["title"], _LONG), 2)
        yield ""
        if conflict["why"]:
            yield from wrapped(cut(conflict["why"], 2 * _LONG), 4)
        yield from _lettered(conflict)


def asked(conflict: Row) -> str:
    """The question that an open conflict asks: 'year?', 'one work or two?'."""
    if conflict["kind"] == "duplicate":
        return "one work or two?"
    if conflict["kind"] == "person":
        return "this person's?"
    if conflict["kind"] == "identifier":
        return f"whose is {conflict['proposed']}?"
    return "one workshop or two?" if conflict["field"] == "workshop" else conflict["field"] + "?"


def _lettered(conflict: Row) -> Iterator[str]:
    """The values side by side, each under its letter with who says so."""
    found = values(conflict)
    shown = dict(zip(found, _told(conflict, found.values()), strict=True))
    for value, letter in letters(conflict).items():
        yield from under(f"    {letter}  ", shown[value])
        yield from places(found[value], 9)


def _told(conflict: Row, found: Iterable[list[Row]]) -> list[str]:
    """What each group of claims says, the words marked that tell it from the others."""
    texts = [told(group[0], conflict) for group in found]
    return marked(texts, names=conflict["field"] == "authors")


def values(conflict: Row) -> dict[str, list[Row]]:
    """The claims of each value, by the folded value."""
    found: dict[str, list[Row]] = {}
    for group in groups(conflict):
        found.setdefault(folded(told(group[0], conflict)), []).extend(group)
    return found


def letters(conflict: Row) -> dict[str, str]:
    """The letter of each folded value, in the order of the letters; '' for those beyond 'z'."""
    found = values(conflict)
    known = {value: letter for letter, value in choices(found).items()}
    return known | {value: "" for value in found if value not in known}


def published(conflict: Row) -> str:
    """The folded value that is published while the question is open, '' if none is told."""
    shown = conflict["title"] if conflict["kind"] == "identifier" else conflict["proposed"]
    return folded(shown) if folded(shown) in values(conflict) else ""


def _pair(conflict: Row) -> Iterator[str]:
    """Two works side by side, then the weights that speak for and against their being one."""
    titles = marked([side["title"] for side in conflict["sides"]])
    for number, (side, title) in enumerate(zip(conflict["sides"], titles, strict=True)):
        yield from under(f"    {number + 1}  ", title)
        place = " ".join(str(part) for part in (side["venue"], side["year"]) if part)
        names = authors(side["authors"], side["authors_complete"])
        yield from wrapped(" · ".join(filter(None, (names, place, side["work"]))), 9)
        yield from places(conflict["claims"][number : number + 1], 9)
    yield ""
    yield from evidence(conflict)


def evidence(judgement: Row) -> Iterator[str]:
    """The weights of two records, a line each, and their sum."""
    for piece in judgement["evidence"]:
        words = " ".join((piece["signal"], piece["level"], piece["detail"]))
        yield f"    {piece['bits']:>+4.0f}  {cut(words, WIDTH - 10)}"
    cap = f", held back: {judgement['cap']}" if judgement["cap"] else ""
    verdict = f"bits in all: {judgement['verdict']}{cap}"
    yield f"    {judgement['bits']:>+4.0f}  {cut(verdict, WIDTH - 10)}"


def _deciding(conflict: Row) -> Iterator[str]:
    """What is done until somebody decides, and what to type to make it so for good."""
    if conflict["kind"] == "duplicate":
        yield "    Listed as two works until you decide, apart or same:"
    elif conflict["kind"] == "person":
        yield "    Not listed until you decide, not-mine or mine:"
    else:
        letter = letters(conflict).get(published(conflict), "")
        for_now = f"; {letter} is published until you decide" if letter else ""
        other = "" if conflict["kind"] == "identifier" else ", or a value"
        why = "A claim has changed" if conflict["rule"] else "No rule can tell"
        yield f"    {why}{for_now} (a letter{other}):"
    yield f"    {command(conflict)}"


def command(conflict: Row) -> str:
    """What to type to rule as the program would, or of settled values as it would not."""
    id = shlex.quote(conflict["id"])
    if conflict["kind"] == "duplicate":
        return f"harvest decide apart {id}"
    if conflict["kind"] == "person":
        return f"harvest decide not-mine {id}"
    found, stands = values(conflict), published(conflict)
    if conflict["state"] == "open":
        value = stands or min(found)
    else:
        value = min((v for v in found if v != stands), default=stands or min(found))
    text = plain(told(found[value][0], conflict))
    letter = letters(conflict)[value]
    typed = shlex.quote(text) if columns.width(text) <= _SHORT or not letter else letter
    return f"harvest decide take {id} {letter if letter and conflict['state'] == 'open' else typed}"


def outcome(conflict: Row) -> str:
    """What became of a conflict: 'year 2022, not 2021', 'arxiv 1905.13276', 'authors'."""
    shown = conflict["proposed"]
    if conflict["kind"] in ("identifier", "person"):
        return " ".join((conflict["field"], shown)).strip()
    if conflict["field"] in ("authors", "title"):
        return str(conflict["field"])
    lost = sorted({plain(c["value"]) for c in conflict["claims"]} - {plain(shown)})
    return f"{conflict['field']} {shown}, not {' or '.join(lost)}"


def settled(conflict: Row) -> Iterator[str]:
    """A conflict that a rule or a person settled: why, and who said what."""
    shown = conflict["proposed"]
    yield beside(f"{conflict['work']} · {outcome(conflict)}", f"[{conflict['id']}]", 2)
    if conflict["why"]:
        yield from wrapped(cut(conflict["why"], 2 * _LONG), 4)
    found = groups(conflict)
    texts = _told(conflict, found)
    for group, text in zip(found, texts, strict=True):
        rule = group[0]["struck_by"]
        if conflict["field"] == "authors" and rule:
            text = _difference(group[0], shown)
        first, *more = under(f"    {'-' if rule else '+'} ", text, len(rule) + 2 if rule else 0)
        gap = " " * (WIDTH - columns.width(first) - len(rule))
        yield first + (gap + dim(rule) if rule else "")
        yield from more
        yield from places(group, 6)
    if conflict["state"] == "settled" and len(values(conflict)) > 1:
        yield dim(f"    Otherwise: {command(conflict)}")


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
