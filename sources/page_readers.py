"""Which readers a page is for, by its content, and whom of two that read one line is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sources.page_bibliography import filled_in, read_bibliography
from sources.page_cv import read_degrees
from sources.page_entries import read_entries
from sources.page_found import Found, Lost
from sources.page_front import read_head
from sources.page_glued import read_glued
from sources.page_listing import is_listing, read_listing
from sources.page_macros import from_bibliographies, is_latex
from sources.page_news import read_news
from sources.page_publication import is_publication, read_publication
from sources.page_rows import Block
from sources.page_stacks import read_stacks
from sources.page_tables import read_tables
from sources.page_tex import read_latex_blocks
from sources.page_text import read_blocks

_Items = list[Found | Lost]


def read_page(lines: Sequence[str], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """Every publication that a page names, and what is lost of it, in no order."""
    text = "\n".join(lines)
    head = read_head(lines)
    if head and is_publication(head):
        yield from read_publication(head, owner)
    elif is_listing(lines):
        yield from read_listing(lines, owner)
    elif is_latex(text):
        yield from _written(list(read_latex_blocks(text)), owner)
        yield from from_bibliographies(lines)
    else:
        yield from _written(list(read_blocks(text)), owner)
        yield from filled_in(lines)


def _written(blocks: Sequence[Block], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """What a person has written: the plainer the form, the sooner it is believed.

    A line that one reader gives up is not lost if another has read it.
    """
    news = list(read_news(blocks, owner))
    rows: _Items = list(read_tables(blocks, owner, _lines(news)))
    tabled = _lines(rows)
    others = (*read_entries(blocks, owner), *read_degrees(blocks, owner))
    rows += [item for item in others if tabled.isdisjoint(_lines([item]))]
    rows += read_stacks(blocks, owner, _lines([*news, *_found(rows)]))
    marked: _Items = list(read_bibliography(blocks, owner, _lines([*news, *_found(rows)])))
    read = _lines([*_found(rows), *_found(marked)])
    quoted = [item.title for item in _found(news)]
    glued = [item for item in read_glued(blocks, owner, quoted) if read.isdisjoint(_lines([item]))]
    read |= _lines(_found(glued))
    yield from news
    told: set[int] = set()
    for item in (*rows, *glued, *marked):
        if isinstance(item, Found):
            yield item
        elif item.line not in read and item.line not in told:
            told.add(item.line)
            yield item


def _found(items: Iterable[Found | Lost]) -> list[Found]:
    return [item for item in items if isinstance(item, Found)]


def _lines(items: Iterable[Found | Lost]) -> set[int]:
    """Every line that they stand on."""
    return {
        line
        for item in items
        for line in (range(item.first, item.last + 1) if isinstance(item, Found) else (item.line,))
    }
