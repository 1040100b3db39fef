"""What the reconciler makes of records: works, versions, claims, conflicts, fixes.

Values only. Everything here is derived and can be made again from records and decisions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sources.record import Stage


class State(StrEnum):
    """Who has the last word on claims that cannot all be true."""

    OPEN = "open"
    """No rule settles them: a stand-in is published and a person is asked."""
    SETTLED = "settled"
    """A rule did."""
    DECIDED = "decided"
    """A person did."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person ruled. Names records, so it outlives every rebuild."""

    kind: str
    """same | apart | take | mine | not-mine | key."""
    records: tuple[str, ...]
    """Record keys, sorted. same: all one work; apart: no two in one work;
    take: the records whose claims were before the person;
    mine, not-mine: whose work is, or is not, this person's;
    key: the records of the work that has the key."""
    field: str = ""
    slot: str = ""
    """take: the field, and the version it belongs to ('' for the work's own)."""
    value: str = ""
    """take: what is published; key: the citation key."""
    who: str = ""
    when: str = ""
    note: str = ""
    id: int = 0
    """Running number in the ledger; 0 before it is kept."""
    claims: tuple[tuple[str, str, str], ...] = ()
    """take: (record, value, text) of what was claimed when it was made."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One record's statement of one field."""

    field: str
    value: str
    """What is compared: claims of equal value agree."""
    text: str
    """As the source wrote it."""
    record: str
    source: str
    kind: str
    """The adapter: arxiv, openreview, scholar, page, bibtex."""
    voice: str
    """Claims of one voice are one witness: a person's homepage, CV and .bib files are."""
    where: str
    """'index.md:264' or a URL."""
    seen: str
    gone: bool = False
    basis: str = ""
    """What the value was read from where that matters: identifier, venue, date, number."""
    whole: bool = True
    """False: a lower bound, as an author list that ends in 'and others'."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One field with its trail: the claims that stand, those struck, and by which rule."""

    field: str
    value: str
    """What is published; in an open conflict the stand-in."""
    standing: tuple[Claim, ...]
    struck: tuple[tuple[Claim, str], ...] = ()
    """(claim, name of the rule that struck it)."""
    state: State = State.SETTLED
    rule: str = ""
    """The rule that left one value; '' where the claims agreed from the start."""
    why: str = ""
    """That rule in a sentence about this case, for an outsider."""

    @property
    def disputed(self) -> bool:
        """Whether anything else than the published value was ever claimed."""
        return bool(self.struck) or self.state is not State.SETTLED


@dataclass(frozen=True, slots=True)
class Version:
    """One appearance of a work, agreed from the claims of its records."""

    stage: Stage
    venue_key: str
    """'cvpr', a slug of the journal, 'arxiv'; '' for a school or an unknown place."""
    venue: str
    """For people: 'CVPR', 'ICML TokShop Workshop', 'University of Southern California'."""
    slot: str
    """Tells the versions of one work apart and stays when a venue is settled otherwise:
    'conference', 'preprint/arxiv', 'workshop', 'submission/kEnBH98BGs5'."""
    track: str = ""
    """The workshop's own name, without its parent."""
    fields: dict[str, Settled] = field(default_factory=dict)
    """By name: venue, year, date, doi, arxiv, openreview, url, volume, number, pages, publisher."""
    records: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """The published value of a field, '' if nobody says one."""
        found = self.fields.get(name)
        return found.value if found else ""

    @property
    def year(self) -> int | None:
        """The edition of a conference, the year of an issue, the year first posted."""
        return int(self.value("year")) if self.value("year") else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal about two records and what it weighs."""

    signal: str
    level: str
    bits: float
    """log2 of the likelihood ratio; above 0 speaks for one work."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the matcher says of two records. `bits` is the sum of the evidence."""

    a: str
    b: str
    verdict: str
    """match | review | different."""
    bits: float
    evidence: tuple[Evidence, ...]
    cap: str = ""
    """The ceiling or veto that lowered the verdict, '' if none."""


@dataclass(frozen=True, slots=True)
class Work:
    """The publication itself."""

    records: tuple[str, ...]
    """Keys, sorted."""
    title: Settled
    authors: Settled
    names: tuple[str, ...]
    """'Family, Given', in order, each person in one form over all works."""
    authors_complete: bool
    versions: tuple[Version, ...]
    """In the order in which they appeared; never empty."""
    headline: int
    """Index of the version that the list and the .bib show."""
    status: str = ""
    """Words of its latest claimed state that is no place: 'Under review at TMLR'."""
    judgements: tuple[Judgement, ...] = ()
    """The pairs that hold the group together, strongest first."""
    related: tuple[str, ...] = ()
    """First record of each work that is an extension or a predecessor of this one."""
    gone: bool = False
    """No source sends any of its records any more."""
    aside: str = ""
    """Why it is not listed: found by the person's name alone, and likely a namesake's."""

    @property
    def head(self) -> Version:
        """The headline version."""
        return self.versions[self.headline]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true, and what became of them."""

    kind: str
    """field | identifier | duplicate | person."""
    field: str
    slot: str
    """The version concerned, '' for the work's own fields and for pairs of works."""
    works: tuple[str, ...]
    """First record key of each work concerned, sorted; the ledger turns them into keys."""
    claims: tuple[tuple[Claim, str], ...]
    """(claim, rule that struck it or '')."""
    state: State
    proposed: str
    """What is published, or what the program would do: a value, 'same', 'apart'."""
    rule: str = ""
    why: str = ""
    judgement: Judgement | None = None
    """duplicate: the evidence."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A statement in the user's own pages that the canon contradicts."""

    source: str
    file: str
    line: int
    field: str
    says: str
    canon: str
    """What should stand there."""
    work: str
    """First record key of the work."""


@dataclass(frozen=True, slots=True)
class Canon:
    """The canonical list and everything a person should know about it."""

    works: tuple[Work, ...]
    conflicts: tuple[Conflict, ...] = ()
    fixes: tuple[Fix, ...] = ()
