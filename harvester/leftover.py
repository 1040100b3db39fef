"""What clean sources conclude of records that found no partner: two that are left over in one
place, by the same people, are one paper whose title is told in other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from harvester import policy
from harvester.canon import Evidence, Judgement
from harvester.match import Scale, weigh
from harvester.titles import information
from harvester.traits import Traits

Pair = tuple[str, str]
People = tuple[str, ...]
"""Family names, sorted."""
_SAME = ("same", "same, one")


def left_over(
    judged: Mapping[Pair, Judgement],
    clean: Mapping[str, str],
    known: Mapping[str, Traits],
    scale: Scale,
) -> dict[Pair, Judgement]:
    """Judgements of pairs that only stay because all others have their partner.

    `clean` has the clean source of a record by its key. The two match nothing in each other's
    source, where nearly all else of their venue and year does, they are the only ones left there
    of their people, and their titles share something.
    """
    found = {}
    for a, b in _only_pairs(_matched(judged, clean), clean, known):
        one, other = known[a], known[b]
        shared = set(one.title.words) & set(other.title.words)
        judgement = judged.get((a, b)) or weigh(one, other, scale)
        if information(shared) >= policy.IN_COMMON and not is_vetoed(judgement):
            found[a, b] = _concluded(judgement, scale)
    return found


def is_vetoed(judgement: Judgement) -> bool:
    """Whether something says that the two are not one, whatever the sum."""
    pieces = ((piece.signal, piece.level) for piece in judgement.evidence)
    return any(policy.CEILINGS.get(piece) == "different" for piece in pieces)


def _matched(judged: Mapping[Pair, Judgement], clean: Mapping[str, str]) -> set[tuple[str, str]]:
    """(key, clean source in which it has a match)."""
    return {
        (one, clean[other])
        for pair, judgement in judged.items()
        if judgement.verdict == "match"
        for one, other in (pair, pair[::-1])
        if other in clean
    }


def _only_pairs(
    matched: set[tuple[str, str]], clean: Mapping[str, str], known: Mapping[str, Traits]
) -> Iterator[Pair]:
    """Pairs of two sources that have only each other at a place, in order."""
    places: dict[tuple[str, int], list[str]] = defaultdict(list)
    for key in sorted(clean):
        for at in {(place.key, place.year) for place in known[key].places}:
            if all(at):
                places[at].append(key)
    for keys in places.values():
        for source, other in combinations(sorted({clean[key] for key in keys}), 2):
            mine = _left(keys, source, other, matched, clean)
            theirs = _left(keys, other, source, matched, clean)
            yield from _sole(_by_people(mine, known), _by_people(theirs, known))


def _left(
    keys: Sequence[str],
    source: str,
    other: str,
    matched: set[tuple[str, str]],
    clean: Mapping[str, str],
) -> list[str]:
    """Records of a source that match nothing in the other; none where most match nothing: there
    the two sources do not cover the same.
    """
    mine = [key for key in keys if clean[key] == source]
    left = [key for key in mine if (key, other) not in matched]
    return left if len(left) <= len(mine) * policy.UNMATCHED else []


def _by_people(keys: Sequence[str], known: Mapping[str, Traits]) -> dict[People, list[str]]:
    found: dict[People, list[str]] = defaultdict(list)
    for key in keys:
        if people := tuple(sorted(name[-1] for name in known[key].names if name)):
            found[people].append(key)
    return found


def _sole(mine: Mapping[People, list[str]], theirs: Mapping[People, list[str]]) -> Iterator[Pair]:
    for people, keys in mine.items():
        others = theirs.get(people, [])
        if len(keys) == len(others) == 1:
            yield min(keys[0], others[0]), max(keys[0], others[0])


def _concluded(judgement: Judgement, scale: Scale) -> Judgement:
    """The judgement with what follows; a title that is apart is one in other words."""
    evidence = [
        replace(piece, level="other words", bits=scale.work["title", "other words"])
        if (piece.signal, piece.level) == ("title", "apart")
        else piece
        for piece in judgement.evidence
        if piece.signal != "partner"
    ]
    levels = {piece.signal: piece.level for piece in evidence}
    if levels.get("authors") not in _SAME:
        return judgement
    evidence.append(Evidence("partner", "left over", policy.LEFT_OVER))
    bits = sum(piece.bits for piece in evidence)
    verdict = "match" if bits >= policy.MATCH_AT else judgement.verdict
    return replace(judgement, bits=bits, evidence=tuple(evidence), verdict=verdict, cap="")
