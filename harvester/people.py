"""People: which names may be one person, and each person's fullest name.

`learn` looks at all author lists at once, so that 'GV. Steeg' here and 'Steeg, Greg Ver'
there come out as 'Ver Steeg, Greg' everywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, permutations

from harvester.disjoint import Links
from harvester.titles import fold
from sources.names import initials
from sources.record import Author

Parts = tuple[str, ...]
"""A name in natural order, folded, a word or an initial each: ('greg', 'ver', 'steeg')."""


@lru_cache(maxsize=1 << 18)
def parts(author: Author) -> Parts:
    """The name's parts; joined initials ('GV.') are taken apart."""
    given: list[str] = []
    for word in author.given.split():
        bare = re.sub(r"[^\w]", "", word)
        if 1 < len(bare) <= 3 and bare.isupper() and not re.search(r"[\s\-.]\w", word):
            given.extend(initials(word))
        else:
            given.extend(fold(word).split())
    return (*given, *fold(author.family).split())


def is_nobody(author: Author) -> bool:
    """Whether what stands in the place of a name is none: 'portal.acm.org', 'SIGMOD Record, 2002',
    'Anonymous'.

    Seen among the authors of Google Scholar and of literature databases.
    """
    return bool(_NOBODY.search(f"{author.given} {author.family}"))


_NOBODY = re.compile(
    r"(?i)\w\.(?:com|edu|gov|net|org)\b|\b(?:19|20)\d\d\b|\banthology\b|no authors? listed|"
    r"\A\W*anonymous\W*\Z"
)


@lru_cache(maxsize=262144)
def compatible(a: Parts, b: Parts) -> bool:
    """Whether two names may be one person's: same last part, and given names that agree.

    An initial agrees with a name that begins so; middle names may be missing.
    """
    if not a or not b or a[-1] != b[-1]:
        return False
    short, long = sorted((a[:-1], b[:-1]), key=lambda given: (len(given), given))
    if not short:
        return not long
    if not _begins(short[0], long[0]):
        return False
    rest = iter(long[1:])
    return all(any(_begins(part, other) for other in rest) for part in short[1:])


