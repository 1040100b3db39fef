"""The letters by which a person takes one of several values, the same wherever they are shown."""

from __future__ import annotations

import string
from collections.abc import Iterable


def folded(value: str) -> str:
    """What two spellings of one value have in common."""
    return "".join(char for char in value.casefold() if char.isalnum()) or value


def choices(values: Iterable[str]) -> dict[str, str]:
    """Letter to folded value, in the order of the values and of nothing else.

    What was decided, struck or published moves no letter; values beyond 'z' have none.
    """
    return dict(zip(string.ascii_lowercase, sorted({folded(v) for v in values}), strict=False))
