"""The database itself refuses to change the audit, or to delete anything."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Written once: neither changed nor removed.
APPEND_ONLY = ("audit_entry", "recommendation_status", "frozen_edition")
# May change, under a version and an audit, but are never removed.
KEPT = (
    "account",
    "login_session",
    "plan",
    "stated_fact",
    "priority",
    "signature",
    "comment",
    "recommendation_set",
    "recommendation",
    "meeting",
    "action",
    "commentary",
)


def upgrade() -> None:
    """Put the triggers on."""
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def downgrade() -> None:
    """Take the triggers off. The rows stay."""
    if op.get_bind().dialect.name == "postgresql":
        for table in (*APPEND_ONLY, *KEPT):
            op.execute(f"DROP TRIGGER register_keep_rows ON {table}")
            op.execute(f"DROP TRIGGER register_keep_table ON {table}")
        op.execute("DROP FUNCTION register_refuse()")
        return
    for table in (*APPEND_ONLY, *KEPT):
        op.execute(f"DROP TRIGGER register_{table}_no_delete")
        op.execute(f"DROP TRIGGER register_{table}_no_replace")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER register_{table}_no_update")


def _sqlite() -> None:
    for table in (*APPEND_ONLY, *KEPT):
        op.execute(
            f"CREATE TRIGGER register_{table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the register keeps everything: {table}'); END"
        )
        # INSERT OR REPLACE removes a row without firing the trigger above unless a setting of the connection says so.
        op.execute(
            f"CREATE TRIGGER register_{table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, 'the register keeps everything: {table}'); END"
        )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER register_{table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the register keeps everything: {table}'); END"
        )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the register keeps everything: %', TG_TABLE_NAME; END $$"
    )
    for table in (*APPEND_ONLY, *KEPT):
        events = "UPDATE OR DELETE" if table in APPEND_ONLY else "DELETE"
        op.execute(
            f"CREATE TRIGGER register_keep_rows BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION register_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER register_keep_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION register_refuse()"
        )
