"""How long anyone waits for the register. Whoever waited long enough gives up by themselves, whatever the database does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class TimeLimits:
    """Seconds. `turn` is waited for another writer, `reading` and `writing` for everything one session asks of the database.

    `idle`: after which PostgreSQL ends a session that a hanging process left in the middle, with its locks.
    """

    reading: float
    writing: float
    turn: float
    idle: float


SERVING = TimeLimits(reading=1.5, writing=8, turn=4, idle=30)
"""For the site: a page does without the register sooner than its reader does without the page."""
STARTING = TimeLimits(reading=10, writing=60, turn=15, idle=60)
"""For a site that makes its register ready: several of its processes may start at once, each waiting for the one before."""
COMMANDS = TimeLimits(reading=120, writing=600, turn=30, idle=600)


class Patience:
    """What is left of the seconds somebody may wait. Only waiting is counted, not what is done between two questions."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @property
    def left(self) -> float:
        """Seconds that may still be waited; never below nought."""
        return max(self._left, 0.0)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The time spent inside is waiting."""
        began = monotonic()
        try:
            yield
        finally:
            self._left -= monotonic() - began


_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


def patience() -> Patience | None:
    """What is left to whoever asks now; None where no limit was set."""
    return _patience.get()


@contextmanager
def at_most(seconds: float) -> Iterator[Patience]:
    """Whatever is asked of a database inside waits no longer than this in all; nor than a limit that stands already."""
    standing = _patience.get()
    if standing is not None and standing.left <= seconds:
        yield standing
        return
    token = _patience.set(Patience(seconds))
    try:
        yield _patience.get() or Patience(seconds)
    finally:
        _patience.reset(token)
