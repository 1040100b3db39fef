"""Every table: what is kept above, what is derived from it below.

Kept rows are history and are never lost; derived rows can be dropped and made again. Lists
and nested values are JSON text, days and moments ISO 8601 text, so that a person with
`sqlite3` reads what is meant. Derived tables hold natural keys alone: the same canon gives
the same rows.
"""

from sqlalchemy import Column, ForeignKeyConstraint, String
from sqlmodel import Field, SQLModel

# -- kept ---------------------------------------------------------------------------------


class Run(SQLModel, table=True):
    """One sync, or one decision that was published."""

    id: int | None = Field(default=None, primary_key=True)
    started: str
    finished: str | None = None
    outcome: str = ""
    """'' while it runs, and for ever if it was killed; then done, source_failed, failed."""
    counts: str = "{}"
    """JSON: what was new, changed, gone."""


class Source(SQLModel, table=True):
    """A configured place that says things."""

    name: str = Field(primary_key=True)
    kind: str
    last_ok: int | None = Field(default=None, foreign_key="run.id")
    """The latest run in which it was read in full."""
    records: int = 0
    """How many records it sent then."""
    failed: int | None = Field(default=None, foreign_key="run.id")
    """The latest run in which it failed, if nothing has worked since."""
    failure: str = ""


class Record(SQLModel, table=True):
    """One publication as one source knows it."""

    key: str = Field(primary_key=True)
    """'arxiv:2111.13733': source and id."""
    source: str = Field(foreign_key="source.name", index=True)
    id: str
    gone_since: int | None = Field(default=None, foreign_key="run.id")
    """The run that missed it; null while the source sends it."""


class Revision(SQLModel, table=True):
    """What the source said of it from some day on; the highest number is what it says now."""

    record: str = Field(primary_key=True, foreign_key="record.key")
    number: int = Field(primary_key=True)
    digest: str
    """SHA-256 of the content."""
    content: str
    """JSON: what was said, without where it stood."""
    position: str
    """JSON: where it stood when last read, and the entry verbatim. Moves without a revision."""
    first_run: int = Field(foreign_key="run.id")
    first_seen: str


class Skipped(SQLModel, table=True):
    """What the latest reading of a source left out, and why."""

    source: str = Field(primary_key=True, foreign_key="source.name")
    number: int = Field(primary_key=True)
    place: str
    reason: str
    fault: bool


class Decision(SQLModel, table=True):
    """What a person ruled. Never deleted: taking one back is a date."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    records: str
    """JSON list of record keys."""
    field: str = ""
    slot: str = ""
    value: str = ""
    who: str = ""
    decided_at: str
    note: str = ""
    claims: str = "[]"
    """JSON list of [record, value, text]: what was claimed when it was made."""
    undone_at: str | None = None


class Identity(SQLModel, table=True):
    """A work's name for ever: born once with its citation key, never changed or removed."""

    id: int = Field(primary_key=True)
    key: str = Field(sa_column=Column(String(collation="NOCASE"), nullable=False, unique=True))
    """Unique whatever the case, because BibTeX takes keys so (STACK 1.8)."""
    born: int = Field(foreign_key="run.id")
    under: str = "[]"
    """JSON list of the decisions but for which its records may have been part of another work."""


class Anchor(SQLModel, table=True):
    """A record that was in the work when its identity was born. Never changed or removed."""

    identity: int = Field(primary_key=True, foreign_key="identity.id")
    record: str = Field(primary_key=True, foreign_key="record.key", index=True)


class Page(SQLModel, table=True):
    """The last answer of a URL, for asking whether it changed."""

    url: str = Field(primary_key=True)
    etag: str
    last_modified: str
    content_type: str
    body: bytes
    fetched_at: str


class Change(SQLModel, table=True):
    """One line of what a run changed in the canon."""

    run: int = Field(primary_key=True, foreign_key="run.id")
    number: int = Field(primary_key=True)
    kind: str
    key: str
    text: str


# -- derived ------------------------------------------------------------------------------


class Work(SQLModel, table=True):
    """A publication, with its headline version beside it."""

    id: int = Field(primary_key=True, foreign_key="identity.id")
    key: str = Field(unique=True)
    title: str
    authors: str
    """JSON list of 'Family, Given'."""
    authors_complete: bool
    headline: int
    """Number of the version that the list and the .bib show."""
    stage: str
    venue: str
    venue_key: str
    year: int | None
    date: str
    doi: str
    """The work's identifiers: the headline's, else another version's."""
    arxiv: str
    openreview: str
    status: str
    gone: bool
    aside: str
    """Why it is not listed: a namesake's, as far as can be told; '' for a work of the canon."""
    aliases: str
    """JSON list of the citation keys of works that are now part of this one."""
    related: str
    """JSON list of citation keys."""
    disputed: str
    """JSON list of fields with an open conflict."""
    records: str
    """JSON list of record keys."""


class Version(SQLModel, table=True):
    """One appearance of a work."""

    work: int = Field(primary_key=True, foreign_key="work.id")
    number: int = Field(primary_key=True)
    slot: str
    stage: str
    venue_key: str
    venue: str
    track: str
    year: int | None
    date: str
    doi: str
    arxiv: str
    openreview: str
    url: str
    volume: str
    issue: str
    pages: str
    publisher: str
    records: str
    """JSON list of record keys."""


class Settled(SQLModel, table=True):
    """One field with what is published and which rule left it."""

    work: int = Field(primary_key=True, foreign_key="work.id")
    version: int = Field(primary_key=True)
    """Number of the version; -1 for the work's own title and authors."""
    field: str = Field(primary_key=True)
    slot: str
    value: str
    state: str
    rule: str
    why: str


class Claim(SQLModel, table=True):
    """One record's statement of one field."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["work", "version", "field"], ["settled.work", "settled.version", "settled.field"]
        ),
    )
    work: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    field: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    value: str
    text: str
    record: str = Field(foreign_key="record.key")
    source: str
    kind: str
    voice: str
    place: str
    seen: str
    gone: bool
    struck_by: str
    """Name of the rule; '' for a claim that stands."""


class Conflict(SQLModel, table=True):
    """Claims that cannot all be true."""

    id: str = Field(primary_key=True)
    number: int
    """Its place in the order of the canon."""
    kind: str
    state: str
    field: str
    slot: str
    works: str
    """JSON list of citation keys."""
    proposed: str
    rule: str
    why: str


class ConflictClaim(SQLModel, table=True):
    """One claim of a conflict."""

    __tablename__ = "conflict_claim"
    conflict: str = Field(primary_key=True, foreign_key="conflict.id")
    number: int = Field(primary_key=True)
    value: str
    text: str
    record: str = Field(foreign_key="record.key")
    source: str
    place: str
    seen: str
    struck_by: str


class Fix(SQLModel, table=True):
    """A statement in the user's own pages that the canon contradicts."""

    number: int = Field(primary_key=True)
    source: str
    file: str
    line: int
    field: str
    says: str
    canon: str
    work: int = Field(foreign_key="work.id")


class Evidence(SQLModel, table=True):
    """What the matcher says of two records: why they are one work, or why it is a question."""

    about: str = Field(primary_key=True)
    """A citation key or the id of a conflict."""
    a: str = Field(primary_key=True, foreign_key="record.key")
    b: str = Field(primary_key=True, foreign_key="record.key")
    verdict: str
    bits: float
    cap: str
    signals: str
    """JSON list of {signal, level, bits, detail}."""


DERIVED = ("work", "version", "settled", "claim", "conflict", "conflict_claim", "fix", "evidence")
"""Names of the tables that can be dropped and made again, parents before children."""
