"""Recorded crime by borough: a wide file of months, in any of the forms and spellings the Metropolitan Police has used."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from etl import reference, wide
from etl.catalogue import Form, Source, normalised
from etl.errors import DataRejected, NotTaken, SourceChanged
from etl.staged import Staged
from etl.wide import WideFile, month_label, month_number, quoted

SMALLER_PLACE = r"^E0[15]\d{6}$"
"""A ward or LSOA code: the file is of a smaller level, which is not a part of the borough series."""
HISTORICAL_MONTHS = 30
"""A file of more months than this is the historical part: it ends where the 24-month part of the same edition begins."""
MOST_EMPTY_ROWS = 0.02
KINDS = ("borough", "pseudo")
LOADED, STAGED = "crime_wide", "crime_staged"


@dataclass(frozen=True)
class Roles:
    """Which column holds what, and what was said about any that were known by their contents alone."""

    area: str
    group: str
    offence: str
    notices: tuple[str, ...]


def read(connection: duckdb.DuckDBPyConnection, file: WideFile, source: Source) -> Staged:
    """The file's counts, staged in DuckDB with the cell of each.

    Raises:
        SourceChanged: the file is of another level, another force or another kind; the message says which.
        DataRejected: it is ours but broken; every reason is listed.
    """
    _refuse_smaller_places_by_label(file)
    wide.load(connection, file, LOADED)
    values = {c: {row[0] for row in wide.distinct(connection, LOADED, [c])} for c in file.keys}
    roles = _roles(file, source, values)
    pairs = wide.distinct(connection, LOADED, [roles.group, roles.offence])
    form_id = _form(source, pairs, file)
    form = source.forms[form_id]
    failures = wide.missing_months(file)
    failures += wide.duplicates(connection, LOADED, [roles.area, roles.group, roles.offence])
    areas, unknown_areas = _areas(values[roles.area], file)
    series, unknown_series = _series(pairs, form)
    failures += unknown_areas + unknown_series
    failures += _same_key_after_spelling(areas, pairs, connection, roles)
    failures += wide.unpivot(connection, file, LOADED, STAGED, [roles.area, roles.group, roles.offence])
    if not failures:
        _stage(connection, roles, areas, series)
        failures += _holes(connection, form, file)
    if failures:
        raise DataRejected(f"{file.path.name}: rejected", failures)
    _refuse_outcomes(connection, file)
    return _staged(connection, file, source, form_id, roles)


def _refuse_smaller_places_by_label(file: WideFile) -> None:
    labels = " ".join(normalised(k) for k in file.keys)
    if "ward" in labels.split() or "wardcode" in labels or "lsoa" in labels:
        raise NotTaken(f"{file.path.name}: recorded crime by ward or LSOA; no source here takes that level. Columns: {', '.join(file.keys)}")


def _roles(file: WideFile, source: Source, values: dict[str, set[str]]) -> Roles:
    """Each key column's role, by what it holds first and by its label where the contents leave it open.

    Raises:
        SourceChanged: no column holds London boroughs, or none holds offence groups and offences.
    """
    spellings = reference.area_codes(KINDS)
    groups = {normalised(g) for form in source.forms.values() for g in form.groups}
    offences = {normalised(o) for form in source.forms.values() for os in form.groups.values() for o in os}
    shares = {
        "area": {c: _share(v, lambda x: reference.spelling(x) in spellings) for c, v in values.items()},
        "group": {c: _share(v, lambda x: normalised(x) in groups) for c, v in values.items()},
        "offence": {c: _share(v, lambda x: normalised(x) in offences) for c, v in values.items()},
    }
    found: dict[str, str] = {}
    notices = []
    for role in ("area", "group", "offence"):
        named = [c for c in file.keys if normalised(c) in {normalised(a) for a in source.aliases.get(role, [])}]
        free = {c: s for c, s in shares[role].items() if c not in found.values()}
        best = max(free, key=lambda c: (free[c], c in named), default=None)
        if best is None or (free[best] < 0.5 and not named):
            raise SourceChanged(_what_is_missing(role, file, values))
        if free[best] < 0.5:
            best = named[0]
        found[role] = best
        if best not in named:
            notices.append(f"column {best!r} is new; read as the {role} column because {free[best]:.0%} of what it holds is known as such")
    if not any(reference.spelling(v) in spellings for v in values[found["area"]]):
        raise SourceChanged(_another_force(file, values[found["area"]]))
    return Roles(found["area"], found["group"], found["offence"], tuple(notices))


def _boroughs() -> list[reference.ReferenceArea]:
    """The 32 boroughs the force polices."""
    return [reference.areas()[code] for code in reference.members(reference.LONDON)]


def _share(values: set[str], known: Callable[[str], bool]) -> float:
    return sum(1 for v in values if known(v)) / len(values) if values else 0.0


def _what_is_missing(role: str, file: WideFile, values: dict[str, set[str]]) -> str:
    holds = {"area": "London boroughs", "group": "offence groups", "offence": "offences"}[role]
    shown = "; ".join(f"{c}: {', '.join(sorted(v)[:3])}" for c, v in values.items())
    return f"{file.path.name}: expected a column of {holds}, found none. Columns hold {shown}"


def _another_force(file: WideFile, areas: set[str]) -> str:
    shown = ", ".join(sorted(areas)[:4])
    return f"{file.path.name}: a file of another police force: none of its {len(areas)} areas is a London borough ({shown}, …)"


def _form(source: Source, pairs: Sequence[tuple[str, ...]], file: WideFile) -> str:
    """The form whose categories the file's are, by the fewest unknown ones, then by the form's own marks, then by the fewest absent.

    Raises:
        SourceChanged: fewer than half the file's categories are known in any form.
    """
    held = {f"{normalised(g)} / {normalised(o)}" for g, o in pairs}
    offences = {normalised(o) for _, o in pairs}
    scored = []
    for form_id, form in source.forms.items():
        known = form.series()
        marked = all(mark in offences for mark in form.marks)
        scored.append((len(held - known), not marked, len(known - held), form_id))
    unknown, _, _, form_id = min(scored)
    if unknown > len(held) / 2:
        raise SourceChanged(f"{file.path.name}: most offences are in no form we know: {', '.join(sorted(held)[:4])}, …")
    return form_id


def _areas(values: set[str], file: WideFile) -> tuple[dict[str, str], list[str]]:
    """Spelling to code, and a sentence for each area that is not London's or a borough that has no row."""
    spellings = reference.area_codes(KINDS)
    codes = {v: spellings[reference.spelling(v)] for v in values if reference.spelling(v) in spellings}
    unknown = sorted(values - codes.keys())
    names = {a.name for a in reference.areas().values()}
    failures = [f"unknown area {v!r}{_nearest(v, names)}" for v in unknown]
    absent = sorted(a.name for a in _boroughs() if a.code not in codes.values())
    failures += [f"{name}: no row at all; a borough without one is a hole in the file, not a zero" for name in absent]
    return codes, failures


