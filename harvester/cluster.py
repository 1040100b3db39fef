"""Records grouped into works: surest pairs first, never across a veto or a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from harvester import policy
from harvester.blocking import candidates
from harvester.canon import Decision, Judgement
from harvester.leftover import is_vetoed, left_over
from harvester.match import Scale, shipped, weigh
from harvester.partners import partnered
from harvester.traits import Traits
from sources.record import Record

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Records in groups, and the pairs that a person should look at."""

    groups: tuple[tuple[str, ...], ...]
    """Record keys, sorted within and by their first."""
    judgements: Mapping[Pair, Judgement]
    """Of every candidate pair, by sorted pair of keys."""
    doubts: tuple[Judgement, ...]
    """Pairs in two groups that may be one work, surest first, one a pair of groups."""
    related: tuple[Pair, ...]
    """Pairs of first keys of groups that are one work's conference paper and journal
    extension."""


def group(
    records: Sequence[Record],
    decisions: Iterable[Decision] = (),
    clean: frozenset[str] = frozenset(),
    scale: Scale | None = None,
) -> Grouping:
    """Group records. Decisions come first, then pairs by their bits; order does not matter.

    Two records of one `clean` source, which has no duplicates, are joined by a decision alone.
    """
    scale = scale or shipped()
    listed = [scale.read(record) for record in sorted(records, key=lambda record: record.key)]
    by_key = {record.key: record for record in listed}
    owners = {record.key: record.source for record in records if record.source in clean}
    met = candidates(listed) if scale.pairs is None else scale.pairs
    judged = {
        (a.key, b.key): weigh(a, b, scale)
        for a, b in ((listed[a], listed[b]) for a, b in met)
        if a.key not in owners or owners[a.key] != owners.get(b.key)
    }
    tidy = {r.key: r.source for r in listed if r.source in scale.tidy and r.key not in owners}
    if owners or tidy:
        judged = partnered(judged, owners, tidy, by_key)
    if owners:
        judged |= left_over(judged, owners, by_key, scale)
    groups = _Groups(by_key, judged, owners, scale)
    groups.rule(list(decisions))
    reworded = _reworded(listed, judged)
    matches = [j for j in judged.values() if j.verdict == "match" or j in reworded]
    for found in sorted(matches, key=lambda j: (-j.bits, j.a, j.b)):
        if groups.may_join(found.a, found.b):
            groups.join(found.a, found.b)
    return Grouping(groups.listed(), judged, _doubts(groups), _related(groups))


def _mine_or_not(decisions: Sequence[Decision], known: Container[str]) -> Iterator[Pair]:
    said = [(d.kind, key) for d in decisions for key in d.records if key in known]
    refused = [key for kind, key in said if kind == "not-mine"]
    for kind, key in said:
        if kind == "mine":
            yield from ((min(key, other), max(key, other)) for other in refused)


def _reworded(records: Sequence[Traits], judged: Mapping[Pair, Judgement]) -> list[Judgement]:
    """Pairs under one identifier whose titles differ and are known with no other identifier.

    Titles do get reworded; but a title that has an identifier of its own elsewhere was linked
    wrongly here.
    """
    numbers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    titles = {record.key: record.title.flat for record in records}
    for record in records:
        for kind, values in record.ids.items():
            numbers[titles[record.key]] |= {(kind, value) for value in values}
    found = []
    for judgement in judged.values():
        levels = {piece.level for piece in judgement.evidence}
        if "reworded" in levels and judgement.verdict == "review":
            mine, theirs = (numbers[titles[key]] for key in (judgement.a, judgement.b))
            shared = mine & theirs
            kinds = {kind for kind, _ in shared}
            if all(number in shared or number[0] not in kinds for number in mine | theirs):
                found.append(judgement)
    return found


