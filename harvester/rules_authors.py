"""Rules for author lists: which list is whole, which only a lower bound."""

from __future__ import annotations

from itertools import permutations

from harvester.rule import Case, Claims, heard
from harvester.rules_witnesses import united_witnesses


def alive_lists(claims: Claims, case: Case) -> Claims:
    """Drops lists that are gone, but for those that complete a live one that is cut."""
    live = [c for c in claims if not c.gone]
    if any(c.whole for c in live):
        return live
    return [c for c in claims if not c.gone or any(contains(c.value, o.value) for o in live)]


def whole_lists(claims: Claims, case: Case) -> Claims:
    """Drops lists that say that they are cut, where a whole one contains them."""
    whole = [c for c in claims if c.whole]
    return [c for c in claims if c.whole or not any(contains(w.value, c.value) for w in whole)]


def longest_open(claims: Claims, case: Case) -> Claims:
    """Of cut lists, drops those that a longer one contains."""
    return [
        c
        for c in claims
        if c.whole or not any(o.value != c.value and contains(o.value, c.value) for o in claims)
    ]


def longer_list(claims: Claims, case: Case) -> Claims:
    """Drops a list that is short without saying so where a longer one, even a cut one,
    contains it.
    """
    return [
        c
        for c in claims
        if not any(o.value != c.value and contains(o.value, c.value) for o in claims)
    ]


def most_ordered(claims: Claims, case: Case) -> Claims:
    """Drops lists whose order two independent voices contradict, and fewer share, where another
    list has the same people in theirs. A list that is cut, or lacks others, tells the order of
    whom it has.
    """
    beaten = set()
    for wrong, right in permutations(sorted({c.value for c in claims}), 2):
        if _exchanged(wrong, right):
            moved = _moved(wrong, right)
            against, fore = (_voices_for(one, moved, claims) for one in (right, wrong))
            if len(against) > max(1, len(fore)):
                beaten.add(wrong)
    return [c for c in claims if c.value not in beaten]


def _exchanged(a: str, b: str) -> bool:
    """Whether two lists have the same people in another order."""
    return a != b and sorted(a.split("; ")) == sorted(b.split("; "))


def _moved(a: str, b: str) -> set[str]:
    """Who stands elsewhere in one of two lists of the same people than in the other."""
    places = zip(a.split("; "), b.split("; "), strict=True)
    return {name for pair in places if len(set(pair)) > 1 for name in pair}


def _voices_for(order: str, moved: set[str], claims: Claims) -> set[str]:
    """Who names two or more of the people who moved, and all that they name in this order."""
    found = set()
    for claim in heard(claims):
        named = [name for name in claim.value.split("; ") if name in moved]
        if len(named) > 1 and named == [name for name in order.split("; ") if name in named]:
            found.add(claim.voice)
    return found


def own_order(claims: Claims, case: Case) -> Claims:
    """Drops other orders of the names that the headline version has, as others than the owner
    say, who types lists by hand. Not where two independent voices contradict that order.
    """
    own = {c.value for c in claims if c.record in case.own and c.voice != "owner"}
    if len(own) != 1:
        return claims
    [right] = own
    others = {c.value for c in claims if _exchanged(c.value, right)}
    doubted = [one for one in others if len(_voices_for(one, _moved(one, right), claims)) > 1]
    return claims if doubted else [c for c in claims if c.value not in others]


def most_voices_have(claims: Claims, case: Case) -> Claims:
    """Keeps the list of most independent voices, where the names differ: the rules of order look
    at shorter lists as well.
    """
    only_order = len({frozenset(c.value.split("; ")) for c in claims}) == 1
    return claims if only_order else united_witnesses(claims, case)


def contains(longer: str, shorter: str) -> bool:
    """Whether one list has all names of the other, and more."""
    names = longer.split("; ")
    return len(names) > len(shorter.split("; ")) and set(shorter.split("; ")) <= set(names)
