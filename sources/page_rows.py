"""Rows of text that know where they stand, and the builder that makes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a row that is a link, strong or emphasised."""

    start: int
    end: int
    kind: str
    """link | strong | em."""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Text between two breaks, white space collapsed."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """(offset, line): from this offset on the text stands on this line."""
    spans: tuple[Span, ...] = ()
    hard: bool = False
    """The break before it was meant (<br>, two blanks at a line's end), not just a newline."""

    def line_at(self, offset: int) -> int:
        """Line on which a character stands."""
        return self.marks[max(0, bisect_right(self.marks, (offset, 1 << 60)) - 1)][1]

    @property
    def line(self) -> int:
        """Line of its first character."""
        return self.marks[0][1]

    @property
    def last_line(self) -> int:
        """Line of its last character."""
        return self.marks[-1][1]

    @property
    def links(self) -> tuple[Span, ...]:
        """Its links, in order."""
        return tuple(sorted((s for s in self.spans if s.kind == "link"), key=lambda s: s.start))

    def part(self, start: int, end: int | None = None) -> Row:
        """A stretch of the row as a row of its own, without blanks at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        marks = [(0, self.line_at(start))]
        marks += [(at - start, line) for at, line in self.marks if start < at < end]
        spans = tuple(
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
            if span.start < end and span.end > start
        )
        return Row(self.text[start:end], tuple(marks), spans, self.hard)


def joined(rows: Sequence[Row]) -> Row:
    """Several rows as one, a blank between each two."""
    marks: list[tuple[int, int]] = []
    spans: list[Span] = []
    shift = 0
    for row in rows:
        marks += [(at + shift, line) for at, line in row.marks]
        spans += [replace(s, start=s.start + shift, end=s.end + shift) for s in row.spans]
        shift += len(row.text) + 1
    return Row(" ".join(row.text for row in rows), tuple(marks), tuple(spans), rows[0].hard)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a heading, the text of a <div> up to the next one."""

    rows: tuple[Row, ...]
    """Never empty."""
    level: int = 0
    """1-6 for a heading."""

    @property
    def whole(self) -> Row:
        """All of it as one row."""
        return joined(self.rows)

    @property
    def segments(self) -> tuple[Row, ...]:
        """Its rows as the writer meant them: newlines count only where nothing stronger does."""
        if not any(row.hard for row in self.rows[1:]):
            return self.rows
        groups: list[list[Row]] = [[]]
        for row in self.rows:
            if row.hard and groups[-1]:
                groups.append([])
            groups[-1].append(row)
        return tuple(joined(group) for group in groups)


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

    def end_block(self, level: int = 0) -> None:
        """End the block; the next one is a heading of this level, or none."""
        self.end_row(hard=False)
        if self._rows:
            self._done.append(Block(tuple(self._rows), self._level))
        self._rows, self._open, self._hard, self._level = [], {}, False, level

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
