"""What a rule is, what it may know beside the claims, and how witnesses are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from harvester import policy
from harvester.canon import Claim, Decision
from sources.record import PartialDate, Stage

Claims = Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may know beside the claims."""

    posted: PartialDate | None = None
    """When the work was first posted."""
    venue_key: str = ""
    venue: str = ""
    """The settled venue of the version, for people."""
    numbered: PartialDate | None = None
    """The month that the arXiv number of a preprint spells."""
    own: frozenset[str] = frozenset()
    """title: records that speak of the headline version."""
    decision: Decision | None = None
    stage: Stage = Stage.OTHER
    """Of the version."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule and how to say what it did."""

    name: str
    keep: Callable[[Claims, Case], Claims]
    """Which of the claims stand; all or none of them mean that the rule has nothing to say."""
    say: str = ""
    """With {kept}, {struck}, {venue}, {posted}, {numbered}, {over}, {who} and {struck_who}; verbs
    in braces agree with whom they follow."""
    quiet: bool = False
    """What it strikes did not contradict the rest: a coarser date, a lower bound."""


def distrust(claim: Claim) -> int:
    """0 for the kind of source that is trusted first in this field, and so on."""
    order = policy.TRUST.get(claim.field) or policy.TRUST[""]
    return order.index(claim.kind) if claim.kind in order else len(order)


def heard(claims: Iterable[Claim]) -> list[Claim]:
    """The claims without copies whose original speaks: what Scholar shows of a preprint is
    arXiv's word, but where it differs from arXiv's record it is nobody's.
    """
    found = list(claims)
    originals = {claim.voice for claim in found if claim.kind == claim.voice}
    return [c for c in found if c.kind == c.voice or c.voice not in originals]


def voices_by_value(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """The independent voices that name each value."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in heard(claims):
        found[claim.value].add(claim.voice)
    return found


def values_by_voice(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """The values that each voice names: more than one if it contradicts itself."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in heard(claims):
        found[claim.voice].add(claim.value)
    return found


def most_voices(claims: Iterable[Claim]) -> int:
    """How many independent voices name the value that most of them name."""
    return max(map(len, voices_by_value(claims).values()), default=0)
