"""Which work is which over rebuilds.

An identity belongs to the records that were in the work when it was born, its founders, and
goes for ever where most of them are. It is a function of the present groups alone: when the
groups are again what they were, after any number of merges and splits in between, every work
has again the identity that it had. Records that join later have no say; if they had, some that
came during a wrong merge could carry a key off to the other work when the merge is undone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """A work's name for ever."""

    id: int
    """Running number: the smaller is the older."""
    key: str
    """Citation key."""
    founders: frozenset[str]
    """Keys of the records that were in the work when it was born. Never empty."""


@dataclass(frozen=True, slots=True)
class Held:
    """What identities a work holds."""

    own: Identity | None
    """The oldest; None: the work is new."""
    others: tuple[Identity, ...] = ()
    """Of works that are now part of this one, oldest first: their keys are aliases."""


def assign(groups: Sequence[Iterable[str]], identities: Iterable[Identity]) -> list[Held]:
    """Find what identities each group of record keys holds. Each record is in one group.

    An identity none of whose founders is in any group rests; its key stays taken.
    """
    home = {key: number for number, group in enumerate(groups) for key in group}
    held: dict[int, list[Identity]] = defaultdict(list)
    for identity in sorted(identities, key=lambda identity: identity.id):
        place = _place(identity, home)
        if place is not None:
            held[place].append(identity)
    return [_held(held[number]) for number in range(len(groups))]


def _place(identity: Identity, home: dict[str, int]) -> int | None:
    """The group with most founders; of several, that with the founder of the smallest key."""
    founders = sorted(key for key in identity.founders if key in home)
    counts = Counter(home[key] for key in founders)
    most = max(counts.values(), default=0)
    return next((home[key] for key in founders if counts[home[key]] == most), None)


def _held(identities: Sequence[Identity]) -> Held:
    return Held(identities[0], tuple(identities[1:])) if identities else Held(None)
