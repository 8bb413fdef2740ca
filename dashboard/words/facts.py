"""What the figures are, in sentences without a verdict: both numbers of a comparison, never a percentage of change."""

from math import hypot

from dashboard.figures.compare import YearOn, break_inside, is_parted_now, newest, parting_breaks, year_on
from dashboard.figures.records import Area, Break, Measure, MeasureSeries, Point
from etl.core.period import year_before
from etl.core.written import counted, in_period, month, percent, reason, rounded, sentences_of, singular, span
from etl.core.written import period as period_text
from etl.definitions.survey_limits import is_surveyed

NAMES = ("London", "Met", "Covid", "MOPAC", "Home Office", "Hillingdon")
"""Words that keep their capital inside a sentence, as far as the table of breaks begins with them."""


def amount(value: float, measure: Measure, figure: str | None = None) -> str:
    """A value in prose with what it counts: "17,800 robberies", "5.2 per 1,000 residents", "46%", "339 days".

    `figure` is written in place of the rounded value.
    """
    if measure.is_percentage:
        return figure or percent(value, measure.decimals)
    if measure.form in {"rate", "rolling_year_rate"}:
        return f"{figure or rounded(value, measure.decimals)} per 1,000 residents"
    if measure.unit in {"days", "weeks", "hours"}:
        return f"{figure or rounded(value, measure.decimals)} {singular(measure.unit) if value == 1 else measure.unit}"
    return f"no {measure.noun}" if value == 0 else counted(value, measure.noun, figure)


def interval_words(point: Point, measure: Measure) -> str:
    """Between which values a figure could lie, by its 95% limits: "45% to 47%"; "not published" where it has none."""
    if point.value is None or point.lower is None or point.upper is None:
        return "not published"
    return span(bare(point.lower, measure), bare(point.upper, measure))


def share_words(point: Point, measure: Measure) -> str:
    """A figure where what it counts has been named, a surveyed share with its interval: "46% (45% to 47%)", "17,800", "339"."""
    if point.value is None:
        return reason(point.status)
    return f"{bare(point.value, measure)}{in_brackets(point, measure)}"


def in_brackets(point: Point | None, measure: Measure) -> str:
    """The interval of a surveyed share, to follow it: " (45% to 47%)"; empty for every other figure."""
    if point is None or not is_surveyed(measure) or point.lower is None or point.upper is None:
        return ""
    return f" ({interval_words(point, measure)})"


def lowered(title: str) -> str:
    """A title inside a sentence: MOPAC keeps its capitals."""
    return title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def bare(value: float, measure: Measure) -> str:
    """The same value where what it counts has just been said: "17,800", "5.2", "46%", "none"."""
    if measure.is_percentage:
        return percent(value, measure.decimals)
    return "none" if value == 0 and is_count(measure) else rounded(value, measure.decimals)


def value_sentence(series: MeasureSeries) -> str:
    """The newest number and the one a year before, in one sentence.

    "1,900 robberies were recorded in December 2025; 2,180 in December 2024." For a survey each share's interval
    follows it in brackets. Across a break the earlier number is not put beside it: the sentence says why.
    """
    pair = year_on(series)
    if pair is None:
        return no_figure_sentence(series)
    return f"{_opening(pair.newest, series.measure)}{_year_before(pair, series.measure)}"


def year_before_sentence(series: MeasureSeries) -> str:
    """The number a year before by itself, for beside a sentence that has said the newest: "321 in October to December 2024."."""
    pair = year_on(series)
    if pair is None:
        return no_figure_sentence(series)
    sentence = _year_before(pair, series.measure).lstrip(";. ")
    return f"{sentence[:1].upper()}{sentence[1:]}"


def rolling_sentence(rolling: MeasureSeries) -> str:
    """Twelve months and the twelve before: "24,100 in the 12 months to December 2025; 27,200 in the 12 months before."."""
    pair = year_on(rolling)
    if pair is None or pair.newest.value is None:
        return no_figure_sentence(rolling)
    measure = rolling.measure
    first = _capital(f"{bare(pair.newest.value, measure)} {in_period(pair.newest.period, measure.period)}")
    return f"{first}{_year_before(pair, measure)}"


def rate_sentence(place: MeasureSeries, others: tuple[MeasureSeries, ...]) -> str:
    """The rate here beside other places for the same period, nearest first.

    "5.2 per 1,000 residents in the 12 months to December 2025; South Area 5.6, London 6.1."
    """
    last = newest(place)
    if last is None or last.value is None:
        return no_figure_sentence(place)
    other_places = [
        f"{other.area.name} {rounded(point.value, place.measure.decimals)}"
        for other in others
        for point in other.known
        if point.period == last.period and point.value is not None
    ]
    here = f"{_capital(amount(last.value, place.measure))} {in_period(last.period, place.measure.period)}"
    return f"{here}; {', '.join(other_places)}." if other_places else f"{here}."


def no_figure_sentence(series: MeasureSeries) -> str:
    """What is said in place of a number: nothing is held, or why the newest point has none."""
    if not series.points:
        return f"No figure is held for {series.area.name}."
    last = series.points[-1]
    if is_parted_now(series):
        return not_added_up_sentence(series, last.period)
    why = {
        "suppressed": "is hidden to protect people",
        "not published": "is not published",
        "not applicable": "does not apply",
    }.get(last.status, "is not held")
    return f"The figure for {series.area.name} {why}."


