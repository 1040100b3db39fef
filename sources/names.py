"""Author names: lists split into names, names into family and given."""

from __future__ import annotations

import re

from sources.record import Author

_SUFFIX = re.compile(r"(?i)(?:jr|sr)\.?|i{2,3}|iv\Z")
_HOMONYM = re.compile(r"\s+(0\d{3})\Z")
# Lower-case particles that begin a family name in natural order: 'Laurens van der Maaten'.
_PARTICLES = frozenset(
    "af al am auf aus aux ben bin da dal de degli dei del della den der des di do dos du d' "
    "el fra la las le los ten ter und van vande vanden vander vom von y zu zum zur".split()
)
_FULL_STOP = re.compile(r"(?<=[a-z]{3})\.$")
_GROUP = re.compile(r"(?i)\b(?:collaboration|consortium|team|group|project|initiative|openai)\b")


def parse_author(text: str, id: str = "") -> Author | None:
    """Read one name, 'Family, Given' or 'Given Family'; None where there is no name.

    A name in natural order is split before a lower-case particle, else before its last
    word: no program can know better ('Greg Ver Steeg'), so `explicit` stays False.
    A DBLP homonym number ('Wei Wang 0001') goes into the id.

    >>> str(parse_author("Greg Ver Steeg")), str(parse_author("GV. Steeg"))
    ('Steeg, Greg Ver', 'Steeg, GV.')
    """
    text = " ".join(text.replace("\u00a0", " ").split()).strip(" ;*\u2020\u2021")
    text = _FULL_STOP.sub("", text.rstrip(",;"))
    if homonym := text[-1:].isdigit() and _HOMONYM.search(text):
        text, id = text[: homonym.start()], id or homonym[1]
    if not any(char.isalpha() for char in text):
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1:
        return _natural(parts[0], id)
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        bare = _natural(parts[0], id)
        return Author(bare.family, bare.given, parts[1], False, id)
    if len(parts) >= 3 and _SUFFIX.fullmatch(parts[1]):
        return Author(parts[0], " ".join(parts[2:]), parts[1], True, id)
    if len(parts) >= 3 and _SUFFIX.fullmatch(parts[-1]):
        return Author(parts[0], " ".join(parts[1:-1]), parts[-1], True, id)
    return Author(parts[0], " ".join(parts[1:]), "", True, id)


def _natural(text: str, id: str) -> Author:
    words = text.split()
    if len(words) == 1 or _GROUP.search(text):
        return Author(text, id=id)
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    start = len(words) - 1
    while (
        start > 1
        and words[start - 1].lower() == words[start - 1]
        and (words[start - 1].rstrip("'\u2019") in _PARTICLES or words[start - 1] in _PARTICLES)
    ):
        start -= 1
    return Author(" ".join(words[start:]), " ".join(words[:start]), suffix, False, id)


def initials(given: str) -> tuple[str, ...]:
    """Initial letters of given names, lower case: 'Greg V.', 'GV.' and 'G. V.' give ('g', 'v').

    A word of two or three capitals is initials joined; anything longer is a name.
    """
    letters: list[str] = []
    for word in re.split(r"[\s.\-\u2010\u2011]+", given):
        word = "".join(char for char in word if char.isalpha())
        if not word:
            continue
        joined = len(word) <= 3 and word.isupper() and len(word) > 1
        letters.extend(word.lower() if joined else word[0].lower())
    return tuple(letters)
