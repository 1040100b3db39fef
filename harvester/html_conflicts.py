"""One conflict as an article: its question or outcome, its timeline, its claims, its command."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element

from harvester.choices import folded
from harvester.html_commands import commands, letters
from harvester.html_tables import table
from harvester.html_tree import Child, hidden, linked, outside, tag
from harvester.report import Row, authors, cut, plain
from harvester.review import asked, groups, outcome, told

_LONG = 3000
_TOKENS = 400
"""Words up to which two values are compared word by word."""
_OF_TIME = ("year", "date", "venue", "workshop")
"""Fields on which a timeline throws light."""
_NAMES = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview"}


def article(conflict: Row, works: Mapping[str, Row], time: Sequence[Element]) -> Element:
    """All about one conflict. `works` are the works that are listed, by key."""
    opened = conflict["state"] == "open"
    head = asked(conflict) if opened else outcome(conflict)
    parts: list[Child] = [
        tag("h3", outside(_headline(cut(head, 200), conflict))),
        tag(
            "p",
            work_link(conflict["work"], works),
            " · ",
            tag("code", conflict["id"], class_="id"),
            " · decided by a person" if conflict["state"] == "decided" else None,
            class_="about",
        ),
        outside(cut(conflict["title"], 400), "p", class_="title"),
        outside(conflict["why"], "p", class_="why") if conflict["why"] else None,
    ]
    inside = [*time, *_bodies(conflict, works), commands(conflict)]
    if not opened and conflict["field"] not in _OF_TIME:
        summary = tag("summary", "Claims, dates and the command to rule otherwise")
        inside = [tag("details", summary, inside)]
    return tag("article", parts, inside, id=f"c-{conflict['id']}", class_=conflict["state"])


def work_link(key: str, known: Collection[str]) -> Element:
    """A citation key that leads to the work's row, if it has one."""
    return tag("code", tag("a", key, href=f"#w-{key}") if key in known else key)


def _headline(head: str, conflict: Row) -> str:
    """'Year 2022, not 2021', 'arXiv 1905.13276'."""
    for name, shown in _NAMES.items():
        if head.startswith(f"{name} ") and conflict["kind"] == "identifier":
            return shown + head[len(name) :]
    return head[:1].upper() + head[1:]


def _bodies(conflict: Row, works: Mapping[str, Row]) -> Iterator[Element]:
    if conflict["kind"] == "duplicate":
        yield _pair(conflict, works)
        yield _evidence(conflict)
    if conflict["claims"]:
        yield _claims(conflict)


def _claims(conflict: Row) -> Element:
    """The claims, those that agree and fared alike in one row."""
    letter_of = letters(conflict)
    found = groups(conflict)
    if conflict["state"] == "open":
        found.sort(key=lambda group: letter_of.get(folded(told(group[0], conflict)), "~"))
    days = {plain(claim["seen"]) for claim in conflict["claims"]}
    since = f", since {min(days)}" if len(days) == 1 else ", since when"
    return table(
        f"Claims of conflict {conflict['id']}",
        ("", "Says", f"Who and where{since}", "Outcome"),
        ((_claim(g, conflict, letter_of, len(days) > 1), _fate(g)) for g in found),
        class_="claims stack",
    )


def _claim(
    group: Sequence[Row], conflict: Row, letter_of: Mapping[str, str], dated: bool
) -> list[Element]:
    value = told(group[0], conflict)
    compared = "" if conflict["kind"] in ("identifier", "person") else conflict["proposed"]
    rule = group[0]["struck_by"]
    for_now = conflict["state"] == "open" and conflict["kind"] == "field" and value == compared
    stands = "published for now" if for_now else "stands"
    return [
        tag("td", tag("b", letter_of.get(folded(value), ""))),
        tag("th", marked(value, compared), scope="row", dir="auto"),
        tag("td", _places(group, conflict, dated)),
        tag("td", ["struck: ", tag("code", rule)] if rule else stands),
    ]


