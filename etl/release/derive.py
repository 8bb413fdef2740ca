"""Observations to the measures we publish: added up by the concordance, newest edition first, with rates and 12-month totals.

All of it is SQL (`sql/*.sql`) over the tables of `etl.warehouse`, so the same few statements make a whole release, one measure as
published on a past date, or a test on twelve rows.
"""

from collections.abc import Sequence
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from etl import kinds
from etl.core.areas import LONDON
from etl.core.period import first_day, last_day
from etl.core.sql_text import sql
from etl.core.state import STRADDLES_RESTART
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
    _written_restarts(connection)


def _written_restarts(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `written_restart`: measure, area, first day and label of each break that parts what is added up."""
    rows = [
        (measure_id, area, b.start.isoformat(), b.short)
        for measure_id, measure in catalogue.measures().items()
        if kinds.of(measure).is_added_up
        for b in reference.breaks_of(measure_id)
        if b.is_parting
        for area in b.area_codes
    ]
    _table(connection, "written_restart", ["measure_id", "area_code", "starts", "short"], rows)
    connection.execute("ALTER TABLE written_restart ALTER starts TYPE DATE")


def edition_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `edition_value`: every measure as each edition gives it, for boroughs, BCUs, London and the areas that are neither.

    A borough and offence without a row had none (the publisher leaves zeros out): such a sum is nought and its cells say so.
    A measure none of whose offences stands anywhere in an edition is not in it at all: that is missing, not nought.
    A BCU is the sum of its boroughs only where all are there; London is the sum of everything in the file.
    """
    _make(connection, "added_up", "offences_added_up")
    _make(connection, "place_period", "every_place_and_period")
    connection.execute("INSERT INTO edition_value BY NAME " + sql(__file__, "with_commands_and_london"), {"london": LONDON})
    connection.execute("INSERT INTO edition_value BY NAME " + sql(__file__, "as_published"))
    connection.execute("DROP TABLE added_up; DROP TABLE place_period")


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
    _make(connection, "candidate", "candidates", {"last": last, "measure": measure_id})
    _make(connection, "base_value", "newest_editions")
    _make(connection, "seam", "classifications_that_meet", {"london": LONDON})
    _make(connection, "restart", "restarts")
    _make(connection, "people", "residents", {"last": last, "london": LONDON, "population": POPULATION})
    # A measure that ended long ago has no provisional month: only the newest month of the newest file is still on the move.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE newest_month AS SELECT source_id, max(last_period) AS period FROM edition "
        "WHERE published_on <= ? AND source_id IN (SELECT source_id FROM moving_source) GROUP BY 1",
        [last],
    )
    _make(connection, "every_form", "every_form", {"rate_per": RATE_PER, "straddles": STRADDLES_RESTART})
    _limits(connection)
    _make(connection, into, "with_limits")


def _make(connection: duckdb.DuckDBPyConnection, table: str, name: str, parameters: dict[str, object] | None = None) -> None:
    """Make the temporary table `table` of the rows of the statement `name`."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql(__file__, name)}", parameters or {})


def _limits(connection: duckdb.DuckDBPyConnection) -> None:
    """The 95% Poisson limits (exact below 10, Byar's from 10) of each different count, worked out once."""
    counts = connection.execute(
        "SELECT DISTINCT numerator FROM every_form JOIN limited_measure m ON m.measure_id = base WHERE numerator IS NOT NULL"
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
    """Fill `break_in_series`: the reference table by measure and area, and a break wherever two category schemes meet.

    A break that began after a measure's last figure anywhere is none of its own. Expects what `current_values` leaves behind, and
    `measure_value`.
    """
    newest = connection.execute("SELECT measure_id, max(period) FROM measure_value GROUP BY 1").fetchall()
    ends = {measure_id: last_day(period) for measure_id, period in newest}
    rows = [
        (form.id, area, b.start, b.end, b.what, b.kind, b.treatment, b.source, b.short)
        for form in catalogue.forms_by_id().values()
        for b in reference.breaks_of(form.base)
        if form.id in ends and b.start <= ends[form.id]
        for area in b.area_codes
    ]
    seams = connection.execute("SELECT measure_id, period, form_before, form_after FROM seam").fetchall()
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
