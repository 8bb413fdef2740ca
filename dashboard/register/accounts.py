"""Accounts: the first administrator, inviting people, their roles. No account ever has a default password."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.register import areas, guesses, passwords, permissions
from dashboard.register.audit import acting
from dashboard.register.entries import AccountEntry
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import Account, LoginSession
from dashboard.register.passwords import Chosen, Tried
from dashboard.register.permissions import ROLE_BODIES, Actor, Body, Role
from dashboard.register.records import AccountRecord
from etl.core.areas import LONDON

INVITATION_LASTS = timedelta(hours=72)
NOT_INVITED = "That invitation is not valid any more. Ask an administrator for another."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def create_first_administrator(
    session: Session, actor: Actor, *, email: str, name: str, password: Chosen, now: datetime
) -> AccountRecord:
    """The first administrator, made from the command line.

    Raises:
        NotAllowed: there is an administrator already.
        InvalidEntry: the address, name or password cannot be kept.
    """
    if session.scalar(select(func.count()).where(Account.role == Role.ADMINISTRATOR, Account.is_active)):
        raise NotAllowed("There is an administrator already: ask them for an invitation.")
    entry = AccountEntry(email=email, name=name, role=Role.ADMINISTRATOR, body=Body.MOPAC, area_code=None)
    _refuse(_faults(session, entry) | passwords.faults(password.words, email, name))
    row = _new(entry)
    row.password_hash, row.password_changed_at = password.hash, now
    with acting(session, actor, "create the first administrator", now, ""):
        session.add(row)
    return AccountRecord.model_validate(row)


def invite(session: Session, actor: Actor, entry: AccountEntry, *, now: datetime) -> tuple[AccountRecord, str]:
    """A new account without a password, and the one-time token its owner sets one with (72 hours).

    Raises:
        NotAllowed, InvalidEntry.
    """
    permissions.require(actor, "manage accounts", LONDON)
    _refuse(_faults(session, entry))
    row = _new(entry)
    token = _invitation(row, now)
    with acting(session, actor, "invite", now, ""):
        session.add(row)
    return AccountRecord.model_validate(row), token


def invite_again(
    session: Session, actor: Actor, account_id: str, *, seen_version: int, now: datetime
) -> tuple[AccountRecord, str]:
    """A fresh token for someone who has lost their password or their invitation; the old password stops working.

    Raises:
        NotAllowed, NotFound, Conflict.
    """
    row = _to_manage(session, actor, account_id, seen_version, {})
    token = _invitation(row, now)
    with acting(session, actor, "invite again", now, ""):
        row.password_hash, row.locked_until, row.failed_attempts = None, None, 0
        guesses.forget(session, row.email)
        _end_sessions(session, row.id, "invited again", now)
    return AccountRecord.model_validate(row), token


def is_invitation(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a token is an invitation that may still be accepted. There are too many to find one by trying."""
    query = select(Account.invitation_expires_at).where(Account.invitation_hash == _digest(token), Account.is_active)
    expires_at = session.scalars(query).one_or_none()
    return expires_at is not None and expires_at > now


def accept_invitation(session: Session, token: str, *, password: Chosen, now: datetime) -> AccountRecord:
    """The account, with the password its owner has just chosen. The token is spent.

    Raises:
        NotFound: the token is not one, was used, or has run out.
        InvalidEntry: the password is too weak.
    """
    row = session.scalars(
        select(Account).where(Account.invitation_hash == _digest(token), Account.is_active).with_for_update()
    ).one_or_none()
    if row is None or row.invitation_expires_at is None or row.invitation_expires_at <= now:
        raise NotFound(NOT_INVITED)
    _refuse(passwords.faults(password.words, row.email, row.name))
    with acting(session, actor_of(row), "accept an invitation", now, ""):
        row.password_hash, row.password_changed_at = password.hash, now
        row.invitation_hash, row.invitation_expires_at = None, None
        row.failed_attempts, row.locked_until = 0, None
        guesses.forget(session, row.email)
    return AccountRecord.model_validate(row)


def own_hash(session: Session, actor: Actor) -> str | None:
    """What to set one's own current password against (`passwords.tried`); None where there is none."""
    row = session.get(Account, actor.account_id) if actor.account_id else None
    return row.password_hash if row else None


