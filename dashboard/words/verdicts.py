"""What may be concluded, in words: one sentence for each state a verdict can be in, refusals included."""

from dataclasses import replace

from dashboard.figures.compare import at, newest, parting_breaks
from dashboard.figures.records import Measure, MeasureSeries, Verdict
from dashboard.words.facts import amount, bare, break_sentence, in_brackets, is_count
from dashboard.words.reasons import with_reason
from dashboard.words.sizes import figures_apart, size_words
from etl import kinds
from etl.core.period import months_between
from etl.core.reason import Code
from etl.core.reason_words import in_sentences, missing_figures
from etl.core.state import REFUSED, State
from etl.core.written import count_word, in_period, listed, month, months, number, percent, rounded, span
from etl.kinds.kind import Judging

STATES = {
    State.BETTER: "Better",
    State.WORSE: "Worse",
    State.CHANGED: "Changed",
    State.NO_CHANGE: "No significant change",
    State.PROVISIONAL: "Provisional",
    State.TOO_EARLY: "Too early to judge",
    State.BREAK: "Break in series",
    State.LATE: "Late",
    State.CANNOT_TELL: "Cannot tell",
}
"""The word that goes with each letter, everywhere."""

MEANS = {
    State.BETTER: "Outside what its own history gives, the good way",
    State.WORSE: "Outside what its own history gives, the bad way",
    State.CHANGED: "The same, where more is neither good nor bad",
    State.NO_CHANGE: "No further from what was expected than chance explains",
    State.PROVISIONAL: "A change that the newest month alone makes",
    State.TOO_EARLY: "Fewer points than the honest review needs",
    State.BREAK: "Before and after cannot be compared",
    State.LATE: "Three or more points that should exist are not held",
    State.CANNOT_TELL: "The figures cannot answer the question",
}

PAIR = 2
WHOLE_POINTS_FROM = 0.03
"""A visible change of three points or more is said in whole points."""
OUTSIDE = {
    "one month": "Outside that range because of one month alone; the others were not out of the ordinary.",
    "pattern": "Outside that range, with months far out on both sides: the time of year has moved, not the level.",
}
"""Why a figure outside its range is no verdict, by rule."""
OUTSIDE_BY_CHANCE = "Outside that range, but among so many series looked at together one as far out comes by chance too often."


def verdict_word(state: State) -> str:
    """The word for a state's letter.

    Raises:
        ValueError: the letter is none of ours.
    """
    try:
        return STATES[state]
    except KeyError:
        raise ValueError(f"{state!r} is not a verdict; known are {', '.join(STATES)}") from None


def verdict_sentence(series: MeasureSeries, verdict: Verdict, when: str | None = None) -> str:
    """What is said of one measure in one area, by the state of its verdict.

    B and W: "17,800 robberies from April to December 2025, 12% fewer than expected (6% to 19% fewer): about 270 fewer a month.
    Seen from May 2025." C adds that the direction is not judged; N gives the expected range and, for a place smaller than
    London, the smallest change that could be seen; P names the month it rests on; T, X, L and U say why there is no verdict.
    Months that are missing or too new to be judged are named. A survey is said beside the separate year before, a quarterly
    series beside its expected range. `when` stands for the words of the period where those of its kind do not fit.

    Raises:
        ValueError: the state is none of ours, or a judged state comes without its numbers.
    """
    if verdict.state not in STATES:
        raise ValueError(f"{verdict.state!r} is not a verdict; known are {', '.join(STATES)}")
    if verdict.state in REFUSED:
        return _refusal(series, verdict, when)
    if kinds.of(series.measure).judged is Judging.SURVEY_YEARS:
        return _survey(series, verdict)
    if verdict.state == State.CANNOT_TELL:
        return _cannot_tell(series, verdict, when)
    return " ".join(part for part in _judged(series, verdict, when) if part)


def _judged(series: MeasureSeries, verdict: Verdict, when: str | None) -> tuple[str, ...]:
    """The sentences of a series that was judged."""
    measure, months_out = series.measure, unjudged_months(series, verdict)
    if verdict.state == State.NO_CHANGE:
        return _expected(measure, verdict, when), visible_sentence(series, verdict), months_out
    if verdict.state == State.PROVISIONAL:
        without = f"Without {month(_window(verdict)[1]).split()[0]} nothing would stand out."
        return _changed(measure, verdict, when), without, months_out
    direction = not_judged_sentence(measure) if verdict.state == State.CHANGED else ""
    return (
        _changed(measure, verdict, when),
        _one_side(verdict),
        _since(measure, verdict),
        in_sentences(verdict.caveat),
        direction,
        months_out,
    )


