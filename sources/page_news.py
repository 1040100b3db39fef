"""Dated announcements: 'Our work "…" was accepted to CVPR 2022.'"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.names import parse_author
from sources.page_dates import opening_date
from sources.page_found import Found, Lost, clean_title
from sources.page_rows import Block, Row
from sources.page_venue import with_links
from sources.record import Appearance, DateKind, PartialDate

_ACCEPTED = re.compile(
    r"(?<!\bnot )\b[Aa]ccepted\b"
    r"(?:\s+(?:for\s+(?:publication|presentation)|as\s+an?\s+(?:[\w-]+\s+){1,4}?|\([^()]{1,40}\)))*"
    r"\s*(?:to|at|by|in|for)\s+(?:the\s+)?(?=[A-Z0-9])"
)
_PAPER = re.compile(r"(?i)\b(?:paper|work|article|manuscript)s?\b")
_PAPER_LINK = re.compile(r"(?i)\W*(?:the |our )?(?:paper|pre-?print|arxiv|pdf|openreview|doi)\W*")
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{2,400})[\"”“»]")
# 'Proc.' and 'Res.' do not end a sentence; 'workshop.' and '2022.' do.
_VENUE_ENDS = re.compile(
    r"(?:(?<=[A-Z0-9]{2})|(?<=\w{5}))\.(?=\s|\Z)|[!;:]|\s+\(|,?\s+(?:as\s+an?|with|where|which)\s"
)
_WORDS_OF_A_TITLE = 3
_LONGEST = 3000


def read_news(blocks: Sequence[Block], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """Every dated announcement that a paper was accepted.

    Whoever announces it on their own page is an author of it; the others stay unnamed.
    """
    for block in blocks:
        row = block.whole
        date = opening_date(row.text) if len(row.text) <= _LONGEST else None
        if date and not block.level:
            yield from _announced(row.part(date[1]), date[0], owner)


def _announced(news: Row, said: PartialDate, owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    accepted = _ACCEPTED.search(news.text)
    if not accepted:
        return
    ends = _VENUE_ENDS.search(news.text, accepted.end())
    end = ends.start() if ends else len(news.text)
    titles = _titles(news.part(0, accepted.start())) or _titles_after(news, end)
    if not titles and _PAPER.search(news.text):
        yield Lost(news.line, "an announcement that names no title; skipped")
    sentence = news.part(0, end)
    for title in titles:
        linked = [title] if len(titles) > 1 else [sentence, *_labelled(news, end)]
        yield _found(news, title, _venue(news.part(accepted.end(), end), said), linked, said, owner)


def _labelled(news: Row, start: int) -> list[Row]:
    """Links after the sentence that say they are the paper: '… at NeurIPS 2025! [arXiv](…)'."""
    links = [news.part(link.start, link.end) for link in news.links if link.start >= start]
    return [link for link in links if _PAPER_LINK.fullmatch(link.text)]


def _venue(place: Row, said: PartialDate) -> Appearance:
    """The venue in the words of the announcement, dated by it."""
    return Appearance(
        venue=place.text.rstrip(" .,"),
        date=said,
        date_kind=DateKind.ACCEPTED,
        lines=(("venue", place.line), ("date", place.line)),
    )


def _found(
    news: Row,
    title: Row,
    venue: Appearance,
    linked: Sequence[Row],
    said: PartialDate,
    owner: tuple[str, ...],
) -> Found:
    author = parse_author(owner[0]) if owner else None
    return Found(
        form="news",
        title=clean_title(title.text),
        title_line=title.line,
        authors=(author,) if author else (),
        authors_line=news.line,
        first=news.line,
        last=news.last_line,
        appearances=with_links(venue, linked),
        complete=False,
        said=said,
    )


def _titles(said: Row) -> list[Row]:
    """What is quoted; else the longest link, else the longest stretch that is set off."""
    quoted = [said.part(found.start(1), found.end(1)) for found in _QUOTED.finditer(said.text)]
    if quoted:
        return quoted
    for kinds in (("link",), ("em", "strong")):
        marked = [said.part(span.start, span.end) for span in said.spans if span.kind in kinds]
        marked = [part for part in marked if len(part.text.split()) >= _WORDS_OF_A_TITLE]
        if marked:
            return [max(marked, key=lambda part: len(part.text))]
    return []


def _titles_after(news: Row, end: int) -> list[Row]:
    """The title in 'accepted to ICLR 2023: "…"'."""
    return _titles(news.part(end))[:1] if news.text[end : end + 1] == ":" else []
