"""Which records are worth comparing: those that meet under a key, and whose titles are alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations

from harvester import policy
from harvester.title_match import may_be_alike
from harvester.titles import rarity
from harvester.traits import Traits


def candidates(records: Sequence[Traits]) -> list[tuple[int, int]]:
    """Positions of pairs that may be one work or should be told apart, in order.

    Records meet under an identifier, under pages, under one title, or under two of their four
    rarest words, a beginning or an end of the title. Blocks of common words are left out.
    """
    found: set[tuple[int, int]] = set()
    for block in (*_blocks(records, _sure), *_blocks(records, _titles)):
        found.update(_within(records, block))
    blocks = chain(_blocks(records, _starts), _blocks(records, _ends), _rare_pairs(records))
    for a, b in _together(len(records), blocks):
        if (a, b) not in found and may_be_alike(records[a].title, records[b].title):
            found.add((a, b))
    return sorted(found)


def _together(size: int, blocks: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that share a block, each once.

    Of a million records ten million pairs do: they are not kept to know them again.
    """
    around: list[list[list[int]]] = [[] for _ in range(size)]
    for block in blocks:
        if len(block) <= policy.BLOCK:
            for at in block:
                around[at].append(block)
            block.reverse()
    for at, mine in enumerate(around):
        for block in mine:
            block.pop()  # the position itself: those before it are gone
        for other in set().union(*mine):
            yield at, other


def _blocks(
    records: Sequence[Traits], keys: Callable[[Traits], Iterable[str]]
) -> Iterator[list[int]]:
    """Positions of records that share a key."""
    first: dict[str, int] = {}
    more: dict[str, list[int]] = {}
    for at, record in enumerate(records):
        for key in keys(record):
            if key not in first:
                first[key] = at
            elif key in more:
                more[key].append(at)
            else:
                more[key] = [first[key], at]
    return iter(more.values())


def _within(records: Sequence[Traits], block: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a block; of one that is too large those by one first author, or of one year."""
    if len(block) <= policy.BLOCK:
        yield from combinations(block, 2)
        return
    parts: dict[tuple[str, frozenset[int]], list[int]] = {}
    for at in block:
        names = records[at].names
        parts.setdefault((names[0][-1] if names else "", records[at].years), []).append(at)
    for part in parts.values():
        if len(part) <= policy.BLOCK:
            yield from combinations(part, 2)


def _sure(record: Traits) -> Iterator[str]:
    for name, values in record.ids.items():
        for value in values:
            yield f"{name}:{value}"
    initial = min((part[0] for part in record.names[0]), default="") if record.names else ""
    yield from {
        f"{place.volume}:{place.first}-{place.last}:{initial}"
        for place in record.places
        if place.volume and place.first and place.last and place.last != place.first
    }


def _titles(record: Traits) -> Iterator[str]:
    if record.title.flat:
        yield record.title.flat


def _starts(record: Traits) -> Iterator[str]:
    if record.title.flat:
        yield record.title.flat[:16]
    yield from {record.title.other[:16], record.title.tail[:16]} - {record.title.flat[:16], ""}


def _ends(record: Traits) -> Iterator[str]:
    if record.title.flat:
        yield record.title.flat[-16:]


def _rare_pairs(records: Sequence[Traits]) -> Iterator[list[int]]:
    """Positions of records that share two of their four rarest words."""
    ranks = _ranks(records)
    rarest = [
        sorted([ranks[word] for word in set(record.title.words) if word in ranks])[:4]
        for record in records
    ]
    under: defaultdict[int, list[int]] = defaultdict(list)
    for at, words in enumerate(rarest):
        for word in words:
            under[word].append(at)
    for word, block in under.items():
        if len(block) > 1:
            both: defaultdict[int, list[int]] = defaultdict(list)
            for at in block:
                for other in rarest[at]:
                    if other > word:
                        both[other].append(at)
            yield from (shared for shared in both.values() if len(shared) > 1)


def _ranks(records: Sequence[Traits]) -> dict[str, int]:
    """Words by their rarity, the rarest first: here, or among a few by the shipped table."""
    counts = Counter(word for record in records for word in set(record.title.words))
    if len(records) < policy.LARGE:
        ordered = sorted(counts, key=lambda word: (-rarity(word), word))
    else:
        # A word that stands nowhere else brings nobody together.
        met = (word for word, count in counts.items() if count > 1)
        ordered = sorted(met, key=lambda word: (counts[word], word))
    return {word: rank for rank, word in enumerate(ordered)}
