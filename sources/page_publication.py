"""A file that is one publication of a site: academicpages' _publications/*.md, Hugo's index.md.

Its head says all of it; the text below repeats it or is the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sources.ids import arxiv_id, doi
from sources.names import parse_author
from sources.page_examples import EXAMPLE, is_example
from sources.page_found import Found, Lost, clean_title
from sources.page_front import Head, Value
from sources.page_names import NameList, read_names
from sources.page_rows import Row, Span, joined
from sources.page_tail import read_tail
from sources.page_text import read_blocks
from sources.page_venue import with_links
from sources.record import Appearance, Author, PartialDate, Stage

_SIGNS = frozenset("citation paperurl publication publication_short publication_types".split())
_VENUES = "venue publication publication_short journal conference booktitle".split()
_LINKS = "paperurl arxiv doi openreview link url url_pdf url_preprint links".split()
_STAGES = {
    "conferences": Stage.CONFERENCE,
    "paper-conference": Stage.CONFERENCE,
    "1": Stage.CONFERENCE,
    "manuscripts": Stage.JOURNAL,
    "article-journal": Stage.JOURNAL,
    "2": Stage.JOURNAL,
    "thesis": Stage.THESIS,
    "7": Stage.THESIS,
}
"""By academicpages' category, and by Hugo's type in its old numbers and its new words."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_AT_END = re.compile(r"[\s,.;:]*[(\[]?((?:19|20)\d\d)[a-z]?[)\]]?[\s,.;:]*\Z")
_MORE = re.compile(r"title\d+")
_UNCHANGED = "Your Name"
"""In a citation of which the user left the template's words: 'Your Name, You. (2009).'"""
_SCHOLARS_CUT = 10
_EDGE = " ,;:\"“”„'‘’"
_TEMPLATES_LINK = re.compile(r"https?://(?:academicpages\.github\.io|scholar\.google\.|example\.)")


@dataclass(frozen=True, slots=True)
class _Citation:
    """What the free text under `citation` says."""

    line: int
    names: NameList | None
    year: PartialDate | None
    place: Appearance | None


def is_publication(head: Head | None) -> bool:
    """Whether a head is that of one publication, and not of a page, a talk or a course."""
    if head is None or not head.text("title"):
        return False
    collection = head.text("collection").lower()
    if collection:
        return collection in ("publications", "publication", "papers")
    dated_place = {"venue", "date"} <= head.values.keys() and "authors" in head.values
    return dated_place or not _SIGNS.isdisjoint(head.values)


