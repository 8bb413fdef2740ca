"""Reference tables that no publisher's file holds: areas and their spellings, breaks in series, words, outlines of boroughs.

Each is a file in `data/reference` whose `source` column says where the fact comes from. A table that is not whole is refused.
"""

import csv
import datetime as dt
import difflib
import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from etl.core.areas import LONDON
from etl.core.errors import CatalogueError

REFERENCE = Path(__file__).parents[2] / "data" / "reference"

AREA_KINDS = ("force", "borough", "bcu", "pseudo", "region", "nation")
BOROUGH_NAMED = ("London Borough of {}", "Royal Borough of {}", "LB of {}", "LB {}", "{} Borough")
TREATMENTS = ("restart", "mark", "leave_out", "do_not_compare", "recast")
PARTING = frozenset({"restart", "do_not_compare"})
"""Treatments of a break across which nothing is compared or added up: what is counted is another thing from then on.

The others are changes in practice or in what happened (`mark`, `leave_out`), or were carried back (`recast`): said, and counted.
"""


@dataclass(frozen=True)
class ReferenceArea:
    """One place. `parent` is the command of a borough, London of a command; "" where none. Dates are months, 2019-03."""

    code: str
    name: str
    kind: str
    parent: str
    valid_from: str
    valid_to: str
    note: str
    source: str


@dataclass(frozen=True)
class Break:
    """Something that changed what a series means, and what is done about it.

    `measures` and `areas` are patterns as in file names (`robbery_business*`, `*`); `end` is None for a step that lasts.
    """

    measures: tuple[str, ...]
    areas: tuple[str, ...]
    start: dt.date
    end: dt.date | None
    what: str
    kind: str  # definition | system | boundary | behaviour | collection
    treatment: str  # restart | mark | leave_out | do_not_compare | recast
    source: str
    short: str
    """A few words for the label on a chart."""

    @property
    def is_parting(self) -> bool:
        """Whether nothing is compared or added up across it."""
        return self.treatment in PARTING

    @property
    def area_codes(self) -> tuple[str, ...]:
        """Codes of the areas it touches; ("*",) for every area there is or will be."""
        if self.areas == ("*",):
            return self.areas
        return tuple(code for code in areas() if any(fnmatchcase(code, pattern) for pattern in self.areas))


@dataclass(frozen=True)
class Term:
    """A word used on screen and its meaning in plain words."""

    term: str
    meaning: str
    source: str


def spelling(name: str) -> str:
    """The name as compared: case, punctuation, "and" against "&" and doubled spaces make no difference."""
    # A lone "-1" is a code the publisher uses, so the minus survives.
    text = "-1" if name.strip() == "-1" else re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and "))
    return text.strip()


@cache
def areas() -> dict[str, ReferenceArea]:
    """Every area by code, in the order of the table: London, boroughs, commands, the rest.

    Raises:
        CatalogueError: a code twice, an unknown kind, or a parent that is not an area.
    """
    rows = [ReferenceArea(**row) for row in table_rows("areas.csv")]
    by_code = {row.code: row for row in rows}
    problems = [f"areas.csv: {row.code} stands twice" for row in rows if by_code[row.code] is not row]
    problems += [f"areas.csv: {row.code}: no such kind as {row.kind!r}" for row in rows if row.kind not in AREA_KINDS]
    problems += [f"areas.csv: {row.code}: no area {row.parent!r}" for row in rows if row.parent and row.parent not in by_code]
    _refuse(problems)
    return by_code


@cache
def area_codes(kinds: tuple[str, ...]) -> dict[str, str]:
    """Every known spelling of the areas of these kinds, as compared, with its code.

    Kinds are asked for because names repeat: North West is a police command and a region of the courts.

    Raises:
        CatalogueError: one spelling means two areas of these kinds, or an alias names no area.
    """
    known = areas()
    pairs = [(text, area.code) for area in known.values() for text in (area.code, area.name)]
    pairs += [(way.format(area.name), area.code) for area in known.values() if area.kind == "borough" for way in BOROUGH_NAMED]
    aliases = [(row["spelling"], row["code"]) for row in table_rows("area_aliases.csv")]
    problems = [f"area_aliases.csv: {text!r}: no area {code!r}" for text, code in aliases if code not in known]
    _refuse(problems)
    code_of: dict[str, str] = {}
    for text, code in pairs + aliases:
        if known[code].kind in kinds and code_of.setdefault(spelling(text), code) != code:
            problems.append(f"area_aliases.csv: {text!r} means both {code_of[spelling(text)]} and {code}")
    _refuse(problems)
    return code_of