def not_added_up_sentence(series: MeasureSeries, period: str) -> str:
    """Why a total has no figure: "The 12 months to August 2024 lie on both sides of March 2024 and are not added up: ..."."""
    when = in_period(period, series.measure.period).removeprefix("in ")
    inside = break_inside(series, period)
    if inside is None:
        return f"{_capital(when)} lie on both sides of a restart and are not added up."
    return f"{_capital(when)} lie on both sides of {_when(inside)} and are not added up: {break_reason(inside)}."


def runs_to_sentence(what: str, last_period: str) -> str:
    """Recorded crime runs to December 2025."""
    return f"{_capital(what)} {'run' if what.endswith('s') else 'runs'} to {month(last_period)}."


def provisional_sentence(series: MeasureSeries) -> str | None:
    """December 2025 is provisional. None when the newest number is final."""
    last = newest(series)
    if last is None or last.status != "provisional":
        return None
    return f"{_capital(period_text(last.period, series.measure.period))} is provisional."


def break_sentence(item: Break) -> str:
    """Why two sides of a break are not set side by side."""
    return f"Figures before and after {_when(item)} cannot be compared: {break_reason(item)}."


def break_sentences(series: MeasureSeries) -> tuple[str, ...]:
    """One sentence for each break inside the points held that forbids a comparison, oldest first."""
    return tuple(break_sentence(parting) for parting in parting_breaks(series))


def survey_sentence(series: MeasureSeries, london: MeasureSeries | None) -> str:
    """A survey share with its interval, London's beside it, and what a borough's sample cannot show."""
    last = newest(series)
    if last is None or last.value is None:
        return no_figure_sentence(series)
    measure = series.measure
    sentence = f"{amount(last.value, measure)} {in_period(last.period, measure.period)}"
    beside = _same_period(london, last.period) if london else None
    if beside is not None and beside.value is not None and series.area.kind != "force":
        sentence += f"; London {share_words(beside, measure)}"
    if last.lower is None or last.upper is None:
        return f"{sentence}."
    interval = interval_words(last, measure)
    if last.denominator:
        sentence += f". With about {rounded(last.denominator)} interviews, {_owner(series.area)} figure could be {interval}"
    else:
        sentence += f". {_capital(_owner(series.area))} figure could be {interval}"
    cannot = _cannot_tell(series, last, beside)
    return f"{sentence}. {cannot}" if cannot else f"{sentence}."


def beside_london_sentence(series: MeasureSeries, london: MeasureSeries | None) -> str | None:
    """London's share for the newest period held here: "London 47% (46% to 48%) in the same 12 months."; None if none is."""
    last = newest(series)
    beside = _same_period(london, last.period) if london and last else None
    if beside is None or beside.value is None or series.area.kind == "force":
        return None
    return f"London {share_words(beside, series.measure)} in the same 12 months."


def _opening(point: Point, measure: Measure) -> str:
    value = point.value if point.value is not None else 0.0
    value_words = _capital(amount(value, measure, share_words(point, measure) if is_surveyed(measure) else None))
    when = in_period(point.period, measure.period)
    if is_count(measure) and measure.source.startswith("mps"):
        return f"{value_words} {'was' if value == 1 else 'were'} recorded {when}"
    return f"{value_words} {when}"


def _year_before(pair: YearOn, measure: Measure) -> str:
    is_rolling = measure.period == "rolling_year"
    when = "The 12 months before" if is_rolling else period_text(year_before(pair.newest.period), measure.period)
    if pair.parted_by:
        return f". {when} cannot be compared: {break_reason(pair.parted_by)}."
    if pair.before is None or pair.before.value is None:
        return f". {when} {'are' if is_rolling else 'is'} not held."
    earlier = "in the 12 months before" if is_rolling else in_period(year_before(pair.newest.period), measure.period)
    return f"; {share_words(pair.before, measure)} {earlier}."


def _same_period(series: MeasureSeries, period: str) -> Point | None:
    return next((point for point in series.known if point.period == period), None)


def _cannot_tell(series: MeasureSeries, last: Point, london: Point | None) -> str | None:
    """The refusal a borough's sample needs, when its interval reaches what it would be compared with."""
    if last.value is None or last.lower is None or last.upper is None or series.area.kind == "force":
        return None
    pair = year_on(series)
    named: list[str] = []
    if london is not None and london.value is not None and last.lower <= london.value <= last.upper:
        named.append(f"whether {series.area.name} differs from London")
    if pair and pair.before and _overlap(last, pair.before):
        named.append("from itself the year before" if named else f"whether {series.area.name} differs from the year before")
    return f"It cannot tell you {', or '.join(named)}." if named else None


def _overlap(one: Point, other: Point) -> bool:
    """Whether two separate samples could show the same share: their gap is inside its own 95% interval."""
    if one.value is None or one.lower is None or one.upper is None:
        return False
    if other.value is None or other.lower is None or other.upper is None:
        return False
    return abs(one.value - other.value) <= hypot((one.upper - one.lower) / 2, (other.upper - other.lower) / 2)


def is_count(measure: Measure) -> bool:
    """Whether a measure's figures are numbers of things, and not rates, shares or times."""
    return measure.form in {"count", "rolling_year"}


def _owner(area: Area) -> str:
    return f"{area.name}’{'' if area.name.endswith('s') else 's'}"


def _when(item: Break) -> str:
    return month(f"{item.start:%Y-%m}")


def break_reason(item: Break) -> str:
    """The first sentence of what happened, to stand after a colon: only a name keeps its capital."""
    what = sentences_of(item.what)[0].rstrip(".")
    return what if what.startswith(NAMES) else f"{what[:1].lower()}{what[1:]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
