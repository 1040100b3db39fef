"""Namesakes: works that only a search for the person's name found, held against the others.

A search for a name brings other people's papers. What an export, a file or an identifier's
feed brings is the person's own claim and is never screened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harvester import policy
from harvester.canon import Conflict, Decision, State
from harvester.claims import make
from harvester.people import Parts, compatible, parts
from sources.names import parse_author
from sources.record import Record

Group = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Screening:
    """What is set aside, and what a person is asked about it."""

    aside: Mapping[int, str]
    """Why a group is not listed, by its number."""
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the accepted groups tell of the person."""

    owner: frozenset[Parts]
    coauthors: frozenset[Parts]
    classes: frozenset[str]
    archives: frozenset[str]
    groups: int


def screen(groups: Sequence[Group], decisions: Iterable[Decision]) -> Screening:
    """Set aside the groups whose evidence speaks against the person, and those ruled out.

    Evidence that speaks for a group makes its co-authors and fields known in turn; what
    tells nothing either way is listed.
    """
    ruled = list(decisions)
    refused = _named(groups, ruled, "not-mine")
    mine = {n for n, group in enumerate(groups) if not all(r.by_name for r in group)}
    mine |= _named(groups, ruled, "mine")
    pending = set(range(len(groups))) - mine - refused
    mine -= refused
    owner = _owner(groups)
    accepted = mine or _core(groups, pending, owner)
    pending -= accepted
    while joined := {n for n in pending if _bits(groups[n], _learn(groups, accepted, owner)) > 0}:
        accepted |= joined
        pending -= joined
    known = _learn(groups, accepted, owner)
    aside = {n: _reasons(groups[n], known) for n in pending if _bits(groups[n], known) < 0}
    conflicts = [_conflict(groups[n], aside[n], State.OPEN) for n in sorted(aside)]
    for number in sorted(refused):
        aside[number] = "A person said that it is somebody else's."
        conflicts.append(_conflict(groups[number], aside[number], State.DECIDED))
    return Screening(aside, tuple(conflicts))


def _named(groups: Sequence[Group], decisions: Sequence[Decision], kind: str) -> set[int]:
    keys = {key for decision in decisions if decision.kind == kind for key in decision.records}
    return {n for n, group in enumerate(groups) if any(record.key in keys for record in group)}


def _core(groups: Sequence[Group], numbers: set[int], owner: frozenset[Parts]) -> set[int]:
    """The most groups that co-authors join, where nothing else is known of the person."""
    left, best = set(numbers), set[int]()
    while left:
        found = {min(left)}
        while more := {n for n in left - found if _joined(groups, n, found, owner)}:
            found |= more
        left -= found
        best = max(best, found, key=len)
    return best if len(best) > 1 else set(numbers)


def _joined(
    groups: Sequence[Group], number: int, others: set[int], owner: frozenset[Parts]
) -> bool:
    known = _learn(groups, others, owner).coauthors
    return any(_fits(name, known) for name in _names(groups[number]))


def _learn(groups: Sequence[Group], accepted: set[int], owner: frozenset[Parts]) -> _Known:
    chosen = [groups[n] for n in sorted(accepted)]
    names = {name for group in chosen for name in _names(group) if not _fits(name, owner)}
    classes = {c for group in chosen for record in group for c in record.categories}
    archives = {c.split(".")[0] for c in classes}
    return _Known(owner, frozenset(names), frozenset(classes), frozenset(archives), len(chosen))


def _owner(groups: Iterable[Group]) -> frozenset[Parts]:
    """The person's own names, as they were searched for."""
    searched = {name for group in groups for record in group for name in record.by_name}
    authors = (parse_author(name) for name in sorted(searched))
    return frozenset(parts(author) for author in authors if author)


def _fits(name: Parts, names: Iterable[Parts]) -> bool:
    return any(compatible(name, other) for other in names)


def _names(group: Group) -> list[Parts]:
    return sorted({parts(author) for record in group for author in record.authors})


def _evidence(group: Group, known: _Known) -> list[str]:
    """Levels of policy.PERSON that hold for a group."""
    found = []
    others = [name for name in _names(group) if not _fits(name, known.owner)]
    if len(others) == len(_names(group)):
        found.append("another form of the name")
    if any(_fits(name, known.coauthors) for name in others):
        found.append("a known co-author")
    elif others and known.coauthors and known.groups >= policy.PERSON_WORKS:
        found.append("no known co-author")
    classes = {c for record in group for c in record.categories[:1]}
    if classes and known.classes:
        if classes & known.classes:
            found.append("a known field")
        elif not {c.split(".")[0] for c in classes} & known.archives:
            found.append("another field")
    return found


def _bits(group: Group, known: _Known) -> float:
    return sum(policy.PERSON[level] for level in _evidence(group, known))


def _reasons(group: Group, known: _Known) -> str:
    levels = [level for level in _evidence(group, known) if policy.PERSON[level] < 0]
    fields = sorted({c for record in group for c in record.categories[:1]})
    said = {
        "another form of the name": "the name is written otherwise",
        "no known co-author": "no co-author is known from the other works",
        "another field": f"its field ({', '.join(fields)}) is none of theirs",
    }
    return "Found by name alone: " + ", and ".join(said[level] for level in levels) + "."


def _conflict(group: Group, why: str, state: State) -> Conflict:
    claims = [make(record, "person", record.key, record.title) for record in group]
    return Conflict(
        kind="person",
        field="",
        slot="",
        works=(group[0].key,),
        claims=tuple((claim, "") for claim in claims),
        state=state,
        proposed="not-mine",
        rule="decided" if state is State.DECIDED else "",
        why=why,
    )