def area_code(name: str, kinds: tuple[str, ...]) -> str | None:
    """Code of the area of one of these kinds with this name in any known spelling; None if there is none."""
    return area_codes(kinds).get(spelling(name))


def nearest_area(name: str, kinds: tuple[str, ...]) -> str | None:
    """Name of the known area most like this one, for a message; None if nothing is like it."""
    known = area_codes(kinds)
    close = difflib.get_close_matches(spelling(name), known, n=1, cutoff=0.6)
    return areas()[known[close[0]]].name if close else None


def members(code: str) -> tuple[str, ...]:
    """Codes of the boroughs of a command, or of the 32 of London; () for an area without boroughs."""
    known = areas()
    boroughs = (area for area in known.values() if area.kind == "borough" and area.parent)
    if code == LONDON:
        return tuple(area.code for area in boroughs)
    return tuple(area.code for area in boroughs if area.parent == code)


@cache
def breaks() -> tuple[Break, ...]:
    """Every break in series, oldest first.

    Raises:
        CatalogueError: a date, treatment or area pattern that cannot be meant.
    """
    rows = table_rows("breaks.csv")
    known = TREATMENTS
    problems = [f"breaks.csv: {row['start']}: treatment {row['treatment']!r}" for row in rows if row["treatment"] not in known]
    codes = areas()
    problems += [
        f"breaks.csv: {row['start']}: no area matches {pattern!r}"
        for row in rows
        for pattern in row["areas"].split("|")
        if not any(fnmatchcase(code, pattern) for code in codes)
    ]
    _refuse(problems)
    try:
        breaks_in_file = [
            Break(
                tuple(row["measures"].split("|")),
                tuple(row["areas"].split("|")),
                dt.date.fromisoformat(row["start"]),
                dt.date.fromisoformat(row["end"]) if row["end"] else None,
                row["what"],
                row["kind"],
                row["treatment"],
                row["source"],
                row["short"],
            )
            for row in rows
        ]
    except ValueError as error:
        raise CatalogueError(f"breaks.csv: {error}") from error
    return tuple(sorted(breaks_in_file, key=lambda b: (b.start, b.what)))


def breaks_of(measure_id: str) -> tuple[Break, ...]:
    """The breaks that touch this measure anywhere, oldest first."""
    return tuple(b for b in breaks() if any(fnmatchcase(measure_id, pattern) for pattern in b.measures))


def breaks_for(measure_id: str, area_code: str) -> tuple[Break, ...]:
    """The breaks that touch this measure in this area, oldest first."""
    return tuple(b for b in breaks_of(measure_id) if any(fnmatchcase(area_code, pattern) for pattern in b.areas))


def is_left_out(measure_id: str, month: str) -> bool:
    """Whether the month is one that London's baselines of this measure leave out, such as a lockdown."""
    return any(
        b.treatment == "leave_out" and f"{b.start:%Y-%m}" <= month <= (f"{b.end:%Y-%m}" if b.end else month)
        for b in breaks_for(measure_id, LONDON)
    )


@cache
def glossary() -> tuple[Term, ...]:
    """Every word explained, A to Z."""
    terms = [Term(**row) for row in table_rows("glossary.csv")]
    names = [spelling(term.term) for term in terms]
    _refuse([f"glossary.csv: {term.term!r} stands twice" for term in terms if names.count(spelling(term.term)) > 1])
    return tuple(sorted(terms, key=lambda term: term.term.casefold()))


@cache
def crown_open_cases() -> dict[str, int]:
    """Open Crown Court cases in England and Wales by quarter: what dates a table of courts that states no quarter.

    Raises:
        CatalogueError: two quarters have the same number, so that it dates nothing.
    """
    cases = {row["quarter"]: int(row["open_cases"]) for row in table_rows("crown_open_cases.csv")}
    counts = list(cases.values())
    _refuse([f"crown_open_cases.csv: {n} stands for two quarters" for n in sorted(set(counts)) if counts.count(n) > 1])
    return cases


@cache
def boundaries() -> dict[str, Any]:
    """Outlines of the 33 boroughs as GeoJSON; each feature's properties are `code` and `name`.

    The cached object is shared: copy it before changing anything.
    """
    content: dict[str, Any] = json.loads((REFERENCE / "boroughs.geojson").read_text(encoding="utf-8"))
    return content


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of a reference table as text.

    Raises:
        CatalogueError: one does not say where its fact comes from.
    """
    path = REFERENCE / name
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(stream, strict=True)]
    _refuse([f"{name}: row {i}: no source is given" for i, row in enumerate(rows, start=2) if not row.get("source")])
    return rows


def _refuse(problems: list[str]) -> None:
    if problems:
        raise CatalogueError("reference tables are not whole:\n  " + "\n  ".join(problems))
