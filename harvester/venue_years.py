"""Years and ordinals that a venue string spells."""

from __future__ import annotations

import re

# '2005.13064' is an arXiv number of 2020.
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d|\.\d{4,5}(?!\d))")
# PubMed: 'European journal of cancer (Oxford, England : 1990)' has had its title since then.
_SINCE = re.compile(r"(?<=[a-z]) : (?:18|19|20)\d\d\)")
_PAGES = re.compile(r"\d{3,}\s*[-\u2013]+\s*\d{3,}")
_SHORT_YEAR = re.compile(r"['\u2018\u2019]\s?(\d{2})(?!\d)")
UNITS = tuple("first second third fourth fifth sixth seventh eighth ninth".split())
_TEENS = tuple(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth".split()
)
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80}
_MISSPELT = {"eigth": 8, "nineth": 9, "twelth": 12}
ORDINALS = frozenset(
    {*UNITS, *_TEENS, *_MISSPELT}
    | {f"{ten}{end}" for ten in _TENS for end in ("y", "ieth", *(f"y{unit}" for unit in UNITS))}
)
"""Words that count editions, misspelt ones too."""
_ORDINAL = re.compile(
    r"\b(?:(\d{1,3})\s?(?:st|nd|rd|th)"
    rf"|(?:({'|'.join(_TENS)})(?:ieth|y[ -]?({'|'.join(UNITS)})))"
    rf"|({'|'.join(_TEENS)})|({'|'.join(UNITS)})|({'|'.join(_MISSPELT)}))\b",
    re.IGNORECASE,
)


def spelled_year(text: str) -> int:
    """The one year that the string names ('2022', "'19"); 0 if it names none, or several.

    '1990-2100' are pages.
    """
    if "-" in text or "\u2013" in text:
        text = _PAGES.sub(" ", text)
    if " : " in text:
        text = _SINCE.sub(")", text)
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        return int(years.pop())
    short = None if years else _SHORT_YEAR.search(text)
    return century(short[1]) if short else 0


def century(digits: str) -> int:
    """'93' is 1993, '19' is 2019."""
    return (2000 if int(digits) < 50 else 1900) + int(digits)


def ordinal(text: str) -> int:
    """The number that 'Thirty-seventh' or '37th' spells; 0 if there is none."""
    found = _ORDINAL.search(text)
    if not found:
        return 0
    digits, tens, unit, teen, single, slip = (part and part.lower() for part in found.groups())
    number = int(digits or 0) + (_TENS[tens] if tens else 0) + (_MISSPELT[slip] if slip else 0)
    number += UNITS.index(unit) + 1 if unit else 0
    number += _TEENS.index(teen) + 10 if teen else 0
    return number + (UNITS.index(single) + 1 if single else 0)


def without_years(text: str) -> str:
    """The string without years and ordinals."""
    return _ORDINAL.sub(" ", _SHORT_YEAR.sub(" ", _YEAR.sub(" ", text)))