def _series(pairs: Sequence[tuple[str, ...]], form: Form) -> tuple[dict[tuple[str, ...], str], list[str]]:
    known = form.series()
    found = {pair: f"{normalised(pair[0])} / {normalised(pair[1])}" for pair in pairs}
    failures = [
        f"unknown category {' / '.join(pair)!r}{_nearest(series, known)}" for pair, series in found.items() if series not in known
    ]
    return found, failures


def _nearest(value: str, known: set[str] | frozenset[str]) -> str:
    folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(value.casefold(), list(folded), n=1, cutoff=0.5)
    return f"; the nearest known is {folded[near[0]]!r}" if near else ""


def _same_key_after_spelling(
    areas: dict[str, str], pairs: Sequence[tuple[str, ...]], connection: duckdb.DuckDBPyConnection, roles: Roles
) -> list[str]:
    """Rows that are the same area and offence once spellings are put aside: "Richmond upon" and "Richmond Upon" beside each other."""
    folded_pairs = {p: tuple(normalised(x) for x in p) for p in pairs}
    if len(set(areas.values())) == len(areas) and len(set(folded_pairs.values())) == len(folded_pairs):
        return []
    rows = connection.execute(
        f"SELECT sheet_row, {quoted(roles.area)}, {quoted(roles.group)}, {quoted(roles.offence)} FROM {LOADED} ORDER BY sheet_row"
    ).fetchall()
    first: dict[tuple[object, ...], tuple[int, tuple[str, ...]]] = {}
    said = []
    for number, area, group, offence in rows:
        key = (areas.get(area, area), normalised(group or ""), normalised(offence or ""))
        seen = first.setdefault(key, (number, (area, group, offence)))
        if seen[0] != number and seen[1] != (area, group, offence):
            said.append(f"rows {seen[0]}, {number}: the same key in two spellings: {' / '.join(seen[1])} and {area} / {group} / {offence}")
    return said