def change_password(
    session: Session, actor: Actor, *, current: Tried, password: Chosen, keep_token: str | None, now: datetime
) -> AccountRecord:
    """The account with a new password. Every other browser is signed out; `keep_token` is this one's.

    Raises:
        NotAllowed: nobody is signed in.
        InvalidEntry: the current password is wrong, or the new one too weak or the same.
    """
    row = session.get(Account, actor.account_id, with_for_update=True) if actor.account_id else None
    if row is None:
        raise NotAllowed("Sign in first.")
    faults = passwords.faults(password.words, row.email, row.name)
    if not current.opens(row.password_hash):
        faults["current"] = "That is not your current password."
    elif password.words == current.words:
        faults |= {"password": "Choose a password that differs from the current one."}
    _refuse(faults)
    with acting(session, actor, "change password", now, ""):
        row.password_hash, row.password_changed_at = password.hash, now
        _end_sessions(session, row.id, "password changed", now, keep=_digest(keep_token) if keep_token else None)
    return AccountRecord.model_validate(row)


def change_account(
    session: Session, actor: Actor, account_id: str, entry: AccountEntry, *, is_active: bool, seen_version: int, now: datetime
) -> AccountRecord:
    """The account with another name, role, body, area or standing; every browser of it is signed out.

    Raises:
        NotAllowed: not an administrator, or it would leave no active administrator.
        NotFound, Conflict, InvalidEntry.
    """
    row = _to_manage(session, actor, account_id, seen_version, entry.model_dump() | {"is_active": is_active})
    _refuse(_faults(session, entry, own_id=row.id))
    stays = entry.role is Role.ADMINISTRATOR and is_active
    others = session.scalar(
        select(func.count()).where(Account.role == Role.ADMINISTRATOR, Account.is_active, Account.id != row.id)
    )
    if row.role is Role.ADMINISTRATOR and not stays and not others:
        raise NotAllowed("This is the last administrator: make another first.")
    with acting(session, actor, "change an account", now, ""):
        for name, value in entry.model_dump().items():
            setattr(row, name, value)
        row.email, row.is_active = entry.email.strip().casefold(), is_active
        _end_sessions(session, row.id, "account changed", now)
    return AccountRecord.model_validate(row)


def accounts(session: Session, viewer: Actor) -> tuple[AccountRecord, ...]:
    """Every account, by name.

    Raises:
        NotAllowed: not an administrator.
    """
    permissions.require(viewer, "manage accounts", LONDON)
    return tuple(AccountRecord.model_validate(row) for row in session.scalars(select(Account).order_by(Account.name, Account.id)))


def actor_of(row: Account) -> Actor:
    """The account as someone who acts."""
    return Actor(row.id, row.name, row.role, row.body, row.area_code)


def _to_manage(session: Session, actor: Actor, account_id: str, seen_version: int, offered: dict[str, object]) -> Account:
    permissions.require(actor, "manage accounts", LONDON)
    row = session.get(Account, account_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no such account.")
    if row.version != seen_version:
        raise Conflict(AccountRecord.model_validate(row), offered, seen_version)
    return row


def _new(entry: AccountEntry) -> Account:
    return Account(
        email=entry.email.strip().casefold(),
        name=entry.name.strip(),
        role=entry.role,
        body=entry.body,
        area_code=entry.area_code,
        is_active=True,
        failed_attempts=0,
    )


def person_faults(email: str, name: str) -> dict[str, str]:
    """What is wrong with how a person is named, by field; empty when nothing is."""
    faults = {}
    if not _EMAIL.fullmatch(email.strip()):
        faults["email"] = "Write the email address as name@example.org."
    if not name.strip():
        faults["name"] = "Give the person's name: it stands beside what they sign."
    return faults


def _faults(session: Session, entry: AccountEntry, *, own_id: str | None = None) -> dict[str, str]:
    faults = person_faults(entry.email, entry.name)
    email = entry.email.strip().casefold()
    if "email" not in faults and session.scalar(select(func.count()).where(Account.email == email, Account.id != (own_id or ""))):
        faults["email"] = "There is an account with this address already."
    if entry.body not in ROLE_BODIES[entry.role]:
        allowed = " or ".join(body.value for body in ROLE_BODIES[entry.role])
        faults["body"] = f"A {entry.role} speaks for {allowed}."
    if entry.role is Role.BOROUGH_LEAD and entry.area_code not in areas.BOROUGHS:
        faults["area_code"] = "A borough lead needs a borough."
    if entry.role is not Role.BOROUGH_LEAD and entry.area_code is not None:
        faults["area_code"] = "Only a borough lead has a borough."
    return faults


def _invitation(row: Account, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    row.invitation_hash, row.invitation_expires_at = _digest(token), now + INVITATION_LASTS
    return token


def _end_sessions(session: Session, account_id: str, because: str, now: datetime, *, keep: str | None = None) -> None:
    open_ones = select(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    for browser in session.scalars(open_ones):
        if browser.token_hash != keep:
            browser.ended_at, browser.ended_because = now, because


def _digest(token: str) -> str:
    # A plain hash is enough: the token is 256 random bits, not something a person chose.
    return hashlib.sha256(token.encode()).hexdigest()


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise InvalidEntry(faults)
