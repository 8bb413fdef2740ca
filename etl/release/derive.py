"""Observations to the measures we publish: added up by the concordance, newest edition first, with rates and 12-month totals.

All of it is SQL over the tables of `etl.warehouse`, so the same few statements make a whole release, one measure as
published on a past date, or a test on twelve rows.
"""

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

import duckdb
import numpy as np
import pandas as pd

from etl import kinds
from etl.core.areas import LONDON
from etl.core.period import first_day
from etl.definitions import catalogue, reference
from etl.definitions.catalogue import RATE_PER
from etl.methods.intervals import poisson_interval

POPULATION = "population"
FAR_FUTURE = date(9999, 12, 31)


def load_definitions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the small tables the statements below join to: what each measure's kind derives, the concordance, groups of areas."""
    lines = [(c.measure_id, c.source_id, c.form, c.series, c.join) for c in catalogue.concordance()]
    _table(connection, "concordance", ["measure_id", "source_id", "form", "series", "link"], lines)
    measures = [(m.id, m.source, kinds.of(m)) for m in catalogue.measures().values()]
    _table(connection, "added_up_measure", ["measure_id", "source_id"], [(m, s) for m, s, kind in measures if kind.is_added_up])
    _table(connection, "limited_measure", ["measure_id"], [(m,) for m, _, kind in measures if kind.has_limits])
    moving = sorted({(s,) for _, s, kind in measures if kind.is_newest_provisional})
    _table(connection, "moving_source", ["source_id"], moving)
    forms = [(f.base, f.form, f.id) for f in catalogue.forms_by_id().values()]
    _table(connection, "measure_form", ["measure_id", "form", "form_id"], forms)
    commands = [a.code for a in reference.areas().values() if a.kind == "bcu"]
    spliced = [(m.id,) for m in catalogue.measures().values() if not catalogue.sources()[m.source].restates_whole_series]
    _table(connection, "spliced_measure", ["measure_id"], spliced)
    members = [(command, borough) for command in commands for borough in reference.members(command)]
    _table(connection, "member", ["group_code", "area_code"], members)
    whole = [(code,) for code in reference.members(LONDON)]
    _table(connection, "force_member", ["area_code"], whole)


