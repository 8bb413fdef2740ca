"""The only door to the warehouse. What comes out always carries its passport.

Every answer is a frozen record, kept in memory for the release it came from: a release never changes,
and a new one has a new name,
so nothing kept is ever out of date.
"""

import difflib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, Row, Select, func, select

from dashboard.measures import measure_record
from dashboard.records import Area, Break, CheckResult, Citation, Measure, MeasureSeries, Point, Release, Revision, Verdict
from dashboard.settings import Settings
from etl import catalogue, warehouse

P = ParamSpec("P")
T = TypeVar("T")

MOST_KEPT = 20_000
WHOLE_AREA = ""
"""The breakdown of a figure that is not broken down."""


@dataclass(frozen=True)
class EditionChange:
    """One measure in London between the newest edition of recorded crime and the one before it."""

    measure: Measure
    edition: Citation
    before: Citation
    months: int
    old_total: float
    new_total: float
    cells: int
    cells_moved: int
    largest_period: str
    largest_old: float
    largest_new: float


@dataclass(frozen=True)
class SourceRecord:
    """Where figures come from."""

    id: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    attribution: str
    cadence: str
    note: str


@dataclass(frozen=True)
class EditionRecord:
    """One file as one publisher released it, with what was counted in it."""

    citation: Citation
    form: str
    part: str
    rows: int
    areas: int
    series: int
    accepted_reason: str | None
    newest_total: float | None
    """London in its last month, recorded crime only."""


@dataclass(frozen=True)
class RejectedRow:
    """A part of an accepted file that was left out, and why."""

    edition: str
    where: str
    what: str
    reason: str


@dataclass(frozen=True)
class VerdictFamily:
    """The verdicts on recorded crime that are looked at as one list: of London, of boroughs, of commands.

    `by_chance` is how many of the `changed` chance alone would be expected to put there.
    """

    family: str
    tested: int
    changed: int
    by_chance: float


@dataclass(frozen=True)
class Refusal:
    """An addition that was refused; nothing it held is shown anywhere."""

    when: str
    files: tuple[str, ...]
    message: str
    reasons: tuple[str, ...]


@cache
def _settings() -> Settings:
    return Settings()


def warehouse_dir() -> Path:
    """Where the releases are."""
    return _settings().warehouse_dir


@lru_cache(maxsize=4)
def _engine(release: Path) -> Engine:
    return warehouse.open_release(release)


def _live() -> Path:
    return warehouse.current_release(warehouse_dir())