def without_visible(series: MeasureSeries, verdict: Verdict) -> str:
    """The verdict's sentence where what could have been seen is said apart from it."""
    return (
        verdict_sentence(series, replace(verdict, visible_change=None))
        if verdict.state == State.NO_CHANGE
        else verdict_sentence(series, verdict)
    )


def unjudged_months(series: MeasureSeries, verdict: Verdict) -> str:
    """Which months of a monthly count are missing among those judged, or held and too new; empty where none are."""
    if series.measure.period != "month" or verdict.window is None:
        return ""
    first, last = verdict.window
    missing = [p.period for p in series.points if first <= p.period <= last and p.value is None]
    new = [p.period for p in series.points if p.period > last and p.value is not None]
    sentences = []
    if missing:
        sentences.append(f"{_stretch(missing)} {'is' if len(missing) == 1 else 'are'} not held and not counted.")
    if new:
        sentences.append(
            f"{_stretch(new)} {'is' if len(new) == 1 else 'are'} too new to be judged: such months are still revised."
        )
    return " ".join(sentences)


def visible_sentence(series: MeasureSeries, verdict: Verdict) -> str:
    """The smallest change a borough's volume could have shown; empty where that is not said."""
    is_said = verdict.state == State.NO_CHANGE and series.area.kind != "force" and series.measure.period == "month"
    if not is_said or verdict.visible_change is None:
        return ""
    count = months_between(*_window(verdict)) + 1
    length = f"{count_word(count)} month{'' if count == 1 else 's'}"
    if verdict.visible_change >= 1:
        return f"At this volume {length} could not show even a doubling."
    seen = f"At this volume {length} can show a change of about {percent(verdict.visible_change)}."
    return f"{seen} A smaller change would not be visible."


def _changed(measure: Measure, verdict: Verdict, when: str | None) -> str:
    """Size with its range; beside the expected range where a series is too short for a ratio."""
    if verdict.observed is None or verdict.ratio_lower is None or verdict.ratio_upper is None or verdict.ratio is None:
        return _beside_range(measure, verdict, when)
    size = size_words(verdict.ratio, verdict.ratio_lower, verdict.ratio_upper, is_count=is_count(measure))
    return f"{_observed(measure, verdict, verdict.observed, when)}, {size}{_each_month(measure, verdict)}."


def _each_month(measure: Measure, verdict: Verdict) -> str:
    """How many more or fewer a month: ": about 270 fewer a month"; empty for one month, and for what is not counted by months."""
    first, last = _window(verdict)
    if (
        first == last
        or measure.period != "month"
        or not is_count(measure)
        or verdict.observed is None
        or verdict.expected is None
    ):
        return ""
    each = abs(verdict.observed - verdict.expected) / (months_between(first, last) + 1)
    word = "fewer" if verdict.ratio is not None and verdict.ratio < 1 else "more"
    return f": {'fewer than one' if each < 1 else f'about {rounded(each)}'} {word} a month"


def _one_side(verdict: Verdict) -> str:
    """Why quarters are a change though the newest is inside its range; empty where it is outside, and for months."""
    seen, low, high = verdict.observed, verdict.expected_lower, verdict.expected_upper
    if (
        verdict.rule != "quarters"
        or seen is None
        or verdict.expected is None
        or low is None
        or high is None
        or not low <= seen <= high
    ):
        return ""
    upper = seen > verdict.expected
    return (
        f"The newest four quarters all lie in the {'upper' if upper else 'lower'} half of that range, two or more near its edge."
    )


def _since(measure: Measure, verdict: Verdict) -> str:
    """From when the change is seen, where that is not the first month judged."""
    first = _window(verdict)[0]
    if measure.period != "month" or verdict.since is None or verdict.since == first:
        return ""
    if verdict.since > first:
        return f"Seen from {month(verdict.since)}."
    return f"Seen from about {month(verdict.since)}, within the months it is compared with, so its size is understated."


def _expected(measure: Measure, verdict: Verdict, when: str | None) -> str:
    sentence = _beside_range(measure, verdict, when)
    if verdict.observed is None or verdict.expected_lower is None or verdict.expected_upper is None:
        return sentence
    is_inside = verdict.expected_lower <= verdict.observed <= verdict.expected_upper
    return sentence if is_inside else f"{sentence} {OUTSIDE.get(verdict.rule, OUTSIDE_BY_CHANCE)}"


