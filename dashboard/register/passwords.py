"""Passwords: argon2id, and what is too weak to keep."""

from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_CHARACTERS = 12
# A longer one would only make the hash costly to compute.
MOST_CHARACTERS = 256
_LEAST_DIFFERENT = 6

# RFC 9106, second recommended setting (64 MiB, three passes), written out so a new release of the library cannot weaken it.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)


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


def matches(held: str | None, password: str) -> bool:
    """True where the password is the one hashed. Takes as long when nothing is held."""
    try:
        return _HASHER.verify(held or _nobody(), password[: MOST_CHARACTERS + 1]) and held is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(held: str) -> bool:
    """True where the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(held)


@cache
def _nobody() -> str:
    # Verified when there is no such account, so the answer takes as long.
    return _HASHER.hash("an account that does not exist")
