"""Passwords: argon2id, and what is too weak to keep.

To hash one or to check one takes a tenth of a second or more, on purpose. It is done before a writing session is opened, and
its result is given to what writes: inside one, nobody else could write meanwhile.
"""

from dataclasses import dataclass, field
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_CHARACTERS = 12
# A longer one would only make the hash costly to compute.
MOST_CHARACTERS = 256
_LEAST_DIFFERENT = 6

# RFC 9106, second recommended setting (64 MiB, three passes), written out so a new release of the library cannot weaken it.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)


@dataclass(frozen=True)
class Chosen:
    """A new password and its hash. Whether it is too weak is asked when it is to be kept."""

    words: str = field(repr=False)
    hash: str = field(repr=False)


@dataclass(frozen=True)
class Tried:
    """A password set against the hash an account held. `rehashed`: with today's settings, where that one is weaker."""

    words: str = field(repr=False)
    stored_hash: str | None = field(repr=False)
    is_right: bool
    rehashed: str | None = field(repr=False)

    def opens(self, stored_hash: str | None) -> bool:
        """Whether it is the password of an account that holds this now: it may have been changed since."""
        return self.is_right and self.stored_hash == stored_hash


def chosen(password: str) -> Chosen:
    """A password somebody chose. Costly: see above."""
    return Chosen(password, hashed(password))


def tried(password: str, stored_hash: str | None) -> Tried:
    """A password somebody typed, set against a hash; None: there is no such account, or it has none. Costly: see above."""
    is_right = matches(stored_hash, password)
    weaker = is_right and stored_hash is not None and _HASHER.check_needs_rehash(stored_hash)
    return Tried(password, stored_hash, is_right, hashed(password) if weaker else None)


def faults(password: str, email: str, name: str) -> dict[str, str]:
    """What is wrong with a new password, by field; empty when nothing is."""
    lowered = password.casefold()
    mine = [part.casefold() for part in (email, email.partition("@")[0], *name.split()) if len(part) > 2]
    if len(password) < LEAST_CHARACTERS:
        return {"password": f"Use at least {LEAST_CHARACTERS} characters."}
    if len(password) > MOST_CHARACTERS:
        return {"password": f"Use at most {MOST_CHARACTERS} characters."}
    if len(set(lowered)) < _LEAST_DIFFERENT:
        return {"password": f"Use at least {_LEAST_DIFFERENT} different characters."}
    if any(part in lowered for part in mine) or "password" in lowered:
        return {"password": "Leave out your name, your address and the word itself."}
    return {}


def hashed(password: str) -> str:
    """The password's argon2id hash, with its own salt."""
    return _HASHER.hash(password)


def matches(stored_hash: str | None, password: str) -> bool:
    """True where the password is the one hashed. Takes as long when nothing is held."""
    try:
        return _HASHER.verify(stored_hash or _nobody(), password[: MOST_CHARACTERS + 1]) and stored_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    # Verified when there is no such account, so the answer takes as long.
    return _HASHER.hash("an account that does not exist")
