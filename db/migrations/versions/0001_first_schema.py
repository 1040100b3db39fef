"""The first schema: everything kept, everything derived, and two views for people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CANON = """
CREATE VIEW canon AS
SELECT key, title,
       (SELECT group_concat(value, '; ') FROM json_each(work.authors))
           || iif(authors_complete, '', '; and others') AS authors,
       stage, venue, year, doi, arxiv, openreview,
       (SELECT group_concat(value, ' ') FROM json_each(work.records)) AS records
FROM work
WHERE aside = ''
ORDER BY year DESC, date DESC, key
"""

WHY = """
CREATE VIEW why AS
SELECT work.key AS key, settled.slot AS version, claim.field AS field, claim.value AS value,
       claim.text AS says, claim.source AS source, claim.place AS place, claim.seen AS seen,
       claim.struck_by AS struck_by, settled.value AS published
FROM claim
JOIN settled USING (work, version, field)
JOIN work ON work.id = claim.work
ORDER BY work.key, claim.version, claim.field, claim.number
"""


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    kept()
    derived()
    op.execute(CANON)
    op.execute(WHY)


def kept() -> None:
    op.create_table(
        "run",
        number("id"),
        text("started"),
        sa.Column("finished", sa.String()),
        text("outcome"),
        text("counts"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "source",
        text("name"),
        text("kind"),
        sa.Column("last_ok", sa.Integer()),
        number("records"),
        sa.Column("failed", sa.Integer()),
        text("failure"),
        sa.ForeignKeyConstraint(["failed"], ["run.id"]),
        sa.ForeignKeyConstraint(["last_ok"], ["run.id"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "record",
        text("key"),
        text("source"),
        text("id"),
        sa.Column("gone_since", sa.Integer()),
        sa.ForeignKeyConstraint(["gone_since"], ["run.id"]),
        sa.ForeignKeyConstraint(["source"], ["source.name"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_record_source", "record", ["source"])
    op.create_table(
        "revision",
        text("record"),
        number("number"),
        text("digest"),
        text("content"),
        text("position"),
        number("first_run"),
        text("first_seen"),
        sa.ForeignKeyConstraint(["first_run"], ["run.id"]),
        sa.ForeignKeyConstraint(["record"], ["record.key"]),
        sa.PrimaryKeyConstraint("record", "number"),
    )
    op.create_table(
        "skipped",
        text("source"),
        number("number"),
        text("place"),
        text("reason"),
        flag("fault"),
        sa.ForeignKeyConstraint(["source"], ["source.name"]),
        sa.PrimaryKeyConstraint("source", "number"),
    )
    op.create_table(
        "decision",
        number("id"),
        text("kind"),
        text("records"),
        text("field"),
        text("slot"),
        text("value"),
        text("who"),
        text("decided_at"),
        text("note"),
        text("claims"),
        sa.Column("undone_at", sa.String()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "identity",
        number("id"),
        sa.Column("key", sa.String(collation="NOCASE"), nullable=False),
        number("born"),
        text("under"),
        sa.ForeignKeyConstraint(["born"], ["run.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "anchor",
        number("identity"),
        text("record"),
        sa.ForeignKeyConstraint(["identity"], ["identity.id"]),
        sa.ForeignKeyConstraint(["record"], ["record.key"]),
        sa.PrimaryKeyConstraint("identity", "record"),
    )
    op.create_index("ix_anchor_record", "anchor", ["record"])
    op.create_table(
        "page",
        text("url"),
        text("etag"),
        text("last_modified"),
        text("content_type"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        text("fetched_at"),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_table(
        "change",
        number("run"),
        number("number"),
        text("kind"),
        text("key"),
        text("text"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.PrimaryKeyConstraint("run", "number"),
    )


def derived() -> None:
    op.create_table(
        "work",
        number("id"),
        text("key"),
        text("title"),
        text("authors"),
        flag("authors_complete"),
        number("headline"),
        text("stage"),
        text("venue"),
        text("venue_key"),
        sa.Column("year", sa.Integer()),
        text("date"),
        text("doi"),
        text("arxiv"),
        text("openreview"),
        text("status"),
        flag("gone"),
        text("aside"),
        text("aliases"),
        text("related"),
        text("disputed"),
        text("records"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "version",
        number("work"),
        number("number"),
        text("slot"),
        text("stage"),
        text("venue_key"),
        text("venue"),
        text("track"),
        sa.Column("year", sa.Integer()),
        text("date"),
        text("doi"),
        text("arxiv"),
        text("openreview"),
        text("url"),
        text("volume"),
        text("issue"),
        text("pages"),
        text("publisher"),
        text("records"),
        sa.ForeignKeyConstraint(["work"], ["work.id"]),
        sa.PrimaryKeyConstraint("work", "number"),
    )
    op.create_table(
        "settled",
        number("work"),
        number("version"),
        text("field"),
        text("slot"),
        text("value"),
        text("state"),
        text("rule"),
        text("why"),
        sa.ForeignKeyConstraint(["work"], ["work.id"]),
        sa.PrimaryKeyConstraint("work", "version", "field"),
    )
    op.create_table(
        "claim",
        number("work"),
        number("version"),
        text("field"),
        number("number"),
        text("value"),
        text("text"),
        text("record"),
        text("source"),
        text("kind"),
        text("voice"),
        text("place"),
        text("seen"),
        flag("gone"),
        text("struck_by"),
        sa.ForeignKeyConstraint(["record"], ["record.key"]),
        sa.ForeignKeyConstraint(
            ["work", "version", "field"], ["settled.work", "settled.version", "settled.field"]
        ),
        sa.PrimaryKeyConstraint("work", "version", "field", "number"),
    )
    op.create_table(
        "conflict",
        text("id"),
        number("number"),
        text("kind"),
        text("state"),
        text("field"),
        text("slot"),
        text("works"),
        text("proposed"),
        text("rule"),
        text("why"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "conflict_claim",
        text("conflict"),
        number("number"),
        text("value"),
        text("text"),
        text("record"),
        text("source"),
        text("place"),
        text("seen"),
        text("struck_by"),
        sa.ForeignKeyConstraint(["conflict"], ["conflict.id"]),
        sa.ForeignKeyConstraint(["record"], ["record.key"]),
        sa.PrimaryKeyConstraint("conflict", "number"),
    )
    op.create_table(
        "fix",
        number("number"),
        text("source"),
        text("file"),
        number("line"),
        text("field"),
        text("says"),
        text("canon"),
        number("work"),
        sa.ForeignKeyConstraint(["work"], ["work.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "evidence",
        text("about"),
        text("a"),
        text("b"),
        text("verdict"),
        sa.Column("bits", sa.Float(), nullable=False),
        text("cap"),
        text("signals"),
        sa.ForeignKeyConstraint(["a"], ["record.key"]),
        sa.ForeignKeyConstraint(["b"], ["record.key"]),
        sa.PrimaryKeyConstraint("about", "a", "b"),
    )
