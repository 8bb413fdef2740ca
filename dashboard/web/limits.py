"""How often one network may try something that costs time. Each process counts for itself.

Passwords are not counted here but in the register, for all processes together (`dashboard/register/guesses.py`).
"""

import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from types import MappingProxyType

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LIMITS: "MappingProxyType[str, tuple[RateLimitItem, ...]]" = MappingProxyType(
    {
        # Wrong ones: a right one is taken whatever else was tried.
        "invitation": (RateLimitItemPerMinute(30, 5),),
        # From one network about one proposal, and about all.
        "comment": (RateLimitItemPerMinute(5, 10),),
        "comment from a network": (RateLimitItemPerMinute(30, 10),),
        "provider": (RateLimitItemPerMinute(120, 5),),
    }
)
MOST_REMEMBERED = 20_000
"""Names counted at once, some ten megabytes. Beyond that all are forgotten."""
NEIGHBOURS = 64
"""Bits of an IPv6 address that one household or office has to itself."""


@dataclass(frozen=True)
class Tries:
    """Counted tries. `who`: whatever it is counted for, such as an address and an account."""

    windows: MovingWindowRateLimiter
    storage: MemoryStorage

    def may(self, kind: str, *who: str) -> bool:
        """Whether one more may be tried. Counts nothing. Raises KeyError for a kind that has no limit."""
        return all(self.windows.test(limit, kind, _name(who)) for limit in LIMITS[kind])

    def count(self, kind: str, *who: str) -> None:
        """Counts one."""
        if len(self.storage.events) > MOST_REMEMBERED:
            self.storage.reset()
        for limit in LIMITS[kind]:
            self.windows.hit(limit, kind, _name(who))

    def allow(self, kind: str, *who: str) -> bool:
        """Counts one and says whether it was allowed."""
        if not self.may(kind, *who):
            return False
        self.count(kind, *who)
        return True


def limiter() -> Tries:
    """Nothing counted yet."""
    storage = MemoryStorage()
    return Tries(MovingWindowRateLimiter(storage), storage)


def network_of(address: str | None) -> str:
    """The network an address belongs to: itself, or the part of an IPv6 address that all of one household or office have."""
    try:
        parsed = ip_address((address or "").partition("%")[0])
    except ValueError:
        return str(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, NEIGHBOURS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _name(who: tuple[str, ...]) -> str:
    # However long what was typed is, and whatever is in it.
    return hashlib.sha256("\x00".join(who).encode("utf-8", "surrogatepass")).hexdigest()[:32]
