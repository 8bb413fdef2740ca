"""Where a comment that waits was sent from, so that one network cannot fill a queue. Only while it waits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for what waits already."""
    op.add_column("sent_comment", sa.Column("sender", sa.String(length=64)))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("sent_comment", "sender")
