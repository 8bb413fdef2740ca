"""Files put where a reader finds the old one or the new one, never half of either, though the power should fail meanwhile."""

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path


def put(path: Path, text: str) -> None:
    """Write a small file in place of the one that stands there; on disk by the time this returns.

    Raises:
        OSError: it cannot be written; the old one stands.
    """
    new = path.with_name(f"{path.name}.new")
    remove(new)
    new.write_text(text, encoding="utf-8")
    flush(new)
    move(new, path)


def move(new: Path, path: Path) -> None:
    """Give a file that is on disk its name, in place of whatever has it; on disk by the time this returns."""
    if path.is_dir() and not path.is_symlink():
        # Somebody's folder where a file should be is not ours to remove.
        path.rename(_free_name(path))
    if os.name == "nt" and path.exists():
        path.chmod(stat.S_IWRITE)
    new.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Have what was written to a file, or the names in a folder, on disk by the time this returns."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network folders cannot be asked.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def make_read_only(path: Path) -> None:
    """Take everybody's right to write to a file; who may read it stays."""
    # Where a file system knows no modes, it is the sha256 alone that tells.
    with contextlib.suppress(PermissionError):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def remove(path: Path) -> None:
    """Remove a file or folder; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        if os.name == "nt":
            path.chmod(stat.S_IWRITE)
        path.unlink()


def _free_name(path: Path) -> Path:
    number = 1
    while os.path.lexists(path.with_name(f"{path.name}.aside-{number}")):
        number += 1
    return path.with_name(f"{path.name}.aside-{number}")
