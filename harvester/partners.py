"""What it tells that a source is clean: each of its records has one partner in another at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harvester import policy
from harvester.canon import Evidence, Judgement
from harvester.leftover import is_vetoed
from harvester.traits import Traits

Pair = tuple[str, str]
_NO_PLACE = "column no place"
_TITLED = ("notice", "part")
_PEOPLE = ("same", "same, one", "most", "part", "part, one")


def partnered(
    judged: Mapping[Pair, Judgement],
    clean: Mapping[str, str],
    tidy: Mapping[str, str],
    known: Mapping[str, Traits],
) -> dict[Pair, Judgement]:
    """The judgements, with evidence for pairs of two clean sources that have only each other.

    `clean` has the clean source of a record by its key, `tidy` the source of one that only looks
    so: there the two must also name the same people, venue and year. A pair has only each other
    if for neither of the two another record of the other's source comes near; half as much tells
    that it holds for the one whose source may repeat itself.
    """
    owners = {**clean, **tidy}
    judged = _one_sided(judged, owners, clean)
    best: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for (a, b), judgement in judged.items():
        apart = owners.get(a) != owners.get(b)
        if apart and a in owners and b in owners and not is_vetoed(judgement):
            for one, other in ((a, b), (b, a)):
                best.setdefault((one, owners[other]), []).append((judgement.bits, other))
    only = {}
    for (key, source), found in best.items():
        found.sort(reverse=True)
        if len(found) == 1 or found[0][0] - found[1][0] >= policy.PARTNER_AHEAD:
            only[key, source] = found[0][1]
    return {
        (a, b): _with_partner(judgement)
        if a in owners and b in owners and only.get((a, owners[b])) == b
        and only.get((b, owners[a])) == a
        and ((a in clean and b in clean) or _is_plausible(judgement, known))
        else judgement
        for (a, b), judgement in judged.items()
    }  # fmt: skip


def _one_sided(
    judged: Mapping[Pair, Judgement], owners: Mapping[str, str], clean: Mapping[str, str]
) -> Mapping[Pair, Judgement]:
    """With evidence for what another source's record is by far the likest to in a clean one."""
    best: dict[tuple[str, str], list[tuple[float, Pair]]] = {}
    for pair, judgement in judged.items():
        for one, other in (pair, pair[::-1]):
            apart = other in owners and owners.get(one) != owners[other]
            if apart and one not in clean and not is_vetoed(judgement):
                best.setdefault((one, owners[other]), []).append((judgement.bits, pair))
    found = dict(judged)
    for listed in best.values():
        listed.sort(reverse=True)
        if len(listed) == 1 or listed[0][0] - listed[1][0] >= policy.PARTNER_AHEAD:
            pair = listed[0][1]
            found[pair] = _with_partner(found[pair], "the likest by far", policy.PARTNER / 2)
    return found


def _is_plausible(judgement: Judgement, known: Mapping[str, Traits]) -> bool:
    levels = {piece.signal: piece.level for piece in judgement.evidence}
    mine, theirs = (
        {(place.key, place.year) for place in known[key].places}
        for key in (judgement.a, judgement.b)
    )
    return levels.get("authors") in _PEOPLE and bool(mine & theirs) and not judgement.cap


def _with_partner(
    judgement: Judgement, level: str = "only one", weight: float = policy.PARTNER
) -> Judgement:
    """Below a match the evidence counts; a column whose place is not said has no other."""
    if judgement.verdict == "match" or judgement.cap not in ("", _NO_PLACE):
        return judgement
    piece = Evidence("partner", level, weight)
    bits = judgement.bits + piece.bits
    verdict = "match" if bits >= policy.MATCH_AT else "different"
    if verdict == "different" and bits >= policy.REVIEW_AT:
        verdict = judgement.verdict
    if verdict == "match" and any(
        one.level == "may differ" for one in judgement.evidence if one.signal in _TITLED
    ):
        verdict = "review"
    evidence = (*judgement.evidence, piece)
    return replace(judgement, bits=bits, evidence=evidence, verdict=verdict, cap="")
