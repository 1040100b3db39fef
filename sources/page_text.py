"""A person's page as blocks of rows of plain text, each knowing its line and its links.

Markdown with HTML in it, plain HTML and plain text all come out as the same thing. Commented-out
text is gone; text that a style sheet hides or collapses is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.page_dates import opening_date
from sources.page_inline import BLOCKS, FOLD, Inline, definitions
from sources.page_rows import Block

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WHOLE_HTML = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]")
_TAG_OVER_LINES = re.compile(r"</?[A-Za-z][^<>]*>")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(=|-)\1+\s*\Z")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = re.compile(r"\s*(?:[-*+•◦▪‣·]|\d{1,3}[.)])\s+(?=\S)")
# '[comment]: <> (…)' is a Markdown link definition that nothing links to: seen on the page of
# 2022-11-26. Its title may run on over lines.
_DEFINITION = re.compile(
    r" {0,3}\[[^\[\]]+\]:[ \t]*(?:(?P<nowhere><>|#)|<[^<>]+>|\S+)[ \t]*(?P<title>.*)\Z"
)
_TABLE_RULE = re.compile(r"[|:\s-]+")
_CELL_ENDS = re.compile(r"(?<!\\)\|")
# '{% include … %}' and '{{ page.x }}' are the template's, '{:target="_blank"}' is an attribute.
_TEMPLATE = re.compile(r"\{%[^{}\n]*%\}|\{\{[ -][^{}\n]*\}\}|(?<=[)\]])\{:[^{}\n]*\}")
_CLOSED_BY = {"(": ")", '"': '"', "'": "'"}
# A page copied out of a browser has lost the marks of its headings.
_BARE_HEADING = re.compile(
    r"(?:about(?: me)?|news|(?:recent )?(?:updates|highlights)|(?:selected |all )?publications"
    r"(?: and preprints)?|papers|preprints|education|experience|teaching|service|talks|awards"
    r"|projects|skills|interests|contact)",
    re.IGNORECASE,
)


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of a page in order; lines count from 1 as an editor shows them."""
    yield from _Reader(bool(_WHOLE_HTML.search(text[:20_000]))).read(text)


class _Reader(Inline):
    """Reads a page line by line; its state is what an earlier line has left open."""

    def __init__(self, whole_html: bool) -> None:
        super().__init__(whole_html)
        self.in_html = whole_html  # a Markdown file's HTML block ends at a blank line
        self.remark = ""
        self.above = ""

    def read(self, text: str) -> Iterator[Block]:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
        text = _TAG_OVER_LINES.sub(lambda found: found[0].replace("\n", FOLD), text)
        lines = text.split("\n")
        if not self.whole_html:
            self.defined = definitions(text)
        number = start = _after_front_matter(lines)
        for raw in lines[start:]:
            number += 1
            self.out.line = number
            self._line(raw)
            number, self.above = self.out.line, raw
            yield from self.out.take()
        self.out.end_block()
        yield from self.out.take()

    def _line(self, raw: str) -> None:
        if not self.whole_html and not self.unseen and self._is_markup(raw):
            return
        self.take(_TEMPLATE.sub("", raw.rstrip()) if "{" in raw else raw.rstrip())
        if self.in_html:
            self.out.space()
        else:
            self.out.end_row(hard=raw.endswith(("  ", "\\")))

    def _is_markup(self, raw: str) -> bool:
        """Whether a Markdown line is all structure; opens the block that its text belongs to."""
        if not raw.strip():
            self.in_html, self.remark = False, ""
            if not self.depth:
                self.out.end_block()
            return True
        if self._is_remark(raw):
            return True
        begins = re.match(r"\s*</?([A-Za-z][A-Za-z0-9]*)", raw)
        if begins and begins[1].lower() in BLOCKS:
            self.in_html = True
        if self.in_html:
            return False
        if heading := _HEADING.match(raw):
            self.out.end_block(level=len(heading[1]))
            self.take(heading[2].rstrip("# "))
            self.out.end_block()
            return True
        underline = None if _ITEM.match(self.above) else _UNDERLINE.match(raw)
        if underline and self.out.titled(1 if underline[1] == "=" else 2):
            return True
        if _RULE.match(raw):
            self.out.end_block()
            return True
        return self._is_table(raw) or self._opens(raw)

    def _is_table(self, raw: str) -> bool:
        """Whether a line is a row of a Markdown table; takes its cells."""
        bare = raw.strip()
        if not (bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2):
            return False
        self.out.end_block()
        if not self.above.strip().startswith("|"):
            self.out.table()
        if not _TABLE_RULE.fullmatch(bare):
            for cell in _CELL_ENDS.split(bare[1:-1]):
                self.out.cell()
                self.take(cell.strip())
            self.out.end_block()
        return True

    def _opens(self, raw: str) -> bool:
        """Begin a new block before an item or a dated line; take a bare heading whole."""
        if _BARE_HEADING.fullmatch(raw.strip()):
            self.out.end_block(level=2)
            self.take(raw.strip())
            self.out.end_block()
            return True
        if item := _ITEM.match(raw):
            self.out.end_block()
            self.take(raw[item.end() :].rstrip())
            self.out.end_row(hard=raw.endswith(("  ", "\\")))
            return True
        if raw.lstrip(" *\\").startswith("[") and opening_date(raw.lstrip(" *\\")):
            self.out.end_block()
        return False

    def _is_remark(self, raw: str) -> bool:
        if self.remark:
            if raw.rstrip().endswith(self.remark):
                self.remark = ""
            return True
        found = _DEFINITION.match(raw)
        title = found["title"].rstrip() if found else "text"
        closer = _CLOSED_BY.get(title[:1], "")
        if title and closer and len(title) > 1 and title.endswith(closer):
            return True
        if found and found["nowhere"] and closer:
            self.remark = closer
        return bool(self.remark) or not title


def _after_front_matter(lines: list[str]) -> int:
    """Number of lines that a YAML head takes, 0 if there is none."""
    if lines[0].rstrip() != "---":
        return 0
    for at, line in enumerate(lines[1:200], start=2):
        if line.rstrip() in ("---", "..."):
            return at
    return 0
