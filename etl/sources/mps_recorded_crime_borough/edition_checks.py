"""Checks of one edition's counts by themselves: missing rows and months, partial months, months out of proportion."""

from dataclasses import dataclass

import duckdb

from etl.core.areas import CITY_OF_LONDON
from etl.core.errors import NotTaken
from etl.core.period import month_label, month_number
from etl.core.sql_text import sql
from etl.definitions.catalogue import Form, Source
from etl.files.wide_file import WideFile
from etl.sources.mps_recorded_crime_borough.recognise import force_boroughs

MOST_EMPTY_ROWS = 0.02
DIGIT_LOST = 0.2
"""A last cell below this share of the middle of its row, in a file without a last line end, has lost a digit."""


@dataclass(frozen=True)
class Months:
    """London by month, the partial first month taken out."""

    totals: dict[str, float]
    partial: tuple[str, str] | None
    """(its month, what was found) where the first month was a part of one and has been left out."""

    @property
    def periods(self) -> list[str]:
        """The months kept, oldest first."""
        return list(self.totals)


def refuse_outcomes(connection: duckdb.DuckDBPyConnection, file: WideFile, table: str) -> None:
    """Raise NotTaken for the outcomes files.

    They share the layout but write out every zero; the borough file never writes a row of zeros.
    """
    row = connection.execute(
        f"SELECT count(*) FILTER (greatest({', '.join(file.month_columns())}) = 0) / count(*) FROM {table}"
    ).fetchone()
    if row and row[0] is not None and row[0] > MOST_EMPTY_ROWS:
        raise NotTaken(
            f"{file.path.name}: {row[0]:.0%} of its rows are all zeros. The borough file never writes those; this is the "
            "offences and sanction detections file, which counts other things in the same shape, and no source here takes it"
        )


def take_out_partial_month(connection: duckdb.DuckDBPyConnection, source: Source, table: str) -> Months:
    """London by month; a first month that is a part of one (a 25-month file has it) is deleted from `table`."""
    totals = dict(connection.execute(f"SELECT period, sum(value) FROM {table} GROUP BY 1 ORDER BY 1").fetchall())
    first, second, *_ = totals
    if totals[first] >= source.checks["partial_first_month"] * totals[second]:
        return Months(totals, None)
    connection.execute(f"DELETE FROM {table} WHERE period = ?", [first])
    sentence = f"{first}: {totals[first]:,.0f} offences in all London against {totals[second]:,.0f} the month after"
    return Months({p: n for p, n in totals.items() if p != first}, (first, sentence))


def holes(connection: duckdb.DuckDBPyConnection, form: Form, table: str) -> list[str]:
    """Core offences that lack a borough or a month, and borough-months that vanish."""
    failures = []
    everyone = force_boroughs()
    offence_areas = set(connection.execute(f"SELECT DISTINCT split_part(series, ' / ', 2), area_code FROM {table}").fetchall())
    offences = {o for o, _ in offence_areas}
    for offence in form.core:
        if offence not in offences:
            failures.append(
                f"expected the offence {offence!r}, which every edition of this form has; the file stops short or has lost it"
            )
            continue
        lost = [a.name for a in everyone if (offence, a.code) not in offence_areas]
        if lost:
            failures.append(f"{offence}: no row for {', '.join(lost)}; it is recorded in every borough in every edition")
    empty = connection.execute(
        f"SELECT period, area_code FROM {table} GROUP BY ALL HAVING sum(value) = 0 ORDER BY 1, 2"
    ).fetchall()
    nowhere = connection.execute(
        f"SELECT period, split_part(series, ' / ', 2) AS offence FROM {table} GROUP BY ALL HAVING sum(value) = 0 ORDER BY 1, 2"
    ).fetchall()
    names = {a.code: a.name for a in everyone}
    for period in sorted({p for p, _ in empty}):
        places = [names[code] for p, code in empty if p == period and code in names]
        if len(places) == len(names):
            failures.append(f"{period}: no offence at all in any borough; a month does not vanish")
        elif places:
            failures.append(f"{period}: no offence at all in {', '.join(places)}; a borough-month does not vanish")
        if len(places) == len(names):
            nowhere = [(p, o) for p, o in nowhere if p != period]
    failures += _repeated_months(connection, table)
    regular = set(form.core) - set(form.not_every_month)
    failures += [
        f"{offence}, {period}: none in all London; this offence is recorded every month"
        for period, offence in nowhere
        if offence in regular
    ]
    return failures


