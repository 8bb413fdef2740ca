"""One writer at a time in a warehouse directory, whatever the system."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from etl.core.errors import CannotWrite

if sys.platform == "win32":
    import msvcrt

    def _is_taken(stream: IO[str]) -> bool:
        """Whether the lock is ours now, without waiting."""
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for(stream: IO[str]) -> None:
        """Come back when the lock is ours; the system gives up after ten seconds, so it is asked again."""
        while True:
            try:
                msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return

else:
    import fcntl

    def _is_taken(stream: IO[str]) -> bool:
        """Whether the lock is ours now, without waiting."""
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for(stream: IO[str]) -> None:
        """Come back when the lock is ours."""
        fcntl.flock(stream, fcntl.LOCK_EX)


@contextmanager
def only_writer(warehouse_dir: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the warehouse directory's lock: two additions at once follow each other instead of losing one.

    Says so where it has to wait. The system lets go of the lock when the holder ends, however it ends.

    Raises:
        CannotWrite: nothing can be written there.
    """
    try:
        warehouse_dir.mkdir(parents=True, exist_ok=True)
        stream = (warehouse_dir / "lock").open("w")
    except OSError as error:
        raise CannotWrite(f"{warehouse_dir}: cannot be written to: {error.strerror}") from error
    with stream:
        if not _is_taken(stream):
            say(f"waiting for another run that writes {warehouse_dir}")
            _wait_for(stream)
        yield
