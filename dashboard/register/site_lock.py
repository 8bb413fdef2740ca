"""That a site has an SQLite register open: a lock beside its file, which every serving process shares until it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.register.errors import SiteIsOpen

try:
    import fcntl
except ImportError:  # Windows, whose open files nobody can replace
    fcntl = None  # type: ignore[assignment]


def lock_file(path: Path) -> Path:
    """Where the lock of a register's file is. It stays: only who has locked it counts."""
    return path.with_name(f"{path.name}-site")


def share(path: Path) -> int | None:
    """The open lock of one more serving process, to be closed when it ends; None where it can't be had.

    A site goes on without it: a disk that takes no more files is no reason not to be read.
    """
    if fcntl is None:
        return None
    try:
        lock = os.open(lock_file(path), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


@contextmanager
def without_site(path: Path) -> Iterator[None]:
    """No site opens the register while this lasts.

    Raises:
        SiteIsOpen: one has it open.
    """
    if fcntl is None:
        yield
        return
    lock = os.open(lock_file(path), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SiteIsOpen from error
        yield
    finally:
        os.close(lock)
