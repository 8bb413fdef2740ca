"""How often one address may try something. Each process counts for itself; the register's lock on an account is common to all."""

from collections.abc import Callable
from types import MappingProxyType

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# Per address: enough for an office behind one address, far too few to guess a password or to flood a proposal.
LIMITS = MappingProxyType(
    {
        "sign in": RateLimitItemPerMinute(10, 5),
        "invitation": RateLimitItemPerMinute(10, 5),
        "password": RateLimitItemPerMinute(10, 5),
        "comment": RateLimitItemPerMinute(5, 10),
        "provider": RateLimitItemPerMinute(20, 5),
    }
)


def limiter() -> Callable[[str, str], bool]:
    """A function of (kind, address) that counts a try and says whether it is allowed.

    Raises (the function): KeyError for a kind that has no limit.
    """
    windows = MovingWindowRateLimiter(MemoryStorage())
    return lambda kind, address: windows.hit(LIMITS[kind], kind, address)
