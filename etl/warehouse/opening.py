"""How to find the live release and open it."""

from pathlib import Path

import duckdb
from sqlalchemy import URL, Engine, create_engine

from etl.core.errors import WarehouseMissing


def current_release(warehouse_dir: Path) -> Path:
    """Path of the live release.

    Raises:
        WarehouseMissing: nothing has been built there.
    """
    pointer = warehouse_dir / "current"
    if not pointer.exists():
        raise WarehouseMissing(f"{warehouse_dir}: no release here yet. Build one with `python -m etl build`.")
    return warehouse_dir / pointer.read_text().strip()


def open_release(path: Path) -> Engine:
    """Read-only engine on one release file."""
    # threads=1: pages read small tables; the processes of the web server share the two cores between them.
    return create_engine(URL.create("duckdb", database=str(path)), connect_args={"read_only": True, "config": {"threads": 1}})


def attach(connection: duckdb.DuckDBPyConnection, release: Path, name: str) -> None:
    """Let `connection` read a release's tables as `<name>.<table>`."""
    connection.execute(f"ATTACH {quoted(release)} AS {name} (READ_ONLY)")


def quoted(path: Path) -> str:
    """A path as SQL writes it, for the statements that take no parameters: a folder's name may hold an apostrophe."""
    return "'" + str(path).replace("'", "''") + "'"
