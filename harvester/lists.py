"""Two author lists compared: how many names of one may be people of the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import fuzz

from harvester import policy
from harvester.people import Parts, compatible

Names = tuple[Parts, ...]


def in_common(a: Names, b: Names) -> int:
    """How many people the two lists may share, each counted once; symmetric."""
    if a == b:
        return len(a)
    left = [x for x, y in zip(a, b, strict=False) if not compatible(x, y)]
    right = [y for x, y in zip(a, b, strict=False) if not compatible(x, y)]
    count = min(len(a), len(b)) - len(left)
    turned = [at for at, pair in enumerate(zip(left, right, strict=True)) if _is_turned(*pair)]
    for at in reversed(turned):
        del left[at], right[at]
    count += len(turned)
    left += a[len(b) :]
    right += b[len(a) :]
    for alike in (compatible, may_be_slip):
        count += _taken(left, right, alike)
    return count


def _is_turned(a: Parts, b: Parts) -> bool:
    """'J. Han' and 'H. Jiawei', at one place of both lists: the names behind fit the initials."""
    return (
        len(a) == len(b) == 2
        and len(a[0]) == len(b[0]) == 1
        and a[0] == b[1][0]
        and b[0] == a[1][0]
        and min(len(a[1]), len(b[1])) > 1
    )


def _taken(left: list[Parts], right: list[Parts], alike: Callable[[Parts, Parts], bool]) -> int:
    """Pairs that are alike, taken out of both lists."""
    count = 0
    for x in sorted(left):
        twins = [y for y in right if alike(x, y)]
        if twins:
            left.remove(x)
            right.remove(min(twins))
            count += 1
    return count


@lru_cache(maxsize=131072)
def may_be_slip(a: Parts, b: Parts) -> bool:
    """Whether two names may be one that a program turned round, or that was misspelt.

    'Altenried, Moritz' and 'Moritz, Altenried'; 'Bar-Am, A.' and 'Bar, Am A.'; 'Müller' and
    'Mueller'; 'Hiess' and 'Hiessl'.
    """
    if len(a) < 2 or len(b) < 2:
        return False
    if sorted(a) == sorted(b) or _broken(a, b) or _broken(b, a):
        return True
    for x, y in ((a, b), (b, a)):
        turned = (*x[1:], x[0])
        if len(x[0]) > 1 and len(x[-1]) > 1 and compatible(turned, y):
            return True
        turned = (x[-1], *x[:-1])
        if compatible(turned, y):
            return True
    if a[0][0] != b[0][0]:
        return False
    if any(part[-1] == other[-1] for part, other in ((a[:-1], b), (a, b[:-1]))):
        return True
    plain = _spelling(a[-1]), _spelling(b[-1])
    return plain[0] == plain[1] or (
        min(map(len, plain)) >= 4 and fuzz.ratio(*plain) >= policy.NEAR_NAME
    )


def _broken(a: Parts, b: Parts) -> bool:
    """'M. K. War-muth' and 'M. K. Warmuth': a hyphen that only ended a line."""
    return len(a) > 2 and a[-2] + a[-1] == b[-1] and len(a[-2]) > 1 and a[0][0] == b[0][0]


@lru_cache(maxsize=65536)
def _spelling(name: str) -> str:
    for here, there in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s")):
        name = name.replace(here, there)
    return name
