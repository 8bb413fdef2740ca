"""Questions about editions: what each said, what each moved, and how a measure stands in each form of the published files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import newest_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import WHOLE_AREA, area, measure
from dashboard.figures.queries_sources import edition_names, edition_records
from dashboard.figures.records import Citation, Measure, Revision
from etl import warehouse
from etl.core.areas import LONDON
from etl.definitions import catalogue
from etl.definitions.survey_limits import is_surveyed, survey_limits


@dataclass(frozen=True)
class PublishedAs:
    """How a measure stands in one form: its categories there, and whether the result joins the newest form's.

    `join` is comparable, break or not_comparable; `note` says why where it is not comparable.
    """

    form: str
    title: str
    categories: tuple[str, ...]
    join: str
    note: str


@dataclass(frozen=True)
class Movement:
    """How much one edition moved London's figures of one measure, against each month's figure in the edition before it.

    Totals are over the `months` whose figure was held before; `largest_*` is the month that moved furthest.
    """

    measure: Measure
    label: str
    months: int
    months_moved: int
    old_total: float
    new_total: float
    largest_period: str
    largest_old: float
    largest_new: float


@dataclass(frozen=True)
class EditionFigure:
    """One period's figure in one edition: `label` is the edition in words, `order` sorts it."""

    period: str
    label: str
    order: str
    value: float | None


@dataclass(frozen=True)
class EditionChange:
    """One measure in London between one edition of recorded crime and the one before it, over the months both hold.

    `is_comparable` is False where the two count something else under its name: then nothing in it is a revision.
    """

    measure: Measure
    edition: Citation
    before: Citation
    is_comparable: bool
    months: int
    months_moved: int
    old_total: float
    new_total: float
    cells: int
    cells_moved: int
    largest_period: str
    largest_old: float
    largest_new: float


@per_release
def published_as(base: str) -> tuple[PublishedAs, ...]:
    """The concordance of one measure, newest form first; () for measures published under one name only.

    Raises:
        LookupError: no such measure.
    """
    definition = catalogue.measures()[measure(base).base]
    forms = catalogue.sources()[definition.source].forms
    names_by_form = catalogue.published_names(definition) if definition.published else ()
    return tuple(
        PublishedAs(form, forms[form].title, tuple(names.split("; ")), join, note) for form, names, join, note in names_by_form
    )


@per_release
def first_published_periods(measure_id: str, area_code: str, count: int) -> tuple[str, ...]:
    """The last period of each of the newest editions that hold the measure there, oldest first: each seen when it was new."""
    v, e = warehouse.edition_value, warehouse.edition
    newest = (
        select(func.max(v.c.period).label("period"))
        .join(e, e.c.edition_id == v.c.edition_id)
        .where(v.c.measure_id == measure_id, v.c.area_code == area_code, v.c.breakdown == WHOLE_AREA, e.c.part != "historical")
        .group_by(v.c.edition_id)
    )
    periods = sorted({str(r.period) for r in rows_of(newest)})
    return tuple(periods[-count:])


@newest_per_release
def edition_figures(measure_id: str, area_code: str = LONDON) -> tuple[EditionFigure, ...]:
    """Every figure every comparable edition gave of a measure in an area, by period, oldest edition first."""
    v, e = warehouse.edition_value, warehouse.edition
    statement = (
        select(v.c.period, e.c.label, e.c.form, e.c.source_id, v.c.value)
        .join(e, e.c.edition_id == v.c.edition_id)
        .where(v.c.measure_id == measure_id, v.c.area_code == area_code, v.c.breakdown == WHOLE_AREA)
        .order_by(v.c.period, e.c.published_on, e.c.edition_id)
    )
    other_forms = _forms_not_comparable(measure_id)
    rows = rows_of(statement)
    is_newest_other = bool(rows) and max(rows, key=lambda r: r.label).form in other_forms
    return tuple(
        EditionFigure(str(r.period), edition_names()[r.source_id, r.label], str(r.label), r.value)
        for r in rows
        if (r.form in other_forms) == is_newest_other
    )


