"""Signing in and staying signed in.

`sign_in` returns a refusal rather than raising, so the failed attempt it counted is committed.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.register import guesses
from dashboard.register.accounts import actor_of
from dashboard.register.audit import acting
from dashboard.register.guesses import Attempt
from dashboard.register.models import Account, LoginSession
from dashboard.register.passwords import Tried
from dashboard.register.permissions import Actor, command

log = structlog.get_logger()

FAILURES_ALLOWED = guesses.LOCKS.most
LOCKED_FOR = guesses.LOCKS.within
# A browser left alone is signed out; and any is after a working day.
IDLE_FOR = timedelta(minutes=30)
LASTS = timedelta(hours=12)
_TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A browser that may act. `token` goes into its cookie and is kept nowhere else."""

    token: str
    actor: Actor
    expires_at: datetime


@dataclass(frozen=True)
class Refused:
    """Why not, in the same words whether the address, the password or a lock is the reason."""

    sentence: str = (
        "That address and password do not match, or the account is locked for a while. "
        f"After {FAILURES_ALLOWED} wrong tries it stays locked for {LOCKED_FOR.seconds // 60} minutes."
    )


@dataclass(frozen=True)
class Browser:
    """Who a token belongs to. `needs_touch`: call `touch` in a writing session to keep it from going idle."""

    actor: Actor
    expires_at: datetime
    needs_touch: bool


def address_of(typed: str) -> str:
    """The email address of an account as it is kept, from what somebody typed."""
    return typed.strip().casefold()


def held_hash(session: Session, email: str) -> str | None:
    """What to set a typed password against (`passwords.tried`); None where there is no such account, or it has no password."""
    return session.scalars(select(Account.password_hash).where(Account.email == address_of(email))).one_or_none()


def may_try(session: Session, email: str, network: str, *, now: datetime) -> bool:
    """Whether a password may be tried for this address from this network at all. Counts nothing."""
    return guesses.may_try(session, Attempt(address_of(email), network), now)


def sign_in(
    session: Session, *, email: str, tried: Tried, network: str, now: datetime, lasts: timedelta = LASTS
) -> SignedIn | Refused:
    """A new signed-in browser, or the refusal, counted. Give it a writing session and let that commit either way."""
    attempt = Attempt(address_of(email), network)
    query = select(Account).where(Account.email == address_of(email)).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if guesses.is_locked(session, attempt, now):
        guesses.count(session, attempt, guesses.WHILE_LOCKED, now)
        return Refused()
    if row is None or not row.is_active or not tried.opens(row.password_hash):
        guesses.count(session, attempt, guesses.WRONG, now)
        if row is not None:
            _note_failure(session, row, attempt, now)
        return Refused()
    guesses.note_right(session, attempt, now)
    with acting(session, actor_of(row), "sign in", now, ""):
        row.failed_attempts, row.last_signed_in_at = 0, now
        if tried.rehashed is not None:
            row.password_hash = tried.rehashed
    return open_browser(session, row, now, lasts)


def open_browser(session: Session, row: Account, now: datetime, lasts: timedelta) -> SignedIn:
    """A signed-in browser for an account whose owner has just been recognised, by password or by a provider."""
    token = secrets.token_urlsafe(32)
    browser = LoginSession(token_hash=_digest(token), account_id=row.id, created_at=now, last_seen_at=now, expires_at=now + lasts)
    session.add(browser)
    session.flush()
    log.info("signed_in", account=row.id)
    return SignedIn(token, actor_of(row), browser.expires_at)


def whose(session: Session, token: str, *, now: datetime) -> Browser | None:
    """Who this browser is, or None: unknown, signed out, left idle, too old, or its account closed."""
    row = _browser(session, token)
    if row is None or row.ended_at is not None or row.expires_at <= now or row.last_seen_at + IDLE_FOR <= now:
        return None
    account = session.get(Account, row.account_id)
    if account is None or not account.is_active:
        return None
    return Browser(actor_of(account), row.expires_at, now - row.last_seen_at >= _TOUCH_AFTER)


def touch(session: Session, token: str, *, now: datetime) -> None:
    """Note that the browser is in use. One that has gone idle or ended stays so."""
    row = _browser(session, token)
    if row is not None and whose(session, token, now=now) is not None:
        row.last_seen_at = now


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """End this browser's session; nothing happens if it has ended already."""
    row = _browser(session, token)
    if row is not None and row.ended_at is None:
        row.ended_at, row.ended_because = now, "signed out"


def _note_failure(session: Session, row: Account, attempt: Attempt, now: datetime) -> None:
    """Writes down, for administrators, that an account is locked where its owner is not known."""
    is_locked = guesses.is_locked_elsewhere(session, attempt, now)
    with acting(session, command("sign-in"), "refuse a sign-in", now, ""):
        row.failed_attempts += 1
        if is_locked and (row.locked_until is None or row.locked_until <= now):
            row.locked_until = now + guesses.LOCKS_ELSEWHERE.within
            log.warning("account_locked", account=row.id)


def _browser(session: Session, token: str) -> LoginSession | None:
    return session.scalars(select(LoginSession).where(LoginSession.token_hash == _digest(token))).one_or_none()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
