"""The commands as a person runs them, in this process: what they print and the code they end with."""

import contextlib
import csv
import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from etl.__main__ import main
from tests.etl.small_catalogue import A_FEW, only

WORK_MEASURES_OUT = {"add", "check", "build", "refresh"}


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """What it printed, read as CSV."""
        return list(csv.DictReader(io.StringIO(self.out)))


def run(*arguments: object, whole_catalogue: bool = False) -> Ran:
    """Run `python -m etl ARGUMENTS`; what works measures out works out a few of them, or the whole catalogue."""
    made_up = bool(arguments) and arguments[0] in WORK_MEASURES_OUT and not whole_catalogue
    with only(*A_FEW) if made_up else contextlib.nullcontext():
        return _run(arguments)


def _run(arguments: Sequence[object]) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["etl", *map(str, arguments)]),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def done(*arguments: object, whole_catalogue: bool = False) -> Ran:
    """Run a command that must succeed."""
    ran = run(*arguments, whole_catalogue=whole_catalogue)
    assert ran.code == 0, ran.out + ran.err
    return ran


def release(warehouse: Path) -> str:
    """Name of the live release."""
    return (warehouse / "current").read_text().removesuffix(".duckdb")


def state(warehouse: Path) -> dict[str, str]:
    """Everything a reader could be served: the pointer and the hash of each release."""
    files = [*warehouse.glob("*.duckdb"), warehouse / "current"]
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.exists()}


def values(warehouse: Path, measure: str, area: str, *options: object) -> dict[str, float | None]:
    """A measure's figures by period, from the command `series`."""
    rows = done("series", measure, area, "--warehouse", warehouse, *options).rows
    return {row["period"]: float(row["value"]) if row["value"] else None for row in rows}