@per_release
def movements(source_id: str) -> tuple[Movement, ...]:
    """How far each edition moved London, by measure in catalogue order, newest edition first.

    Figures of forms that cannot be joined are not set against each other; an edition that moved nothing is there too.
    """
    v, e = warehouse.edition_value, warehouse.edition
    order = (e.c.published_on, e.c.edition_id)
    series_key = (v.c.measure_id, v.c.period)
    figures = (
        select(
            v.c.measure_id,
            v.c.period,
            e.c.label,
            e.c.form,
            v.c.value.label("now"),
            func.lag(v.c.value).over(partition_by=series_key, order_by=order).label("before"),
            func.lag(e.c.form).over(partition_by=series_key, order_by=order).label("form_before"),
        )
        .join(e, e.c.edition_id == v.c.edition_id)
        .where(e.c.source_id == source_id, v.c.area_code == LONDON, v.c.breakdown == WHOLE_AREA)
        .subquery()
    )
    move_size = func.abs(figures.c.now - figures.c.before)
    statement = (
        select(
            figures.c.measure_id,
            figures.c.label,
            figures.c.form,
            figures.c.form_before,
            func.count().label("months"),
            func.count().filter(figures.c.now != figures.c.before).label("months_moved"),
            func.sum(figures.c.before).label("old_total"),
            func.sum(figures.c.now).label("new_total"),
            func.arg_max(figures.c.period, move_size).label("largest_period"),
            func.arg_max(figures.c.before, move_size).label("largest_old"),
            func.arg_max(figures.c.now, move_size).label("largest_new"),
        )
        .where(figures.c.before.is_not(None), figures.c.now.is_not(None))
        .group_by(figures.c.measure_id, figures.c.label, figures.c.form, figures.c.form_before)
        .order_by(figures.c.label.desc())
    )
    by_measure_and_edition: dict[tuple[str, str], Movement] = {}
    for r in rows_of(statement):
        other_forms, key = _forms_not_comparable(str(r.measure_id)), (str(r.measure_id), str(r.label))
        if (r.form in other_forms) != (r.form_before in other_forms):
            continue
        movement = record_of(Movement, r, measure=measure(key[0]), label=edition_names()[source_id, key[1]])
        by_measure_and_edition[key] = (
            _added_up(by_measure_and_edition[key], movement) if key in by_measure_and_edition else movement
        )
    ranks = {m: i for i, m in enumerate(catalogue.measures())}
    newest_first = sorted(by_measure_and_edition, key=lambda k: ([-int(n) for n in k[1].split("-")], ranks[k[0]]))
    return tuple(by_measure_and_edition[key] for key in newest_first)


@per_release
def revisions(measure_id: str, area_code: str, periods: tuple[str, ...]) -> tuple[Revision, ...]:
    """How each edition gave the figures of these periods, oldest edition first. Base measures only: editions hold no rates."""
    v, e = warehouse.edition_value, warehouse.edition
    rows = rows_of(
        select(v.c.period, e.c.edition_id, e.c.source_id, e.c.label, e.c.published_on, v.c.value)
        .join(e, e.c.edition_id == v.c.edition_id)
        .where(v.c.measure_id == measure_id, v.c.area_code == area_code, v.c.breakdown == WHOLE_AREA, v.c.period.in_(periods))
        .order_by(v.c.period, e.c.published_on, e.c.edition_id)
    )
    place = area(area_code)
    intervals: Sequence[tuple[float, float] | None] = [None] * len(rows)
    if is_surveyed(measure(measure_id)):
        intervals = survey_limits([r.value for r in rows], place.kind, len(place.members) or 1)
    return tuple(
        record_of(Revision, r, label=edition_names()[r.source_id, r.label], interval=limits)
        for r, limits in zip(rows, intervals, strict=True)
    )


