"""Comments that anyone may send in without an account, until somebody has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UTC_TIME = sa.DateTime(timezone=True)
TABLE = "sent_comment"


def upgrade() -> None:
    """Make the table, and let the database keep its rows like all others."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("updated_at", UTC_TIME, nullable=False),
        sa.Column("priority_id", sa.String(length=64), nullable=False),
        sa.Column("said_by", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", UTC_TIME, nullable=False),
        sa.Column("decided_at", UTC_TIME),
        sa.Column("decided_by", sa.String(length=120)),
        sa.Column("set_aside_because", sa.Text()),
        sa.Column("comment_id", sa.String(length=64)),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name="fk_sent_comment_priority_id"),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name="fk_sent_comment_comment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_comment"),
    )
    op.create_index("ix_sent_comment_priority_id", TABLE, ["priority_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE TRIGGER register_keep_rows BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION register_refuse()")
        op.execute(
            f"CREATE TRIGGER register_keep_table BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION register_refuse()"
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, 'the register keeps everything: {TABLE}'); END"
    op.execute(f"CREATE TRIGGER register_{TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}")
    op.execute(
        f"CREATE TRIGGER register_{TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {refuse}"
    )


def downgrade() -> None:
    """Take the table away, with what it holds and what guards it."""
    op.drop_table(TABLE)
