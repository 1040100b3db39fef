"""One arXiv number, DOI or OpenReview id belongs to one work: whose it is, and by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from harvester.canon import Claim, Conflict, Decision, State
from harvester.claims import IDENTIFIERS, make
from harvester.reopened import REOPENED, changed, sentence
from sources.record import Record

Group = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Identifiers that records of several works claim."""

    misplaced: frozenset[tuple[str, str]]
    """(record key, identifier): says nothing of that record's work."""
    conflicts: tuple[Conflict, ...]


def assign(groups: Sequence[Group], decisions: Iterable[Decision] = ()) -> Ownership:
    """Find each identifier's work where several claim it: a person's word first.

    Only pages, files and exports link wrongly; the service's own record says whose it is.
    """
    claimed: dict[tuple[str, str], dict[int, list[Claim]]] = defaultdict(dict)
    for number, records in enumerate(groups):
        for record in records:
            for seen in record.appearances:
                for name in IDENTIFIERS:
                    if value := getattr(seen, name):
                        claim = make(record, name, value, record.title, seen)
                        claimed[name, value].setdefault(number, []).append(claim)
    held: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (name, value), by_group in claimed.items():
        for number in by_group:
            held[name, number].add(value)
    misplaced: set[tuple[str, str]] = set()
    conflicts = []
    for (name, value), by_group in sorted(claimed.items()):
        if len(by_group) > 1:
            owner, rule, why = _decided(name, value, by_group, decisions) or _owner(
                name, value, by_group, held
            )
            wrong = [c for n, found in by_group.items() if n != owner for c in found]
            misplaced |= {(claim.record, value) for claim in wrong}
            conflicts.append(_conflict(name, value, by_group, owner, rule, why, groups))
    return Ownership(frozenset(misplaced), tuple(conflicts))


def _decided(
    name: str, value: str, by_group: Mapping[int, list[Claim]], decisions: Iterable[Decision]
) -> tuple[int, str, str] | None:
    ruled = {(d.field, d.slot): d for d in decisions if d.kind == "take"}
    decision = ruled.get((name, f"id/{value}"))
    for number, found in by_group.items():
        if decision and any(claim.record == decision.value for claim in found):
            others = [claim for n, claims in by_group.items() if n != number for claim in claims]
            # What is compared is whose it was said to be; the number is the same in all of them.
            fresh = changed(decision, [replace(claim, value=claim.text) for claim in others])
            why = sentence(decision, fresh) if fresh else ""
            return number, REOPENED if fresh else "decided", why or decision.note or _RULED
    return None


def _owner(
    name: str,
    value: str,
    by_group: Mapping[int, list[Claim]],
    held: Mapping[tuple[str, int], set[str]],
) -> tuple[int, str, str]:
    """(group, rule, sentence); rule '' if nothing tells, then the group is a stand-in."""
    for number, found in by_group.items():
        if any(c.kind == name and c.record.endswith(f":{value}") for c in found):
            said = next(c.text for c in found if c.kind == name)
            why = f"{value} is “{said}” at {_SERVICE[name]} itself; the other link is wrong."
            return number, "own_record", why
    without = [number for number in by_group if held[name, number] == {value}]
    if len(without) == 1:
        return without[0], "has_no_other", "The other work has another such number of its own."
    ranked = sorted(by_group, key=lambda n: (-len(by_group[n]), n))
    if len(by_group[ranked[0]]) > len(by_group[ranked[1]]):
        return ranked[0], "more_statements", "More records of that work give it."
    return ranked[0], "", ""


_STATES = {"": State.OPEN, REOPENED: State.OPEN, "decided": State.DECIDED}
_RULED = "A person decided."
_SERVICE = {"arxiv": "arXiv", "openreview": "OpenReview", "doi": "the registry"}


def _conflict(
    name: str,
    value: str,
    by_group: Mapping[int, list[Claim]],
    owner: int,
    rule: str,
    why: str,
    groups: Sequence[Group],
) -> Conflict:
    claims = []
    state = _STATES.get(rule, State.SETTLED)
    for number in sorted(by_group):
        lost = rule if number != owner and state is not State.OPEN else ""
        claims += [(claim, lost) for claim in sorted(by_group[number], key=lambda c: c.record)]
    order = [owner, *sorted(number for number in by_group if number != owner)]
    return Conflict(
        kind="identifier",
        field=name,
        slot="",
        works=tuple(groups[number][0].key for number in order),
        claims=tuple(claims),
        state=state,
        proposed=value,
        rule=rule,
        why=why,
    )
