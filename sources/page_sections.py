"""Which part of a page a block stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sources.page_rows import Block

_LISTS_WORKS = re.compile(
    r"(?i)\b(?:publications?|pre-?prints?|papers|manuscripts|articles|proceedings|bibliography"
    r"|book chapters|(?:selected|published|scientific) works?)\b"
)
# Beside 'Publications' some have lists by kind or state: these headings say nothing more.
_LISTS_KIND = re.compile(
    r"(?i)\W*(?:(?:refereed|peer[- ]reviewed|international|other|selected)\s+)*"
    r"(?:journals?|conferences?|workshops?|books?|theses|technical reports|(?:papers )?under review"
    r"|in (?:review|submission|press)|submitted|to appear|forthcoming)\W*"
)


def under_publications(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block that is no heading, with whether a heading above it announces publications."""
    announced = 0
    for block in blocks:
        if not block.level:
            yield block, bool(announced)
        elif not announced or block.level <= announced:
            announced = block.level if _lists(block) else 0


def announces_publications(blocks: Iterable[Block]) -> bool:
    """Whether any heading of a page does."""
    return any(block.level and _lists(block) for block in blocks)


def _lists(heading: Block) -> bool:
    text = heading.whole.text[:200]
    return bool(_LISTS_WORKS.search(text) or _LISTS_KIND.fullmatch(text))