def read_publication(head: Head, owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """The publication of a head; its owner is an author of it even if it names nobody.

    Of `date` the year alone counts: month and day are often made up (FORMATS 10).
    """
    title = _plain(head.text("title"))
    line = head.values["title"].line
    cited = _cited(head, title, owner)
    names = _authors(head, owner) or (cited.names if cited else None)
    if is_example(title, names.authors if names else (), owner):
        yield Lost(line, EXAMPLE, fault=False)
        return
    if head.text("draft").lower() == "true" or head.text("published").lower() == "false":
        yield Lost(line, "a draft, which the site does not show; not listed", fault=False)
        return
    yield _found(head, title, names, cited, owner)
    said = next((head.values[key] for key in ("authors", "citation") if head.text(key)), None)
    if names is None and said and _UNCHANGED not in said.text:
        yield Lost(said.line, "the names of the authors cannot be read; the owner stands alone")
    for key, value in head.values.items():
        if _MORE.fullmatch(key) and value.text:
            reason = f"a second publication under '{key}' is not read; give it a file of its own"
            yield Lost(value.line, reason, fault=False)


def _found(
    head: Head,
    title: str,
    names: NameList | None,
    cited: _Citation | None,
    owner: tuple[str, ...],
) -> Found:
    named = next((key for key in ("authors", "author") if head.text(key)), "citation")
    line = head.values["title"].line
    if names is None:
        own = parse_author(owner[0]) if owner else None
        names, named = NameList((own,) if own else (), complete=False), "title"
    return Found(
        form="entry",
        title=clean_title(title),
        title_line=line,
        authors=names.authors,
        authors_line=head.values[named].line,
        first=1,
        last=head.last,
        appearances=_appearances(head, cited),
        complete=names.complete,
    )


def _authors(head: Head, owner: tuple[str, ...]) -> NameList | None:
    """The names under `authors`; 'admin' and 'me' are the owner of a Hugo site."""
    said = head.values.get("authors") or head.values.get("author")
    if said is None or not said.items:
        return None
    if not said.listed:
        return read_names(_plain(said.text), owner)
    people = [_person(_plain(item), owner) for item in said.items]
    found = [one for one in people if one]
    return NameList(tuple(found)) if len(found) == len(people) else None


def _person(name: str, owner: tuple[str, ...]) -> Author | None:
    own = name.lower() in ("admin", "me") and owner
    return parse_author(owner[0] if own else name.strip(" *†‡"))


def _cited(head: Head, title: str, owner: tuple[str, ...]) -> _Citation | None:
    said = head.values.get("citation")
    row = _row(said.text) if said else None
    if said is None or row is None or _UNCHANGED in row.text:
        return None
    start, end = _place_of(title, row.text)
    if start < 0:
        return None
    before = row.text[:start].rstrip(_EDGE)
    year = _YEAR_AT_END.search(before[-40:])
    before = before[: len(before) - len(year[0])] if year else before
    names = read_names(before.strip(_EDGE), owner)
    # Made from a Scholar export, which keeps ten names and does not say so (FORMATS 3.1).
    if names and ";" in before and len(names.authors) == _SCHOLARS_CUT:
        names = replace(names, complete=False)
    place = read_tail(row.part(end))
    date = PartialDate(int(year[1])) if year else place.date if place else None
    return _Citation(said.line, names, date, place)


def _place_of(title: str, text: str) -> tuple[int, int]:
    """Where a title stands in a text, whatever its capitals and signs; (-1, -1) if it does not."""
    kept = [at for at, char in enumerate(text) if char.isalnum()]
    folded = "".join(text[at].lower()[:1] for at in kept)
    wanted = "".join(char.lower()[:1] for char in title if char.isalnum())
    found = folded.find(wanted) if wanted else -1
    return (kept[found], kept[found + len(wanted) - 1] + 1) if found >= 0 else (-1, -1)


def _appearances(head: Head, cited: _Citation | None) -> tuple[Appearance, ...]:
    linked = [
        row for key in _LINKS if (value := head.values.get(key)) for row in _links(key, value)
    ]
    place = _place(head, cited)
    said = list(with_links(place, linked))
    bare = next((at for at, one in enumerate(said) if one.stage is not Stage.PREPRINT), None)
    link = next((row for row in linked if not _TEMPLATES_LINK.match(row.text)), None)
    if (
        bare is not None
        and link
        and not any(one.doi or one.arxiv or one.openreview for one in said)
    ):
        lines = (*said[bare].lines, ("url", link.line))
        said[bare] = replace(said[bare], url=link.text, lines=lines)
    return tuple(said)


def _place(head: Head, cited: _Citation | None) -> Appearance | None:
    """Where and when the head says that it appeared, with the numbers that the citation adds."""
    key = next((name for name in _VENUES if head.text(name)), "")
    row = _row(re.sub(r"\A\((.*)\)\Z", r"\1", head.text(key))) if key else None
    place = read_tail(row) if row else None
    stands = head.values[key].line if place else 0
    if place is None and cited and cited.place:
        place, stands = cited.place, cited.line
    lines = [("venue", stands)] if place and place.venue else []
    date, line = _date(head, cited)
    if place is None:
        return Appearance(date=date, lines=(("date", line),)) if date else None
    if place.stage is None and "workshop" not in place.venue.lower():
        kinds = (head.text("category").lower(), head.text("publication_types").lower())
        place = replace(place, stage=next((_STAGES[k] for k in kinds if k in _STAGES), None))
    if cited and cited.place and place.stage not in (Stage.SUBMISSION, Stage.PREPRINT):
        for name in "volume number pages publisher".split():
            if (value := getattr(cited.place, name)) and not getattr(place, name):
                place = replace(place, **{name: value})
                lines.append((name, cited.line))
    if date or place.date:
        lines.append(("date", line or stands))
    if place.arxiv:
        lines.append(("arxiv", stands))
    return replace(place, date=date or place.date, lines=tuple(lines))


def _date(head: Head, cited: _Citation | None) -> tuple[PartialDate | None, int]:
    """The year that the citation, else `date`, states, and its line."""
    if cited and cited.year:
        return cited.year, cited.line
    for key in ("date", "year"):
        if year := _YEAR.match(head.text(key)):
            return PartialDate(int(year[0])), head.values[key].line
    return None, 0


def _links(key: str, value: Value) -> Iterator[Row]:
    """What stands under a key as rows that are a link."""
    for item in value.items:
        number = doi(item) if key == "doi" else ""
        posted = arxiv_id(item) if key == "arxiv" else ""
        href = f"https://doi.org/{number}" if number else item
        href = f"https://arxiv.org/abs/{posted}" if posted else href
        if found := re.search(r"https?://\S+", href):
            span = Span(0, len(found[0]), "link", found[0])
            yield Row(found[0], ((0, value.line),), (span,))


def _plain(text: str) -> str:
    row = _row(text)
    return row.text if row else ""


def _row(text: str) -> Row | None:
    """A value, which may hold HTML and Markdown, as a row."""
    blocks: Sequence[Row] = [block.whole for block in read_blocks(f"<span>{text}</span>")]
    return joined(blocks) if blocks else None
