"""Wrong passwords, counted in the register for every process that serves it: how many an account and a network may try.

They are counted for each account at each network, so nobody is kept out for what others of their network do. An account is locked
at the network where they were tried. Tried from many networks, it is locked at all but those its owner has signed in from, so
nobody can keep an owner out of where they usually work.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from dashboard.register.models import Guess

WRONG, WHILE_LOCKED, RIGHT = "wrong", "while locked", "right"
KNOWN_FOR = timedelta(days=90)
"""How long a network counts as one that an owner signs in from."""
KEPT_FOR = timedelta(hours=3)
MOST_KEPT = 50_000
"""Wrong ones at once, ten megabytes; beyond that the oldest go first."""


@dataclass(frozen=True)
class Limit:
    """So many within a time."""

    most: int
    within: timedelta


LOCKS = Limit(5, timedelta(minutes=15))
"""Wrong passwords for one account at one network."""
LOCKS_ELSEWHERE = Limit(20, timedelta(hours=1))
"""For one account at all networks where its owner is not known: 480 guesses a day from all the world together."""
# Several limits of one kind make the wait grow.
HERE = (Limit(10, timedelta(minutes=15)), Limit(20, timedelta(hours=3)))
FROM_A_NETWORK = (Limit(100, timedelta(minutes=10)), Limit(300, timedelta(hours=1)))
FROM_A_NETWORK_AGAIN = Limit(6, timedelta(minutes=1))
"""Once a network has had all those, it is let in a little at a time: it is never shut out for good."""
OWN = Limit(10, timedelta(minutes=15))
"""Tries of a person who is signed in to give their own password."""


@dataclass(frozen=True)
class Attempt:
    """Who is tried from where: an account's address as it was typed, and a network."""

    account: str
    network: str

    @property
    def of_account(self) -> ColumnElement[bool]:
        """The rows about the account."""
        return Guess.account == digest("account", self.account)

    @property
    def of_network(self) -> ColumnElement[bool]:
        """The rows from the network."""
        return Guess.network == digest("network", self.network)


def may_try(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether one more password may be tried from there, right or wrong."""
    if any(_is_used_up(session, limit, now, attempt.of_account, attempt.of_network) for limit in HERE):
        return False
    if any(_is_used_up(session, limit, now, attempt.of_network) for limit in FROM_A_NETWORK):
        return not _is_used_up(session, FROM_A_NETWORK_AGAIN, now, attempt.of_network)
    return True


def is_locked(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether the account is locked at that network."""
    if _is_used_up(session, LOCKS, now, attempt.of_account, attempt.of_network):
        return True
    return not is_known(session, attempt, now) and is_locked_elsewhere(session, attempt, now)


def is_locked_elsewhere(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether the account is locked at every network but those its owner is known at."""
    return _is_used_up(session, LOCKS_ELSEWHERE, now, attempt.of_account, Guess.outcome == WRONG, ~Guess.is_known)


def is_known(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether the account's owner has signed in from that network lately."""
    query = select(Guess.id).where(attempt.of_account, attempt.of_network, Guess.outcome == RIGHT, Guess.at > now - KNOWN_FOR)
    return session.scalars(query.limit(1)).first() is not None


def count(session: Session, attempt: Attempt, outcome: str, now: datetime) -> None:
    """Counts a wrong password (`WRONG`), or one that was not looked at (`WHILE_LOCKED`)."""
    _clear(session, now)
    session.add(_row(attempt, outcome, is_known(session, attempt, now), now))
    session.flush()


def note_right(session: Session, attempt: Attempt, now: datetime) -> None:
    """Notes that the owner has signed in from there: wrong ones from there are forgotten."""
    session.execute(delete(Guess).where(attempt.of_account, attempt.of_network))
    session.add(_row(attempt, RIGHT, True, now))


def forget(session: Session, account: str) -> None:
    """Forgets what was tried for an account whose owner is about to choose another password, or has; known networks too."""
    session.execute(delete(Guess).where(Attempt(account, "").of_account))


def allow_own(session: Session, account_id: str, now: datetime) -> bool:
    """Counts a try of somebody signed in to give their own password, and says whether it is allowed."""
    own = Attempt(f"own password\0{account_id}", "")
    if _is_used_up(session, OWN, now, own.of_account):
        return False
    count(session, own, WRONG, now)
    return True


def digest(kind: str, text: str) -> str:
    """What is kept of an address or a network: however long it is, and whatever is in it."""
    return hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _row(attempt: Attempt, outcome: str, known: bool, now: datetime) -> Guess:  # noqa: FBT001 - what a row says
    return Guess(
        account=digest("account", attempt.account),
        network=digest("network", attempt.network),
        outcome=outcome,
        is_known=known,
        at=now,
    )


def _is_used_up(session: Session, limit: Limit, now: datetime, *rows: ColumnElement[bool]) -> bool:
    query = select(func.count()).select_from(Guess).where(Guess.outcome != RIGHT, Guess.at > now - limit.within, *rows)
    return (session.scalar(query) or 0) >= limit.most


def _clear(session: Session, now: datetime) -> None:
    is_wrong = Guess.outcome != RIGHT
    session.execute(delete(Guess).where(is_wrong, Guess.at <= now - KEPT_FOR))
    session.execute(delete(Guess).where(~is_wrong, Guess.at <= now - KNOWN_FOR))
    oldest_kept = select(Guess.at).where(is_wrong).order_by(Guess.at.desc()).offset(MOST_KEPT).limit(1)
    beyond = session.scalars(oldest_kept).first()
    if beyond is not None:
        session.execute(delete(Guess).where(is_wrong, Guess.at <= beyond))
