"""The works with their versions, and which source names which: a matrix of who has what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from harvester.html_conflicts import version_name
from harvester.html_tables import boxed, table
from harvester.html_tree import Child, hidden, linked, outside, tag
from harvester.report import Row, authors, cut, plain
from harvester.rules import QUIET

_ON_THE_WAY = ("preprint", "submission", "other")
_FEW, _SOME = 6, 12
_NO_VERSION = None
"""Where a record stands that names the work and no place."""
_RESOLVERS = {
    "doi": "https://doi.org/",
    "arxiv": "https://arxiv.org/abs/",
    "openreview": "https://openreview.net/forum?id=",
}


Disputes = Mapping[tuple[str, str], str]
"""(record, slot) to the conflict about what the record says of that version; of the whole work
where the slot is ''."""


def matrix(works: Sequence[Row], sources: Sequence[str], disputed: Disputes) -> Element:
    """A body of rows a work, a row a version, a column a source."""
    head = tag(
        "thead",
        tag(
            "tr",
            tag("th", "Work and version", scope="col"),
            (
                tag("th", outside(cut(name, 24), "span"), scope="col", class_="up")
                for name in sources
            ),
        ),
    )
    caption = tag("caption", hidden("Which source has which version of which work"))
    bodies = (_work(work, sources, disputed) for work in works)
    built = tag("table", caption, head, bodies, class_="matrix")
    return boxed(built, "Works and sources", class_=_room(len(sources)))


def _room(columns: int) -> str:
    """Where columns are so few that they fit, the box need not scroll and the names of the
    sources stay in sight.
    """
    return "few" if columns <= _FEW else "some" if columns <= _SOME else ""


def legend() -> Element:
    """What the signs of the matrix mean."""
    return tag(
        "p",
        (
            part
            for sign, meaning in (
                ("yes", "the source has this version"),
                ("but", "it has it, and says something of it that is not so or not settled"),
                ("no", "it does not have it"),
            )
            for part in (_sign(sign), f" {meaning}   ")
        ),
        class_="legend",
    )


def _sign(sign: str) -> Element:
    return tag("span", {"yes": "●", "but": "◐", "no": "·"}[sign], class_=sign, aria_hidden="true")


def _work(work: Row, sources: Sequence[str], disputed: Disputes) -> Element:
    told = _told(work)
    names = authors(work["authors"], work["authors_complete"], 4)
    slots = {field["version"]: field["slot"] for field in work["fields"]}
    head = tag(
        "tr",
        tag(
            "th",
            outside(cut(work["title"], 400), "div", class_="title"),
            tag(
                "div", outside(names), " · ", tag("code", work["key"]), _notes(work), class_="names"
            ),
            scope="rowgroup",
            colspan=len(sources) + 1,
        ),
        class_="work",
    )
    rows = [
        _row(
            _version(work, n),
            [_cell(told[n].get(s, {}), slots.get(n, ""), disputed) for s in sources],
        )
        for n in range(len(work["versions"]))
    ]
    if told[_NO_VERSION]:
        named = tag("span", "named, without a place", class_="names")
        bare = told[_NO_VERSION]
        rows.append(
            _row([named], [_cell(bare.get(source, {}), "", disputed) for source in sources])
        )
    return tag("tbody", head, rows, id=f"w-{work['key']}")


def _notes(work: Row) -> list[Child]:
    """What is to be known of a work beside its versions, the wrong in another colour."""
    status = cut(work["status"], 120) if work["stage"] in _ON_THE_WAY else ""
    gone = "no source sends it any more" if work["gone"] else ""
    asked = f"in question: {', '.join(work['disputed'])}" if work["disputed"] else ""
    notes = ((status, "note"), (gone, "note wrong"), (asked, "note wrong"))
    shown = [(note, of) for note, of in notes if note]
    return [part for note, of in shown for part in (" · ", outside(note, "span", class_=of))]


def _version(work: Row, number: int) -> list[Child]:
    version = work["versions"][number]
    heads = version == _headline(work)
    name = version_name(version) or version["stage"]
    shown: list[Child] = [tag("b", outside(name)) if heads else outside(name)]
    for field, resolver in _RESOLVERS.items():
        if value := plain(version[field]):
            # An identifier is no more than a path: whatever else it holds is spelled out.
            address = resolver + quote(value, safe="/.:()-_" if field != "openreview" else "")
            shown += [" ", tag("span", linked(cut(value, 44), address), class_="link")]
    return shown


def _headline(work: Row) -> Row | None:
    """The version whose place is the work's own."""
    names = ("stage", "venue", "venue_key", "year", "date")
    return next((v for v in work["versions"] if all(v[n] == work[n] for n in names)), None)


Places = Mapping[str, Mapping[str, str]]
"""By source: record key to the first place where it speaks of a version."""


def _told(work: Row) -> dict[int | None, Places]:
    """Who speaks of which version, and where."""
    found: dict[int | None, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    placed = set()
    for field in work["fields"]:
        for claim in field["claims"]:
            where = found[field["version"]][claim["source"]]
            where.setdefault(claim["record"], claim["where"])
            if field["version"] is not None:
                placed.add(claim["record"])
    bare: dict[str, dict[str, str]] = {}
    for source, records in found[None].items():
        if kept := {key: where for key, where in records.items() if key not in placed}:
            bare[source] = kept
    return defaultdict(dict, {**found, _NO_VERSION: bare})


def _row(name: Iterable[Child], cells: Iterable[Element]) -> Element:
    return tag("tr", tag("th", name, scope="row"), cells)


def _cell(records: Mapping[str, str], slot: str, disputed: Disputes) -> Element:
    if not records:
        return tag("td", _sign("no"), hidden("no"))
    where = cut(", ".join(dict.fromkeys(records.values())), 300)
    about = ((key, of) for key in records for of in (slot, ""))
    conflict = next((disputed[one] for one in about if one in disputed), None)
    if conflict is None:
        return tag("td", _sign("yes"), hidden("yes"), title=where)
    link = tag("a", _sign("but"), hidden(f"yes, but see {conflict}"), href=f"#c-{conflict}")
    return tag("td", link, title=where)


def disputes(conflicts: Iterable[Row]) -> Disputes:
    """The claims of conflicts that lost, or that wait for a person."""
    found: dict[tuple[str, str], str] = {}
    for conflict in conflicts:
        for claim in conflict["claims"]:
            rule = claim["struck_by"]
            if conflict["state"] == "open" or (rule and rule not in QUIET):
                found.setdefault((claim["record"], conflict["slot"]), conflict["id"])
    return found


def sources_table(sources: Iterable[Row]) -> Element:
    """How each source did when it was last read."""
    return table(
        "Sources",
        ("Source", "Adapter", "Records", "Last read", "Trouble"),
        ((_source(source), "") for source in sources),
        class_="sources",
    )


def _source(source: Row) -> list[Element]:
    read = source["last_ok"][:10]
    faults = sum(item["fault"] for item in source["skipped"])
    skipped = f"{faults} skipped" if faults else ""
    return [
        tag("th", outside(source["name"]), scope="row"),
        tag("td", source["kind"]),
        tag("td", str(source["records"]), class_="number"),
        tag("td", tag("time", read) if read else "never"),
        outside(cut(source["failure"], 300) or skipped, "td"),
    ]
