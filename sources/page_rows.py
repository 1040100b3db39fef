"""Rows of text that know where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace


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
    cells: tuple[int, ...] = ()
    """Of a row of a table: where each of its cells begins among the rows."""
    table: int = 0
    """Of a row of a table: which table of the page it is of."""

    @property
    def columns(self) -> tuple[Row | None, ...]:
        """The cells of a row of a table, None for an empty one."""
        ends = (*self.cells[1:], len(self.rows))
        parts = [self.rows[a:b] for a, b in zip(self.cells, ends, strict=True)]
        return tuple(joined(part) if part else None for part in parts)

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
