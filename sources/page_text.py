"""A person's page as blocks of rows of plain text, each knowing its line and its links.

Markdown with HTML in it, plain HTML and plain text all come out as the same thing. Commented-out
text is gone; text that a style sheet hides or collapses is there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sources.page_dates import opening_date
from sources.page_rows import Block, RowBuilder

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WHOLE_HTML = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]")
_TAG_OVER_LINES = re.compile(r"</?[A-Za-z][^<>]*>")
_FOLD = "\x1f"
"""Stands for a newline inside a tag, so that the tag stays on one line and lines still count."""

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(=|-)\1+\s*\Z")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = re.compile(r"\s*(?:[-*+•◦▪‣·]|\d{1,3}[.)])\s+(?=\S)")
# '[comment]: <> (…)' is a Markdown link definition that nothing links to: seen on the page of
# 2022-11-26. Its title may run on over lines.
_DEFINITION = re.compile(
    r" {0,3}\[[^\[\]]+\]:[ \t]*(?:(?P<nowhere><>|#)|<[^<>]+>|\S+)[ \t]*(?P<title>.*)\Z"
)
_CLOSED_BY = {"(": ")", '"': '"', "'": "'"}
# A page copied out of a browser has lost the marks of its headings.
_BARE_HEADING = re.compile(
    r"(?:about(?: me)?|news|(?:recent )?(?:updates|highlights)|(?:selected |all )?publications"
    r"(?: and preprints)?|papers|preprints|education|experience|teaching|service|talks|awards"
    r"|projects|skills|interests|contact)",
    re.IGNORECASE,
)

_TOKEN = re.compile(
    r"<(?P<auto>https?://[^<>\s]+)>"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?P<attrs>[^<>]*)>"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<open>!?\[)"
    r"|\]\(\s*(?P<href>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)?)(?:\s+\"[^\"]*\")?\s*\)"
    r"|(?P<shut>\])"
    r"|(?P<mark>\*{1,3}|_{1,2})"
    r"|(?P<url>https?://[^\s<>\"\[\](){}|\\^`*]*[^\s<>\"\[\](){}|\\^`*.,;:])"
)
_HREF = re.compile(r"""(?i)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONG_CHARACTER = re.compile(r"&#\d{8,}")
_INVISIBLE = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x2060: None}

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dl div dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary "
    "table tbody thead tr ul".split()
)
_OFTEN_UNCLOSED = frozenset("hr li p dt dd tr html body".split())
_UNSEEN = frozenset("script style template title noscript textarea select".split())
_EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em"}


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of a page in order; lines count from 1 as an editor shows them."""
    yield from _Reader(bool(_WHOLE_HTML.search(text[:20_000]))).read(text)


class _Reader:
    """Reads a page line by line; its state is what an earlier line has left open."""

    def __init__(self, whole_html: bool) -> None:
        self.whole_html = whole_html
        self.in_html = whole_html  # a Markdown file's HTML block ends at a blank line
        self.depth = 0
        self.unseen = ""
        self.remark = ""
        self.above = ""
        self.out = RowBuilder()

    def read(self, text: str) -> Iterator[Block]:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
        text = _TAG_OVER_LINES.sub(lambda found: found[0].replace("\n", _FOLD), text)
        lines = text.split("\n")
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
        self._inline(raw.rstrip())
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
        if begins and begins[1].lower() in _BLOCKS:
            self.in_html = True
        if self.in_html:
            return False
        if heading := _HEADING.match(raw):
            self.out.end_block(level=len(heading[1]))
            self._inline(heading[2].rstrip("# "))
            self.out.end_block()
            return True
        underline = None if _ITEM.match(self.above) else _UNDERLINE.match(raw)
        if underline and self.out.titled(1 if underline[1] == "=" else 2):
            return True
        if _RULE.match(raw):
            self.out.end_block()
            return True
        return self._opens(raw)

    def _opens(self, raw: str) -> bool:
        """Begin a new block before an item or a dated line; take a bare heading whole."""
        if _BARE_HEADING.fullmatch(raw.strip()):
            self.out.end_block(level=2)
            self._inline(raw.strip())
            self.out.end_block()
            return True
        if item := _ITEM.match(raw):
            self.out.end_block()
            self._inline(raw[item.end() :].rstrip())
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

    def _inline(self, raw: str) -> None:
        at = 0
        for token in _TOKEN.finditer(raw):
            self._text(raw[at : token.start()])
            self._token(token)
            at = token.end()
        self._text(raw[at:])

    def _token(self, token: re.Match[str]) -> None:
        if token["tag"]:
            self._tag(token["tag"].lower(), bool(token["close"]), token["attrs"])
        elif self.unseen:
            return
        elif url := token["auto"] or token["url"]:
            self.out.open("link", html.unescape(url))
            self.out.add(url)
            self.out.close("link")
        elif self.whole_html:
            self._text(token[0])
        elif token["escaped"]:
            self.out.add(token["escaped"])
        elif token["open"]:
            self.out.bracket(image=token["open"] == "![")
        elif token["href"] is not None:
            self.out.unbracket(html.unescape(token["href"]))
        elif token["shut"]:
            self.out.unbracket(None)
        else:
            self._mark(token)

    def _mark(self, token: re.Match[str]) -> None:
        """Emphasis opens before a word and closes after one; any other mark is text."""
        before = token.string[token.start() - 1 : token.start()] or " "
        after = token.string[token.end() : token.end() + 1] or " "
        kind = "em" if len(token[0]) == 1 else "strong"
        inside = token[0][0] == "_" and before.isalnum() and after.isalnum()
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        if closes and not inside and self.out.is_open(kind):
            self.out.close(kind)
        elif opens and not inside:
            self.out.open(kind)
        else:
            self.out.add(token[0])

    def _tag(self, tag: str, closing: bool, attrs: str) -> None:
        if self.unseen:
            self.unseen = "" if closing and tag == self.unseen else self.unseen
        elif tag in _UNSEEN:
            self.unseen = "" if closing else tag
        elif tag in ("br", "td", "th"):
            self.out.end_row(hard=True)
        elif tag in _BLOCKS:
            level = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() and not closing else 0
            self.out.end_block(level)
            if tag not in _OFTEN_UNCLOSED:
                self.depth = max(0, self.depth + (-1 if closing else 1))
        elif tag == "a":
            href = _HREF.search(attrs)
            self.out.close("link")
            if href and not closing:
                address = next(part for part in href.groups() if part is not None)
                self.out.open("link", html.unescape(_bounded(address)).strip())
        elif tag in _EMPHASIS:
            self.out.close(_EMPHASIS[tag]) if closing else self.out.open(_EMPHASIS[tag])
        self.out.line += attrs.count(_FOLD)

    def _text(self, raw: str) -> None:
        if raw and not self.unseen:
            self.out.add(html.unescape(_bounded(raw)).translate(_INVISIBLE))


def _bounded(raw: str) -> str:
    # int() refuses more than 4300 digits, and html.unescape() does not expect that.
    return _LONG_CHARACTER.sub("\ufffd", raw)


def _after_front_matter(lines: list[str]) -> int:
    """Number of lines that a YAML head takes, 0 if there is none."""
    if lines[0].rstrip() != "---":
        return 0
    for at, line in enumerate(lines[1:200], start=2):
        if line.rstrip() in ("---", "..."):
            return at
    return 0
