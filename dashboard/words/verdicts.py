"""What may be concluded, in words: one sentence for each state a verdict can be in, refusals included."""

from dashboard.figures.compare import at, newest, parting_breaks
from dashboard.figures.records import Measure, MeasureSeries, Verdict
from dashboard.words.facts import amount, bare, break_sentence, in_brackets, is_count
from dashboard.words.moves import beside_london, direction_words, long_run_sentence, rests_on, to_last
from dashboard.words.reasons import with_reason
from dashboard.words.sizes import figures_apart, size_words
from etl import kinds
from etl.core.period import months_between
from etl.core.reason import Code
from etl.core.reason_words import in_sentences, missing_figures
from etl.core.state import QUIET, REFUSED, State
from etl.core.written import in_period, listed, month, months, number, rounded, span
from etl.kinds.kind import Judging

STATES = {
    State.BETTER: "Better",
    State.WORSE: "Worse",
    State.CHANGED: "Changed",
    State.APART: "Apart from London",
    State.LEANING: "Leaning, not proven",
    State.ON_YEAR: "Moved as expected",
    State.NO_CHANGE: "No clear change",
    State.PROVISIONAL: "Provisional",
    State.TOO_EARLY: "Too early to judge",
    State.BREAK: "Break in series",
    State.LATE: "Late",
    State.CANNOT_TELL: "Cannot tell",
}
"""The word that goes with each letter, everywhere."""

MEANS = {
    State.BETTER: "Moved the good way: rarely do so many move so far, and it is likely to last",
    State.WORSE: "Moved the bad way: rarely do so many move so far, and it is likely to last",
    State.CHANGED: "Moved in the same sense, where more is neither good nor bad",
    State.APART: "As expected by itself, but the rest of London moved away from it",
    State.LEANING: "It may have moved: outside what was expected, or likely to last, and not yet proven",
    State.ON_YEAR: "Up or down by a twentieth or more on the year before, and within what was expected",
    State.NO_CHANGE: "Within what was expected, and close to the year before or not clearly apart from it",
    State.PROVISIONAL: "It may have moved, and that rests on the newest month alone",
    State.TOO_EARLY: "Too few figures yet to judge by",
    State.BREAK: "Before and after cannot be compared",
    State.LATE: "Three or more points that should exist are not held",
    State.CANNOT_TELL: "The figures cannot answer the question",
}

PAIR = 2
WHOLE_POINTS_FROM = 0.03
"""A visible change of three points or more is said in whole points."""


def verdict_word(state: State) -> str:
    """The word for a state's letter.

    Raises:
        ValueError: the letter is none of ours.
    """
    try:
        return STATES[state]
    except KeyError:
        raise ValueError(f"{state!r} is not a verdict; known are {', '.join(STATES)}") from None


def verdict_words(verdict: Verdict) -> str:
    """The word for a verdict's letter, with the direction where the letter names none: "Leaning up, not proven"."""
    return direction_words(verdict) or verdict_word(verdict.state)


def verdict_sentence(series: MeasureSeries, verdict: Verdict, when: str | None = None) -> str:
    """What is said of one measure in one area, by the state of its verdict.

    B, W, C and M: "17,800 robberies from April to December 2025, 12% fewer than expected (6% to 19% fewer): about 270 fewer a
    month. Highly likely to last. Seen from May 2025. 9% fewer than in the same months a year before (5% to 13% fewer), the lowest
    since 2021." C adds that the direction is not judged; N and E give the expected range; P names the month it rests on; T, X, L
    and U say why there is no verdict.
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
    longer = long_run_sentence(measure, verdict)
    if verdict.state in QUIET:
        return _beside_range(measure, verdict, when), longer, months_out
    if verdict.state == State.APART:
        return _beside_range(measure, verdict, when), beside_london(verdict), longer, months_out
    direction = not_judged_sentence(measure) if verdict.state == State.CHANGED else ""
    return (
        _changed(measure, verdict, when),
        _one_side(verdict),
        to_last(verdict),
        rests_on(verdict),
        _since(measure, verdict),
        longer,
        in_sentences(verdict.caveat),
        direction,
        months_out,
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
    return f"Seen from {month(verdict.since)}."


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
