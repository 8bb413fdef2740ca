"""What a release is made with: a hash of the pipeline's code, its definitions and its reference tables.

A release worked out by other code or other definitions may say other things from the same files, so it gets another name, and a
copy of the project that finds an older one works it out again (`python -m etl refresh`) before it serves.
"""

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parents[1]
DATA = HERE.parent / "data"


@cache
def fingerprint() -> str:
    """Hex SHA-256 of every file a release depends on besides the publishers' own."""
    digest = hashlib.sha256()
    kinds = [*HERE.rglob("*.py"), *HERE.rglob("*.yml"), *(DATA / "reference").glob("*"), *(DATA / "calibration").glob("*.csv")]
    for path in sorted(p for p in kinds if p.is_file()):
        digest.update(str(path.relative_to(HERE.parent)).encode() + path.read_bytes())
    return digest.hexdigest()


def made_with(release: Path) -> Path:
    """The small file beside a release that holds the fingerprint it was made with."""
    return release.with_suffix(".made-with")


def is_current(warehouse_dir: Path) -> bool:
    """Whether the live release was made with what this copy of the project holds; False where there is none."""
    pointer = warehouse_dir / "current"
    if not pointer.exists():
        return False
    note = made_with(warehouse_dir / pointer.read_text().strip())
    return note.exists() and note.read_text().strip() == fingerprint()
