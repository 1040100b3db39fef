"""What a line of Markdown or HTML says: text, emphasis, links, and the tags that end a block."""

from __future__ import annotations

import html
import re

from sources.page_build import RowBuilder

FOLD = "\x1f"
"""Stands for a newline inside a tag, so that the tag stays on one line and lines still count."""

_DEFINED = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n]{1,100})\]:[ \t]*<?(?P<address>https?://[^\s<>]+)>?", re.MULTILINE
)
_TOKEN = re.compile(
    r"<(?P<auto>https?://[^<>\s]+)>"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*+)(?P<attrs>[^<>]*)>"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<open>!?\[)"
    r"|\]\(\s*+(?P<href>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)?)(?:\s+\"[^\"]*\")?\s*\)"
    r"|\](?P<gap> ?)\[(?P<label>[^\[\]<>]{0,100})\](?!\()"
    r"|(?P<shut>\])"
    r"|(?P<mark>\*{1,3}|_{1,2})"
    r"|(?P<url>https?://[^\s<>\"\[\](){}|\\^`*]*[^\s<>\"\[\](){}|\\^`*.,;:])"
)
_HREF = re.compile(r"""(?i)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONG_CHARACTER = re.compile(r"&#\d{8,}")
_INVISIBLE = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x2060: None}

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dl div dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section summary "
    "table tbody thead tr ul".split()
)
_OFTEN_UNCLOSED = frozenset("hr li p dt dd tr html body".split())
_UNSEEN = frozenset("script style template title noscript textarea select".split())
_EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em"}


class Inline:
    """Reads stretches of one line; its state is what an earlier one has left open."""

    def __init__(self, whole_html: bool) -> None:
        self.whole_html = whole_html
        self.depth = 0
        """Blocks of HTML that are open."""
        self.unseen = ""
        """The tag that is open and shows nothing of what is in it."""
        self.defined: dict[str, str] = {}
        """Addresses by label."""
        self.out = RowBuilder()

    def take(self, raw: str) -> None:
        """Add what a stretch says to the row that is being built."""
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
        elif token["label"] is not None:
            self._reference(token["label"], token["gap"])
        elif token["shut"]:
            self.out.unbracket(self._address(self.out.bracketed()) if self.defined else None)
        else:
            self._mark(token)

    def _address(self, label: str) -> str | None:
        return self.defined.get(" ".join(label.casefold().split()))

    def _reference(self, label: str, gap: str) -> None:
        """'[text][label]' or '[text][]': a link if a definition says where to, else two brackets.

        Markdown was first read with a blank between the two as well.
        """
        own = self._address(self.out.bracketed()) if self.defined else None
        named = self._address(label) if label else own
        if named and not (gap and own):
            self.out.unbracket(named)
            return
        self.out.unbracket(own if gap else None)
        self._text(gap)
        self.out.bracket(image=False)
        self._text(label)
        self.out.unbracket(self._address(label) if gap else None)

    def _mark(self, token: re.Match[str]) -> None:
        """Emphasis opens before a word and closes after one; any other mark is text."""
        before = token.string[token.start() - 1 : token.start()] or " "
        after = token.string[token.end() : token.end() + 1] or " "
        kind = "em" if len(token[0]) == 1 else "strong"
        inside = token[0][0] == "_" and before.isalnum() and after.isalnum()
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        opens = opens and after not in ",;.)"  # 'A. Galstyan *, H. Harutyunyan *, …' marks names
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
        elif tag == "br" or (closing and tag in ("td", "th")):
            self.out.end_row(hard=True)
        elif tag in ("td", "th"):
            self.out.cell()
        elif tag in BLOCKS:
            if tag == "table":
                self.out.table()
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
        self.out.line += attrs.count(FOLD)

    def _text(self, raw: str) -> None:
        if raw and not self.unseen:
            self.out.add(html.unescape(_bounded(raw)).translate(_INVISIBLE))


def _bounded(raw: str) -> str:
    # int() refuses more than 4300 digits, and html.unescape() does not expect that.
    return _LONG_CHARACTER.sub("\ufffd", raw)


def definitions(text: str) -> dict[str, str]:
    """Addresses by label of the links that are defined apart: '[1]: https://…'."""
    found = _DEFINED.finditer(text)
    pairs = [(" ".join(one["label"].casefold().split()), one["address"]) for one in found]
    return {label: html.unescape(_bounded(address)) for label, address in reversed(pairs)}
