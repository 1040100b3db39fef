"""The rules: each strikes claims out and leaves its name; none invents, none strikes the last.

`RULES` has them by field in the order in which they strike.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from harvester import policy, rules_authors, rules_years, venues
from harvester.rule import Case, Claims, Rule, distrust, heard, values_by_voice, voices_by_value


def _alive(claims: Claims, case: Case) -> Claims:
    return [c for c in claims if not c.gone]


def _witnesses(claims: Claims, case: Case) -> Claims:
    """Keeps the value of most independent voices.

    A voice that contradicts itself speaks for what it says most; if that is a tie, not at all.
    One voice is no majority, however often it says so.
    """
    votes: Counter[str] = Counter()
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in heard(claims):
        said[claim.voice][claim.value] += 1
    for counts in said.values():
        top = counts.most_common()
        if len(top) == 1 or top[0][1] > top[1][1]:
            votes[top[0][0]] += 1
    most = max(votes.values(), default=0)
    if most < 2:
        return claims
    best = {value for value, count in votes.items() if count == most}
    return [c for c in claims if c.value in best]


def _united_witnesses(claims: Claims, case: Case) -> Claims:
    """As `_witnesses`, but a voice that contradicts itself is not heard while another is."""
    said = values_by_voice(claims)
    united = [c for c in heard(claims) if len(said[c.voice]) == 1]
    values = {c.value for c in _witnesses(united, case)}
    kept = [c for c in claims if c.value in values]
    return kept or _witnesses(claims, case)


def _trusted(claims: Claims, case: Case) -> Claims:
    best = min(distrust(c) for c in claims)
    values = {c.value for c in claims if distrust(c) == best}
    return [c for c in claims if c.value in values]


def _trusted_among_lone(claims: Claims, case: Case) -> Claims:
    """As `_trusted`, but trust never overrules what two independent voices name."""
    kept = _trusted(claims, case)
    values = {c.value for c in kept}
    named = voices_by_value(c for c in claims if c.value not in values)
    return claims if any(len(voices) > 1 for voices in named.values()) else kept


def _authority(claims: Claims, case: Case) -> Claims:
    """Keeps what the best of the services says whose records are made by the venues."""
    order = policy.AUTHORITY
    ranks = [order.index(c.kind) if c.kind in order else len(order) for c in claims]
    best = min(ranks)
    if best == len(order):
        return claims
    values = {c.value for c, rank in zip(claims, ranks, strict=True) if rank == best}
    return [c for c in claims if c.value in values]


def _most_named(claims: Claims, case: Case) -> Claims:
    """Keeps the value that most independent voices name, two at least; a voice that contradicts
    itself is heard for all that it says.
    """
    named = voices_by_value(claims)
    most = max(map(len, named.values()))
    return [c for c in claims if len(named[c.value]) == most] if most > 1 else claims


def _in_table(claims: Claims, case: Case) -> Claims:
    """Drops a name that no table knows where it may be another spelling of one that is known."""
    known = [c for c in claims if c.basis == "table"]
    return [
        c
        for c in claims
        if c.basis == "table" or not any(venues.may_name(c.text, k.value) for k in known)
    ]


def _own_record(claims: Claims, case: Case) -> Claims:
    """Keeps the number under which the service itself has the work, whoever links to another."""
    values = {c.value for c in claims if c.kind == c.field}
    return [c for c in claims if c.value in values]


def _owns_most(claims: Claims, case: Case) -> Claims:
    """Keeps the wording of most witnesses to the headline version; sisters break ties."""
    own = [c for c in claims if c.record in case.own]
    said = values_by_voice(own)
    if all(len(values) > 1 for values in said.values()):
        return claims
    values = {c.value for c in _united_witnesses(own, case)}
    return [c for c in claims if c.value in values]


SPELLED = Rule(
    "spelled_by_identifier",
    rules_years.spelled,
    "An identifier of the paper spells {kept}; {struck_who} {say} {struck}.",
)
VOLUME = Rule(
    "spelled_by_volume",
    rules_years.in_volume,
    "The volume of the proceedings is that of {kept}; {struck_who} {say} {struck}.",
)
NUMBERED = Rule(
    "spelled_by_number",
    rules_years.numbered,
    "Its arXiv number spells {numbered}; {struck_who} {say} {struck}.",
)
NOT_OVER = Rule(
    "over_before_posted",
    rules_years.not_over,
    "{venue} {struck} was over {over}, before the paper was first posted {posted}.",
)
ALIVE_LISTS = Rule("no_longer_said", rules_authors.alive_lists, "{struck_who} no longer {say} so.")
ALIVE = Rule("no_longer_said", _alive, "{struck_who} no longer {say} {struck}.")
WITNESSES = Rule(
    "more_witnesses",
    _witnesses,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
UNITED = Rule(
    "more_witnesses",
    _united_witnesses,
    "Most independent sources have it so ({who}); {struck_who} {differ}.",
)
CORROBORATED = Rule(
    "more_witnesses",
    rules_years.corroborated,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
NAMED = Rule(
    "more_witnesses",
    _most_named,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
IN_PRINT = Rule("in_print", rules_years.in_print, quiet=True)
AUTHORITY = Rule(
    "own_registry",
    _authority,
    "{kept} is what is recorded at the venue or from its proceedings ({who}).",
)
TRUSTED = Rule(
    "more_trusted",
    _trusted,
    "Nothing else tells; for this, {who} {are} more reliable than {struck_who}.",
)
TRUSTED_ALONE = Rule(TRUSTED.name, _trusted_among_lone, TRUSTED.say)
FINEST = Rule("finer_date", rules_years.finest, quiet=True)
IN_TABLE = Rule("known_venue", _in_table, quiet=True)
WHOLE = Rule("whole_list", rules_authors.whole_lists, quiet=True)
LONGEST_OPEN = Rule("longer_open_list", rules_authors.longest_open, quiet=True)
LONGER = Rule(
    "longer_list", rules_authors.longer_list, "{struck_who} {leave} out authors that {who} {name}."
)
ORDER = Rule(
    "own_order",
    rules_authors.own_order,
    "They stand in this order on the published version ({who}).",
)
OWN_RECORD = Rule(
    "own_record",
    _own_record,
    "The service itself has the paper as {kept}; {struck_who} {give} {struck}.",
)
OWN = Rule(
    "own_version",
    _owns_most,
    "Most sources on the published version have it so ({who}); {struck_who} {differ}.",
)
SISTER = Rule(
    "sister_version",
    _united_witnesses,
    "Sources on the published version are divided; those on other versions have it so ({who}).",
)

RULES: dict[str, tuple[Rule, ...]] = {
    "year": (
        SPELLED,
        VOLUME,
        NUMBERED,
        NOT_OVER,
        ALIVE,
        IN_PRINT,
        AUTHORITY,
        CORROBORATED,
    ),
    "date": (ALIVE, FINEST, TRUSTED, WITNESSES),
    "venue": (ALIVE, IN_TABLE, AUTHORITY, NAMED),
    "authors": (ALIVE_LISTS, WHOLE, LONGEST_OPEN, LONGER, UNITED, ORDER, TRUSTED_ALONE),
    "title": (ALIVE, OWN, SISTER, TRUSTED_ALONE),
    "arxiv": (ALIVE, OWN_RECORD, WITNESSES, TRUSTED_ALONE),
    # Two names may be two workshops: only a person can know.
    "workshop": (ALIVE,),
    "": (ALIVE, WITNESSES, TRUSTED_ALONE),
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