def _fate(group: Sequence[Row]) -> str:
    return "lost" if group[0]["struck_by"] else ""


def marked(value: str, other: str) -> list[Child]:
    """The value with the words marked that the other lacks, and those struck that it lacks."""
    parts, whole = _words(cut(value, _LONG)), _words(cut(other, _LONG))
    if not other or parts == whole or len(parts) + len(whole) > _TOKENS:
        return [cut(value, _LONG)]
    steps = SequenceMatcher(None, parts, whole, autojunk=False).get_opcodes()
    if not any(step[0] == "equal" for step in steps):
        return [cut(value, _LONG)]
    found: list[Child] = []
    for step, first, last, start, end in steps:
        if kept := " ".join(parts[first:last]):
            found += [" ", kept if step == "equal" else tag("mark", kept)]
        if step in ("insert", "replace"):
            found += [" ", tag("del", hidden("without "), " ".join(whole[start:end]))]
    return found[1:]


def _words(value: str) -> list[str]:
    """Words, or the names of a list of names."""
    names = value.split("; ")
    return [*(f"{name};" for name in names[:-1]), names[-1]] if len(names) > 1 else value.split()


def _places(claims: Iterable[Row], conflict: Row, dated: bool) -> Element:
    """Where claims stand, a line each, with the words there if they are others."""
    unique = {
        (plain(c["source"]), plain(c["where"]), plain(c["seen"]), _wording(c, conflict))
        for c in claims
    }
    return tag("ul", (_place(*found, dated) for found in sorted(unique)), class_="places")


def _wording(claim: Row, conflict: Row) -> str:
    if conflict["kind"] != "field" or conflict["field"] == "authors":
        return ""
    same = plain(claim["text"]) == plain(claim["value"])
    return "" if same else cut(claim["text"], 160)


def _place(source: str, where: str, seen: str, wording: str, dated: bool) -> Element:
    return tag(
        "li",
        outside(source, "span", class_="source"),
        " ",
        tag(
            "span",
            tag("code", linked(cut(where, 120), where if len(where) < _LONG else "")),
            [" ", tag("q", outside(wording))] if wording else None,
            [" ", tag("time", seen)] if dated else None,
        ),
    )


def _pair(conflict: Row, works: Mapping[str, Row]) -> Element:
    """The works that may be one, side by side."""
    first = works.get(conflict["works"][0])
    return table(
        "Works that may be one",
        ("Work", "Title", "Authors", "Versions"),
        ((_side(key, works.get(key), first), "") for key in conflict["works"]),
        class_="stack",
    )


def _side(key: str, work: Row | None, first: Row | None) -> list[Element]:
    title = marked(work["title"], first["title"]) if work and first else []
    names = authors(work["authors"], work["authors_complete"], 8) if work else ""
    shown = "; ".join(map(version_name, work["versions"])) if work else ""
    return [
        tag("th", work_link(key, (key,) if work else ()), scope="row"),
        tag("td", title, dir="auto"),
        outside(names, "td"),
        outside(shown, "td"),
    ]


def version_name(version: Row) -> str:
    """'CVPR 2022', 'conference 2022' where no venue is known."""
    return " ".join(
        cut(p, 160) for p in (version["venue"] or version["stage"], version["year"]) if p
    )


def _evidence(conflict: Row) -> Element:
    says = f"{conflict['verdict']}. {conflict['cap']}".rstrip(". ")
    rows = [
        _weight(piece["bits"], piece["signal"], f"{piece['level']} {piece['detail']}")
        for piece in conflict["evidence"]
    ]
    rows.append(_weight(conflict["bits"], "sum", says))
    return table(
        "Evidence",
        ("Bits", "Signal", "Finding"),
        ((row, "") for row in rows),
        caption="What speaks for one work (above 0) and against, in bits",
    )


def _weight(bits: float, signal: str, finding: str) -> list[Element]:
    return [
        tag("td", f"{bits:+.0f}", class_="number"),
        tag("th", signal, scope="row"),
        outside(finding.strip(), "td"),
    ]