def _stage(connection: duckdb.DuckDBPyConnection, roles: Roles, areas: dict[str, str], series: dict[tuple[str, ...], str]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE area_of_spelling (spelling VARCHAR, area_code VARCHAR)")
    connection.executemany("INSERT INTO area_of_spelling VALUES (?, ?)", list(areas.items()))
    connection.execute("CREATE OR REPLACE TEMP TABLE series_of_pair (g VARCHAR, o VARCHAR, series VARCHAR)")
    connection.executemany("INSERT INTO series_of_pair VALUES (?, ?, ?)", [(*pair, s) for pair, s in series.items()])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE crime_observation AS SELECT p.series, a.area_code, '' AS breakdown, m.period, "
        f"s.value::DOUBLE AS value, 'final' AS status, m.sheet_column, s.sheet_row::INTEGER AS sheet_row "
        f"FROM {STAGED} s JOIN month_of_column m USING (label) JOIN area_of_spelling a ON a.spelling = s.{quoted(roles.area)} "
        f"JOIN series_of_pair p ON p.g = coalesce(s.{quoted(roles.group)}, '') AND p.o = coalesce(s.{quoted(roles.offence)}, '')"
    )


def _holes(connection: duckdb.DuckDBPyConnection, form: Form, file: WideFile) -> list[str]:
    """Core offences that lack a borough, and borough-months that vanish."""
    failures = []
    everyone = _boroughs()
    held = set(connection.execute("SELECT DISTINCT split_part(series, ' / ', 2), area_code FROM crime_observation").fetchall())
    series = {o for o, _ in held}
    for offence in form.core:
        if offence not in series:
            failures.append(f"expected the offence {offence!r}, which every edition of this form has; the file stops short or has lost it")
            continue
        lost = [a.name for a in everyone if (offence, a.code) not in held]
        if lost:
            failures.append(f"{offence}: no row for {', '.join(lost)}; it is recorded in every borough in every edition")
    empty = connection.execute(
        "SELECT area_code, period FROM crime_observation GROUP BY ALL HAVING sum(value) = 0 ORDER BY 1, 2"
    ).fetchall()
    names = {a.code: a.name for a in everyone}
    failures += [f"{names[code]}, {period}: no offence at all in the month; a borough-month does not vanish" for code, period in empty if code in names]
    return failures


def _refuse_outcomes(connection: duckdb.DuckDBPyConnection, file: WideFile) -> None:
    """The outcomes files share the layout but write out every zero; the borough file never writes a row of zeros."""
    row = connection.execute(
        "SELECT count(*) FILTER (total = 0) / count(*) FROM (SELECT sheet_row, sum(value) AS total FROM crime_observation GROUP BY 1)"
    ).fetchone()
    if row and row[0] > MOST_EMPTY_ROWS:
        raise NotTaken(
            f"{file.path.name}: {row[0]:.0%} of its rows are all zeros. The borough file never writes those; this is the offences and "
            "sanction detections file, which counts other things in the same shape, and no source here takes it"
        )


