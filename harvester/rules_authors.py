"""Rules for author lists: which list is whole, which only a lower bound."""

from __future__ import annotations

from harvester.rule import Case, Claims


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


def own_order(claims: Claims, case: Case) -> Claims:
    """Keeps the order in which the headline version has the same names, as others than the
    owner say, who types lists by hand.
    """
    if len({frozenset(c.value.split("; ")) for c in claims}) > 1:
        return claims
    values = {c.value for c in claims if c.record in case.own and c.voice != "owner"}
    return [c for c in claims if c.value in values] if len(values) == 1 else claims


def contains(longer: str, shorter: str) -> bool:
    """Whether one list has all names of the other, and more."""
    names = longer.split("; ")
    return len(names) > len(shorter.split("; ")) and set(shorter.split("; ")) <= set(names)
