"""The rules: each strikes claims out and leaves its name; none invents, none strikes the last.

`RULES` has them by field in the order in which they strike.
"""

from __future__ import annotations

from harvester import rules_authors, rules_venues, rules_witnesses, rules_years
from harvester.rule import Case, Claims, Rule, values_by_voice


def _alive(claims: Claims, case: Case) -> Claims:
    return [c for c in claims if not c.gone]


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
    values = {c.value for c in rules_witnesses.united_witnesses(own, case)}
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
SPELLED_VENUE = Rule(
    SPELLED.name,
    rules_venues.identified,
    "An identifier of the paper is one of {kept}; {struck_who} {say} {struck}.",
)
PRINTED = Rule(
    "printed_there",
    rules_venues.printed,
    "{who} {name} its pages in {kept}; {struck_who} {say} {struck}, without pages.",
)
NOT_OVER = Rule(
    "over_before_posted",
    rules_years.not_over,
    "{venue} {struck} was over {over}, before the paper was first posted {posted}.",
)
OF_POSTING = Rule(
    "year_of_posting",
    rules_years.not_of_posting,
    "{struck_who} {give} the year of the first posting, {posted}: too late for {venue} {struck}.",
)
TITLED = Rule(
    "spelled_by_title",
    rules_years.titled,
    "The proceedings are titled as those of {kept} ({who}); {struck_who} {say} {struck}.",
)
PASTED = Rule(
    "pasted_entry",
    rules_years.pasted,
    "{who} {name} the pages with {kept}, as a pasted entry does; {struck_who} {say} {struck}.",
)
ALIVE_LISTS = Rule("no_longer_said", rules_authors.alive_lists, "{struck_who} no longer {say} so.")
ALIVE = Rule("no_longer_said", _alive, "{struck_who} no longer {say} {struck}.")
WITNESSES = Rule(
    "more_witnesses",
    rules_witnesses.witnesses,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
MOST_LISTS = Rule(
    "more_witnesses",
    rules_authors.most_voices_have,
    "Most independent sources have it so ({who}); {struck_who} {differ}.",
)
OWN_LISTS = Rule(
    "own_lists",
    rules_venues.own_lists,
    "{who} agree on {kept}; {struck_who} {say} {struck}, but may file one version under another's "
    "venue.",
)
CORROBORATED = Rule(
    "more_witnesses",
    rules_years.corroborated,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
NAMED = Rule(
    "more_witnesses",
    rules_venues.most_named,
    "More independent sources say {kept} ({who}) than {struck} ({struck_who}).",
)
IN_PRINT = Rule("in_print", rules_years.in_print, quiet=True)
LATER = Rule(
    "online_first",
    rules_years.later,
    "Articles are online before they are in print: {struck} ({struck_who}) will be the year of "
    "the one, {kept} ({who}) that of the other.",
)
AUTHORITY = Rule(
    "own_registry",
    rules_witnesses.authority,
    "{kept} is what is recorded at the venue or from its proceedings ({who}).",
)
TRUSTED = Rule(
    "more_trusted",
    rules_witnesses.trusted,
    "Nothing else tells; for this, {who} {are} more reliable than {struck_who}.",
)
TRUSTED_ALONE = Rule(TRUSTED.name, rules_witnesses.trusted_among_lone, TRUSTED.say)
FINEST = Rule("finer_date", rules_years.finest, quiet=True)
IN_TABLE = Rule("known_venue", rules_venues.in_table, quiet=True)
WHOLE = Rule("whole_list", rules_authors.whole_lists, quiet=True)
LONGEST_OPEN = Rule("longer_open_list", rules_authors.longest_open, quiet=True)
LONGER = Rule(
    "longer_list", rules_authors.longer_list, "{struck_who} {leave} out authors that {who} {name}."
)
MOST_ORDERED = Rule(
    "order_of_most",
    rules_authors.most_ordered,
    "More independent sources name them in the order of {who}; {struck_who} {differ}.",
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
    rules_witnesses.united_witnesses,
    "Sources on the published version are divided; those on other versions have it so ({who}).",
)

RULES: dict[str, tuple[Rule, ...]] = {
    "year": (
        SPELLED,
        VOLUME,
        NUMBERED,
        NOT_OVER,
        OF_POSTING,
        ALIVE,
        IN_PRINT,
        AUTHORITY,
        TITLED,
        PASTED,
        LATER,
        CORROBORATED,
    ),
    "date": (ALIVE, FINEST, TRUSTED, WITNESSES),
    "venue": (ALIVE, IN_TABLE, SPELLED_VENUE, AUTHORITY, PRINTED, NAMED, OWN_LISTS),
    "authors": (
        ALIVE_LISTS,
        MOST_ORDERED,
        ORDER,
        WHOLE,
        LONGEST_OPEN,
        LONGER,
        MOST_LISTS,
        TRUSTED_ALONE,
    ),
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
