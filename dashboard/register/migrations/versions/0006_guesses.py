"""Wrong passwords, counted for every process that serves the register. Kept for hours, and in no backup."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table. Nothing guards its rows: they are removed once they are old."""
    op.create_table(
        "guess",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("network", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guess"),
    )
    for column in ("account", "network", "at"):
        op.create_index(f"ix_guess_{column}", "guess", [column])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("guess")
