"""Why a question is asked: every claim as it was written, the rules, or the weights."""

from __future__ import annotations

from collections.abc import Iterator

from harvester import policy
from harvester.docket import ShelvedConflict
from harvester.report import cut, dim, plain, wrapped
from harvester.rules import rules_for


def why(conflict: ShelvedConflict) -> Iterator[str]:
    """All that is known about an open conflict beyond the question itself."""
    if conflict.judgement:
        yield from _pair(conflict)
        return
    for claim in conflict.claims:
        rule = f"  struck by {claim.struck_by}" if claim.struck_by else ""
        yield f"    {cut(claim.record, 76)}"
        yield from wrapped(f"writes “{plain(claim.text)}”{rule}", 9)
        yield f"         {dim(cut(f'{claim.where} · seen {claim.seen}', 70))}"
    if conflict.kind == "field":
        names = ", ".join(rule.name for rule in rules_for(conflict.field))
        yield from wrapped(f"Rules, in their order, of which none left one value: {names}.", 4)
    elif conflict.kind == "identifier":
        yield from wrapped(
            "An identifier belongs to one work. The service it is of has not said whose it is.", 4
        )
    else:
        for level, bits in policy.PERSON.items():
            yield f"    {bits:>+4.0f}  {level}"
        yield from wrapped("Below 0 in all a paper is asked about. " + conflict.why, 4)


def _pair(conflict: ShelvedConflict) -> Iterator[str]:
    found = conflict.judgement
    if found is None:
        return
    for record in (found.a, found.b):
        yield f"    {cut(record, 76)}"
    yield from wrapped(
        f"{found.bits:+.0f} bits: one work from {policy.MATCH_AT:.0f}, asked about from"
        f" {policy.REVIEW_AT:.0f}" + (f"; held back by: {found.cap}." if found.cap else "."),
        4,
    )
