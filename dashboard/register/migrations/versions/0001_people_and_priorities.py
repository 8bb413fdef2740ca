"""People, plans and priorities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
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
        "account",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            _words("borough lead", "MOPAC officer", "Deputy Mayor's office", "committee clerk", "administrator", name="role"),
            nullable=False,
        ),
        sa.Column(
            "body", _words("council", "police", "MOPAC", "Deputy Mayor's office", "London Assembly", name="body"), nullable=False
        ),
        sa.Column("area_code", sa.String(length=9)),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=255)),
        sa.Column("password_changed_at", UTC_TIME),
        sa.Column("invitation_hash", sa.String(length=64)),
        sa.Column("invitation_expires_at", UTC_TIME),
        sa.Column("oidc_issuer", sa.String(length=255)),
        sa.Column("oidc_subject", sa.String(length=255)),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", UTC_TIME),
        sa.Column("last_signed_in_at", UTC_TIME),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("invitation_hash", name="uq_account_invitation_hash"),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name="uq_account_oidc_issuer"),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("last_seen_at", UTC_TIME, nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.Column("ended_at", UTC_TIME),
        sa.Column("ended_because", sa.String(length=60)),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_login_session_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
        sa.UniqueConstraint("token_hash", name="uq_login_session_token_hash"),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"])
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("actor_id", sa.String(length=64)),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("actor_role", sa.String(length=40)),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("entity_kind", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("private_to_id", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_index("ix_audit_entry_entity", "audit_entry", ["entity_kind", "entity_id"])
    op.create_table(
        "plan",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("short_title", sa.String(length=60), nullable=False),
        sa.Column("state", _words("current", "ended", "retired", name="state"), nullable=False),
        sa.Column("first_year", sa.String(length=7), nullable=False),
        sa.Column("last_year", sa.String(length=7), nullable=False),
        sa.Column("published_on", sa.Date()),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("statements", JSON, nullable=False),
        sa.Column("sources", JSON, nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
    )
    op.create_table(
        "stated_fact",
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("area_words", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("measure_id", sa.String(length=80)),
        sa.Column("value", sa.Double()),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", JSON, nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_stated_fact"),
    )
    op.create_index("ix_stated_fact_about", "stated_fact", ["about"])
    op.create_index("ix_stated_fact_area_code", "stated_fact", ["area_code"])
    op.create_table(
        "priority",
        sa.Column("kind", _words("pan-London", "borough", name="kind"), nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("financial_year", sa.String(length=7)),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("wording", sa.Text()),
        sa.Column("state", _words("draft", "proposed", "agreed", "in force", "ended", "withdrawn", name="state"), nullable=False),
        sa.Column("origin", _words("agreed here", "public record", "example", name="origin"), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(length=64)),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("rationale", sa.Text()),
        sa.Column("success", JSON),
        sa.Column("sources", JSON, nullable=False),
        sa.Column("notice_days", sa.Integer()),
        sa.Column("published_at", UTC_TIME),
        sa.Column("proposed_at", UTC_TIME),
        sa.Column("agreed_at", UTC_TIME),
        sa.Column("signed_off_at", UTC_TIME),
        sa.Column("signed_off_by", sa.String(length=120)),
        sa.Column("in_force_from", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("withdrawn_at", UTC_TIME),
        sa.Column("review_on", sa.Date()),
        sa.Column("expected_ranges", JSON),
        sa.Column("outturns", JSON),
        *_versioned(),
        sa.Column("basket", JSON),
        sa.Column("target", sa.Text()),
        sa.Column("sort", _words("volume", "vulnerability", "harm", name="sort")),
        sa.Column("carried", _words("new", "carried forward", name="carried")),
        sa.Column("measure_id", sa.String(length=80)),
        sa.Column("measure_note", sa.Text()),
        sa.Column("evidence_sheet", JSON),
        sa.Column("residents_asked", sa.Text()),
        sa.Column("residents_answered", sa.Text()),
        sa.CheckConstraint("(kind = 'pan-London') = (area_code = 'E12000007')", name="area_of_kind"),
        sa.CheckConstraint("is_example OR origin <> 'example'", name="example_says_so"),
        sa.CheckConstraint("kind = 'borough' OR basket IS NOT NULL", name="london_has_basket"),
        sa.CheckConstraint("kind = 'pan-London' OR financial_year IS NOT NULL", name="borough_has_year"),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_priority_author_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_priority_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_priority"),
    )
    op.create_index("ix_priority_area_year", "priority", ["area_code", "financial_year"])
    op.create_index("ix_priority_plan_id", "priority", ["plan_id"])
    op.create_table(
        "signature",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("priority_id", sa.String(length=64), nullable=False),
        sa.Column("priority_version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(length=64)),
        sa.Column(
            "body", _words("council", "police", "MOPAC", "Deputy Mayor's office", "London Assembly", name="body"), nullable=False
        ),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("signed_at", UTC_TIME, nullable=False),
        sa.Column("minute_link", sa.String(length=500)),
        sa.Column("superseded_at", UTC_TIME),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_signature_account_id"),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name="fk_signature_priority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
    )
    op.create_index("ix_signature_priority_id", "signature", ["priority_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("priority_id", sa.String(length=64), nullable=False),
        sa.Column("said_by", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", UTC_TIME, nullable=False),
        sa.Column("recorded_by_id", sa.String(length=64)),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name="fk_comment_priority_id"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name="fk_comment_recorded_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_priority_id", "comment", ["priority_id"])


def downgrade() -> None:
    """Take the tables away, with what they hold."""
    for table in ("comment", "signature", "priority", "stated_fact", "plan", "audit_entry", "login_session", "account"):
        op.drop_table(table)