def edition_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `edition_value`: every measure as each edition gives it, for boroughs, BCUs, London and the areas that are neither.

    A borough and offence without a row had none (the publisher leaves zeros out): such a sum is nought and its cells say so.
    A measure none of whose offences stands anywhere in an edition is not in it at all: that is missing, not nought.
    A BCU is the sum of its boroughs only where all are there; London is the sum of everything in the file.
    """
    # min(row, 4) names the rows of a few cells in order; an ordered string_agg takes many times as long over so many groups.
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE summed AS
        WITH added AS (
            SELECT c.measure_id, o.edition_id, o.area_code, o.period, sum(o.value) AS value, count(*) AS many,
                any_value(o.sheet_column) AS sheet_column, min(o.sheet_row, 4) AS first_rows
            FROM observation o JOIN edition e USING (edition_id)
            JOIN concordance c ON c.source_id = e.source_id AND c.form = e.form AND c.series = o.series
            JOIN added_up_measure m ON m.measure_id = c.measure_id
            GROUP BY ALL)
        SELECT measure_id, edition_id, area_code, period, value,
            CASE WHEN many <= 4 THEN array_to_string(list_transform(first_rows, lambda r: sheet_column || r), ' + ')
                 ELSE 'column ' || sheet_column || ', ' || many || ' rows' END AS cells
        FROM added""")
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE grid AS
        WITH place AS (SELECT DISTINCT edition_id, area_code FROM observation),
             period AS (SELECT DISTINCT edition_id, period FROM observation),
             held AS (SELECT DISTINCT measure_id, edition_id FROM summed)
        SELECT h.measure_id, p.area_code, '' AS breakdown, t.period, h.edition_id, coalesce(s.value, 0) AS value,
            'final' AS status,
               coalesce(s.cells, 'no row: none recorded') AS cells
        FROM held h JOIN place p USING (edition_id) JOIN period t USING (edition_id)
        LEFT JOIN summed s USING (measure_id, edition_id, area_code, period)""")
    connection.execute(f"""
        INSERT INTO edition_value BY NAME
        SELECT * FROM grid
        UNION ALL BY NAME
        SELECT g.measure_id, m.group_code AS area_code, '' AS breakdown, g.period, g.edition_id, sum(g.value) AS value,
            'final' AS status,
               'sum of ' || count(*) || ' boroughs' AS cells
        FROM grid g JOIN member m USING (area_code) JOIN (SELECT group_code, count(*) AS boroughs FROM member
            GROUP BY 1) w USING (group_code)
        GROUP BY g.measure_id, m.group_code, g.period, g.edition_id, w.boroughs HAVING count(*) = w.boroughs
        UNION ALL BY NAME
        SELECT g.measure_id, '{LONDON}' AS area_code, '' AS breakdown, g.period, g.edition_id, sum(g.value) AS value,
            'final' AS status,
               'sum of ' || count(*) || ' areas in the file' AS cells
        FROM grid g GROUP BY ALL""")
    connection.execute("""
        INSERT INTO edition_value BY NAME
        SELECT c.measure_id, o.area_code, o.breakdown, o.period, o.edition_id, o.value, o.status,
            o.sheet_column || o.sheet_row AS cells
        FROM observation o JOIN edition e USING (edition_id)
        JOIN concordance c ON c.source_id = e.source_id AND c.form = e.form AND c.series = o.series
        WHERE c.measure_id NOT IN (SELECT measure_id FROM added_up_measure)""")
    connection.execute("DROP TABLE summed; DROP TABLE grid")


def current_values(
    connection: duckdb.DuckDBPyConnection, into: str, as_of: date | None = None, measure_id: str | None = None
) -> None:
    """Make the temporary table `into`, with the columns of `measure_value`: what we say, as of a date.

    Args:
        connection: where `edition`, `edition_value`, `observation` (for populations) and the definitions are visible.
        into: name of the table to make.
        as_of: leave out every edition published after it; None for all.
        measure_id: one base measure only; None for all.

    What is added up takes, month by month, the newest edition whose categories may be joined to the newest one held. What is as
    published is taken whole from the newest edition and never spliced, or, where the source does not restate its whole series,
    point by point from the newest edition that has it.
    """
    last = as_of or FAR_FUTURE
    connection.execute("CREATE OR REPLACE TEMP TABLE candidate AS " + _CANDIDATES, [last, measure_id, measure_id])
    connection.execute("CREATE OR REPLACE TEMP TABLE base_value AS " + _NEWEST)
    connection.execute("CREATE OR REPLACE TEMP TABLE people AS " + _PEOPLE, [last])
    # A measure that ended long ago has no provisional month: only the newest month of the newest file is still on the move.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE newest_month AS SELECT source_id, max(last_period) AS period FROM edition "
        "WHERE published_on <= ? AND source_id IN (SELECT source_id FROM moving_source) GROUP BY 1",
        [last],
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE shown AS " + _SHOWN)
    _limits(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {_WITH_LIMITS}")


_CANDIDATES = """
    SELECT v.*, e.published_on, e.last_period, e.form, e.source_id, m.measure_id IS NOT NULL AS is_added_up,
           coalesce(j.link = 'not_comparable', false) AS apart
    FROM edition_value v JOIN edition e USING (edition_id)
    LEFT JOIN added_up_measure m ON m.measure_id = v.measure_id
    LEFT JOIN (SELECT DISTINCT measure_id, source_id, form, link FROM concordance) j
           ON j.measure_id = v.measure_id AND j.source_id = e.source_id AND j.form = e.form
    WHERE e.published_on <= ? AND (?::VARCHAR IS NULL OR v.measure_id = ?)"""

_NEWEST = """
    WITH newest AS (SELECT measure_id, arg_max(apart, (published_on, last_period, edition_id)) AS apart FROM candidate
        WHERE is_added_up GROUP BY 1),
         added_up AS (SELECT c.* FROM candidate c JOIN newest n ON n.measure_id = c.measure_id AND n.apart = c.apart
             WHERE c.is_added_up),
         month_edition AS (SELECT measure_id, period, arg_max(edition_id, (published_on, edition_id)) AS edition_id
             FROM added_up GROUP BY 1, 2),
         other AS (SELECT c.*, CASE WHEN s.measure_id IS NULL THEN '' ELSE c.period END AS piece
                   FROM candidate c LEFT JOIN spliced_measure s USING (measure_id) WHERE NOT c.is_added_up),
         piece_edition AS (SELECT measure_id, area_code, breakdown, piece, arg_max(edition_id, (published_on, last_period,
             edition_id)) AS edition_id
                           FROM other GROUP BY 1, 2, 3, 4)
    SELECT c.measure_id, c.area_code, c.breakdown, c.period, c.edition_id, c.value, c.status, c.cells, c.is_added_up
    FROM added_up c JOIN month_edition USING (measure_id, period, edition_id)
    UNION ALL
    SELECT c.measure_id, c.area_code, c.breakdown, c.period, c.edition_id, c.value, c.status, c.cells, c.is_added_up
    FROM other c JOIN piece_edition USING (measure_id, area_code, breakdown, piece, edition_id)"""

# Residents at mid-year, by the estimates out at the date, or by the first held where none was. A BCU has its boroughs'
# residents, London those of the 32 boroughs the force polices.
_PEOPLE = f"""
    WITH held AS (SELECT o.area_code, o.period::INTEGER AS year, arg_max(o.value, (e.published_on, e.edition_id)) AS residents
                  FROM observation o JOIN edition e USING (edition_id)
                  WHERE o.series = 'population' AND e.published_on <= greatest(?, (SELECT min(published_on) FROM edition
                      WHERE edition_id IN (SELECT edition_id FROM observation WHERE series = 'population'))) GROUP BY 1, 2)
    SELECT area_code, year, residents FROM held WHERE area_code <> '{LONDON}'
    UNION ALL SELECT m.group_code, h.year, sum(h.residents) FROM held h JOIN member m USING (area_code) GROUP BY 1, 2
    UNION ALL SELECT '{LONDON}', h.year, sum(h.residents) FROM held h JOIN force_member USING (area_code) GROUP BY 2"""

# A rate takes the residents of its year, or of the newest year estimated when that has not come out yet; before the first, none.
_SHOWN = f"""
    WITH dated AS (SELECT *, left(period, 4)::INTEGER AS year, left(period, 4)::INTEGER * 12 + substr(period, 6,
        2)::INTEGER - 1 AS month_number
                   FROM base_value WHERE is_added_up),
         rolling AS (SELECT measure_id, area_code, breakdown, period, edition_id, month_number, status, cells,
                            CASE WHEN count(value) OVER w = 12 THEN sum(value) OVER w END AS value,
                            (month_number - 6) // 12 AS year
                     FROM dated WINDOW w AS (PARTITION BY measure_id, area_code, breakdown
                     ORDER BY month_number RANGE BETWEEN 11 PRECEDING AND CURRENT ROW)),
         newest AS (SELECT measure_id, max(d.period) AS period
                    FROM dated d JOIN added_up_measure USING (measure_id) JOIN newest_month n USING (source_id)
                    GROUP BY measure_id, n.period HAVING max(d.period) = n.period),
         last_year AS (SELECT area_code, max(year) AS year FROM people GROUP BY 1),
         monthly AS (SELECT d.measure_id, d.area_code, d.breakdown, d.period, d.value AS numerator, p.residents AS denominator,
                            CASE WHEN d.period = n.period THEN 'provisional' ELSE d.status END AS status, d.edition_id, d.cells
                     FROM dated d LEFT JOIN newest n ON n.measure_id = d.measure_id LEFT JOIN last_year l
                         ON l.area_code = d.area_code
                     LEFT JOIN people p ON p.area_code = d.area_code AND p.year = least(d.year, l.year)),
         yearly AS (SELECT r.measure_id, r.area_code, r.breakdown, r.period, r.value AS numerator, p.residents AS denominator,
                           CASE WHEN r.period = n.period THEN 'provisional' ELSE r.status END AS status, r.edition_id,
                           '12 months to ' || r.cells AS cells
                    FROM rolling r LEFT JOIN newest n ON n.measure_id = r.measure_id LEFT JOIN last_year l
                        ON l.area_code = r.area_code
                    LEFT JOIN people p ON p.area_code = r.area_code AND p.year = least(r.year, l.year)
                        WHERE r.value IS NOT NULL)
    SELECT form_id AS measure_id, area_code, breakdown, period, numerator AS value, numerator, denominator, status, edition_id,
        cells, 1.0 AS scale, measure_id AS base
    FROM monthly JOIN measure_form USING (measure_id) WHERE form = 'count'
    UNION ALL SELECT form_id, area_code, breakdown, period, numerator * {RATE_PER}.0 / denominator, numerator, denominator,
        CASE WHEN denominator IS NULL THEN 'unavailable' ELSE status END, edition_id, cells, {RATE_PER}.0 / denominator,
        measure_id
    FROM monthly JOIN measure_form USING (measure_id) WHERE form = 'rate'
    UNION ALL SELECT form_id, area_code, breakdown, period, numerator, numerator, denominator, status, edition_id, cells, 1.0,
        measure_id
    FROM yearly JOIN measure_form USING (measure_id) WHERE form = 'rolling_year'
    UNION ALL SELECT form_id, area_code, breakdown, period, numerator * {RATE_PER}.0 / denominator, numerator, denominator,
        CASE WHEN denominator IS NULL THEN 'unavailable' ELSE status END, edition_id, cells, {RATE_PER}.0 / denominator,
        measure_id
    FROM yearly JOIN measure_form USING (measure_id) WHERE form = 'rolling_year_rate'
    UNION ALL SELECT measure_id, area_code, breakdown, period, value, NULL, NULL, status, edition_id, cells, NULL, measure_id
    FROM base_value WHERE NOT is_added_up"""

_WITH_LIMITS = """
    SELECT s.measure_id, s.area_code, s.breakdown, s.period, s.value, s.numerator, s.denominator, l.lower * s.scale AS lower,
        l.upper * s.scale AS upper,
           s.status, s.edition_id, s.cells
    FROM shown s LEFT JOIN limited_measure m ON m.measure_id = s.base
    LEFT JOIN poisson_limit l ON l.count = CASE WHEN m.measure_id IS NOT NULL THEN s.numerator END
    ORDER BY s.measure_id, s.area_code, s.breakdown, s.period"""


def _limits(connection: duckdb.DuckDBPyConnection) -> None:
    """The 95% Poisson limits (exact below 10, Byar's from 10) of each different count, worked out once."""
    counts = connection.execute(
        "SELECT DISTINCT numerator FROM shown JOIN limited_measure m ON m.measure_id = base WHERE numerator IS NOT NULL"
    ).fetchnumpy()["numerator"]
    values = np.asarray(counts, dtype=np.float64)
    limits = poisson_interval(values)
    connection.register("limits", pd.DataFrame({"count": values, "lower": limits.lower, "upper": limits.upper}))
    connection.execute("CREATE OR REPLACE TEMP TABLE poisson_limit AS SELECT * FROM limits")
    connection.unregister("limits")


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: Sequence[tuple[str, ...]]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(c + ' VARCHAR' for c in columns)})")
    connection.register("rows", pd.DataFrame(rows, columns=columns))
    connection.execute(f"INSERT INTO {name} SELECT * FROM rows")
    connection.unregister("rows")