@per_release
def edition_changes(source_id: str) -> tuple[EditionChange, ...]:
    """What the newest edition of a source changed in London, by measure, against the one before; () without two."""
    newest_first = editions_that_restate(source_id)
    return changes_between(newest_first[0], newest_first[1]) if len(newest_first) > 1 else ()


@per_release
def editions_that_restate(source_id: str) -> tuple[str, ...]:
    """The editions of a source that give newer months and restate older ones, newest first: all but its historical files."""
    e = warehouse.edition
    statement = (
        select(e.c.edition_id)
        .where(e.c.source_id == source_id, e.c.part != "historical")
        .order_by(e.c.published_on.desc(), e.c.edition_id)
    )
    return tuple(str(r.edition_id) for r in rows_of(statement))


@per_release
def changes_between(newer: str, older: str) -> tuple[EditionChange, ...]:
    """What one edition changed in London against an older one of its source, by measure; () where they share no month."""
    v = warehouse.edition_value
    cited = {r.citation.edition: r for r in edition_records()}
    edition, before = cited[newer], cited[older]
    new, old = v.alias("new"), v.alias("old")
    joined = select(new.c.measure_id, new.c.area_code, new.c.period, new.c.value.label("now"), old.c.value.label("before")).join(
        old,
        (new.c.measure_id == old.c.measure_id)
        & (new.c.area_code == old.c.area_code)
        & (new.c.period == old.c.period)
        & (new.c.breakdown == old.c.breakdown),
    )
    pairs = joined.where(new.c.edition_id == newer, old.c.edition_id == older).subquery()
    is_london = pairs.c.area_code == LONDON
    moved = func.abs(pairs.c.now - pairs.c.before)
    statement = select(
        pairs.c.measure_id,
        func.count().filter(is_london).label("months"),
        func.count().filter(is_london, pairs.c.now != pairs.c.before).label("months_moved"),
        func.sum(pairs.c.before).filter(is_london).label("old_total"),
        func.sum(pairs.c.now).filter(is_london).label("new_total"),
        func.count().filter(pairs.c.area_code.like("E09%")).label("cells"),
        func.count().filter(pairs.c.area_code.like("E09%"), pairs.c.now != pairs.c.before).label("cells_moved"),
        func.arg_max(pairs.c.period, moved).filter(is_london).label("largest_period"),
        func.arg_max(pairs.c.before, moved).filter(is_london).label("largest_old"),
        func.arg_max(pairs.c.now, moved).filter(is_london).label("largest_new"),
    ).group_by(pairs.c.measure_id)
    by_measure = {r.measure_id: r for r in rows_of(statement) if r.months}
    return tuple(
        record_of(
            EditionChange,
            by_measure[m],
            measure=measure(m),
            edition=edition.citation,
            before=before.citation,
            is_comparable=(edition.form in _forms_not_comparable(m)) == (before.form in _forms_not_comparable(m)),
        )
        for m in catalogue.measures()
        if m in by_measure
    )


@per_release
def newest_of_source() -> dict[str, str]:
    """The newest edition of each source that is held, by source."""
    newest: dict[str, str] = {}
    for record in edition_records():
        newest.setdefault(record.citation.source, record.citation.edition)
    return newest


def _added_up(part: Movement, other_part: Movement) -> Movement:
    """Two parts of one edition (its recent and its historical file) added up."""
    larger = max(part, other_part, key=lambda m: abs(m.largest_new - m.largest_old))
    return replace(
        larger,
        months=part.months + other_part.months,
        months_moved=part.months_moved + other_part.months_moved,
        old_total=part.old_total + other_part.old_total,
        new_total=part.new_total + other_part.new_total,
    )


@per_release
def _forms_not_comparable(measure_id: str) -> frozenset[str]:
    """The forms in which a measure counts something else than in the newest."""
    lines: Iterable[catalogue.Concordance] = catalogue.concordance()
    return frozenset(line.form for line in lines if line.measure_id == measure_id and line.join == "not_comparable")