def _staged(connection: duckdb.DuckDBPyConnection, file: WideFile, source: Source, form_id: str, roles: Roles) -> Staged:
    totals = dict(connection.execute("SELECT period, sum(value) FROM crime_observation GROUP BY 1 ORDER BY 1").fetchall())
    periods = list(totals)
    notices, checks, rejected, needs = list(roles.notices), [], [], []
    if len(periods) > 1 and totals[periods[0]] < source.checks["partial_first_month"] * totals[periods[1]]:
        first = periods.pop(0)
        connection.execute("DELETE FROM crime_observation WHERE period = ?", [first])
        what = f"{first}: {totals[first]:,.0f} offences in all London against {totals[periods[0]]:,.0f} the month after"
        notices.append(f"the first month is a part of a month and is left out: {what}")
        rejected.append((f"column {next(c for c, p in file.months.items() if p == first)}", what, "part of a month"))
    if len(periods) > 1 and totals[periods[-1]] < source.checks["partial_last_month"] * totals[periods[-2]]:
        needs.append(f"{periods[-1]}: {totals[periods[-1]]:,.0f} offences in all London against {totals[periods[-2]]:,.0f} the month before: the newest month looks like a part of one")
    historical = len(periods) > HISTORICAL_MONTHS
    later = 25 if historical else 1
    label = month_label(month_number(periods[-1]) + later)
    basis = (
        f"inferred from its last month, {periods[-1]}: the historical part of an edition stops 24 months before the newest month"
        if historical
        else f"inferred from its last month, {periods[-1]}: an edition comes out the month after"
    )
    checks += _passed(connection, form_id, source, file, periods, roles, totals)
    row = connection.execute("SELECT count(DISTINCT sheet_row), count(DISTINCT area_code), count(DISTINCT series) FROM crime_observation").fetchone() or (0, 0, 0)
    return Staged(
        table="crime_observation", first_period=periods[0], last_period=periods[-1], edition_label=label, edition_basis=basis,
        part="historical" if historical else "recent", notices=tuple(notices), checks=tuple(checks), rejected=tuple(rejected),
        needs_acceptance=tuple(needs), form=form_id, rows=row[0], areas=row[1], series=row[2],
    )


def _passed(
    connection: duckdb.DuckDBPyConnection, form_id: str, source: Source, file: WideFile, periods: list[str], roles: Roles, totals: dict[str, float]
) -> list[tuple[str, str, str]]:
    pseudo = connection.execute("SELECT area_code, sum(value) FROM crime_observation WHERE area_code IN ('UNKNOWN', 'AIRPORTS') GROUP BY 1").fetchall()
    worst = connection.execute(
        "SELECT period, sum(value) FILTER (area_code = 'UNKNOWN') / sum(value) AS share FROM crime_observation GROUP BY 1 ORDER BY share DESC NULLS LAST LIMIT 1"
    ).fetchone()
    newest = periods[-1]
    year_before = totals.get(month_label(month_number(newest) - 12))
    beside = f", {(totals[newest] / year_before - 1) * 100:+.1f}% on the same month a year before".replace("-", "−") if year_before else ""
    unknown = f"; without a borough at most {worst[1]:.1%}, in {worst[0]}" if worst and worst[1] else ""
    return [
        ("Columns found by what they hold", "passed", f"{roles.group}, {roles.offence}, {roles.area}, {len(periods)} months {periods[0]} to {newest}, none missing"),
        ("Areas known", "passed", f"32 boroughs{'; ' + ', '.join(sorted(c for c, _ in pseudo)) if pseudo else ''}{unknown}"),
        ("Categories known", "passed", f"form {form_id}: {source.forms[form_id].title}"),
        ("No duplicate row, no negative or missing count", "passed", f"{len(file.columns)} columns read"),
        ("Newest month complete", "passed", f"{newest}: {totals[newest]:,.0f} offences{beside}"),
    ]
