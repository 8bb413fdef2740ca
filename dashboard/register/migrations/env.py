"""How Alembic reaches the register: the connection is always given by `store`, never read from a file."""

from alembic import context

from dashboard.register.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
