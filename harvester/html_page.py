"""The review as one page that needs no network and no script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from xml.etree.ElementTree import Element

from harvester.fixwords import missing
from harvester.html_conflicts import article, work_link
from harvester.html_tables import table
from harvester.html_timeline import drawn, scale
from harvester.html_tree import Child, document, outside, tag
from harvester.html_works import disputes, legend, matrix, sources_table
from harvester.report import Row, count, cut
from harvester.review import TOLD_ABOVE, asked, outcome
from harvester.timeline import Happening

IN_FULL = 200
"""Open conflicts shown in full, and as many that were settled; of the others one line each."""
WORKS = 1000
LINES = 2000
"""Works, fixes, changes and conflicts of one line up to which a page lists them."""
GENERATOR = "harvest diff --html"


@dataclass(frozen=True, slots=True)
class Review:
    """All that a page shows."""

    heading: str
    diff: Row
    """As `harvest diff --json` prints it."""
    works: Sequence[Row]
    """As `harvest show --json` prints each, newest first."""
    sources: Sequence[Row]
    """As `harvest status --json` prints them."""
    times: Mapping[str, Sequence[Happening]]
    """By citation key what happened to a work; of those in a conflict that is shown in full."""
    all_works: int


def page(review: Review) -> str:
    """The page: equal reviews give equal text."""
    style = (files("harvester") / "html_page.css").read_text(encoding="utf-8")
    root = tag("html", _head(review, style), _body(review), lang="en")
    return document(root)


def shown_in_full(diff: Row) -> list[Row]:
    """The conflicts of which a page tells everything."""
    return [*diff["open"][:IN_FULL], *diff["settled"][:IN_FULL]]


def _head(review: Review, style: str) -> Element:
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="generator", content=GENERATOR),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex"),
        tag("title", f"Review · {cut(review.heading, 120)}"),
        _style(style),
    )


def _style(text: str) -> Element:
    """The style sheet, to the letter: the page's policy names its digest."""
    style = tag("style")
    style.text = text
    return style


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    name: str
    """In the list of sections."""
    head: str
    number: int
    children: Sequence[Child]

    def element(self) -> Element:
        head = tag("h2", self.head, id=f"{self.id}-h")
        return tag("section", head, self.children, id=self.id, aria_labelledby=f"{self.id}-h")


def _body(review: Review) -> Element:
    sections = [section for section in _sections(review) if section.number]
    needs = review.diff["open"] or review.diff["fixes"]
    nothing = None if needs else tag("p", "Nothing needs you.", class_="nothing")
    made = tag("p", "Made by ", tag("code", GENERATOR), " from the workspace's own records.")
    return tag(
        "body",
        tag("a", "Skip to the review", href="#review", class_="skip"),
        _header(review, sections),
        tag("main", nothing, (one.element() for one in sections), id="review", tabindex=-1),
        tag("footer", made),
    )


def _header(review: Review, sections: Sequence[_Section]) -> Element:
    days = [source["last_ok"][:10] for source in review.sources if source["last_ok"]]
    read: list[Child] = [" · sources read ", tag("time", max(days))] if days else []
    links = (
        tag("li", tag("a", one.name, href=f"#{one.id}"), " ", tag("span", str(one.number)))
        for one in sections
    )
    return tag(
        "header",
        tag("p", "harvest · review", class_="kicker"),
        tag("h1", outside(cut(review.heading, 200))),
        tag("p", count(review.all_works, "work"), read, class_="about"),
        tag("nav", tag("ul", links), aria_label="Sections"),
    )


