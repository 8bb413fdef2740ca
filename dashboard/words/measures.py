"""What a measure's page says: its finding, how far its figures have ranged, how its treatments of breaks read."""

from dashboard.figures.compare import break_inside, parting_breaks, year_on
from dashboard.figures.records import Area, Measure, MeasureSeries, Point, Verdict
from dashboard.words.facts import amount, in_brackets, interval_words, no_figure_sentence, share_words
from dashboard.words.lateness import nothing_since, nothing_since_month
from dashboard.words.moves import quiet_headline
from dashboard.words.sizes import size_of
from dashboard.words.summary import window_words
from etl.core.period import months_between, moved
from etl.core.state import JUDGED, QUIET, STRADDLES_RESTART
from etl.core.written import count_word, in_period, listed, month, months, period
from etl.definitions.calendar import Gap

TREATMENTS = {
    "restart": "Not compared across it; limits start again",
    "do_not_compare": "Not compared across it",
    "mark": "Marked only",
    "leave_out": "Months left out of expected ranges",
    "recast": "Earlier figures recast to match",
}
"""What is done about a break, by the treatment its table gives."""
JOINS = {
    "comparable": "comparable",
    "break": "comparable, with a break",
    "not_comparable": "not comparable",
}
"""How an older form's figures join the newest, in words."""
LEAST_FOR_RECORD = 24
"""Figures needed for the newest to be called the highest or the lowest."""


def in_place(area: Area) -> str:
    """The place with its preposition: "in London", "in the South Area command", "in England and Wales"."""
    if area.kind == "bcu":
        return f"in the {area.name} command"
    if area.kind == "region":
        return f"in the {area.name} court region"
    return f"in {area.name}"


def measure_headline(series: MeasureSeries, gap: Gap | None) -> str:
    """A page's opening: the newest figure and the one a year before, where they compare.

    "63,300 offences of violence with injury were recorded in London in the 12 months to December 2025; 64,000 in the 12
    months before". One sentence without its full stop, or several with those of the first ones; the last says that nothing is
    known since, once newer figures are late.
    """
    return f"{_newest_beside_the_year_before(series)}{nothing_since_month(gap)}"


def _newest_beside_the_year_before(series: MeasureSeries) -> str:
    pair = year_on(series)
    if pair is None or pair.newest.value is None:
        return no_figure_sentence(series).rstrip(".")
    measure, where = series.measure, in_place(series.area)
    sentence = f"{_opening(pair.newest, measure)} {where} {in_period(pair.newest.period, measure.period)}"
    is_year = measure.period == "rolling_year"
    if break_inside(series, pair.newest.period):
        return f"{sentence}. That total adds up two ways of counting."
    if pair.parted_by:
        return f"{sentence}. {'The 12 months before' if is_year else 'The year before'} cannot be compared."
    if pair.before is None or pair.before.value is None:
        return sentence
    earlier = "in the 12 months before" if is_year else in_period(pair.before.period, measure.period)
    return f"{sentence}; {share_words(pair.before, measure)} {earlier}"


def finding_headline(series: MeasureSeries, verdict: Verdict | None, gap: Gap | None) -> str | None:
    """What was concluded of recorded crime, as the page's opening without its full stop; None where nothing was.

    "Residential burglaries in London: no clear change from April to December 2025"; "Thefts from motor vehicles
    in London were 21% fewer than expected from April to November 2025 (11% to 31% fewer)".
    """
    if verdict is None or verdict.window is None or verdict.state not in JUDGED:
        return None
    noun = series.measure.noun
    what = f"{noun[:1].upper()}{noun[1:]} {in_place(series.area)}"
    ratio, lower, upper = verdict.ratio, verdict.ratio_lower, verdict.ratio_upper
    if verdict.state in QUIET or ratio is None or lower is None or upper is None:
        heading = quiet_headline(series.measure, verdict, in_place(series.area), window_words(*verdict.window))
        return f"{heading}{nothing_since(gap)}"
    size = size_of(ratio, lower, upper, is_count=True)
    return f"{what} were {size.than_expected} {window_words(*verdict.window)} ({size.interval}){nothing_since(gap)}"


