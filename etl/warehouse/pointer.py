"""The file `current`: the name of the live release, in one line, and nothing a damaged one could lead to."""

import re
import stat
from pathlib import Path

from etl.core.errors import Fault, ReleaseUnusable, WarehouseMissing

POINTER = "current"
LONGEST = 1000
"""Bytes looked at: a name is far shorter."""
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,150}\.duckdb")
MEND = "name another release in it, or run `python -m etl build`"


def current_release(warehouse_dir: Path) -> Path:
    """Path of the release that is meant to be live; whether it is there, and whole, is not looked at.

    Raises:
        WarehouseMissing: nothing has been built there.
        ReleaseUnusable: the pointer does not hold the name of a release.
    """
    pointer = warehouse_dir / POINTER
    try:
        # A pipe in its place would be waited for.
        is_file = stat.S_ISREG(pointer.stat().st_mode)
        content = _beginning(pointer) if is_file else b""
    except FileNotFoundError:
        raise WarehouseMissing(f"{warehouse_dir}: no release here yet. Build one with `python -m etl build`.") from None
    except OSError as error:
        raise _unusable(pointer, f"cannot be read ({error.strerror})") from error
    if not is_file:
        raise _unusable(pointer, "is not a file")
    name = content.decode("utf-8-sig", "replace").strip()
    if not name:
        raise _unusable(pointer, "is empty")
    if not NAME.fullmatch(name):
        raise _unusable(pointer, f"does not hold the name of a release but {ascii(name[:40])}")
    return warehouse_dir / name


def release_file(warehouse_dir: Path, name: str) -> Path | None:
    """Path of the release of that name, whether or not it is there; None where no release can have it."""
    return warehouse_dir / f"{name}.duckdb" if NAME.fullmatch(f"{name}.duckdb") else None


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LONGEST)


def _unusable(pointer: Path, what: str) -> ReleaseUnusable:
    return ReleaseUnusable(Fault.POINTER, f"{pointer}: the file that names the live release {what}; {MEND}")
