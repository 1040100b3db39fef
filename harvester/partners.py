"""What it tells that a source is clean: each of its records has one partner in another at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harvester import policy
from harvester.canon import Evidence, Judgement

Pair = tuple[str, str]
_NO_PLACE = "column no place"


def partnered(judged: Mapping[Pair, Judgement], owners: Mapping[str, str]) -> dict[Pair, Judgement]:
    """The judgements, with evidence for pairs of two clean sources that have only each other.

    `owners` has the clean source of a record by its key. A pair has only each other if for
    neither of the two another record of the other's source comes near.
    """
    best: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for (a, b), judgement in judged.items():
        if a in owners and b in owners and not _is_vetoed(judgement):
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
        else judgement
        for (a, b), judgement in judged.items()
    }  # fmt: skip


def _is_vetoed(judgement: Judgement) -> bool:
    pieces = ((piece.signal, piece.level) for piece in judgement.evidence)
    return any(policy.CEILINGS.get(piece) == "different" for piece in pieces)


def _with_partner(judgement: Judgement) -> Judgement:
    """Below a match the evidence counts; a column whose place is not said has no other."""
    if judgement.verdict == "match" or judgement.cap not in ("", _NO_PLACE):
        return judgement
    piece = Evidence("partner", "only one", policy.PARTNER)
    bits = judgement.bits + piece.bits
    verdict = "match" if bits >= policy.MATCH_AT else "different"
    if verdict == "different" and bits >= policy.REVIEW_AT:
        verdict = judgement.verdict
    evidence = (*judgement.evidence, piece)
    return replace(judgement, bits=bits, evidence=evidence, verdict=verdict, cap="")
