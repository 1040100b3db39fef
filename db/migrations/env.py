"""Runs migrations on the connection that db.upgrade hands over, inside its transaction."""

import sqlmodel
from alembic import context

import db.tables  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=sqlmodel.SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()
