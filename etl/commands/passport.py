"""One number's whole passport as (label, text) lines: its file and cells, earlier editions, and method."""

from etl import kinds
from etl.commands.lookup import Lookup
from etl.core.areas import LONDON
from etl.core.errors import NoSuchThing
from etl.core.period import last_day, month_label, month_number, year_of
from etl.core.sql_text import sql
from etl.core.state import STRADDLES_RESTART
from etl.definitions import catalogue, reference
from etl.definitions.survey_limits import is_surveyed
from etl.files import month_labels
from etl.judging import release_tables
from etl.judging.panel import PLACED_KINDS
from etl.kinds.kind import Judging
from etl.kinds.survey import DESIGN_EFFECT, YEARS_INTERVIEWS
from etl.release import derive

MOST_CELLS = 4
WORKED_OUT = f"not published: worked out from about {YEARS_INTERVIEWS:,} asked a year and a design effect of {DESIGN_EFFECT}"


def passport(lookup: Lookup, measure: str, area: str, period: str) -> list[tuple[str, str]]:
    """One number's whole passport as (label, text) lines: value, source, file, cells, editions before it, method, caveats.

    Raises:
        NoSuchThing: no such measure, area or period.
    """
    form, code = lookup.form_and_area(measure, area)
    period_label = month_labels.month_of(period) or period.upper()
    series = lookup.series(measure, area, None)
    rows = [r for r in series if r[3] == period_label]
    if not rows:
        periods = [str(r[3]) for r in series]
        raise NoSuchThing(f"{measure} in {code} has no {period!r}; it runs from {min(periods)} to {max(periods)}")
    definition = catalogue.measures()[form.base]
    lines: list[tuple[str, str]] = []
    for row in rows:
        lines += _one_number(lookup, form, definition, code, row)
    lines += [
        ("Definition", definition.definition),
        ("Method", _method(form, definition)),
        ("Counts", definition.counts),
        ("Leaves out", definition.leaves_out),
        *[("Caveat", c) for c in definition.caveats],
        *[("Break", f"{b[0]}: {b[1]} ({b[2]}; {b[3]})") for b in _breaks(lookup, form.id, code, period_label)],
    ]
    return lines


def _one_number(
    lookup: Lookup, form: catalogue.MeasureForm, definition: catalogue.Measure, code: str, row: tuple[object, ...]
) -> list[tuple[str, str]]:
    _, _, breakdown, period, value, numerator, denominator, lower, upper, status, edition_id, cells = row
    named = f" ({breakdown})" if breakdown else ""
    lines = [
        (
            "Number",
            f"{definition.title}, {form.form.replace('_', ' ')}, {reference.areas()[code].name}{named}, "
            f"{period}: {_value_text(value)}",
        ),
        ("Status", str(status)),
    ]
    if status == STRADDLES_RESTART:
        lines.append(("Missing because", str(cells)))
    if lower is not None:
        how = f"; {WORKED_OUT}" if is_surveyed(definition) else ""
        lines.append(("95% limits", f"{_value_text(lower)} to {_value_text(upper)}{how}"))
    if "rate" in form.form and numerator is not None:
        residents = f"{_value_text(denominator)} residents at mid-year (ONS)" if denominator else "no estimate of residents"
        lines.append(("Worked out", f"{_value_text(numerator)} offences x {catalogue.RATE_PER:,} / {residents}"))
    if "rolling" in form.form:
        lines += _twelve_months(lookup, form, code, str(period))
    else:
        lines += _edition_lines(lookup, str(edition_id))
        lines.append(("Cells", str(cells)))
        lines += [("Row", r) for r in _rows(lookup, definition, str(edition_id), code, str(breakdown), str(period))]
        unit = " offences" if "rate" in form.form else ""
        for label, published_on, earlier_value, earlier in _earlier(lookup, form.base, code, str(breakdown), str(period)):
            lines.append(("Edition said", f"{label} ({published_on}): {_value_text(earlier_value)}{unit}  [{earlier}]"))
    is_judged = kinds.of(definition).judged is Judging.MONTHLY_COUNTS and "rolling" not in form.form
    if is_judged and reference.areas()[code].kind in PLACED_KINDS:
        lines += _placed(lookup, form.base, code, str(period))
    if "rate" in form.form and denominator:
        lines += _residents(lookup, code, str(period), rolling="rolling" in form.form)
    return lines


def _twelve_months(lookup: Lookup, form: catalogue.MeasureForm, code: str, period: str) -> list[tuple[str, str]]:
    """Each month of the twelve with its cells, the editions they come from, and the twelve as each edition left them."""
    last = month_number(period)
    months = lookup.connection.execute(
        "SELECT period, value, cells, edition_id FROM measure_value WHERE measure_id = ? AND area_code = ? AND breakdown = '' "
        "AND period BETWEEN ? AND ? ORDER BY period",
        [form.base, code, month_label(last - 11), period],
    ).fetchall()
    lines = [("Month", f"{month}: {_value_text(value)}, {cells}  [{edition}]") for month, value, cells, edition in months]
    for edition_id in dict.fromkeys(edition for *_, edition in months):
        lines += _edition_lines(lookup, edition_id)
    derive.load_definitions(lookup.connection)
    earlier_editions = _earlier(lookup, form.base, code, "", period)
    for published_on in dict.fromkeys(row[1] for row in earlier_editions):
        derive.current_values(lookup.connection, "said_then", published_on, form.base)  # type: ignore[arg-type]
        figure_then = lookup.connection.execute(
            "SELECT value FROM said_then WHERE measure_id = ? AND area_code = ? AND period = ?", [form.id, code, period]
        ).fetchone()
        if figure_then:
            lines.append(("Editions said", f"by {published_on}: {_value_text(figure_then[0])}"))
    return lines


