"""One writer at a time in a warehouse directory, whatever the system."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import AcquireReturnProxy, BaseFileLock, FileLock, Timeout

from etl.core.errors import CannotWrite


@contextmanager
def only_writer(warehouse_dir: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the warehouse directory's lock: two additions at once follow each other instead of losing one.

    Says so where it has to wait. The system lets go of the lock when the holder ends, however it ends.

    Raises:
        CannotWrite: nothing can be written there.
    """
    # Where a system has no locks of its own the library would leave a file that outlives a holder who was killed: never that.
    lock: BaseFileLock = FileLock(warehouse_dir / "lock", fallback_to_soft=False, preserve_lock_file=True)
    try:
        warehouse_dir.mkdir(parents=True, exist_ok=True)
        turn = _taken_at_once(lock)
    except OSError as error:
        raise CannotWrite(f"{warehouse_dir}: cannot be written to: {error.strerror}") from error
    if turn is None:
        say(f"waiting for another run that writes {warehouse_dir}")
        turn = lock.acquire()
    with turn:
        yield


def _taken_at_once(lock: BaseFileLock) -> AcquireReturnProxy[BaseFileLock] | None:
    try:
        return lock.acquire(blocking=False)
    except Timeout:
        return None
