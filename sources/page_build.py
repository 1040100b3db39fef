"""The builder of rows and blocks: white space collapses, lines and links are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sources.page_rows import Block, Row, Span

_LONGEST_LABEL = 200


def _without(row: Row, gaps: list[tuple[int, int]]) -> Row:
    """The row without some stretches of its text."""
    if not gaps:
        return row
    kept, starts, shifts, done, gone = [], [0], [0], 0, 0
    for start, end in sorted(gaps):
        if end > done:
            start = max(start, done)
            kept.append(row.text[done:start])
            starts += [start, end]
            shifts += [start - gone, 0]
            gone += end - start
            shifts[-1] = end - gone
            done = end
    kept.append(row.text[done:])

    def moved(at: int) -> int:
        found = bisect_right(starts, at) - 1
        return shifts[found] + (at - starts[found] if found % 2 == 0 else 0)

    marks = tuple((moved(at), line) for at, line in row.marks)
    spans = tuple(
        replace(span, start=moved(span.start), end=moved(span.end))
        for span in row.spans
        if moved(span.start) < moved(span.end)
    )
    return Row("".join(kept), marks, spans, row.hard)


@dataclass(slots=True)
class RowBuilder:
    """Collects text into rows and rows into blocks."""

    line: int = 0
    """Where the text that comes next stands."""
    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _blank: bool = False
    _marks: list[tuple[int, int]] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _open: dict[str, tuple[int, str]] = field(default_factory=dict)
    _brackets: list[tuple[int, bool]] = field(default_factory=list)
    _gaps: list[tuple[int, int]] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _hard: bool = False
    _level: int = 0
    _cells: list[int] = field(default_factory=list)
    _tables: int = 0
    _done: list[Block] = field(default_factory=list)

    @property
    def _here(self) -> int:
        return self._length + (1 if self._blank and self._length else 0)

    def add(self, text: str) -> None:
        """Append text; white space collapses."""
        words = text.split()
        if not words:
            self._blank = self._blank or bool(text)
            return
        self._blank = self._blank or text[0].isspace()
        if not self._marks or self._marks[-1][1] != self.line:
            self._marks.append((self._here, self.line))
        piece = (" " if self._here > self._length else "") + " ".join(words)
        self._text.append(piece)
        self._length += len(piece)
        self._blank = text[-1].isspace()

    def space(self) -> None:
        """A blank, if text follows."""
        self._blank = True

    def open(self, kind: str, href: str = "") -> None:
        """Begin a link or emphasis; a second one inside the first is part of it."""
        self._open.setdefault(kind, (self._here, href))

    def close(self, kind: str) -> None:
        """End it, if it was begun."""
        if kind in self._open:
            start, href = self._open.pop(kind)
            self._span(start, kind, href)

    def is_open(self, kind: str) -> bool:
        """Whether such a span was begun and not ended."""
        return kind in self._open

    def bracket(self, image: bool) -> None:
        """An opening bracket, of which nobody knows yet whether it begins a link."""
        self._brackets.append((self._here, image))
        self.add("[")

    def bracketed(self) -> str:
        """What stands in the bracket that was opened last, '' if it is long or there is none."""
        start = self._brackets[-1][0] if self._brackets else self._length
        pieces: list[str] = []
        length = self._length - start
        if length > _LONGEST_LABEL:
            return ""
        for piece in reversed(self._text):
            if length <= 0:
                break
            pieces.insert(0, piece)
            length -= len(piece)
        return "".join(pieces).lstrip()[1:] if length == 0 else ""

    def unbracket(self, href: str | None) -> None:
        """A closing bracket, with the address that followed it; None: there was none."""
        start, image = self._brackets.pop() if self._brackets else (-1, False)
        if start < 0 or href is None:
            self.add("]")
        elif image:  # it shows none of its text
            self._gaps.append((start, self._length))
        else:
            self._gaps.append((start, start + 1))
            self._span(start, "link", href)

    def _span(self, start: int, kind: str, href: str) -> None:
        if start < self._length:
            self._spans.append(Span(start, self._length, kind, href))

    def end_row(self, hard: bool) -> None:
        """A break; what is open goes on in the next row."""
        for kind, (start, href) in self._open.items():
            self._span(start, kind, href)
        row = Row("".join(self._text), tuple(self._marks), tuple(self._spans), self._hard)
        if row.text and (row := _without(row, self._gaps)).text:
            self._rows.append(row)
            self._hard = False
        self._hard = self._hard or hard
        self._open = {kind: (0, href) for kind, (_, href) in self._open.items()}
        self._text, self._length, self._blank = [], 0, False
        self._marks, self._spans, self._brackets, self._gaps = [], [], [], []

    def table(self) -> None:
        """A table begins; no row of it belongs to one before."""
        self._tables += 1

    def cell(self) -> None:
        """The next cell of a table's row begins."""
        self.end_row(hard=True)
        self._cells.append(len(self._rows))

    def end_block(self, level: int = 0) -> None:
        """End the block; the next one is a heading of this level, or none."""
        self.end_row(hard=False)
        if self._rows:
            table = self._tables if self._cells else 0
            self._done.append(Block(tuple(self._rows), self._level, tuple(self._cells), table))
        self._rows, self._open, self._hard, self._level = [], {}, False, level
        self._cells = []

    def titled(self, level: int) -> bool:
        """Make a heading of the single row since the block began; False if there is none."""
        if len(self._rows) != 1 or self._level:
            return False
        self._level = level
        self.end_block()
        return True

    def take(self) -> Iterator[Block]:
        """The blocks that are complete, once."""
        done, self._done = self._done, []
        yield from done