def _placed(lookup: Lookup, base: str, code: str, period: str) -> list[tuple[str, str]]:
    """How many of London's offences of that month have a borough on record: what is expected of a borough allows for it."""
    month_rows = lookup.connection.execute(
        "SELECT area_code, period, value FROM measure_value WHERE measure_id = ? AND period = ? AND breakdown = '' "
        "AND value IS NOT NULL",
        [base, period],
    ).fetchall()
    if code not in {area for area, *_ in month_rows}:
        return []
    share = float(release_tables.placed_share(month_rows, [period])[0])
    text = (
        f"{share:.2%} of London's offences of {period} have a borough on record. The figure is as published; what is expected of "
        "a borough allows for it."
    )
    return [("Placed", text)]


def _residents(lookup: Lookup, code: str, period: str, *, rolling: bool) -> list[tuple[str, str]]:
    """Where the residents a rate is divided by stand: the estimate of the year, or the newest, of each borough of the area."""
    year = (month_number(period) - 6) // 12 if rolling else year_of(period)
    boroughs = reference.members(code) or (code,)
    rows = lookup.connection.execute(
        sql(__file__, "residents_behind"),
        {"population": derive.POPULATION, "areas": list(boroughs), "year": year},
    ).fetchall()
    if not rows:
        return []
    more = f" and {len(rows) - MOST_CELLS} more cells" if len(rows) > MOST_CELLS else ""
    listed = ", ".join(cell for _, _, cell, _ in rows[:MOST_CELLS]) + more
    years = ", ".join(sorted({estimate for estimate, *_ in rows}))
    lines = [("Residents", f"mid-{years}: {_value_text(sum(value for _, value, *_ in rows))}, {listed}")]
    for edition_id in dict.fromkeys(edition for *_, edition in rows):
        lines += _edition_lines(lookup, edition_id)
    return lines


def _edition_lines(lookup: Lookup, edition_id: str) -> list[tuple[str, str]]:
    row = lookup.connection.execute(
        "SELECT s.title, s.publisher, s.landing_page, s.licence, e.edition_id, e.published_on, e.published_basis, "
        "e.form, e.file_name, e.sha256, e.accepted_reason "
        "FROM edition e JOIN source s USING (source_id) WHERE e.edition_id = ?",
        [edition_id],
    ).fetchone()
    labels = (
        "Source",
        "Publisher",
        "Page",
        "Licence",
        "Edition",
        "Published",
        "Date is",
        "Form",
        "File",
        "sha256",
        "Accepted because",
    )
    return [(label, str(text)) for label, text in zip(labels, row or (), strict=False) if text is not None]


def _rows(lookup: Lookup, definition: catalogue.Measure, edition_id: str, code: str, breakdown: str, period: str) -> list[str]:
    """The publisher's own rows behind a number: category, cell, figure; for London or a command, each category added up.

    Where the figure is one of a breakdown (a court of a region), only the rows of that one.
    """
    categories = sorted({c.series for c in catalogue.concordance() if c.measure_id == definition.id})
    rows = lookup.connection.execute(
        "SELECT series, sheet_column || sheet_row, value FROM observation WHERE edition_id = ? AND area_code = ? "
        "AND breakdown = ? AND period = ? AND list_contains(?, series) ORDER BY sheet_row",
        [edition_id, code, breakdown, period, categories],
    ).fetchall()
    if rows:
        return [f"{series}: {cell} = {_value_text(value)}" for series, cell, value in rows]
    # Not in the file under its own name: London is everything in it, a command its boroughs.
    inside = [] if code == LONDON else list(reference.members(code))
    sums = lookup.connection.execute(
        "SELECT series, any_value(sheet_column), count(*), sum(value) FROM observation WHERE edition_id = ? AND period = ? "
        "AND list_contains(?, series) AND (? OR list_contains(?, area_code)) GROUP BY 1 ORDER BY min(sheet_row)",
        [edition_id, period, categories, code == LONDON, inside],
    ).fetchall()
    return [f"{series}: {count} rows of column {column} = {_value_text(value)}" for series, column, count, value in sums]


def _earlier(lookup: Lookup, base: str, code: str, breakdown: str, period: str) -> list[tuple[object, ...]]:
    return lookup.connection.execute(
        "SELECT e.label, e.published_on, v.value, e.edition_id FROM edition_value v JOIN edition e USING (edition_id) "
        "WHERE v.measure_id = ? AND v.area_code = ? AND v.breakdown = ? AND v.period = ? ORDER BY e.published_on, e.edition_id",
        [base, code, breakdown, period],
    ).fetchall()


def _breaks(lookup: Lookup, measure_id: str, code: str, period: str) -> list[tuple[object, ...]]:
    """Breaks that began by the end of the period: a later one says nothing of its number."""
    return lookup.connection.execute(
        "SELECT start, what, treatment, source FROM break_in_series "
        "WHERE measure_id = ? AND area_code IN ('*', ?) AND start <= ? ORDER BY start",
        [measure_id, code, last_day(period)],
    ).fetchall()


def _method(form: catalogue.MeasureForm, definition: catalogue.Measure) -> str:
    kind = kinds.of(definition)
    if form.form == "value":
        return kind.counted
    rate = " Divided by residents at mid-year of that year (or the newest estimate where it has not come out), times 1,000."
    rolling = " The twelve months to and including the one named."
    limits = " Limits: exact Poisson below 10, Byar's from 10." if kind.has_limits else ""
    return kind.counted + (rolling if "rolling" in form.form else "") + (rate if "rate" in form.form else "") + limits


def _value_text(value: object) -> str:
    if value is None:
        return "no figure"
    number = float(str(value))
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.4f}"
