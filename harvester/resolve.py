"""Claims settled by the rules of their field.

A rule takes the claims still standing and returns those that it keeps. It never invents a
claim and never strikes the last. Rules run in order until the rest agree; if they never do,
the conflict is open and a stand-in is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from harvester import venues
from harvester.canon import Claim, Decision, Settled, State
from harvester.reopened import REOPENED, changed, sentence
from harvester.rule import Case, Claims, Rule, distrust, voices_by_value
from harvester.rules import QUIET
from sources.record import PartialDate


def settle(name: str, claims: Iterable[Claim], rules: Sequence[Rule], case: Case) -> Settled:
    """Settle one field. Needs at least one claim; the order of claims does not matter."""
    standing: Claims = sorted(claims, key=lambda c: (c.value, c.record, c.where, c.text))
    struck: list[tuple[Claim, str]] = []
    last, why = "", ""
    if case.decision is not None:
        return _decided(name, standing, case.decision)
    for rule in rules:
        if len({claim.value for claim in standing}) == 1:
            break
        kept = rule.keep(standing, case)
        if not kept or len(kept) == len(standing):
            continue
        out = [claim for claim in standing if claim not in kept]
        struck += [(claim, rule.name) for claim in out]
        if not rule.quiet:
            last, why = rule.name, why or _sentence(rule, kept, out, case)
        standing = [claim for claim in standing if claim in kept]
    if len({claim.value for claim in standing}) == 1:
        value = standing[0].value
        return Settled(name, value, tuple(standing), tuple(struck), State.SETTLED, last, why)
    stand_in = _stand_in(standing)
    return Settled(name, stand_in, tuple(standing), tuple(struck), State.OPEN, "", "")


def _decided(name: str, standing: Claims, decision: Decision) -> Settled:
    kept = tuple(c for c in standing if c.value == decision.value)
    if fresh := changed(decision, standing):
        why = sentence(decision, fresh)
        return Settled(name, decision.value, tuple(standing), (), State.OPEN, REOPENED, why)
    struck = tuple((c, "decided") for c in standing if c.value != decision.value)
    why = decision.note or "A person decided."
    return Settled(name, decision.value, kept, struck, State.DECIDED, "decided", why)


def _stand_in(standing: Claims) -> str:
    """The value to publish while a conflict is open: what most voices name, then what most
    claims do, then what the most trusted says.
    """
    counts = Counter(claim.value for claim in standing)
    voices = voices_by_value(standing)
    best = min(
        standing, key=lambda c: (-len(voices[c.value]), -counts[c.value], distrust(c), c.value)
    )
    return best.value


def _sentence(rule: Rule, kept: Claims, out: Claims, case: Case) -> str:
    edition = venues.table().get(case.venue_key)
    # Of pages, '322330' is no year.
    year = out[0].value if out[0].field in ("year", "date") and out[0].value.isdigit() else ""
    dates = edition.edition(int(year)) if edition and year else None
    return rule.say.format(
        kept=_values(kept),
        struck=_values(out),
        venue=case.venue,
        posted=_in_words(case.posted),
        numbered=_in_words(case.numbered).removeprefix("in "),
        over=_in_words(dates.last_day) if dates else "",
        who=_names(kept),
        struck_who=_names(out),
        **{verb: _verb(verb, out) for verb in ("say", "leave", "differ", "give")},
        name=_verb("name", kept),
        are="are" if len({claim.source for claim in kept}) > 1 else "is",
    )


def _verb(plural: str, claims: Claims) -> str:
    return plural if len({claim.source for claim in claims}) > 1 else plural + "s"


def _values(claims: Claims) -> str:
    texts = {claim.text if claim.field == "title" else claim.value for claim in claims}
    return " or ".join(sorted(texts))


def _names(claims: Claims) -> str:
    return ", ".join(sorted({claim.source for claim in claims}))


def _in_words(day: PartialDate | date | None) -> str:
    """'on 25 June 2021', 'in November 2021'; '' for an unknown day."""
    if day is None:
        return ""
    shown = " ".join(str(p) for p in (day.day, day.month and _MONTHS[day.month - 1], day.year) if p)
    return f"on {shown}" if day.day else f"in {shown}"


_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def loud(settled: Settled) -> bool:
    """Whether claims contradicted each other, so that a person may want to know.

    Nobody wants to be asked about a publisher: 'Springer, Cham' is a spelling as good as any.
    """
    if settled.field == "publisher":
        return False
    if settled.state is not State.SETTLED:
        return True
    return any(
        rule not in QUIET and _contradicts(claim, settled.value) for claim, rule in settled.struck
    )


def _contradicts(claim: Claim, value: str) -> bool:
    """Whether a claim cannot be true beside a value: a rule may strike one that agrees with it,
    as what a source no longer says.
    """
    if claim.field == "date":
        dates = PartialDate.parse(claim.value), PartialDate.parse(value)
        return not (dates[0] and dates[1] and dates[0].agrees(dates[1]))
    if claim.field == "authors" and not claim.whole:
        return not set(claim.value.split("; ")) <= set(value.split("; "))
    return claim.value != value
