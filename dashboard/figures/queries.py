"""Questions about places, measures, series, breaks and verdicts. What comes back always carries its passport."""

import difflib
from typing import Any

from sqlalchemy import func, select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import last_per_release, newest_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.measure_cards import measure_record
from dashboard.figures.queries_sources import editions
from dashboard.figures.records import Area, Back, Break, LongRun, Measure, MeasureSeries, Point, Release, Verdict
from dashboard.figures.survey_intervals import with_intervals
from etl import kinds, warehouse
from etl.core.areas import LONDON
from etl.core.period import first_day
from etl.core.reason import read_stored
from etl.core.state import State
from etl.definitions import catalogue

WHOLE_AREA = ""
"""The breakdown of a figure that is not broken down."""


@per_release
def release() -> Release:
    """The live release.

    Raises:
        WarehouseMissing: none has been built.
    """
    row = rows_of(select(warehouse.release))[0]
    e = warehouse.edition
    given = select(e.c.edition_id).where(e.c.published_on == row.published_on, e.c.published_basis == "given").limit(1)
    return record_of(Release, row, is_date_given=bool(rows_of(given)))


@per_release
def areas(kind: str | None = None) -> tuple[Area, ...]:
    """Every area, or those of one kind, in the order of the table of areas (boroughs A to Z)."""
    rows = rows_of(select(warehouse.area).order_by(warehouse.area.c.name))
    boroughs: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "borough" and row.parent:
            boroughs.setdefault(row.parent, []).append(row.area_code)
            boroughs.setdefault(LONDON, []).append(row.area_code)
    return tuple(
        record_of(Area, r, code=r.area_code, members=tuple(boroughs.get(r.area_code, ())))
        for r in rows
        if kind is None or r.kind == kind
    )


@per_release
def area(code: str) -> Area:
    """One area.

    Raises:
        LookupError: no area has that code; the message names the nearest.
    """
    by_code = {a.code: a for a in areas()}
    if code not in by_code:
        raise LookupError(f"there is no area “{code}”{_nearest(code, by_code)}")
    return by_code[code]


@per_release
def measures(theme: str | None = None, form: str | None = None) -> tuple[Measure, ...]:
    """Every measure with figures or awaiting its first, in every form, in catalogue order; or of one theme, or one form."""
    listed = {row.measure_id for row in rows_of(select(warehouse.measure_value.c.measure_id).distinct())}
    listed |= {m.id for m in catalogue.measures().values() if catalogue.sources()[m.source].is_awaited}
    records = (measure_record(f) for f in catalogue.forms_by_id().values() if f.base in listed)
    return tuple(m for m in records if (theme is None or m.theme == theme) and (form is None or m.form == form))


@per_release
def crimes(theme: str | None = None) -> tuple[Measure, ...]:
    """Every measure of offences by month that is also set beside residents, as a count; or those of one theme."""
    return tuple(m for m in measures(theme, "count") if kinds.of(m).has_residents)


@per_release
def measure(measure_id: str) -> Measure:
    """One measure.

    Raises:
        LookupError: no such measure; the message names the nearest.
    """
    forms = catalogue.forms_by_id()
    if measure_id not in forms:
        raise LookupError(f"there is no measure “{measure_id}”{_nearest(measure_id, forms)}")
    return measure_record(forms[measure_id])


@newest_per_release
def measure_series(measure_id: str, area_code: str, breakdown: str = WHOLE_AREA) -> MeasureSeries:
    """One measure for one area, oldest point first.

    Raises:
        LookupError: no such measure or area, or the measure has no figures there.
    """
    series = _series((measure_id,), (area(area_code).code,), breakdown)
    if not series:
        raise LookupError(f"{measure(measure_id).title} has no figures for {area(area_code).name}")
    return series[0]


@last_per_release
def area_series(area_code: str, measure_ids: tuple[str, ...]) -> tuple[MeasureSeries, ...]:
    """Several measures for one area, in the order asked, without those that have no figures there: one query for a page."""
    by_measure = {s.measure.id: s for s in _series(measure_ids, (area(area_code).code,))}
    return tuple(by_measure[m] for m in measure_ids if m in by_measure)


@last_per_release
def measure_by_area(measure_id: str, kind: str) -> tuple[MeasureSeries, ...]:
    """One measure in every area of a kind that has figures, A to Z: one query for small multiples or a map."""
    codes = [a.code for a in areas(kind)]
    by_area = {s.area.code: s for s in _series((measure_id,), tuple(codes))}
    return tuple(by_area[c] for c in codes if c in by_area)


@per_release
def breakdowns(measure_id: str, area_code: str) -> tuple[str, ...]:
    """The breakdowns a measure has in an area, such as the courts of a region, in order."""
    v = warehouse.measure_value
    rows = rows_of(
        select(v.c.breakdown).distinct().where(v.c.measure_id == measure_id, v.c.area_code == area_code).order_by(v.c.breakdown)
    )
    return tuple(str(r.breakdown) for r in rows if r.breakdown)