def extent_sentence(series: MeasureSeries) -> str:
    """The record a series is at, or between which figures it has moved, since it could last be compared.

    "The monthly figure has stayed between 4,480 and 6,400 since March 2024": a heading, without its full stop.
    """
    measure, start = series.measure, comparable_from(series)
    known = sorted((p for p in series.known if p.period >= start), key=lambda p: (p.value or 0.0, p.start))
    if not known:
        return no_figure_sentence(series).rstrip(".")
    low, high = share_words(known[0], measure), share_words(known[-1], measure)
    which = {"month": "monthly", "quarter": "quarterly", "year": "yearly", "rolling_year": "12-month"}[measure.period]
    began = period(start, measure.period) if measure.period in {"quarter", "year"} else month(start)
    if is_scattered(series):
        many, last = count_word(len(known)).capitalize(), month(series.known[-1].period)
        return f"{many} single months are held from {began} to {last}, between {low} and {high}"
    if low == high:
        return f"The {which} figure has been {low} since {began}"
    record = _record(series, known, start)
    if record:
        newest = series.known[-1]
        when = in_period(newest.period, measure.period)
        return f"The {which} figure is at its {record} since {began}: {share_words(newest, measure)} {when}"
    return f"The {which} figure has stayed between {low} and {high} since {began}"


def _record(series: MeasureSeries, ordered: list[Point], start: str) -> str:
    """Highest or lowest where the newest figure is the record of those that can be compared; "" elsewhere."""
    newest = series.known[-1]
    if newest.period < start or len(ordered) < LEAST_FOR_RECORD:
        return ""
    return "highest" if newest.period == ordered[-1].period else "lowest" if newest.period == ordered[0].period else ""


def is_scattered(series: MeasureSeries) -> bool:
    """Whether more months are missing between a monthly series' first and last figure than are held."""
    known = series.known
    if series.measure.period != "month" or not known:
        return False
    return 2 * len(known) < months_between(known[0].period, known[-1].period) + 1


def comparable_from(series: MeasureSeries) -> str:
    """The first period of a series that can be compared with its newest."""
    if not series.points:
        return ""
    parted = parting_breaks(series)
    if not parted:
        return series.known[0].period if series.known else series.points[0].period
    after = [p.period for p in series.points if p.start >= parted[-1].start.replace(day=1)]
    # A rolling year is wholly after the break eleven months on.
    first = after[0] if after else series.points[-1].period
    return moved(first, 11) if series.measure.period == "rolling_year" else first


def mixed_years_sentence(series: MeasureSeries) -> str | None:
    """Which 12-month totals are not added up, for lying on both sides of a restart; None where none of those held does."""
    ends = [p.period for p in series.points if p.status == STRADDLES_RESTART]
    if not ends:
        return None
    firsts = [end for end in ends if moved(end, -1) not in ends]
    runs = [months(first, next(e for e in ends if e >= first and moved(e, 1) not in ends)) for first in firsts]
    return f"Twelve months ending {listed(tuple(runs))} lie on both sides of a restart and are not added up."


def better_words(measure: Measure) -> str:
    """Which way is better, with its condition: "Lower, if people are as ready to report as before."."""
    plain = {"lower": "Lower.", "higher": "Higher.", "neither": "Neither is better or worse."}[measure.better]
    return measure.better_note or plain


def _opening(point: Point, measure: Measure) -> str:
    size = amount(point.value if point.value is not None else 0.0, measure)
    size = f"{size[:1].upper()}{size[1:]}{in_brackets(point, measure)}"
    if measure.form in {"count", "rolling_year"}:
        return f"{size} {'was' if point.value == 1 else 'were'} recorded"
    return f"{measure.title.replace(': ', ', ')}: {size[:1].lower()}{size[1:]}"


def limits_words(point: Point, measure: Measure) -> str:
    """The 95% limits of a point as a range, or why there are none."""
    return interval_words(point, measure)