def _begins(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b


def pair_up(a: Sequence[Parts], b: Sequence[Parts]) -> list[tuple[int, int]]:
    """Pairs of positions that may be one person, each position once; equal places first."""
    pairs = [(i, i) for i in range(min(len(a), len(b))) if compatible(a[i], b[i])]
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    for i in range(len(a)):
        for j in range(len(b)):
            if i not in taken_a and j not in taken_b and compatible(a[i], b[j]):
                pairs.append((i, j))
                taken_a.add(i)
                taken_b.add(j)
    return sorted(pairs)


@dataclass(frozen=True, slots=True)
class People:
    """Who is who in the author lists that were learned from."""

    names: dict[Parts, str]
    """Display form 'Family, Given' of every name whose person is known wherever it stands."""
    local: dict[tuple[int, Parts], str]
    """… and of names that only the other lists of the same work tell (by group, name)."""

    def name(self, author: Author, group: int) -> str:
        """The person's fullest name; the name as written, tidied, where nothing is known."""
        key = parts(author)
        known = self.local.get((group, key)) or self.names.get(key)
        return known or display([author])


def learn(groups: Sequence[Sequence[Sequence[Author]]]) -> People:
    """Learn from author lists, grouped by work.

    Within a work names at corresponding places are one person; across works a full name is
    one person everywhere, and an initial is whoever it fits, if it fits one alone.
    """
    forms: dict[Parts, list[Author]] = defaultdict(list)
    links = Links()
    for lists in groups:
        for names in lists:
            for author in names:
                forms[parts(author)].append(author)
    seen_in: dict[int, dict[Parts, Parts]] = {}
    for number, lists in enumerate(groups):
        seen_in[number] = _columns(lists)
        for short, full in seen_in[number].items():
            if _is_full(short) and _is_full(full):
                links.join(short, full)
    _join_unambiguous(forms, links)
    persons: dict[Parts, list[Author]] = defaultdict(list)
    for key in sorted(forms):
        persons[links.root(key)].extend(forms[key])
    shown = {root: display(names) for root, names in persons.items()}
    names_of = {key: shown[links.root(key)] for key in forms}
    local = {
        (number, short): names_of[full]
        for number, columns in seen_in.items()
        for short, full in columns.items()
        if not _is_full(short)
    }
    return People(names_of, local)


def _columns(lists: Sequence[Sequence[Author]]) -> dict[Parts, Parts]:
    """For each name in a work's lists the fullest compatible name in its other lists."""
    told = dict.fromkeys(tuple([parts(author) for author in names]) for names in lists)
    best = {name: name for names in told for name in names}
    for names, other in permutations(told, 2):
        for i, j in pair_up(names, other):
            mine = names[i]
            best[mine] = max(best[mine], other[j], key=lambda p: (_letters(p), p))
    return best


def _join_unambiguous(forms: dict[Parts, list[Author]], links: Links) -> None:
    """Join each name to the one person that it fits; a name that fits several stays alone.

    Full names first ('David Kale', 'David C. Kale'), then initials to full names, and
    initials to initials only where no full name fits.
    """
    # Only names that end alike and begin with one letter can be compatible.
    alike: dict[tuple[str, str], list[Parts]] = defaultdict(list)
    for key in sorted(forms):
        if key:
            alike[key[-1], key[0][:1] if len(key) > 1 else ""].append(key)
    for keys in alike.values():
        full = [key for key in keys if _is_full(key)]
        whole = _by_first(full)
        short = [key for key in keys if not _is_full(key)]
        for key in full:
            _join_if_one(key, whole, links)
        fitting_none = [key for key in short if not _join_if_one(key, whole, links)]
        loose = _by_first(fitting_none)
        for key in fitting_none:
            _join_if_one(key, loose, links)


def _by_first(names: Iterable[Parts]) -> dict[str, list[Parts]]:
    found: dict[str, list[Parts]] = defaultdict(list)
    for name in names:
        found[name[0]].append(name)
    return found


def _join_if_one(key: Parts, others: Mapping[str, Sequence[Parts]], links: Links) -> bool:
    """Join to the only person among the others that fits; whether any fits at all.

    The others, by their first parts, begin with the same letter.
    """
    first = key[0]
    near = others.values() if len(first) == 1 else (others.get(s, ()) for s in (first, first[0]))
    fits = {links.root(k) for k in chain.from_iterable(near) if k != key and compatible(k, key)}
    strangers = fits - {links.root(key)}
    if len(fits) == 1 and strangers:
        links.join(key, strangers.pop())
    return bool(fits)


def _is_full(name: Parts) -> bool:
    return len(name) > 1 and any(len(part) > 1 for part in name[:-1])


def _letters(name: Parts) -> int:
    return sum(map(len, name))


def display(forms: Iterable[Author]) -> str:
    """'Family, Given' of the fullest among one person's forms.

    The longest family name that a source itself set off wins: programs cut a name before
    its last word ('Steeg, Greg Ver'), only people know the particle ('Ver Steeg, Greg').
    Single letters get their dot, joined initials are parted; of equal names the one with
    its diacritics, then the most frequent.
    """
    counts = Counter(forms)
    forms = sorted(counts, key=str)
    best = max(
        forms,
        key=lambda a: (_letters(parts(a)), not str(a).isascii(), counts[a], a.explicit, str(a)),
    )
    words = [*_given_words(best.given), *best.family.split()]
    families = [a.family.split() for a in forms if a.explicit or not a.given]
    tail = [fold(word) for word in words]
    size = len(best.family.split())
    for family in families:
        folded = [fold(word) for word in family]
        if len(folded) < len(words) and tail[len(tail) - len(folded) :] == folded:
            size = max(size, len(folded))
    given, family_words = words[: len(words) - size], words[len(words) - size :]
    suffix = next((a.suffix for a in forms if a.suffix), "")
    tidy = " ".join(w + "." if len(w) == 1 and w.isupper() else w for w in given)
    return ", ".join(part for part in (" ".join(family_words), suffix, tidy) if part)


def _given_words(given: str) -> list[str]:
    out: list[str] = []
    for word in given.split():
        bare = word.replace(".", "")
        if 1 < len(bare) <= 3 and bare.isupper() and "-" not in word:
            out.extend(letter + "." for letter in bare)
        else:
            out.append(word)
    return out