def per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers of a function for as long as the release it asked is the live one."""

    @lru_cache(maxsize=MOST_KEPT)
    def kept(_release: Path, arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> T:
        return answer(*arguments, **dict(options))

    @wraps(answer)
    def asked(*arguments: P.args, **options: P.kwargs) -> T:
        return kept(_live(), arguments, tuple(sorted(options.items())))

    return asked


def _rows(statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    with _engine(_live()).connect() as connection:
        return connection.execute(statement).all()


@per_release
def release() -> Release:
    """The live release.

    Raises:
        WarehouseMissing: none has been built.
    """
    row = _rows(select(warehouse.release))[0]
    return Release(row.name, row.built_at, row.data_to, row.published_on)


@per_release
def areas(kind: str | None = None) -> tuple[Area, ...]:
    """Every area, or those of one kind, in the order of the table of areas (boroughs A to Z)."""
    rows = _rows(select(warehouse.area).order_by(warehouse.area.c.name))
    boroughs: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "borough" and row.parent:
            boroughs.setdefault(row.parent, []).append(row.area_code)
            boroughs.setdefault("E12000007", []).append(row.area_code)
    found = [Area(r.area_code, r.name, r.kind, r.parent, tuple(boroughs.get(r.area_code, ())), r.note) for r in rows]
    return tuple(a for a in found if kind is None or a.kind == kind)


@per_release
def area(code: str) -> Area:
    """One area.

    Raises:
        LookupError: no area has that code; the message names the nearest.
    """
    known = {a.code: a for a in areas()}
    if code not in known:
        raise LookupError(f"no area {code!r}{_nearest(code, known)}")
    return known[code]


@per_release
def measures(theme: str | None = None, form: str | None = None) -> tuple[Measure, ...]:
    """Every measure in every form, in catalogue order; or those of one theme, or one form (count, rate, value, ...)."""
    found = (measure_record(f) for f in catalogue.forms_by_id().values())
    return tuple(m for m in found if (theme is None or m.theme == theme) and (form is None or m.form == form))


@per_release
def measure(measure_id: str) -> Measure:
    """One measure.

    Raises:
        LookupError: no such measure; the message names the nearest.
    """
    known = catalogue.forms_by_id()
    if measure_id not in known:
        raise LookupError(f"no measure {measure_id!r}{_nearest(measure_id, known)}")
    return measure_record(known[measure_id])


@per_release
def measure_series(measure_id: str, area_code: str, breakdown: str = WHOLE_AREA) -> MeasureSeries:
    """One measure for one area, oldest point first.

    Raises:
        LookupError: no such measure or area, or the measure has no figures there.
    """
    found = _series((measure_id,), (area(area_code).code,), breakdown)
    if not found:
        raise LookupError(f"{measure(measure_id).title} has no figures for {area(area_code).name}")
    return found[0]


@per_release
def area_series(area_code: str, measure_ids: tuple[str, ...]) -> tuple[MeasureSeries, ...]:
    """Several measures for one area, in the order asked, without those that have no figures there: one query for a page."""
    found = {s.measure.id: s for s in _series(measure_ids, (area(area_code).code,))}
    return tuple(found[m] for m in measure_ids if m in found)


@per_release
def measure_by_area(measure_id: str, kind: str) -> tuple[MeasureSeries, ...]:
    """One measure in every area of a kind that has figures, A to Z: one query for small multiples or a map."""
    codes = [a.code for a in areas(kind)]
    found = {s.area.code: s for s in _series((measure_id,), tuple(codes))}
    return tuple(found[c] for c in codes if c in found)


@per_release
def breakdowns(measure_id: str, area_code: str) -> tuple[str, ...]:
    """The breakdowns a measure has in an area, such as the courts of a region, in order."""
    v = warehouse.measure_value
    rows = _rows(
        select(v.c.breakdown).distinct().where(v.c.measure_id == measure_id, v.c.area_code == area_code).order_by(v.c.breakdown)
    )
    return tuple(str(r.breakdown) for r in rows if r.breakdown)


@per_release
def breakdown_series(measure_id: str, area_code: str) -> tuple[tuple[str, MeasureSeries], ...]:
    """(breakdown, series) for each breakdown a measure has in an area."""
    return tuple((b, measure_series(measure_id, area_code, b)) for b in breakdowns(measure_id, area_code))


@per_release
def revisions(measure_id: str, area_code: str, periods: tuple[str, ...]) -> tuple[Revision, ...]:
    """How each edition gave the figures of these periods, oldest edition first. Base measures only: editions hold no rates."""
    v, e = warehouse.edition_value, warehouse.edition
    rows = _rows(
        select(v.c.period, e.c.edition_id, e.c.label, e.c.published_on, v.c.value)
        .join(e, e.c.edition_id == v.c.edition_id)
        .where(v.c.measure_id == measure_id, v.c.area_code == area_code, v.c.breakdown == WHOLE_AREA, v.c.period.in_(periods))
        .order_by(v.c.period, e.c.published_on, e.c.edition_id)
    )
    return tuple(Revision(r.period, r.edition_id, month_words(r.label), r.published_on, r.value) for r in rows)


@per_release
def edition_changes(source_id: str) -> tuple[EditionChange, ...]:
    """What the newest edition of a source changed in London, by measure, against the one before; () without two."""
    e, v = warehouse.edition, warehouse.edition_value
    rows = _rows(
        select(e)
        .where(e.c.source_id == source_id, e.c.part != "historical")
        .order_by(e.c.published_on.desc(), e.c.edition_id)
        .limit(2)
    )
    if len(rows) < 2:
        return ()
    new, old = v.alias("new"), v.alias("old")
    joined = select(new.c.measure_id, new.c.area_code, new.c.period, new.c.value.label("now"), old.c.value.label("before")).join(
        old,
        (new.c.measure_id == old.c.measure_id)
        & (new.c.area_code == old.c.area_code)
        & (new.c.period == old.c.period)
        & (new.c.breakdown == old.c.breakdown),
    )
    pairs = joined.where(new.c.edition_id == rows[0].edition_id, old.c.edition_id == rows[1].edition_id).subquery()
    is_london = pairs.c.area_code == "E12000007"
    moved = func.abs(pairs.c.now - pairs.c.before)
    statement = select(
        pairs.c.measure_id,
        func.count().filter(is_london).label("months"),
        func.sum(pairs.c.before).filter(is_london).label("old_total"),
        func.sum(pairs.c.now).filter(is_london).label("new_total"),
        func.count().filter(pairs.c.area_code.like("E09%")).label("cells"),
        func.count().filter(pairs.c.area_code.like("E09%"), pairs.c.now != pairs.c.before).label("cells_moved"),
        func.arg_max(pairs.c.period, moved).filter(is_london).label("largest_period"),
        func.arg_max(pairs.c.before, moved).filter(is_london).label("largest_old"),
        func.arg_max(pairs.c.now, moved).filter(is_london).label("largest_new"),
    ).group_by(pairs.c.measure_id)
    known = {c.edition: c for c in editions(source_id)}
    found = {r.measure_id: r for r in _rows(statement)}
    return tuple(
        EditionChange(
            measure(m), known[rows[0].edition_id], known[rows[1].edition_id], r.months, r.old_total, r.new_total,
            r.cells, r.cells_moved,
            r.largest_period, r.largest_old, r.largest_new,
        )
        for m in catalogue.measures()
        if (r := found.get(m)) is not None
    )  # fmt: skip


@per_release
def sources() -> tuple[SourceRecord, ...]:
    """Every source, whether or not an edition of it is held."""
    s = warehouse.source
    rows = _rows(select(s).order_by(s.c.title))
    return tuple(
        SourceRecord(r.source_id, r.title, r.publisher, r.landing_page, r.licence, r.attribution, r.cadence, r.note) for r in rows
    )


@per_release
def editions(source_id: str | None = None) -> tuple[Citation, ...]:
    """Every edition held, newest first; or those of one source."""
    return tuple(r.citation for r in edition_records(source_id))


@per_release
def edition_records(source_id: str | None = None) -> tuple[EditionRecord, ...]:
    """Every edition held with what was counted in it, newest first; or those of one source."""
    e, s, v = warehouse.edition, warehouse.source, warehouse.edition_value
    statement = select(e, s.c.title, s.c.publisher, s.c.landing_page, s.c.licence, v.c.value.label("newest_total")).join(
        s, s.c.source_id == e.c.source_id
    )
    statement = statement.outerjoin(
        v,
        (v.c.edition_id == e.c.edition_id)
        & (v.c.measure_id == "total_recorded_crime")
        & (v.c.area_code == "E12000007")
        & (v.c.period == e.c.last_period),
    )
    if source_id is not None:
        statement = statement.where(e.c.source_id == source_id)
    rows = _rows(statement.order_by(e.c.published_on.desc(), e.c.last_period.desc(), e.c.edition_id))
    return tuple(
        EditionRecord(_citation(r), r.form, r.part, r.rows, r.areas, r.series, r.accepted_reason, r.newest_total) for r in rows
    )


@per_release
def checks(edition: str | None = None) -> tuple[CheckResult, ...]:
    """Every check of every edition, or of one."""
    c = warehouse.check_result
    statement = select(c) if edition is None else select(c).where(c.c.edition_id == edition)
    return tuple(CheckResult(r.edition_id, r.check, r.result, r.found) for r in _rows(statement.order_by(c.c.edition_id.desc())))


@per_release
def rejected_rows() -> tuple[RejectedRow, ...]:
    """Every part of an accepted file that was left out."""
    rows = _rows(select(warehouse.rejected_row))
    return tuple(RejectedRow(r.edition_id, r.where, r.what, r.reason) for r in rows)


def refusals() -> tuple[Refusal, ...]:
    """Every addition refused since the warehouse was made, newest first. Read afresh each time: it changes without a release."""
    path = warehouse_dir() / "refusals.jsonl"
    if not path.exists():
        return ()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Refusal(x["when"], tuple(x["files"]), x["message"], tuple(x["reasons"])) for x in reversed(lines))


def breaks(measure_id: str, area_code: str) -> tuple[Break, ...]:
    """The breaks that touch a measure in an area, oldest first."""
    return tuple(found for area, found in _breaks().get(measure_id, ()) if area in ("*", area_code))


@per_release
def _breaks() -> dict[str, list[tuple[str, Break]]]:
    """(area code or "*", break) pairs by measure: read once, since a page of forty series asks forty times."""
    b = warehouse.break_in_series
    found: dict[str, list[tuple[str, Break]]] = {}
    for measure_id, area_code, *facts in _rows(select(b).order_by(b.c.start, b.c.what)):
        found.setdefault(measure_id, []).append((area_code, Break(*facts)))
    return found


@per_release
def verdict(measure_id: str, area_code: str) -> Verdict | None:
    """What may be said about a base measure in an area; None where it has not been judged."""
    return _verdicts().get((measure_id, area_code))


@per_release
def verdicts() -> tuple[Verdict, ...]:
    """Every verdict of the release."""
    return tuple(_verdicts().values())


@per_release
def verdict_families() -> tuple[VerdictFamily, ...]:
    """How many series each list of verdicts tested, how many changed, and how many of those chance would give."""
    return tuple(VerdictFamily(r.family, r.tested, r.changed, r.by_chance) for r in _rows(select(warehouse.verdict_family)))


@per_release
def _verdicts() -> dict[tuple[str, str], Verdict]:
    found = {}
    for r in _rows(select(warehouse.verdict)):
        window = (r.window_first, r.window_last) if r.window_first else None
        found[r.measure_id, r.area_code] = Verdict(
            r.measure_id, r.area_code, r.state, r.since, window, r.observed, r.expected, r.expected_lower, r.expected_upper,
            r.ratio, r.ratio_lower, r.ratio_upper, r.q_value, r.visible_change, r.rule, r.reason,
        )  # fmt: skip
    return found


def month_words(label: str) -> str:
    """2026-01 as January 2026."""
    return f"{date(int(label[:4]), int(label[5:7]), 1):%B %Y}"


def _series(measure_ids: tuple[str, ...], area_codes: tuple[str, ...], breakdown: str = WHOLE_AREA) -> list[MeasureSeries]:
    records = {m: measure(m) for m in measure_ids}
    v = warehouse.measure_value
    columns = (v.c.period, v.c.value, v.c.numerator, v.c.denominator, v.c.lower, v.c.upper, v.c.status, v.c.edition_id, v.c.cells)
    rows = _rows(
        select(v.c.measure_id, v.c.area_code, *columns)
        .where(v.c.measure_id.in_(measure_ids), v.c.area_code.in_(area_codes), v.c.breakdown == breakdown)
        .order_by(v.c.measure_id, v.c.area_code, v.c.period)
    )
    grouped: dict[tuple[str, str], list[Point]] = {}
    for measure_id, area_code, period, *rest in rows:
        grouped.setdefault((measure_id, area_code), []).append(Point(period, _start(period), *rest))
    cited = {c.edition: c for c in editions()}
    return [
        MeasureSeries(
            records[m],
            area(a),
            tuple(points),
            tuple(cited[e] for e in dict.fromkeys(p.edition for p in reversed(points))),
            breaks(m, a),
        )
        for (m, a), points in grouped.items()
    ]


@cache
def _start(period: str) -> date:
    """First day of the month or quarter a period names."""
    if "Q" in period:
        return date(int(period[:4]), int(period[-1]) * 3 - 2, 1)
    return date(int(period[:4]), int(period[5:7]), 1)


def _citation(r: Row[*tuple[Any, ...]]) -> Citation:
    return Citation(
        r.edition_id, r.source_id, r.title, r.publisher, r.landing_page, r.licence, month_words(r.label),
        r.published_on, r.published_basis,
        r.file_name, r.sha256, r.first_period, r.last_period,
    )  # fmt: skip


def _nearest(value: str, known: dict[str, object] | dict[str, Area] | dict[str, catalogue.MeasureForm]) -> str:
    near = difflib.get_close_matches(value, list(known), n=3, cutoff=0.5)
    return f"; nearest: {', '.join(near)}" if near else ""
