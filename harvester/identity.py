"""Which work is which over rebuilds.

An identity belongs to the records that were in the work when it was born, its founders, and
goes for ever where most of them are. It is a function of the present groups alone: when the
groups are again what they were, after any number of merges and splits in between, every work
has again the identity that it had. Records that join later have no say; if they had, some that
came during a wrong merge could carry a key off to the other work when the merge is undone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harvester.canon import Decision


@dataclass(frozen=True, slots=True)
class Identity:
    """A work's name for ever."""

    id: int
    """Running number: the smaller is the older."""
    key: str
    """Citation key."""
    founders: frozenset[str]
    """Keys of the records that were in the work when it was born. Never empty."""
    under: frozenset[int] = frozenset()
    """Decisions but for which its records may have been part of another work."""


@dataclass(frozen=True, slots=True)
class Held:
    """What identities a work holds."""

    own: Identity | None
    """The oldest; None: the work is new."""
    others: tuple[Identity, ...] = ()
    """Of works that are now part of this one, oldest first: their keys are aliases."""
    called: tuple[str, ...] = ()
    """Keys that a person gave it, the earliest first: the last stands, the others are aliases."""

    @property
    def key(self) -> str:
        """The citation key that stands; '' for a new work."""
        return self.called[-1] if self.called else self.own.key if self.own else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other keys under which it was ever published, in one order."""
        own = (self.own.key,) if self.own else ()
        found = (*own, *(other.key for other in self.others), *self.called)
        unlike = {key.casefold(): key for key in found if key.casefold() != self.key.casefold()}
        return tuple(unlike.values())


def assign(
    groups: Sequence[Iterable[str]],
    identities: Iterable[Identity],
    decisions: Iterable[Decision] = (),
    undone: Iterable[Decision] = (),
) -> list[Held]:
    """Find what identities each group of record keys holds. Each record is in one group.

    An identity none of whose founders is in any group rests; its key stays taken. So does one
    that only came about by a decision that was taken back, once its work is part again of what
    it was part of: the canon is as if there had been no decision, and no other work ever has
    its key.
    """
    home = {key: number for number, group in enumerate(groups) for key in group}
    lifted = {decision.id: decision for decision in undone}
    held: dict[int, list[Identity]] = defaultdict(list)
    for identity in sorted(identities, key=lambda identity: identity.id):
        place = _place(identity.founders, home)
        if place is None:
            continue
        # Whoever is the only one stays: a work has a key.
        taken_back = [lifted[id] for id in identity.under if id in lifted]
        if held[place] and any(_within(d, place, home) for d in taken_back):
            continue
        held[place].append(identity)
    called = _called(groups, home, held, decisions)
    return [_held(held[number], called[number]) for number in range(len(groups))]


def _within(decision: Decision, place: int, home: dict[str, int]) -> bool:
    """Whether the group is what it was before the decision."""
    named = sum(home.get(record) == place for record in decision.records)
    return named >= (2 if decision.kind == "apart" else 1)


def _called(
    groups: Sequence[Iterable[str]],
    home: dict[str, int],
    held: Mapping[int, Sequence[Identity]],
    decisions: Iterable[Decision],
) -> list[tuple[str, ...]]:
    """What people called each group; never as another is or was called."""
    owner = {i.key.casefold(): number for number, found in held.items() for i in found}
    found: list[dict[str, str]] = [{} for _ in groups]
    for decision in decisions:
        place = _place(decision.records, home) if decision.kind == "key" else None
        folded = decision.value.casefold()
        if place is not None and owner.setdefault(folded, place) == place:
            found[place].pop(folded, None)
            found[place][folded] = decision.value
    return [tuple(names.values()) for names in found]


def _place(names: Iterable[str], home: dict[str, int]) -> int | None:
    """The group with most founders; of several, that with the founder of the smallest key."""
    founders = sorted(key for key in names if key in home)
    counts = Counter(home[key] for key in founders)
    most = max(counts.values(), default=0)
    return next((home[key] for key in founders if counts[home[key]] == most), None)


def _held(identities: Sequence[Identity], called: tuple[str, ...]) -> Held:
    own = identities[0] if identities else None
    return Held(own, tuple(identities[1:]), called)
