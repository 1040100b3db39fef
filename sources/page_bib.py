"""BibTeX files that a site makes its publication list from: al-folio's papers.bib, Hugo's cite.bib.

They are read as the bibtex adapter reads them. The fields that the site's theme has added are put
into BibTeX's own words first; what a theme leaves to be seen as an example is no publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sources.bibtex_authors import author_list
from sources.bibtex_entries import BibEntry, BibFault, read_bibtex
from sources.bibtex_places import place_of, text_of
from sources.bibtex_records import as_records
from sources.ids import arxiv_id, doi, openreview_id
from sources.page_examples import EXAMPLE, is_example
from sources.record import Appearance, PartialDate, Record, Skipped, Stage

_ENTRY = re.compile(r"(?m)^[ \t]*@[A-Za-z]+\s*[{(][^\s{}()]*,?[ \t]*(?:\n|[A-Za-z_]+\s*=)")
_PAGE = re.compile(r"```|\]\(|<[A-Za-z!]|\\(?:begin|section|documentclass|item)\b")
_LONGEST_HEAD = 2000
_UNPUBLISHED = (Stage.PREPRINT, Stage.SUBMISSION)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LINKS = "html pdf openreview paper website preprint".split()
# A badge that names no place: a server, a state, a kind, a publisher; with or without a year.
_NO_VENUE = re.compile(
    r"(?i)(?:\w*rxiv\b.*|corr|preprint|ssrn|in press|under review|submitted|springer|elsevier|ieee"
    r"|acm|book|chapter|thesis|phd|poster|demo|tutorial|report|patent|journal|conference|workshop"
    r"|survey|review|oral|spotlight|paper|article|talk|abstract)(?:\W*(?:19|20)\d\d)?"
)


def is_bibtex(text: str) -> bool:
    """Whether a file is BibTeX: entries, and before the first no sign of a page."""
    first = _ENTRY.search(text)
    return bool(first and first.start() < _LONGEST_HEAD and not _PAGE.search(text[: first.start()]))


def read_bib(
    text: str, source: str, where: str, owner: tuple[str, ...]
) -> Iterator[Record | Skipped]:
    """Every entry as a record without an id."""
    for item in read_bibtex(text):
        entry = _in_bibtex_words(item) if isinstance(item, BibEntry) else item
        for found in as_records([entry], author_list, source, "page", where):
            if isinstance(found, Skipped) or isinstance(entry, BibFault):
                yield found
            elif is_example(found.title, found.authors, owner):
                yield Skipped(source, f"{where}:{found.line}", EXAMPLE, fault=False)
            else:
                yield _with_badge(found, entry)


def _in_bibtex_words(entry: BibEntry) -> BibEntry:
    """The entry with the theme's links where BibTeX has the identifier."""
    fields = dict(entry.fields)
    for name in _LINKS:
        link = fields.get(name)
        if link is None or "://" not in link.value:
            continue
        if "arxiv.org/" in link.value and arxiv_id(link.value):
            fields.setdefault("arxiv", link)
        elif openreview_id(link.value):
            fields.setdefault("url", link)
        elif "doi.org/" in link.value and doi(link.value):
            fields.setdefault("doi", link)
    return replace(entry, fields=fields)


def _with_badge(record: Record, entry: BibEntry) -> Record:
    """The record with the venue that the badge (`abbr`) names, where the entry names none.

    The date of an entry that has a preprint server for its place is the preprint's.
    """
    badge = text_of(entry, "abbr")
    said = list(record.appearances)
    if not badge or _NO_VENUE.fullmatch(badge) or any(map(_has_venue, said)):
        return record
    bare = next((at for at, one in enumerate(said) if one.stage not in _UNPUBLISHED), None)
    place = Appearance() if bare is None else said.pop(bare)
    year = _YEAR.search(badge)
    # 'eprint' is from the server's own export, and then the year is as well.
    if place.date is None and said and not place_of(entry)[1] and "eprint" not in entry.fields:
        said, place = _dated(said, place)
    stands = entry.fields["abbr"].line
    lines = (*place.lines, ("venue", stands))
    if place.date is None and year:
        place, lines = replace(place, date=PartialDate(int(year[0]))), (*lines, ("date", stands))
    said.insert(0, replace(place, venue=badge, lines=lines))
    return replace(record, appearances=tuple(said))


def _dated(said: list[Appearance], place: Appearance) -> tuple[list[Appearance], Appearance]:
    """The date taken from the first of the others and given to the place."""
    first = said[0]
    moved = tuple(pair for pair in first.lines if pair[0] == "date")
    kept = tuple(pair for pair in first.lines if pair[0] != "date")
    bare = replace(first, date=None, lines=kept)
    return [bare, *said[1:]], replace(place, date=first.date, lines=(*place.lines, *moved))


def _has_venue(appearance: Appearance) -> bool:
    return bool(appearance.venue) and appearance.stage is not Stage.PREPRINT
