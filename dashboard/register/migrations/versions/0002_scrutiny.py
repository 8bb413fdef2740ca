"""Recommendations, meetings, actions and commentary."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The types as they were on the day: a migration does not follow the models.
UTC_TIME = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def _words(*members: str, name: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def _versioned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("updated_at", UTC_TIME, nullable=False),
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "recommendation_set",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("committee", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date()),
        sa.Column("made_words", sa.String(length=60), nullable=False),
        sa.Column("definitions", JSON, nullable=False),
        sa.Column("statements", JSON, nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation_set"),
    )
    op.create_table(
        "recommendation",
        sa.Column("set_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120)),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_words", sa.String(length=200)),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        *_versioned(),
        sa.ForeignKeyConstraint(["set_id"], ["recommendation_set.id"], name="fk_recommendation_set_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sa.UniqueConstraint("set_id", "number", name="uq_recommendation_set_id"),
    )
    op.create_index("ix_recommendation_set_id", "recommendation", ["set_id"])
    op.create_table(
        "recommendation_status",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("recommendation_id", sa.String(length=64), nullable=False),
        sa.Column("aspect", _words("accepted", "delivered", "answer", name="aspect"), nullable=False),
        sa.Column("rag", _words("red", "amber", "green", name="rag")),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("as_at_words", sa.String(length=60), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_url", sa.String(length=500)),
        sa.Column("recorded_at", UTC_TIME, nullable=False),
        sa.Column("recorded_by_id", sa.String(length=64)),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendation.id"], name="fk_recommendation_status_recommendation_id"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name="fk_recommendation_status_recorded_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation_status"),
    )
    op.create_index("ix_recommendation_status_recommendation_id", "recommendation_status", ["recommendation_id"])
    op.create_table(
        "meeting",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("committee", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_held_on", "meeting", ["held_on"])
    op.create_table(
        "frozen_edition",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=64), nullable=False),
        sa.Column("release_id", sa.String(length=80), nullable=False),
        sa.Column("frozen_at", UTC_TIME, nullable=False),
        sa.Column("frozen_by", sa.String(length=120), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_frozen_edition_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_frozen_edition"),
    )
    op.create_index("ix_frozen_edition_meeting_id", "frozen_edition", ["meeting_id"])
    op.create_table(
        "action",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("chart", sa.String(length=500)),
        sa.Column("measure_id", sa.String(length=80)),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("recommendation_id", sa.String(length=64)),
        sa.Column("meeting_id", sa.String(length=64)),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("owner_id", sa.String(length=64)),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _words("open", "done", "dropped", name="state"), nullable=False),
        sa.Column("raised_by_id", sa.String(length=64)),
        sa.Column("raised_by", sa.String(length=120), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        *_versioned(),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_action_meeting_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_action_owner_id"),
        sa.ForeignKeyConstraint(["raised_by_id"], ["account.id"], name="fk_action_raised_by_id"),
        sa.ForeignKeyConstraint(["recommendation_id"], ["recommendation.id"], name="fk_action_recommendation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_recommendation_id", "action", ["recommendation_id"])
    op.create_index("ix_action_state_due", "action", ["state", "due_on"])
    op.create_table(
        "commentary",
        sa.Column("measure_id", sa.String(length=80), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed_by_id", sa.String(length=64)),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("signed_for", sa.String(length=60), nullable=False),
        sa.Column("signed_at", UTC_TIME, nullable=False),
        sa.Column("replaced_by_id", sa.String(length=64)),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        *_versioned(),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["commentary.id"], name="fk_commentary_replaced_by_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["account.id"], name="fk_commentary_signed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_commentary"),
    )
    op.create_index("ix_commentary_series", "commentary", ["measure_id", "area_code"])


def downgrade() -> None:
    """Take the tables away, with what they hold."""
    for table in (
        "commentary",
        "action",
        "frozen_edition",
        "meeting",
        "recommendation_status",
        "recommendation",
        "recommendation_set",
    ):
        op.drop_table(table)
