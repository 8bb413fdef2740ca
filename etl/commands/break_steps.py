"""Steps of recording found in the live release, with what speaks for each and what was decided: `python -m etl breaks`."""

import csv
import io
from collections.abc import Sequence

import duckdb

from etl.core.areas import LONDON, UNKNOWN
from etl.core.written import count_word, month, percent, signed
from etl.definitions import catalogue, reference
from etl.judging import release_tables
from etl.judging.panel import Panel
from etl.judging.proposed_steps import all_steps, is_near, refusal_of, row_of, systems_changed
from etl.judging.recording_steps import Step
from etl.kinds.kind import Judging

COLUMNS = (
    "month", "measure", "area", "place", "change", "boroughs_together", "boroughs_asked", "deviations", "state", "why",
    "also_stepped", "systems_changed", "row",
)  # fmt: skip
UNDECIDED, REFUSED, LISTED = "undecided", "refused", "in the table"
FORCE_WIDE = f"E09*|BCU-*|{LONDON}|AIRPORTS|{UNKNOWN}"
SEEN_IN = "Seen in MPS Recorded Crime: Geographic Breakdown; cause not documented by the publisher"
Row = tuple[object, ...]


def rows(connection: duckdb.DuckDBPyConnection, since: str, *, is_undecided: bool) -> list[Row]:
    """A row with `COLUMNS` for each step, oldest first.

    Args:
        connection: the live release's tables.
        since: a month; steps before it are left out.
        is_undecided: only those that stand in no row of the breaks and that nobody refused.
    """
    every = (step for panel in _panels(connection) for step in all_steps(panel))
    steps = sorted(every, key=lambda step: (step.month, step.area, step.measure))
    kept = [_row(step, steps) for step in steps if step.month >= since]
    return [row for row in kept if not is_undecided or row[COLUMNS.index("state")] == UNDECIDED]


def sentence(number: int) -> str:
    """How many steps wait, for the end of the command."""
    return f"{count_word(number)} {'step waits' if number == 1 else 'steps wait'} for somebody to accept or refuse it"


def proposed_row(step: Step) -> str:
    """A row for the table of breaks, to be completed with what is known of the cause."""
    title = catalogue.measures()[step.measure].title
    place = "London" if step.area == LONDON else reference.areas()[step.area].name
    beside = "" if step.area == LONDON else ", beside the other boroughs"
    together = round(step.together * step.boroughs)
    what = (
        f"{title} {'rose' if step.size > 0 else 'fell'} {percent(abs(step.size))} for the time of year in {month(step.month)}, "
        f"in {together} of {step.boroughs} boroughs of {place}{beside}, and stayed. Treated as a break until the publisher says "
        "otherwise."
    )
    areas = FORCE_WIDE if step.area == LONDON else "|".join([step.area, *reference.members(step.area)])
    line = io.StringIO()
    cells = (f"{step.measure}*", areas, f"{step.month}-01", "", "step in one month", what, "system", "restart", SEEN_IN)
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _row(step: Step, steps: Sequence[Step]) -> Row:
    state, why = _decided(step)
    others = [s for s in steps if s.measure != step.measure and s.area == step.area and is_near(s.month, step.month)]
    also = [f"{other.measure} {signed(other.size * 100)}%" for other in others]
    own = row_of(step)
    systems = "; ".join(dict.fromkeys(f"{row.short} ({row.start:%Y-%m})" for row in systems_changed(step) if row != own))
    return (
        step.month, step.measure, step.area, reference.areas()[step.area].name, round(step.size, 3),
        round(step.together * step.boroughs), step.boroughs, step.far, state, why, "; ".join(also), systems, proposed_row(step),
    )  # fmt: skip


def _decided(step: Step) -> tuple[str, str]:
    row, refusal = row_of(step), refusal_of(step)
    if row is not None:
        return LISTED, f"{row.treatment}: {row.short}"
    return (UNDECIDED, "") if refusal is None else (REFUSED, f"{refusal.reason} {refusal.by}, {refusal.date}")


def _panels(connection: duckdb.DuckDBPyConnection) -> list[Panel]:
    crime = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panels = [release_tables.panel(connection, "measure_value", measure, {}) for measure in crime]
    return [panel for panel in panels if panel is not None]
