"""Accounts, their sessions, and the audit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.register.models.base import Base, Json, Versioned, new_id, words
from dashboard.register.permissions import Body, Role


class Account(Versioned, Base):
    """A person who may change something. Readers need none."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)
    secret = frozenset({"password_hash", "invitation_hash"})
    unaudited = Base.unaudited | {"failed_attempts", "last_signed_in_at"}

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    body: Mapped[Body] = mapped_column(words(Body, "body"))
    area_code: Mapped[str | None] = mapped_column(String(9))
    is_active: Mapped[bool] = mapped_column()
    password_hash: Mapped[str | None] = mapped_column(String(255))
    password_changed_at: Mapped[datetime | None] = mapped_column()
    invitation_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invitation_expires_at: Mapped[datetime | None] = mapped_column()
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    failed_attempts: Mapped[int] = mapped_column()
    locked_until: Mapped[datetime | None] = mapped_column()
    last_signed_in_at: Mapped[datetime | None] = mapped_column()

    @property
    def has_password(self) -> bool:
        """Whether its owner has chosen a password."""
        return self.password_hash is not None


class LoginSession(Base):
    """One signed-in browser. Only a hash of its token is kept."""

    __tablename__ = "login_session"
    audited = False

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column()
    last_seen_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_because: Mapped[str | None] = mapped_column(String(60))


class Guess(Base):
    """A password that was tried. Of whom and from where only hashes are kept, and not for long."""

    __tablename__ = "guess"
    audited = False

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(32), index=True)
    network: Mapped[str] = mapped_column(String(32), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    is_known: Mapped[bool] = mapped_column()
    at: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Base):
    """Who changed what, when, from, to, and why. Triggers refuse to change or remove a row."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_entity", "entity_kind", "entity_id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # Not a foreign key: the audit must outlive any trouble with the accounts.
    actor_id: Mapped[str | None] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(120))
    actor_role: Mapped[str | None] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(60))
    entity_kind: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(64))
    changes: Mapped[Json] = mapped_column()
    why: Mapped[str] = mapped_column(Text)
    private_to_id: Mapped[str | None] = mapped_column(String(64))
