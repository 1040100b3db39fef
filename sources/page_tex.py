r"""A CV in LaTeX as the blocks and rows that any page is read as.

Nothing is typeset: lists, sections, entries of the CV classes, links and emphasis are known, and a
macro that is not leaves its argument. What a comment hides, or stands before \begin{document},
says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sources.latex import to_text
from sources.page_build import RowBuilder
from sources.page_macros import (
    BREAKS,
    DROPPED,
    ENTRIES,
    HEADINGS,
    ITEMS,
    MARKS,
    MOST_ARGUMENTS,
    PARAGRAPHS,
    SPELT,
    SWITCHES,
    own_macros,
)
from sources.page_rows import Block

_TOKEN = re.compile(
    r"""
      (?P<newline>\n)
    | (?P<comment>(?<!\\)%[^\n]*)
    | \\(?P<accent>["'`^~=.]|[uvHtcdbkr](?![A-Za-z]))\s*
      (?:\{\\?[A-Za-z]?\}|\\[ij](?![A-Za-z])|[A-Za-z])
    | (?P<math>(?<!\\)\$[^$\n]{1,200}\$)
    | (?P<hard>\\\\\*?(?:\[[^\]\n]{0,20}\])?)
    | \\(?P<macro>[A-Za-z]+)\*?
    | (?P<escaped>\\[^A-Za-z\n])
    | (?P<open>\{)
    | (?P<close>\})
    | (?P<cell>&)
    | (?P<text>[^\\%${}&\n]+|.)
    """,
    re.VERBOSE,
)
_ARGUMENT = re.compile(r"[ \t]*\n?[ \t]*\{([^{}]*)\}")
_OPTION = re.compile(r"[ \t]*\[[^\[\]\n]{0,200}\]")
_HIDDEN = re.compile(
    r"\\begin\{comment\}.*?(?:\\end\{comment\}|\Z)|\\iffalse\b.*?(?:\\fi\b|\Z)", re.DOTALL
)
_BLANK = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


def read_latex_blocks(text: str) -> Iterator[Block]:
    """The blocks of a LaTeX file in order; lines count from 1 as an editor shows them."""
    yield from _Reader().read(text)


@dataclass(slots=True)
class _Group:
    """What a closing brace ends."""

    ends: str = ""
    """strong | em | link | heading | row | drop."""
    switched: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    """What the groups behind it are."""


class _Reader:
    """Reads LaTeX from left to right; its state is the braces that are open."""

    def __init__(self) -> None:
        self.out = RowBuilder()
        self.groups: list[_Group] = [_Group()]
        self.waiting: list[str] = []
        """What the next groups are, the nearest last."""
        self.dropped = 0
        self.raw: list[str] = []
        self.own: dict[str, str] = {}

    def read(self, text: str) -> Iterator[Block]:
        text = _HIDDEN.sub(lambda found: "\n" * found[0].count("\n"), text)
        self.own = own_macros(text)
        begins = text.find("\\begin{document}")
        ends = text.find("\\end{document}")
        at = max(begins, 0)
        self.out.line = 1 + text.count("\n", 0, at)
        stop = ends if ends >= 0 else len(text)
        while at < stop and (token := _TOKEN.match(text, at)):
            at = self._token(token, text)
            yield from self.out.take()
        self._flush()
        self.out.end_block()
        yield from self.out.take()

    def _token(self, token: re.Match[str], text: str) -> int:
        """Take one token; where the next one begins."""
        kind, end = token.lastgroup, token.end()
        if kind == "newline":
            return self._newline(token, text)
        if kind == "comment":
            return end
        if kind == "macro":
            return self._macro(token["macro"], text, end)
        if kind in ("open", "close"):
            self._open() if kind == "open" else self._close()
        elif kind in ("hard", "cell"):
            self._row()
        elif not self.dropped:
            self.raw.append(token[0].replace("~", " ") if kind == "text" else token[0])
            if not token[0].isspace():
                self.waiting.clear()
        return end

    def _newline(self, token: re.Match[str], text: str) -> int:
        """A newline is a blank; two end the paragraph, and whatever was left open by mistake."""
        self._flush()
        blank = _BLANK.match(text, token.start())
        if blank:
            self.out.end_block()
            self.groups, self.waiting, self.dropped = [_Group()], [], 0
        self.out.space()
        self.out.line += blank[0].count("\n") if blank else 1
        return blank.end() if blank else token.end()

    def _macro(self, name: str, text: str, end: int) -> int:
        """Take a macro with the arguments that are no text; where the next token begins."""
        self.waiting.clear()
        if name in ("begin", "end"):
            return self._environment(name, text, end)
        if name in HEADINGS:
            return self._heading(HEADINGS[name], _past(_OPTION, text, end))
        if name in ITEMS or name in ENTRIES:
            self._flush()
            self.out.end_block()
            self.waiting = ["row"] * MOST_ARGUMENTS if name in ENTRIES else []
            end = _past(_OPTION, text, end)
            return _past(_ARGUMENT, text, end) if name == "bibitem" else end
        if name in ("href", "url", "nolinkurl"):
            return self._link(name, text, end)
        if name in MARKS:
            self.waiting = [MARKS[name]]
        elif name in SWITCHES:
            self._switch(SWITCHES[name])
        elif name in DROPPED:
            self.waiting = ["drop"]
            return _past(_OPTION, text, end)
        elif name in BREAKS:
            self._row()
        elif name in PARAGRAPHS:
            self._flush()
            self.out.end_block()
        elif not self.dropped and (text[end : end + 2] == "{}" or text[end : end + 1] != "{"):
            self._symbol(name)
        return end

    def _symbol(self, name: str) -> None:
        """A macro that stands for text: the file's own, or a letter that LaTeX has a name for."""
        if name in self.own:
            self.raw.append(f"{{{self.own[name]}}}")
        elif name in SPELT or to_text(f"\\{name}") != name:
            self.raw.append(f"\\{name}")

    def _environment(self, name: str, text: str, end: int) -> int:
        self._flush()
        self.out.end_block()
        called = _ARGUMENT.match(text, end)
        if not called:
            return end
        end = _past(_OPTION, text, called.end())
        if name == "begin" and called[1].lower() in ("rsection", "cvsection"):
            return self._heading(1, end)
        if name == "begin" and called[1].startswith(("tabular", "longtable", "thebibliography")):
            end = _past(_ARGUMENT, text, end)
        return end

    def _heading(self, level: int, end: int) -> int:
        self._flush()
        self.out.end_block(level)
        self.waiting = ["heading"]
        return end

    def _link(self, name: str, text: str, end: int) -> int:
        address = _ARGUMENT.match(text, end)
        if not address:
            return end
        self._flush()
        href = re.sub(r"\\(?=[%&#_~$])", "", address[1]).strip()
        if not self.dropped:
            self.out.open("link", href)
            if name != "href":
                self.out.add(href)
                self.out.close("link")
        self.out.line += address[0].count("\n")
        self.waiting = ["link"] if name == "href" else []
        return address.end()

    def _switch(self, kind: str) -> None:
        self._flush()
        if len(self.groups) > 1 and not self.dropped:
            self.out.open(kind)
            self.groups[-1].switched.append(kind)

    def _open(self) -> None:
        ends = self.waiting.pop() if self.waiting else ""
        self._flush()
        if ends in ("strong", "em"):
            self.out.open(ends)
        elif ends == "drop":
            self.dropped += 1
        self.groups.append(_Group(ends, after=self.waiting if ends == "row" else []))
        self.waiting = []

    def _close(self) -> None:
        self._flush()
        if len(self.groups) == 1:
            return
        group = self.groups.pop()
        self.waiting = group.after
        for kind in group.switched:
            self.out.close(kind)
        if group.ends in ("strong", "em", "link"):
            self.out.close(group.ends)
        elif group.ends == "drop":
            self.dropped -= 1
        elif group.ends == "row":
            self.out.end_row(hard=True)
        elif group.ends == "heading":
            self.out.end_block()

    def _row(self) -> None:
        self._flush()
        if not self.dropped:
            self.out.end_row(hard=True)

    def _flush(self) -> None:
        raw, self.raw = "".join(self.raw), []
        if not raw or self.dropped:
            return
        before, after = raw[0].isspace(), raw[-1].isspace()
        shown = to_text(raw)
        self.out.add((" " if before else "") + shown + (" " if after else ""))


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
