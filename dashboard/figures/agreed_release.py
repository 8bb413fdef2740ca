"""Which release the processes of a site have gone over to: no reader is led back to an older one by asking another process.

Each process makes the pages of a new release before it goes over, and none takes as long as another. The first one that is ready
writes the release's name into `served`, beside `current`; the others see that on their next request and go over with it.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from etl.warehouse.pointer import release_file
from etl.warehouse.proof import SHA256

AGREED = "served"
LOCK = "served.lock"
LONGEST = 400
"""Bytes looked at: a name and a sha256 are fewer."""
LOCK_SECONDS = 2.0

Traits = tuple[int, ...]


@dataclass(frozen=True)
class Agreed:
    """A release that some process of the site has gone over to."""

    path: Path
    sha256: str


class AgreedRelease:
    """What the processes that serve one folder have agreed on, as far as this one has read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / AGREED
        self._read: Traits = ()

    def has_moved(self) -> bool:
        """Whether another process has gone over to a release since this one last read; costs one look at the file's traits."""
        return self._traits() != self._read

    def read(self) -> Agreed | None:
        """What was agreed on last; None where nothing was, or the file has been damaged: then each process goes by `current`."""
        self._read = self._traits()
        try:
            if not stat.S_ISREG(self._file.stat().st_mode):
                return None
            with self._file.open("rb") as stream:
                name, _, sha256 = stream.read(LONGEST).decode("utf-8", "replace").strip().partition(" ")
        except OSError:
            return None
        path = release_file(self._folder, name)
        return Agreed(path, sha256) if path and SHA256.fullmatch(sha256) else None

    def go_on_with(self, path: Path, sha256: str, is_meant: Callable[[], bool]) -> bool:
        """Tells the other processes; False where that release is not the one meant any more, and nothing was told.

        One process at a time, so that none that was slow leads the others back. Where the folder cannot be written to, each
        process goes over by itself.
        """
        try:
            with FileLock(self._folder / LOCK, timeout=LOCK_SECONDS, fallback_to_soft=False, preserve_lock_file=True):
                if not is_meant():
                    return False
                if self.read() != Agreed(path, sha256):
                    self._write(f"{path.stem} {sha256}\n")
        except (OSError, Timeout):
            return True
        self._read = self._traits()
        return True

    def _write(self, text: str) -> None:
        descriptor, new = tempfile.mkstemp(prefix=f"{AGREED}.", dir=self._folder)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(text)
            # Every process that serves or starts reads it, whoever it runs as.
            Path(new).chmod(0o644)
            Path(new).replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                Path(new).unlink()
            raise

    def _traits(self) -> Traits:
        try:
            file = self._file.stat()
        except OSError as error:
            return (error.errno or 0,)
        return (file.st_ino, file.st_mtime_ns, file.st_size)
