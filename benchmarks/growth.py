"""How the time and the memory of a parser grow when a piece of a page is repeated."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from random import Random
from time import process_time

from benchmarks.endless import BEGINS, PIECES
from benchmarks.mutations import mutate
from benchmarks.parsers import Parser

SIZES = (16_000, 32_000, 64_000, 128_000)
STEEP = 1.5
"""Exponent of time over size: 1 is linear, 2 quadratic; what lies between is a noisy clock."""
SLOW = 0.05
"""Seconds. What the largest page takes less than has no growth that could be told from noise."""
LONG = 2.0
"""Seconds. No page of SIZES may take so long."""
_ELEMENT = re.compile(rb"<([\w:-]{1,40})[ >].*?</\1>\s*", re.DOTALL)
_STRING = re.compile(rb'"([^"\\]+)"')
_TEXT = re.compile(rb"[>{\"]([^<>{}\"\n]+)[<}\"]")


@dataclass(frozen=True, slots=True)
class Growth:
    """A page grown by one of its pieces, doubling by doubling."""

    seconds: tuple[float, ...]
    """For each of SIZES, up to the first that took too LONG."""
    peak: float
    """Bytes of memory a byte of the page, at the smallest size."""
    page: bytes
    """The smallest of them."""

    @property
    def exponent(self) -> float:
        """Of time over size, over the last two doublings; 0 for what is fast anyway."""
        if self.seconds[-1] < SLOW:
            return 0.0
        if len(self.seconds) < 3:
            return float("inf")
        return log2(self.seconds[-1] / max(self.seconds[-3], 1e-9)) / 2

    @property
    def steep(self) -> bool:
        """Whether it is slower than linear."""
        return self.exponent > STEEP


def grow(parser: Parser, chance: Random) -> Growth:
    """Repeat a piece that chance picks, in a page that chance picks; measure twice what is slow."""
    seed = chance.choice(parser.seeds)
    others = [one.body for one in parser.seeds]
    body = seed.body if chance.random() < 0.7 else mutate(chance, seed.body, others)
    start, end, between = chance.choice(list(_pieces(chance, body)))
    pages = [_grown(body, start, end, between, size) for size in SIZES]
    return measure(parser, seed.where, pages)


def endless(parser: Parser) -> Iterator[list[bytes]]:
    """Pages of all sizes that are one piece again and again, for each of PIECES."""
    begins = BEGINS.get(parser.name, b"")
    for piece in (piece.encode() for piece in PIECES[parser.name]):
        yield [begins + piece * (size // len(piece)) for size in SIZES]


def measure(parser: Parser, where: str, pages: Sequence[bytes]) -> Growth:
    """The growth of time over pages of SIZES; measured twice if it is steep."""
    seconds = tuple(_timed(parser, where, pages))
    found = Growth(seconds, _peak(parser, where, pages[0]), pages[0])
    if found.steep:
        again = _timed(parser, where, pages)
        seconds = tuple(map(min, seconds, again))
    return Growth(seconds, found.peak, found.page)


def _pieces(chance: Random, body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Spans that may be repeated, with what stands between two; most leave a page in its form."""
    form = body.lstrip()[:1]
    if form not in (b"{", b"<") or chance.random() < 0.3:
        at = chance.randrange(len(body) + 1)
        yield at, min(len(body), at + chance.choice((1, 2, 10, 100))), b""
        first = body.rfind(b"\n", 0, at) + 1
        last = body.find(b"\n", at + chance.choice((0, 300))) + 1 or len(body)
        yield first, last, b""
    # From anywhere on: the first element of all is the whole document.
    if one := _ELEMENT.search(body, chance.randrange(len(body) + 1)):
        yield one.start(), one.end(), b""
    if texts := list((_STRING if form == b"{" else _TEXT).finditer(body)):
        one = chance.choice(texts)
        start = chance.randrange(one.start(1), one.end(1))
        yield start, min(one.end(1), start + chance.choice((1, 3, 50))), b""
    if opened := [match.start() for match in re.finditer(rb"\{", body)]:
        start = chance.choice(opened)
        yield start, _closed(body, start), b"," if form == b"{" else b"\n"
    yield len(body), len(body), b""


def _closed(body: bytes, start: int) -> int:
    depth = 0
    for match in re.finditer(rb"[{}]", body[start:]):
        depth += 1 if match[0] == b"{" else -1
        if depth == 0:
            return start + match.end()
    return len(body)


def _grown(body: bytes, start: int, end: int, between: bytes, size: int) -> bytes:
    piece = between + (body[start:end] or b"x")
    return body[:end] + piece * ((size - len(body)) // len(piece) + 1) + body[end:]


def _timed(parser: Parser, where: str, pages: Sequence[bytes]) -> Iterator[float]:
    for page in pages:
        start = process_time()
        parser.read(where, page)
        yield (took := process_time() - start)
        if took > LONG:
            return


def _peak(parser: Parser, where: str, page: bytes) -> float:
    tracemalloc.start()
    try:
        parser.read(where, page)
        return tracemalloc.get_traced_memory()[1] / len(page)
    finally:
        tracemalloc.stop()
