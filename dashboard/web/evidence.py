"""The evidence a proposal is made on, as it stands in the live release: kept with the proposal, so it can be read later."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.table import Column, closed, data_table
from dashboard.components.verdict import verdict_mark
from dashboard.format import month, number, span
from dashboard.register.measures import candidates
from dashboard.web.measure_choices import measure_words

NOT_JUDGED = "Not judged in this release"


def evidence_sheet(area_code: str) -> Mapping[str, Any]:
    """Every measure a borough may choose, in the register's order, with what the live release says of it there.

    `letter` None: not judged. Plain JSON values.
    """
    return {"release": queries.release().name, "rows": [_row(measure, area_code) for measure in candidates().choosable]}


def evidence_table(sheet: Mapping[str, Any], *, is_kept: bool) -> Component:
    """The sheet as a table, closed until asked for. `is_kept`: it was kept with a proposal, and speaks of that day."""
    rows = [
        [
            measure_words(row["measure"]),
            verdict_mark(row["letter"]) if row["letter"] else NOT_JUDGED,
            number(row["observed"]) if row["observed"] is not None else "",
            span(number(row["lower"]), number(row["upper"])) if row["lower"] is not None and row["upper"] is not None else "",
            span(month(row["first"]), month(row["last"])) if row["first"] else "",
        ]
        for row in sheet["rows"]
    ]
    columns = (Column("Measure"), Column("Verdict"), Column("Recorded", True), Column("Expected", True), Column("From"))
    table = data_table(columns, rows, caption="Measures that may be chosen", stack=True)
    note = "As it stood when the proposal was first written." if is_kept else "It is kept with the proposal as it stands today."
    source = html.P(f"Release {sheet['release']}. {note}", className="source")
    summary = "What the figures said when it was written" if is_kept else "What the figures say here"
    return html.Div(closed(html.Div([table, source]), summary), className="gap")


def _row(measure_id: str, area_code: str) -> dict[str, Any]:
    try:
        found = queries.verdict(measure_id, area_code)
    except LookupError:
        found = None
    if found is None:
        return {
            "measure": measure_id,
            "letter": None,
            "observed": None,
            "lower": None,
            "upper": None,
            "first": None,
            "last": None,
        }
    first, last = found.window or (None, None)
    return {
        "measure": measure_id,
        "letter": found.state,
        "observed": found.observed,
        "lower": found.expected_lower,
        "upper": found.expected_upper,
        "first": first,
        "last": last,
    }