def breaks(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `break_in_series`: the reference table by measure and area, and a break wherever two category schemes meet."""
    rows = []
    for form in catalogue.forms_by_id().values():
        touching = [b for b in reference.breaks() if any(fnmatchcase(form.base, pattern) for pattern in b.measures)]
        rows += [
            (form.id, area, b.start, b.end, b.what, b.kind, b.treatment, b.source, b.short)
            for b in touching
            for area in (
                ["*"] if b.areas == ("*",) else [c for c in reference.areas() if any(fnmatchcase(c, p) for p in b.areas)]
            )
        ]
    seams = connection.execute(
        f"""WITH london AS (SELECT v.measure_id, v.period, e.form, e.source_id FROM measure_value v
            JOIN edition e USING (edition_id)
                         WHERE v.area_code = '{LONDON}' AND v.breakdown = '' AND v.measure_id IN (SELECT measure_id
                             FROM added_up_measure)),
                linked AS (SELECT l.*, j.link FROM london l JOIN (SELECT DISTINCT measure_id, source_id, form, link
                    FROM concordance) j
                           USING (measure_id, source_id, form)),
                stepped AS (SELECT *, lag(link) OVER w AS before, lag(form) OVER w AS form_before
                    FROM linked WINDOW w AS (PARTITION BY measure_id ORDER BY period))
           SELECT measure_id, period, form_before, form FROM stepped WHERE before IS NOT NULL AND before <> link"""
    ).fetchall()
    for measure_id, period, before, after in seams:
        note = catalogue.join_note(measure_id, before) or catalogue.join_note(measure_id, after)
        start = first_day(period)
        rows += [
            (
                form.id,
                "*",
                start,
                None,
                f"The classification of offences changes here. {note}",
                "definition",
                "restart",
                "concordance of categories",
                "old categories end",
            )
            for form in catalogue.measure_forms(catalogue.measures()[measure_id])
        ]
    frame = pd.DataFrame(
        rows, columns=["measure_id", "area_code", "start", "end", "what", "kind", "treatment", "source", "short"]
    )
    connection.register("break_rows", frame)
    connection.execute(
        'INSERT INTO break_in_series SELECT measure_id, area_code, start::DATE, "end"::DATE, what, kind, treatment, '
        "source, short FROM break_rows"
    )
    connection.unregister("break_rows")
