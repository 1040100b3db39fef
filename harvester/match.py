"""The matcher: two records, named evidence, one judgement.

A judgement depends on its two records and the weights alone, and is symmetric. The weights of
a workspace are those of policy.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harvester import policy
from harvester.canon import Evidence, Judgement
from harvester.signals import levels
from harvester.traits import Traits, read, traits
from sources.record import Record

Table = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Scale:
    """What two records are weighed by."""

    work: Table
    """Bits by (signal, level) that two records are one work."""
    version: Table
    """… that they are one version of it."""
    serial: frozenset[str] = field(default=frozenset())
    """Squeezed titles that one source repeats from issue to issue."""
    tidy: frozenset[str] = field(default=frozenset())
    """Sources that hardly ever name a paper twice."""
    known: Mapping[str, Traits] = field(default_factory=dict)
    """Records that have been read, by their keys."""
    pairs: Sequence[tuple[int, int]] | None = None
    """Candidates among them, as positions in the order of their keys, if they were sought."""

    def read(self, record: Record) -> Traits:
        """What the signals look at."""
        return self.known.get(record.key) or read(record)


def shipped() -> Scale:
    """The weights of policy.py."""
    return Scale(policy.WEIGHTS, {**policy.WEIGHTS, **policy.VERSION_WEIGHTS})


def judge(a: Record, b: Record) -> Judgement:
    """Weigh two records by the shipped weights."""
    return weigh(traits(a), traits(b), shipped())


def weigh(a: Traits, b: Traits, scale: Scale) -> Judgement:
    """Whether two are one work. The evidence sums to the bits; a ceiling may lower the verdict."""
    if b.key < a.key:
        a, b = b, a
    evidence = _weighed(a, b, scale.work, scale)
    bits = sum(piece.bits for piece in evidence)
    verdict = "different"
    if bits >= policy.MATCH_AT:
        verdict = "match"
    elif bits >= policy.REVIEW_AT:
        verdict = "review"
    cap = ""
    for piece in evidence:
        ceiling = policy.CEILINGS.get((piece.signal, piece.level), "match")
        if _ORDER.index(ceiling) > _ORDER.index(verdict):
            verdict, cap = ceiling, f"{piece.signal} {piece.level}"
    return Judgement(a.key, b.key, verdict, bits, evidence, cap)


def weigh_version(a: Traits, b: Traits, scale: Scale) -> Judgement:
    """Whether two records of one work are of one version of it."""
    if b.key < a.key:
        a, b = b, a
    evidence = _weighed(a, b, scale.version, scale)
    bits = sum(piece.bits for piece in evidence)
    verdict = "match" if bits >= policy.MATCH_AT else "different"
    return Judgement(a.key, b.key, verdict, bits, evidence)


_ORDER = ("match", "review", "different")


def _weighed(a: Traits, b: Traits, table: Table, scale: Scale) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(signal, level, table.get((signal, level), 0), detail)
        for signal, level, detail in levels(a, b, scale.serial, scale.tidy)
        if (signal, level) in table or (signal, level) in policy.CEILINGS
    )