def _sections(review: Review) -> Iterator[_Section]:
    diff = review.diff
    opened, settled, fixes = diff["open"], diff["settled"], diff["fixes"]
    changed = [row for row in diff["changed"] if row["kind"] not in TOLD_ABOVE]
    known = frozenset(work["key"] for work in review.works)
    head = count(len(opened), "question") + " for you"
    yield _Section("questions", "Questions", head, len(opened), _conflicts(opened, review))
    head = count(len(fixes), "fix") + " in your own pages"
    yield _Section("fixes", "Fixes", head, len(fixes), _fixes(fixes, known))
    head = f"{len(settled)} settled"
    yield _Section("settled", "Settled", head, len(settled), _conflicts(settled, review))
    head = "Changed in the last sync that changed something"
    yield _Section("changed", "Changes", head, len(changed), _changed(changed))
    yield _Section("works", "Works", "Who has what", review.all_works, _works(review))
    sources = [sources_table(review.sources)]
    yield _Section("sources", "Sources", "Sources", len(review.sources), sources)


def _conflicts(rows: Sequence[Row], review: Review) -> list[Child]:
    works = {work["key"]: work for work in review.works}
    found: list[Child] = [article(row, works, _times(row, review)) for row in rows[:IN_FULL]]
    if rest := rows[IN_FULL:]:
        told = f"Of {len(rest)} more only a line is shown: "
        command = tag("code", "harvest diff WORK")
        found.append(tag("p", told, command, " tells the rest.", class_="note"))
        found.append(tag("ul", map(_line, rest[:LINES]), class_="lines"))
        found.append(_not_shown(rest, LINES))
    return found


def _line(conflict: Row) -> Element:
    head = asked(conflict) if conflict["state"] == "open" else outcome(conflict)
    what = outside(cut(head, 120))
    return tag("li", tag("code", conflict["work"]), " · ", what, " ", tag("code", conflict["id"]))


def _not_shown(rows: Sequence[object], most: int) -> Element | None:
    rest = len(rows) - most
    return (
        tag("p", f"and {rest} more that this page does not list", class_="note")
        if rest > 0
        else None
    )


def _times(conflict: Row, review: Review) -> list[Element]:
    """A timeline for each work that the conflict is about, on one scale."""
    told = {key: review.times.get(key, ()) for key in conflict["works"]}
    every = [one for found in told.values() for one in found]
    if not every:
        return []
    shared = scale(every)
    figures = []
    for number, (key, found) in enumerate(told.items()):
        figure = drawn(found, shared, f"t-{conflict['id']}-{number}")
        if figure is not None:
            if len(told) > 1:
                figure.insert(0, tag("figcaption", tag("code", key)))
            figures.append(figure)
    return figures


def _fixes(rows: Sequence[Row], known: Collection[str]) -> list[Child]:
    """Where to write what, in the order of the files."""
    heads = ("Where", "Says", "Should say", "Work")
    body = ((_fix(row, known), "") for row in rows[:LINES])
    return [table("Fixes", heads, body, class_="fixes stack"), _not_shown(rows, LINES)]


def _fix(row: Row, known: Collection[str]) -> list[Element]:
    right = f"also {missing(row)}" if row["field"] == "authors" else row["canon"]
    where = f"{row['file']}:{row['line']}" if row["line"] else row["file"]
    return [
        tag("th", tag("code", outside(cut(where, 200))), scope="row"),
        outside(cut(row["says"] or "nothing of it", 160), "td"),
        outside(cut(right, 400), "td", class_="right"),
        tag("td", work_link(row["work"], known)),
    ]


def _changed(rows: Sequence[Row]) -> list[Child]:
    kinds = Counter(row["kind"] for row in rows)
    summary = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    listed = tag(
        "ul",
        (
            tag(
                "li",
                tag("b", row["kind"]),
                " ",
                tag("code", row["work"]),
                " ",
                outside(cut(row["text"], 300)),
            )
            for row in rows[:LINES]
        ),
        class_="lines",
    )
    return [tag("details", tag("summary", summary), listed, _not_shown(rows, LINES))]


def _works(review: Review) -> list[Child]:
    names = [source["name"] for source in review.sources]
    conflicts = disputes(shown_in_full(review.diff))
    return [
        legend(),
        matrix(review.works, names, conflicts),
        _not_shown(range(review.all_works), WORKS) if len(review.works) >= WORKS else None,
    ]
