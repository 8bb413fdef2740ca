"""A measure's definition card in the form asked for: count, rate, 12-month total or 12-month rate."""

from functools import cache

from dashboard.figures.from_rows import record_of
from dashboard.figures.records import Measure
from etl.definitions import catalogue

FORM_TITLE = {
    "count": "{title}",
    "value": "{title}",
    "rate": "{title} per 1,000 residents",
    "rolling_year": "{title}, 12 months",
    "rolling_year_rate": "{title}, 12 months per 1,000 residents",
}
FORM_DECIMALS = {"rate": 2, "rolling_year_rate": 1}


@cache
def measure_record(form: catalogue.MeasureForm) -> Measure:
    """The definition of a measure, in one of its forms."""
    m = catalogue.measures()[form.base]
    is_rate = form.form in FORM_DECIMALS
    is_rolling = form.form.startswith("rolling") or m.period == "rolling_year"
    caveats = list(m.caveats)
    if is_rate:
        caveats.append("Per resident: people who visit or work in a place are not counted in it.")
    return record_of(
        Measure,
        m,
        id=form.id,
        base=form.base,
        form=form.form,
        title=FORM_TITLE[form.form].format(title=m.title),
        unit=f"{m.unit} per 1,000 residents" if is_rate else m.unit,
        period="rolling_year" if is_rolling else m.period,
        decimals=FORM_DECIMALS.get(form.form, m.decimals),
        read_beside=tuple(m.read_beside),
        caveats=tuple(caveats),
        published_as=tuple((row[0], row[1]) for row in catalogue.published_names(m)) if m.published else (),
        is_rolling=is_rolling,
    )
