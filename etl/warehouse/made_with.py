"""What a release is made with: the number of the methods, the tables, the definitions and the reference tables.

A release worked out by other methods or other definitions may say other things from the same files, so it gets another name, and
a copy of the project that finds an older one works it out again (`python -m etl refresh`) before it serves. How the code is
written does not count: the number is raised when what it works out may change.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from etl.core.errors import ReleaseUnusable, WarehouseMissing
from etl.core.versions import METHODS_VERSION
from etl.core.yaml_text import read_yaml
from etl.warehouse.opening import is_whole
from etl.warehouse.pointer import current_release
from etl.warehouse.proof import read_note
from etl.warehouse.schema import tables

ETL = Path(__file__).parents[1]
DATA = ETL.parent / "data"


@cache
def fingerprint() -> str:
    """Hex SHA-256 of all a release depends on besides the publishers' own files; comments in definitions do not count."""
    digest = hashlib.sha256(f"methods {METHODS_VERSION}\n".encode())
    for part in (*_declared_tables(), *_definitions(), *_tables_of_facts()):
        digest.update(f"{part}\n".encode())
    return digest.hexdigest()


def _declared_tables() -> Iterator[str]:
    for table in tables.sorted_tables:
        yield f"{table.name} {[(column.name, str(column.type), column.nullable) for column in table.columns]}"


def _definitions() -> Iterator[str]:
    for path in sorted([*ETL.glob("measures/*.yml"), *ETL.glob("sources/*/*.yml")]):
        # When figures come out decides what is late on a day, and no figure.
        content = {k: v for k, v in read_yaml(path.read_text(encoding="utf-8")).items() if k != "calendar"}
        yield f"{path.relative_to(ETL).as_posix()} {json.dumps(content, sort_keys=True, default=str)}"


def _tables_of_facts() -> Iterator[str]:
    folders = [*(DATA / "reference").glob("*"), *(DATA / "calibration").glob("*.csv"), *(DATA / "ledger").glob("*.csv")]
    for path in sorted(folders):
        if path.is_file():
            yield f"{path.relative_to(DATA).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def is_current(warehouse_dir: Path) -> bool:
    """Whether the live release is whole and was made with what this copy of the project holds; False where there is none."""
    try:
        live = current_release(warehouse_dir)
        return read_note(live).made_with == fingerprint() and is_whole(live)
    except (WarehouseMissing, ReleaseUnusable):
        return False