def _repeated_months(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Months that hold the same figure in every row: one column pasted over another."""
    rows = connection.execute(
        f"""WITH month AS (SELECT period, any_value(sheet_column) AS c, bit_xor(hash(series, area_code, value)) AS figures
                           FROM {table} GROUP BY period HAVING sum(value) > 0)
            SELECT list(period ORDER BY period), list(c ORDER BY period) FROM month GROUP BY figures HAVING count(*) > 1
            ORDER BY 1"""
    ).fetchall()
    return [
        f"columns {', '.join(columns)}: expected months that differ, found the same figure in every row of {', '.join(periods)}"
        for periods, columns in rows
    ]


def cut_off_row(
    connection: duckdb.DuckDBPyConnection, file: WideFile, table: str, *, ends_a_line: bool
) -> tuple[list[str], list[str]]:
    """(failures, notices) about a last row without a line end: a file cut within its last number has lost digits of it."""
    if ends_a_line:
        return [], []
    cells = ", ".join(file.month_columns())
    row = connection.execute(
        f"SELECT sheet_row, list_median(l), l[-1] FROM (SELECT rowid, [{cells}] AS l FROM {table}) t JOIN {table}_row r ON "
        "r.row_id = t.rowid "
        "ORDER BY sheet_row DESC LIMIT 1"
    ).fetchone()
    if row and row[2] is not None and row[1] >= 10 and row[2] < DIGIT_LOST * row[1]:
        comparison = f"its last cell is {row[2]:,} where the row has about {row[1]:,.0f}"
        return [
            f"row {row[0]}: the file stops without a line end and {comparison}: expected a whole last row, found one cut off"
        ], []
    return [], ["the last row has no line end; its figures look whole"]


def unusual_counts(connection: duckdb.DuckDBPyConnection, source: Source, months: Months, table: str) -> list[str]:
    """One sentence for each count that no ordinary edition has, so that a person must give a reason to accept it."""
    bounds = source.checks
    low, high = bounds["london_month_on_month_low"], bounds["london_month_on_month_high"]
    sentences = []
    for previous, month in zip(months.periods, months.periods[1:], strict=False):
        share = months.totals[month] / months.totals[previous]
        if share < low and month == months.periods[-1]:
            sentences.append(f"{_two_months_words(months, previous, month)}: the newest month looks like a part of one")
        elif not low <= share <= high:
            sentences.append(
                f"{_two_months_words(months, previous, month)}: expected {low:g} to {high:g} times the month before, as in "
                "every edition so far"
            )
    odd_rows = connection.execute(
        sql(__file__, "boroughs_out_of_step"),
        {"low": bounds["borough_month_on_month_low"], "high": bounds["borough_month_on_month_high"]},
    ).fetchall()
    names = {a.code: a.name for a in force_boroughs()}
    sentences += [
        f"{names[code]}, {period}: {n:,.0f} offences against {previous:,.0f} the month before, "
        "out of step with the rest of London"
        for code, period, previous, n in odd_rows
        if code in names
    ]
    city = connection.execute(f"SELECT sum(value) FROM {table} WHERE area_code = ?", [CITY_OF_LONDON]).fetchone()
    if city and city[0] is not None:
        sentences.append(f"City of London: {city[0]:,.0f} offences; expected none, since the City has its own police force")
    return sentences


def passed_checks(
    connection: duckdb.DuckDBPyConnection, months: Months, columns_words: str, form: str, columns: int, table: str
) -> list[tuple[str, str, str]]:
    """Every check the edition passed by itself, with what was found."""
    pseudo = connection.execute(f"SELECT DISTINCT area_code FROM {table} WHERE area_code NOT LIKE 'E09%' ORDER BY 1").fetchall()
    worst = connection.execute(
        f"SELECT period, sum(value) FILTER (area_code = 'UNKNOWN') / sum(value) AS share FROM {table} GROUP BY 1 ORDER BY "
        "share DESC NULLS LAST LIMIT 1"
    ).fetchone()
    newest = months.periods[-1]
    year_before = months.totals.get(month_label(month_number(newest) - 12))
    year_on_year = (
        f", {(months.totals[newest] / year_before - 1) * 100:+.1f}% on the same month a year before".replace("-", "−")
        if year_before
        else ""
    )
    unknown = f"; without a borough at most {worst[1]:.1%}, in {worst[0]}" if worst and worst[1] else ""
    return [
        (
            "Columns found by what they hold",
            "passed",
            f"{columns_words}, {len(months.periods)} months {months.periods[0]} to {newest}, none missing",
        ),
        ("Areas known", "passed", f"32 boroughs{'; ' + ', '.join(c for (c,) in pseudo) if pseudo else ''}{unknown}"),
        ("Categories known", "passed", form),
        ("No duplicate row, no negative or missing count", "passed", f"{columns} columns read"),
        ("Newest month complete", "passed", f"{newest}: {months.totals[newest]:,.0f} offences{year_on_year}"),
    ]


def _two_months_words(months: Months, previous: str, month: str) -> str:
    return f"{month}: {months.totals[month]:,.0f} offences in all London against {months.totals[previous]:,.0f} the month before"
