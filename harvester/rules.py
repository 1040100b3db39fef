"""The rules: each strikes claims out and leaves its name; none invents, none strikes the last.

`RULES` has them by field in the order in which they strike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harvester import policy, venues
from harvester.canon import Claim, Decision
from harvester.titles import fold
from sources.record import PartialDate

Claims = Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may know beside the claims."""

    posted: PartialDate | None = None
    """When the work was first posted."""
    venue_key: str = ""
    venue: str = ""
    """The settled venue of the version, for people."""
    numbered: PartialDate | None = None
    """The month that the arXiv number of a preprint spells."""
    own: frozenset[str] = frozenset()
    """title: records that speak of the headline version."""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule and how to say what it did."""

    name: str
    keep: Callable[[Claims, Case], Claims]
    """Which of the claims stand; all or none of them mean that the rule has nothing to say."""
    say: str = ""
    """With {kept}, {struck}, {venue}, {posted}, {numbered}, {over}, {who} and {struck_who}; verbs
    in braces agree with whom they follow."""
    quiet: bool = False
    """What it strikes did not contradict the rest: a coarser date, a lower bound."""


def distrust(claim: Claim) -> int:
    """0 for the kind of source that is trusted first in this field, and so on."""
    order = policy.TRUST.get(claim.field) or policy.TRUST[""]
    return order.index(claim.kind) if claim.kind in order else len(order)


def _spelled(claims: Claims, case: Case) -> Claims:
    return [c for c in claims if c.basis == "identifier" and not c.gone]


def _numbered(claims: Claims, case: Case) -> Claims:
    """Keeps the years that the paper's arXiv number allows: its own, or the one before if it was
    posted on a last of December. A .bib of a revision has the year of that.
    """
    if case.numbered is None:
        return claims
    first = case.numbered.year - (case.numbered.month == 1)
    return [c for c in claims if first <= int(c.value[:4]) <= case.numbered.year]


def _not_over(claims: Claims, case: Case) -> Claims:
    """Keeps editions that were not over long before the paper was first posted.

    A paper may be posted long after its conference: an edition that more independent voices
    name than any other is not struck.
    """
    venue = venues.table().get(case.venue_key)
    if venue is None or case.posted is None:
        return claims
    kept = []
    for claim in claims:
        edition = venue.edition(int(claim.value))
        grace = policy.OVER_DAYS["exact" if edition and edition.exact else "usual"]
        if not edition or (case.posted.first_day - edition.last_day).days <= grace:
            kept.append(claim)
    struck = [claim for claim in claims if claim not in kept]
    return kept if _voices(kept) >= _voices(struck) else claims


def _voices(claims: Claims) -> int:
    """How many independent voices name the value that most of them name."""
    said: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        said[claim.value].add(claim.voice)
    return max((len(voices) for voices in said.values()), default=0)


def _alive(claims: Claims, case: Case) -> Claims:
    return [c for c in claims if not c.gone]


def _witnesses(claims: Claims, case: Case) -> Claims:
    """Keeps the value of most independent voices.

    A voice that contradicts itself speaks for what it says most; if that is a tie, not at all.
    One voice among others is no majority.
    """
    votes: Counter[str] = Counter()
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        said[claim.voice][claim.value] += 1
    for counts in said.values():
        top = counts.most_common()
        if len(top) == 1 or top[0][1] > top[1][1]:
            votes[top[0][0]] += 1
    most = max(votes.values(), default=0)
    if not most or (most == 1 and len(said) > 1):
        return claims
    best = {value for value, count in votes.items() if count == most}
    return [c for c in claims if c.value in best]


def _united_witnesses(claims: Claims, case: Case) -> Claims:
    """As `_witnesses`, but a voice that contradicts itself is not heard while another is."""
    said: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        said[claim.voice].add(claim.value)
    united = [c for c in claims if len(said[c.voice]) == 1]
    values = {c.value for c in _witnesses(united, case)}
    kept = [c for c in claims if c.value in values]
    return kept or _witnesses(claims, case)


def _trusted(claims: Claims, case: Case) -> Claims:
    best = min(distrust(c) for c in claims)
    return [c for c in claims if distrust(c) == best]


def _finest(claims: Claims, case: Case) -> Claims:
    """Drops dates that a finer one, which agrees with them, makes needless."""
    dates = {c.value: PartialDate.parse(c.value) for c in claims}

    def is_coarse(value: str) -> bool:
        mine = dates[value]
        return any(
            other is not None and mine is not None and len(v) > len(value) and mine.agrees(other)
            for v, other in dates.items()
        )

    return [c for c in claims if not is_coarse(c.value)]


def _in_table(claims: Claims, case: Case) -> Claims:
    """Drops a name that no table knows where it may be another spelling of one that is known."""
    known = [c for c in claims if c.basis == "table"]
    return [
        c
        for c in claims
        if c.basis == "table" or not any(_may_be_one_venue(c.text, k.value) for k in known)
    ]


def _may_be_one_venue(text: str, key: str) -> bool:
    venue = venues.table()[key]
    words = set(fold(text).split())
    return any(
        len(words & set(fold(name).split()) - _COMMON) >= 2 or fold(name) in words
        for name in (venue.full, venue.name, *venue.phrases, *venue.short)
    )


_COMMON = frozenset(
    "the of on in and for a annual international conference symposium workshop proceedings "
    "journal transactions ieee acm cvf".split()
)


def _alive_lists(claims: Claims, case: Case) -> Claims:
    """Drops lists that are gone, but for those that complete a live one that is cut."""
    live = [c for c in claims if not c.gone]
    if any(c.whole for c in live):
        return live
    return [c for c in claims if not c.gone or any(_contains(c.value, o.value) for o in live)]


def _whole_lists(claims: Claims, case: Case) -> Claims:
    """Drops lists that say that they are cut, where a whole one contains them."""
    whole = [c for c in claims if c.whole]
    return [c for c in claims if c.whole or not any(_contains(w.value, c.value) for w in whole)]


def _longest_open(claims: Claims, case: Case) -> Claims:
    """Of cut lists, drops those that a longer one contains."""
    return [
        c
        for c in claims
        if c.whole or not any(o.value != c.value and _contains(o.value, c.value) for o in claims)
    ]


def _longer_list(claims: Claims, case: Case) -> Claims:
    """Drops a list that is short without saying so where a longer one, even a cut one,
    contains it.
    """
    return [
        c
        for c in claims
        if not any(o.value != c.value and _contains(o.value, c.value) for o in claims)
    ]


def _contains(longer: str, shorter: str) -> bool:
    names = longer.split("; ")
    return len(names) > len(shorter.split("; ")) and set(shorter.split("; ")) <= set(names)


def _own_version(claims: Claims, case: Case) -> Claims:
    return [c for c in claims if c.record in case.own]


def _owns_most(claims: Claims, case: Case) -> Claims:
    """Keeps the wording of most witnesses to the headline version; sisters break ties."""
    own = [c for c in claims if c.record in case.own]
    if not own:
        return claims
    values = {c.value for c in _united_witnesses(own, case)}
    said: dict[str, set[str]] = defaultdict(set)
    for claim in own:
        said[claim.voice].add(claim.value)
    if all(len(said[c.voice]) > 1 for c in own):
        return claims
    return [c for c in claims if c.value in values]


SPELLED = Rule(
    "spelled_by_identifier",
    _spelled,
    "An identifier spells {kept}; {struck_who} {say} {struck}.",
)
NUMBERED = Rule(
    "spelled_by_number",
    _numbered,
    "Its arXiv number spells {numbered}; {struck_who} {say} {struck}.",
)
NOT_OVER = Rule(
    "over_before_posted",
    _not_over,
    "{venue} {struck} was over {over}, before the paper was first posted {posted}.",
)
ALIVE_LISTS = Rule("no_longer_said", _alive_lists, "{struck_who} no longer {say} so.")
ALIVE = Rule("no_longer_said", _alive, "{struck_who} no longer {say} {struck}.")
WITNESSES = Rule("more_witnesses", _witnesses, "More independent sources say {kept} ({who}).")
UNITED = Rule(
    "more_witnesses",
    _united_witnesses,
    "More independent sources that do not contradict themselves say so ({who}).",
)
TRUSTED = Rule("more_trusted", _trusted, "{who} {are} trusted over {struck_who} in this.")
FINEST = Rule("finer_date", _finest, quiet=True)
IN_TABLE = Rule("known_venue", _in_table, quiet=True)
WHOLE = Rule("whole_list", _whole_lists, quiet=True)
LONGEST_OPEN = Rule("longer_open_list", _longest_open, quiet=True)
LONGER = Rule("longer_list", _longer_list, "{struck_who} {leave} out authors that {who} {name}.")
OWN = Rule("own_version", _owns_most, "Most sources on the headline version say so ({who}).")
SISTER = Rule("sister_version", _united_witnesses, "The work's other versions say so ({who}).")

RULES: dict[str, tuple[Rule, ...]] = {
    "year": (SPELLED, NUMBERED, NOT_OVER, ALIVE, WITNESSES, TRUSTED),
    "date": (ALIVE, FINEST, TRUSTED, WITNESSES),
    "venue": (ALIVE, IN_TABLE, WITNESSES, TRUSTED),
    "authors": (ALIVE_LISTS, WHOLE, LONGEST_OPEN, LONGER, UNITED, TRUSTED),
    "title": (ALIVE, OWN, SISTER, TRUSTED),
    # Two names may be two workshops: only a person can know.
    "workshop": (ALIVE,),
    "": (ALIVE, WITNESSES, TRUSTED),
}
"""Rules by field, in the order in which they strike; '' for every other field."""

QUIET = frozenset(rule.name for rules in RULES.values() for rule in rules if rule.quiet) | {
    "spelling",
    "capitals",
}
"""Rules whose strikes are no conflict."""


def rules_for(name: str) -> tuple[Rule, ...]:
    """The rules of a field."""
    return RULES.get(name, RULES[""])