def _beside_range(measure: Measure, verdict: Verdict, when: str | None) -> str:
    if verdict.observed is None or verdict.expected_lower is None or verdict.expected_upper is None:
        raise ValueError(f"{verdict.measure} in {verdict.area}: state {verdict.state} without observed and its expected range")
    figure, low, high = figures_apart(measure, verdict.observed, verdict.expected_lower, verdict.expected_upper)
    more_digits = figure if figure != bare(verdict.observed, measure) else None
    observed = _observed(measure, verdict, verdict.observed, when, more_digits)
    return f"{observed}; {span(low, high)} {'were' if _is_plural(measure) else 'was'} expected."


def _survey(series: MeasureSeries, verdict: Verdict) -> str:
    """A share beside that of the separate year before, each with its interval, and how small a change could have been seen."""
    measure, (before, last) = series.measure, _window(verdict)
    if verdict.observed is None or verdict.expected is None:
        return with_reason("The figures cannot tell.", verdict)
    share = f"{bare(verdict.observed, measure)}{in_brackets(at(series, last), measure)}"
    now_words = _observed(measure, verdict, verdict.observed, None, share)
    before_words = f"{bare(verdict.expected, measure)}{in_brackets(at(series, before), measure)}"
    sentence = f"{now_words}; {before_words} in the 12 months before."
    if verdict.visible_change is None:
        return sentence
    points = number(verdict.visible_change * 100, 0 if verdict.visible_change >= WHOLE_POINTS_FROM else 1)
    return f"{sentence} Only a change of {points} points or more would be visible."


def _observed(measure: Measure, verdict: Verdict, observed: float, when: str | None = None, figure: str | None = None) -> str:
    """What was observed and when; `figure` stands in for the number where it needs more digits than usual."""
    first, last = _window(verdict)
    size = amount(observed, measure, figure)
    size = size[:1].upper() + size[1:]
    if first == last or measure.period != "month":
        return f"{size} {when or in_period(last, measure.period)}"
    return f"{size} from {months(first, last)}"


def _stretch(periods: list[str]) -> str:
    """Months as one would say them: "August to December 2025"; with a gap between them each by itself."""
    is_whole = months_between(periods[0], periods[-1]) + 1 == len(periods)
    if not is_whole:
        return listed(tuple(month(p) for p in periods))
    return months(periods[0], periods[-1], joint="and" if len(periods) == PAIR else "to")


def _refusal(series: MeasureSeries, verdict: Verdict, when: str | None) -> str:
    if verdict.state == State.TOO_EARLY:
        return with_reason("Too early to judge.", verdict)
    if verdict.state == State.LATE:
        return _late(series, verdict, when)
    parted = parting_breaks(series)
    return break_sentence(parted[-1]) if parted else with_reason("Break in series.", verdict)


def _cannot_tell(series: MeasureSeries, verdict: Verdict, when: str | None) -> str:
    if verdict.observed is None or verdict.window is None:
        return with_reason("The figures cannot tell.", verdict)
    interval = in_brackets(at(series, verdict.window[1]), series.measure)
    return with_reason(f"{_observed(series.measure, verdict, verdict.observed, when)}{interval}.", verdict)


def _late(series: MeasureSeries, verdict: Verdict, when: str | None) -> str:
    last = newest(series)
    if last is None or last.value is None:
        return with_reason("No figure is held, so there is no verdict.", verdict)
    size = f"{amount(last.value, series.measure)}{in_brackets(last, series.measure)}"
    figure = f"{size} {when or in_period(last.period, series.measure.period)}"
    missing = next((missing_figures(r) for r in verdict.reason if r.code in (Code.LATE, Code.LATE_HERE)), "")
    newest_loaded = {"month": "the newest month held", "quarter": "the newest quarter held"}.get(
        series.measure.period, "the newest held"
    )
    return (
        f"{figure[:1].upper()}{figure[1:]}, {newest_loaded}. {missing or 'Later figures are not held'}, so there is no verdict."
    )


def not_judged_sentence(measure: Measure) -> str:
    """Why more is neither better nor worse, as the measure's own definition says it."""
    if measure.note_says_not_judged:
        return measure.better_note
    return " ".join(part for part in (measure.better_note, "Direction not judged.") if part)


def _window(verdict: Verdict) -> tuple[str, str]:
    if verdict.window is None:
        raise ValueError(f"{verdict.measure} in {verdict.area}: state {verdict.state} without the months it judges")
    return verdict.window


def _is_plural(measure: Measure) -> bool:
    return not measure.is_percentage
