"""What a decision on values remembers: it is asked about again only where a claim has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harvester.canon import Claim, Decision

REOPENED = "reopened"
"""Stands for the rule of a field that was decided, and is asked about again."""


def changed(decision: Decision, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that were not before the person and contradict what was decided.

    Nothing is new in a statement that a record made then, in what agrees with the decision,
    and in another record that says what was said then. A record that is gone, or says nothing
    any more, changes nothing. A decision that remembers no claims is for ever.
    """
    if not decision.claims:
        return []
    then: dict[str, set[str]] = defaultdict(set)
    for record, value, text in decision.claims:
        then[record] |= {value, text}
    kept = [c for c in claims if {c.value, c.text} & then.get(c.record, set())]
    said = set().union(*then.values()) | {c.value for c in kept} | {decision.value}
    fresh = []
    for claim in claims:
        if claim in kept or claim.gone or claim.value == decision.value:
            continue
        if claim.record in then or claim.value not in said:
            fresh.append(claim)
    return sorted(fresh, key=lambda c: (c.record, c.value, c.text))


def sentence(decision: Decision, fresh: Sequence[Claim]) -> str:
    """What changed since it was decided: 'homepage said 2021 and now says 2020'."""
    worded = decision.field == "title"
    parts = []
    for claim in fresh:
        said = [c for c in decision.claims if c[0] == claim.record]
        then = " and ".join(sorted({text if worded else value for _, value, text in said}))
        was = f"said {then} and now says" if then else "says"
        parts.append(f"{claim.source} {was} {claim.text if worded else claim.value}")
    day = f" on {decision.when[:10]}" if decision.when else ""
    return f"Since decision {decision.id}{day}: {', '.join(dict.fromkeys(parts))}."