class _Groups:
    """Groups while they grow, each under the smallest of its keys."""

    def __init__(
        self,
        by_key: Mapping[str, Traits],
        judged: Mapping[Pair, Judgement],
        owners: Mapping[str, str],
        scale: Scale,
    ) -> None:
        self.scale = scale
        self.by_key = by_key
        self.judged = judged
        self.must: set[Pair] = set()
        self.must_not: set[Pair] = set()
        self.members = {key: [key] for key in by_key}
        self.of = {key: key for key in by_key}
        self.clean = {key: {source} for key, source in owners.items()}
        """Clean sources that have a record in a group, by the group's key."""

    def rule(self, decisions: Sequence[Decision]) -> None:
        """Join and hold apart what a person said is one, and is not."""
        for decision in decisions:
            known = [key for key in decision.records if key in self.by_key]
            if decision.kind == "same":
                self.must.update(combinations(sorted(known), 2))
            elif decision.kind == "apart":
                self.must_not.update(combinations(sorted(known), 2))
        # What is this person's and what is not are not one work, however much they look it.
        self.must_not.update(_mine_or_not(decisions, self.by_key))
        for a, b in sorted(self.must):
            self.join(a, b)

    def listed(self) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted(tuple(sorted(keys)) for keys in self.members.values()))

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.of[a], self.of[b]))
        if first == second:
            return
        moved = self.members.pop(second)
        self.members[first].extend(moved)
        if second in self.clean:
            self.clean.setdefault(first, set()).update(self.clean.pop(second))
        for key in moved:
            self.of[key] = first

    def between(self, a: str, b: str) -> list[Judgement]:
        """Judgements of all pairs across the groups of two records, candidates or not."""
        return [
            self.judgement(x, y) for x in self.members[self.of[a]] for y in self.members[self.of[b]]
        ]

    def judgement(self, x: str, y: str) -> Judgement:
        pair = (x, y) if x < y else (y, x)
        return self.judged.get(pair) or weigh(self.by_key[x], self.by_key[y], self.scale)

    def held_apart(self, a: str, b: str) -> bool:
        """Whether a person or a clean source says that the two groups are not one work."""
        mine, theirs = self.clean.get(self.of[a], ()), self.clean.get(self.of[b], ())
        if mine and theirs and not mine.isdisjoint(theirs):
            return True
        return any(
            ((x, y) if x < y else (y, x)) in self.must_not
            for x in self.members[self.of[a]]
            for y in self.members[self.of[b]]
        )

    def may_join(self, a: str, b: str) -> bool:
        """Whether nothing between the two groups speaks against one work."""
        if self.of[a] == self.of[b] or self.held_apart(a, b):
            return False
        across = self.between(a, b)
        if any(_is_veto(j) and (j.a, j.b) not in self.must for j in across):
            return False
        return sum(max(policy.MOST_AGAINST, j.bits) for j in across) > 0


def _is_veto(judgement: Judgement) -> bool:
    # A sum that is low by itself needs no ceiling, and what speaks against the two stands.
    return judgement.verdict == "different" and (bool(judgement.cap) or is_vetoed(judgement))


def _doubts(groups: _Groups) -> tuple[Judgement, ...]:
    best: dict[Pair, Judgement] = {}
    told: dict[Pair, bool] = {}
    for found in groups.judged.values():
        a, b = sorted((groups.of[found.a], groups.of[found.b]))
        if a == b or found.verdict == "different":
            continue
        if (a, b) not in told:
            told[a, b] = groups.held_apart(a, b) or any(map(_is_veto, groups.between(a, b)))
        if not told[a, b] and ((a, b) not in best or found.bits > best[a, b].bits):
            best[a, b] = found
    return tuple(sorted(best.values(), key=lambda j: (-j.bits, j.a, j.b)))


def _related(groups: _Groups) -> tuple[Pair, ...]:
    found = set()
    for judgement in groups.judged.values():
        if any(piece.signal == "archival" for piece in judgement.evidence):
            a, b = sorted((groups.of[judgement.a], groups.of[judgement.b]))
            if a != b and judgement.bits >= policy.MATCH_AT:
                found.add((a, b))
    return tuple(sorted(found))