@last_per_release
def breakdown_series(measure_id: str, area_code: str) -> tuple[tuple[str, MeasureSeries], ...]:
    """(breakdown, series) for each breakdown a measure has in an area."""
    return tuple((b, measure_series(measure_id, area_code, b)) for b in breakdowns(measure_id, area_code))


def breaks(measure_id: str, area_code: str) -> tuple[Break, ...]:
    """The breaks that touch a measure in an area, oldest first."""
    return tuple(item for areas, item in _breaks().get(measure_id, ()) if area_code in areas or "*" in areas)


@per_release
def _breaks() -> dict[str, list[tuple[frozenset[str], Break]]]:
    """(area codes or "*", break) pairs by measure: read once, since a page of forty series asks forty times.

    A release repeats two dozen breaks for each measure and area they touch; here each is one record, each set of areas one set.
    """
    b = warehouse.break_in_series
    columns = [column for column in b.c if column is not b.c.area_code]
    statement = select(*columns, func.string_agg(b.c.area_code, " ").label("areas")).group_by(*columns)
    by_measure: dict[str, list[tuple[frozenset[str], Break]]] = {}
    one_of: dict[Any, Any] = {}
    for row in rows_of(statement.order_by(b.c.start, b.c.what)):
        areas, item = frozenset(row.areas.split()), record_of(Break, row)
        by_measure.setdefault(row.measure_id, []).append((one_of.setdefault(areas, areas), one_of.setdefault(item, item)))
    return by_measure


@per_release
def verdict(measure_id: str, area_code: str) -> Verdict | None:
    """What may be said about a base measure in an area; None where it has not been judged."""
    return _verdicts().get((measure_id, area_code))


@per_release
def verdicts() -> tuple[Verdict, ...]:
    """Every verdict of the release."""
    return tuple(_verdicts().values())


@per_release
def _verdicts() -> dict[tuple[str, str], Verdict]:
    by_measure_and_area = {}
    views = _long_runs()
    for row in rows_of(select(warehouse.verdict)):
        window = (row.window_first, row.window_last) if row.window_first else None
        verdict_of_row = record_of(
            Verdict,
            row,
            state=State(row.state),
            window=window,
            reason=read_stored(row.reason),
            would_change=read_stored(row.would_change),
            caveat=read_stored(row.caveat),
            long_run=views.get((row.measure_id, row.area_code)),
        )
        by_measure_and_area[row.measure_id, row.area_code] = verdict_of_row
    return by_measure_and_area


def _long_runs() -> dict[tuple[str, str], LongRun]:
    """The longer view of every count that was judged, by measure and area."""
    t = warehouse.long_run
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in rows_of(select(t).order_by(t.c.years)):
        rows.setdefault((row.measure_id, row.area_code), []).append(row)
    return {
        pair: LongRun(
            tuple(record_of(Back, r) for r in of_pair), of_pair[0].record, of_pair[0].record_since, of_pair[0].known_from
        )
        for pair, of_pair in rows.items()
    }


def _series(measure_ids: tuple[str, ...], area_codes: tuple[str, ...], breakdown: str = WHOLE_AREA) -> list[MeasureSeries]:
    records = {m: measure(m) for m in measure_ids}
    v = warehouse.measure_value
    rows = rows_of(
        select(v)
        .where(v.c.measure_id.in_(measure_ids), v.c.area_code.in_(area_codes), v.c.breakdown == breakdown)
        .order_by(v.c.measure_id, v.c.area_code, v.c.period)
    )
    # A page has forty thousand points in three hundred periods.
    starts = {period: first_day(period) for period in {row.period for row in rows}}
    # The same few texts stand in every row: each is kept once.
    one_of: dict[str, str] = {}
    grouped: dict[tuple[str, str], list[Point]] = {}
    for row in rows:
        edition = one_of.setdefault(row.edition_id, row.edition_id)
        point = record_of(Point, row, start=starts[row.period], edition=edition, status=one_of.setdefault(row.status, row.status))
        grouped.setdefault((row.measure_id, row.area_code), []).append(point)
    cited = {c.edition: c for c in editions()}
    return [
        with_intervals(
            MeasureSeries(
                records[m],
                area(a),
                tuple(points),
                tuple(cited[e] for e in dict.fromkeys(p.edition for p in reversed(points))),
                breaks(m, a),
            )
        )
        for (m, a), points in grouped.items()
    ]


def _nearest(value: str, choices: dict[str, object] | dict[str, Area] | dict[str, catalogue.MeasureForm]) -> str:
    near = difflib.get_close_matches(value, list(choices), n=3, cutoff=0.5)
    return f"; nearest: {', '.join(near)}" if near else ""
