"""A workbook's cells as JSON on standard output, in a process of its own with limits: `python -m etl.files.workbook_cells FILE`.

Laying out a sheet takes memory for every cell up to the furthest, and a file of a few kilobytes can name one so far away that the
allocation ends the process. Here it ends this one, and `etl/files/workbook.py` says so. Nothing but the reader is imported.
"""

import contextlib
import datetime as dt
import json
import sys
from pathlib import Path

MOST_MEMORY = 450 * 1024**2
MOST_WRITTEN = 64 * 1024**2
MOST_SECONDS = 40
MOST_SHEETS = 200
CANNOT_OPEN = 3
"""How the process ends where the reader says why it cannot open the workbook."""
TOO_LARGE = 4


def main(path: Path) -> int:
    """Write `[[name, rows of text cells from A1 on], ...]`; returns how the process is to end."""
    _limit()
    import python_calamine  # noqa: PLC0415 - after the limits, so that they hold for it

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        if len(names) > MOST_SHEETS:
            sys.stderr.write(f"{len(names):,} sheets, expected {MOST_SHEETS} at most")
            return TOO_LARGE
        sys.stdout.write("[")
        for index, name in enumerate(names):
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sys.stdout.write(", " if index else "")
            json.dump([name, [[_as_text(value) for value in row] for row in rows]], sys.stdout)
        sys.stdout.write("]")
        sys.stdout.flush()
    except python_calamine.CalamineError as error:
        sys.stderr.write(str(error))
        return CANNOT_OPEN
    except (MemoryError, OSError):
        return TOO_LARGE
    return 0


def _limit() -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits; there the process alone is the protection
        import resource  # noqa: PLC0415

        for kind, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_FSIZE, MOST_WRITTEN),
            (resource.RLIMIT_CPU, MOST_SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (most, most))


def _as_text(value: object) -> str:
    """The cell as a person would read it: 12 for 12.0, an ISO date for a date at midnight."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).strip()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
