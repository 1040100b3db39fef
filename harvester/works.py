"""One group of records made into one work: title, authors, versions, headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from harvester import policy
from harvester.canon import Decision, Judgement, Settled, State, Version, Work
from harvester.claims import Sighting, make, sightings, voice, witness
from harvester.people import People, display
from harvester.reopened import REOPENED
from harvester.resolve import settle
from harvester.rule import Case
from harvester.rules import rules_for
from harvester.spellings import misspelt
from harvester.titles import inner_capitals, parted, squeeze
from harvester.versions import versions
from sources.record import Author, Record, Stage

Rulings = Callable[[str, str], Decision | None]


def build(
    records: Sequence[Record],
    number: int,
    people: People,
    ruling: Rulings,
    misplaced: frozenset[tuple[str, str]],
    judgements: Sequence[Judgement],
    related: Sequence[str],
    aside: str,
) -> Work:
    """Make the work of a group. `number` is the group's, as `people` learned it."""
    seen = sightings(records, misplaced)
    found = versions(seen, ruling) or (_nowhere(records),)
    headline = _headline(found)
    authors = _authors(records, found[headline], number, people, ruling)
    return Work(
        records=tuple(record.key for record in records),
        title=_title(records, found[headline], ruling),
        authors=authors,
        names=tuple(filter(None, authors.value.split("; "))),
        authors_complete=any(claim.whole for claim in authors.standing)
        or authors.state is State.DECIDED
        or authors.rule == REOPENED,
        versions=found,
        headline=headline,
        status=_status(seen),
        judgements=tuple(judgements),
        related=tuple(related),
        gone=all(record.gone for record in records),
        aside=aside,
    )


def _nowhere(records: Sequence[Record]) -> Version:
    """The version of a work of which nobody says where it appeared."""
    return Version(Stage.OTHER, "", "", "other", records=tuple(r.key for r in records))


def _headline(found: Sequence[Version]) -> int:
    """Journal or conference, then workshop, thesis, preprint; of equals the latest."""
    ranked = sorted(
        range(len(found)), key=lambda i: (policy.STAGE_RANK[found[i].stage], -(found[i].year or 0))
    )
    return ranked[0]


def _title(records: Sequence[Record], head: Version, ruling: Rulings) -> Settled:
    claims = [make(record, "title", squeeze(record.title), record.title) for record in records]
    own = frozenset(head.records)
    decision = ruling("", "title")
    case = Case(own=own, decision=decision and replace(decision, value=squeeze(decision.value)))
    settled = settle("title", claims, rules_for("title"), case)
    if decision:
        return replace(settled, value=decision.value)

    worded = [record for record in records if squeeze(record.title) == settled.value]
    acronyms = {word for record in worded for word in parted(record.title) if inner_capitals(word)}

    def rank(record: Record) -> tuple[int, int, bool, str]:
        side = "own" if record.key in own else "sister"
        kind = (side, witness(record))
        order = policy.CAPITALS.index(kind) if kind in policy.CAPITALS else len(policy.CAPITALS)
        # 'Efficient llm training': a program lower-cased it, and its other words as well.
        lost = sum(word.casefold() in parted(record.title) for word in acronyms)
        return lost, order, record.gone, record.key

    return replace(settled, value=min(worded, key=rank).title)


def _authors(
    records: Sequence[Record], head: Version, number: int, people: People, ruling: Rulings
) -> Settled:
    lists = []
    for record in records:
        names = [people.name(author, number) for author in record.authors]
        if names:
            lists.append((record, _apart(names, record.authors)))
    if not lists:
        return Settled("authors", "", ())
    right = misspelt([(names, voice(record)) for record, names in lists])
    claims = [
        make(
            record,
            "authors",
            "; ".join(right.get(name, name) for name in names),
            "; ".join(str(author) for author in record.authors),
            whole=record.authors_complete,
        )
        for record, names in lists
    ]
    case = Case(own=frozenset(head.records), decision=ruling("", "authors"))
    return settle("authors", claims, rules_for("authors"), case)


def _apart(names: Sequence[str], authors: Sequence[Author]) -> list[str]:
    """Two places in one list are two people: the shorter name keeps the form it has there."""
    found = list(names)
    for name in [name for name, times in Counter(names).items() if times > 1]:
        places = [at for at, other in enumerate(names) if other == name]
        fullest = max(places, key=lambda at: (sum(map(str.isalpha, authors[at].given)), -at))
        for at in places:
            if at != fullest:
                found[at] = display([authors[at]])
    return found


def _status(seen: Sequence[Sighting]) -> str:
    """What a live record says of the work's state that is no place: 'Under review at TMLR'."""
    words = [
        one.appearance.venue
        for one in seen
        if one.reading.stage is Stage.SUBMISSION
        and not one.appearance.openreview
        and not one.record.gone
    ]
    return min(words, default="")
