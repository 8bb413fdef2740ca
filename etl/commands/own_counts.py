"""Counts somebody brings: `area,kind,month,count[,population]` read into a panel, or refused with every reason."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.core.errors import DataRejected, SourceUnavailable
from etl.core.period import every_month
from etl.judging.expectation_made import FORCE
from etl.judging.panel import Break, Panel
from etl.methods.arrays import Floats

REQUIRED = ("area", "kind", "month", "count")
POPULATION = "population"
KINDS = (FORCE, "borough")
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)
WHOLE = re.compile(r"\d{1,12}", re.ASCII)
NUMBER = re.compile(r"\d{1,12}(\.\d+)?", re.ASCII)
COVID = Break("2020-03", "2021-06", is_restart=False, what="Covid")
"""Left out of what is expected, as in the table of breaks, whatever is counted."""
MOST_BYTES = 200_000_000


@dataclass(frozen=True)
class Counts:
    """A panel somebody brought; `people` are the residents by area and month, None where no population is given."""

    panel: Panel
    people: Floats | None


@dataclass(frozen=True)
class _Row:
    line: int
    area: str
    kind: str
    month: str
    count: int
    people: float | None


def read(path: Path) -> Counts:
    """The counts of a file.

    Raises:
        SourceUnavailable: it cannot be opened.
        DataRejected: it cannot be read as it should; every reason with its line.
    """
    rows, faults = _rows(_text(path))
    faults += _faults_between(rows)
    if not rows and not faults:
        faults.append("no line below the header")
    if faults:
        raise DataRejected(f"{path.name}: not judged", faults)
    return _counts(rows)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataRejected(f"{path.name}: not judged", [f"larger than {MOST_BYTES // 1_000_000} MB"])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceUnavailable(f"{path}: cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DataRejected(f"{path.name}: not judged", [f"byte {error.start}: not UTF-8 text"]) from error


def _rows(text: str) -> tuple[list[_Row], list[str]]:
    """(the sound rows, what is wrong with each of the others)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    faults: list[str] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                faults += _header_faults(header)
                if faults:
                    break
                continue
            row, row_faults = _row(reader.line_num, header, cells)
            faults += row_faults
            rows += [] if row is None else [row]
    except csv.Error as error:
        faults.append(f"line {reader.line_num}: not CSV ({error})")
    return rows, faults if header is not None or faults else ["no header: the first line must be area,kind,month,count"]


def _header_faults(header: Sequence[str]) -> list[str]:
    known = (*REQUIRED, POPULATION)
    missing = [name for name in REQUIRED if name not in header]
    faults = [
        f"line 1: no column {name!r}; the columns are area,kind,month,count and may be followed by population" for name in missing
    ]
    faults += [f"line 1: column {name!r} is not one of {', '.join(known)}" for name in header if name not in known]
    return faults + [
        f"line 1: column {name!r} stands {n} times" for name, n in Counter(header).items() if n > 1 and name in known
    ]


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> tuple[_Row | None, list[str]]:
    if len(cells) != len(header):
        return None, [f"line {line}: {len(cells)} cells where the header has {len(header)}"]
    cell = {name: text.strip() for name, text in zip(header, cells, strict=True)}
    faults = []
    if not cell["area"]:
        faults.append(f"line {line}: no area")
    if cell["kind"] not in KINDS:
        faults.append(f"line {line}: kind {cell['kind']!r} is neither borough nor force")
    if not MONTH.fullmatch(cell["month"]):
        faults.append(f"line {line}: month {cell['month']!r} is not a month such as 2025-12")
    if not WHOLE.fullmatch(cell["count"]):
        faults.append(f"line {line}: {_count_fault(cell['count'])}")
    people = cell.get(POPULATION)
    if people is not None and not (NUMBER.fullmatch(people) and float(people) > 0):
        faults.append(f"line {line}: population {people!r} is not a number above 0")
    if faults:
        return None, faults
    return _Row(line, cell["area"], cell["kind"], cell["month"], int(cell["count"]), float(people) if people else None), []


def _count_fault(text: str) -> str:
    if not text:
        return "no count; leave the line out where a month is not known, and write 0 where there was none"
    if re.fullmatch(r"[-−]\d+(\.\d+)?", text):
        return f"count {text!r} is negative"
    return f"count {text!r} is not a whole number" + ("; write it without commas" if "," in text else "")


def _faults_between(rows: Iterable[_Row]) -> list[str]:
    """What is wrong between rows that are sound by themselves."""
    faults: list[str] = []
    first_line: dict[tuple[str, str], int] = {}
    kinds: dict[str, _Row] = {}
    for row in rows:
        before = first_line.setdefault((row.area, row.month), row.line)
        if before != row.line:
            faults.append(f"line {row.line}: {row.area} {row.month} stands in line {before} already")
        stated = kinds.setdefault(row.area, row)
        if stated.kind != row.kind:
            faults.append(f"line {row.line}: {row.area} is a {row.kind} here and a {stated.kind} in line {stated.line}")
    forces = [row for row in kinds.values() if row.kind == FORCE]
    for row in forces[1:]:
        faults.append(f"line {row.line}: {row.area} is a second force; {forces[0].area} is one in line {forces[0].line}")
    return faults


def _counts(rows: Sequence[_Row]) -> Counts:
    kinds: Mapping[str, str] = {row.area: row.kind for row in rows}
    areas = tuple(sorted(kinds, key=lambda area: (KINDS.index(kinds[area]), area)))
    months = tuple(every_month(min(row.month for row in rows), max(row.month for row in rows)))
    place, position = {area: i for i, area in enumerate(areas)}, {month: i for i, month in enumerate(months)}
    counts, people = (np.full((len(areas), len(months)), np.nan) for _ in range(2))
    for row in rows:
        at = place[row.area], position[row.month]
        counts[at] = row.count
        people[at] = np.nan if row.people is None else row.people
    has_people = any(row.people is not None for row in rows)
    breaks = {area: (COVID,) for area in areas}
    panel = Panel("", "neither", areas, tuple(kinds[area] for area in areas), months, counts, breaks, {})
    return Counts(panel, people if has_people else None)
