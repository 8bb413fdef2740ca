"""The command `measures`."""

from etl.commands.arguments import Format
from etl.commands.printing import print_rows
from etl.definitions import catalogue


def command(output: Format = "table") -> None:
    """List the measures: every id `series` and `explain` take."""
    rows: list[tuple[object, ...]] = []
    for form in catalogue.forms_by_id().values():
        m = catalogue.measures()[form.base]
        length = "12 months" if "rolling" in form.form or m.period == "rolling_year" else m.period
        rows.append((form.id, m.title, form.form.replace("_", " "), length, _unit(form, m), m.better, m.source))
    print_rows(["measure", "title", "form", "period", "unit", "better", "source"], rows, output)


def _unit(form: catalogue.MeasureForm, measure: catalogue.Measure) -> str:
    return f"{measure.unit} per {catalogue.RATE_PER:,} residents" if "rate" in form.form else measure.unit
