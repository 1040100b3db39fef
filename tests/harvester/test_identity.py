import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from harvester.identity import Held, Identity, assign

Groups = list[list[str]]
RECORDS = [f"{source}:{number}" for number in range(4) for source in ("arxiv", "cv", "page")]


class Ledger:
    """Identities born as `publish` does it."""

    def __init__(self) -> None:
        self.identities: list[Identity] = []

    def publish(self, groups: Groups) -> dict[frozenset[str], Held]:
        found = {}
        for group, held in zip(groups, assign(groups, self.identities), strict=True):
            found[frozenset(group)] = held
        for group in sorted(groups, key=sorted):
            if found[frozenset(group)].own is None:
                id = len(self.identities) + 1
                born = Identity(id, f"key{id}", frozenset(group))
                self.identities.append(born)
                found[frozenset(group)] = Held(born)
        return found


def keys(published: dict[frozenset[str], Held]) -> dict[frozenset[str], tuple[str, ...]]:
    return {
        group: tuple(i.key for i in (held.own, *held.others) if i)
        for group, held in published.items()
    }


@st.composite
def partitions(draw: st.DrawFn, records: Sequence[str] = RECORDS) -> Groups:
    """The records in any groups, in any order."""
    labels = draw(st.lists(st.integers(0, 5), min_size=len(records), max_size=len(records)))
    groups: dict[int, list[str]] = {}
    for record, label in zip(records, labels, strict=True):
        groups.setdefault(label, []).append(record)
    return list(groups.values())


@st.composite
def histories(draw: st.DrawFn) -> list[Groups]:
    """Partitions of ever more records."""
    counts = sorted(draw(st.lists(st.integers(1, len(RECORDS)), min_size=1, max_size=6)))
    order = draw(st.permutations(RECORDS))
    return [draw(partitions(order[:count])) for count in counts]


@given(histories())
def test_every_work_has_an_identity_and_no_two_have_one(history: list[Groups]) -> None:
    ledger = Ledger()
    for groups in history:
        held = ledger.publish(groups)
        names = [key for found in keys(held).values() for key in found]
        assert all(found.own for found in held.values())
        assert len(names) == len(set(names)) == len(ledger.identities)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_works_and_records_does_not_matter(
    history: list[Groups], chance: random.Random
) -> None:
    one, other = Ledger(), Ledger()
    for groups in history:
        shuffled = [chance.sample(group, len(group)) for group in groups]
        chance.shuffle(shuffled)
        assert one.publish(groups) == other.publish(shuffled)


@given(histories())
def test_publishing_twice_changes_nothing(history: list[Groups]) -> None:
    ledger = Ledger()
    for groups in history:
        first, born = ledger.publish(groups), len(ledger.identities)
        assert ledger.publish(groups) == first
        assert len(ledger.identities) == born


@given(histories())
def test_groups_that_come_back_have_the_keys_that_they_had(history: list[Groups]) -> None:
    """Whatever happened in between, and whatever records arrived meanwhile."""
    ledger = Ledger()
    had = [(groups, keys(ledger.publish(groups))) for groups in history]
    last = {record for group in history[-1] for record in group}
    for groups, before in had:
        later = last - {record for group in groups for record in group}
        now = keys(ledger.publish([*groups, *([record] for record in sorted(later))]))
        for group in map(frozenset, groups):
            assert now[group][0] == before[group][0]


@given(histories())
def test_a_key_stays_with_most_of_the_records_that_it_was_born_with(history: list[Groups]) -> None:
    ledger = Ledger()
    for groups in history:
        for group, held in ledger.publish(groups).items():
            for identity in (held.own, *held.others):
                assert identity
                here = len(identity.founders & group)
                assert here == max(len(identity.founders & set(other)) for other in groups)


@given(partitions(), st.data())
def test_a_merge_and_its_undo_give_back_both_keys(groups: Groups, data: st.DataObject) -> None:
    ledger = Ledger()
    before = keys(ledger.publish(groups))
    at = st.integers(0, len(groups) - 1)
    a, b = sorted((data.draw(at), data.draw(at)))
    merged = [g for n, g in enumerate(groups) if n not in (a, b)]
    merged.append(groups[a] + groups[b] if a != b else groups[a])
    joint = keys(ledger.publish(merged))[frozenset(merged[-1])]
    born = [before[frozenset(groups[n])][0] for n in {a, b}]
    assert joint == tuple(sorted(born, key=lambda key: int(key[3:])))
    assert keys(ledger.publish(groups)) == before


def test_the_older_key_survives_a_merge() -> None:
    old, new = Identity(1, "old", frozenset({"z:1"})), Identity(2, "new", frozenset({"a:1"}))
    assert assign([["a:1", "z:1"]], [new, old]) == [Held(old, (new,))]


def test_a_split_leaves_the_key_with_most_founders_and_the_rest_without() -> None:
    work = Identity(1, "doe2020word", frozenset({"a:1", "b:1", "c:1"}))
    assert assign([["a:1"], ["b:1", "c:1"]], [work]) == [Held(None), Held(work)]


def test_an_even_split_leaves_it_with_the_smallest_record() -> None:
    work = Identity(1, "doe2020word", frozenset({"b:1", "c:1"}))
    assert assign([["c:1"], ["b:1"]], [work]) == [Held(None), Held(work)]


def test_records_that_come_during_a_wrong_merge_carry_no_key_off() -> None:
    ledger = Ledger()
    first = keys(ledger.publish([["a:1"], ["b:1"]]))
    ledger.publish([["a:1", "b:1", "n:1", "n:2", "n:3"]])
    undone = keys(ledger.publish([["a:1"], ["b:1", "n:1", "n:2", "n:3"]]))
    assert undone[frozenset({"a:1"})] == first[frozenset({"a:1"})]
    assert undone[frozenset({"b:1", "n:1", "n:2", "n:3"})] == first[frozenset({"b:1"})]


def test_an_identity_without_any_record_rests() -> None:
    work = Identity(1, "doe2020word", frozenset({"a:1"}))
    assert assign([["b:1"]], [work]) == [Held(None)]
