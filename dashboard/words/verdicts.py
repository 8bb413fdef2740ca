"""What may be concluded, in words: one sentence for each state a verdict can be in, refusals included."""

from dashboard.format import count_word, in_period, month, months, percent, span
from dashboard.format import period as period_text
from dashboard.periods import months_between, months_in
from dashboard.records import Measure, MeasureSeries, Verdict
from dashboard.words.compare import newest, parting_breaks
from dashboard.words.facts import amount, bare, break_sentence

STATES = {
    "B": "Better",
    "W": "Worse",
    "C": "Changed",
    "N": "No significant change",
    "P": "Provisional",
    "T": "Too early to judge",
    "X": "Break in series",
    "L": "Late",
    "U": "Cannot tell",
}
"""The word that goes with each letter, everywhere."""

MEANS = {
    "B": "Outside what its own history gives, the good way",
    "W": "Outside what its own history gives, the bad way",
    "C": "The same, where more is neither good nor bad",
    "N": "Inside the expected range",
    "P": "A change that the newest month alone makes",
    "T": "Fewer points than the honest review needs",
    "X": "Before and after cannot be compared",
    "L": "Three or more points that should exist are not held",
    "U": "The figures cannot answer the question",
}


def verdict_word(state: str) -> str:
    """The word for a state's letter.

    Raises:
        ValueError: the letter is none of ours.
    """
    try:
        return STATES[state]
    except KeyError:
        raise ValueError(f"{state!r} is not a verdict; known are {', '.join(STATES)}") from None


def verdict_sentence(series: MeasureSeries, verdict: Verdict) -> str:
    """What is said of one measure in one area, by the state of its verdict.

    B and W: "17,800 robberies from April to December 2025, 12% fewer than expected (6% to 19% fewer)." C adds that the
    direction is not judged; N gives the expected range and, for a place smaller than London, the smallest change that
    could be seen; P names the month it rests on; T, X, L and U say why there is no verdict.

    Raises:
        ValueError: the state is none of ours, or a judged state comes without its numbers.
    """
    match verdict.state:
        case "B" | "W":
            return _changed(series.measure, verdict)
        case "C":
            return f"{_changed(series.measure, verdict)} {_not_judged(series.measure)}"
        case "N":
            return f"{_expected(series.measure, verdict)}{_visible(series, verdict)}"
        case "P":
            _, last = _window(verdict)
            return f"{_changed(series.measure, verdict)} Without {month(last).split()[0]} there would be no signal."
        case "T":
            return _with_reason("Too early to judge.", verdict)
        case "X":
            parted = parting_breaks(series)
            return break_sentence(parted[-1]) if parted else _with_reason("Break in series.", verdict)
        case "L":
            return _late(series, verdict)
        case "U":
            return _with_reason("The figures cannot tell.", verdict)
        case _:
            raise ValueError(f"{verdict.state!r} is not a verdict; known are {', '.join(STATES)}")


def size_words(ratio: float, lower: float, upper: float, *, is_count: bool) -> str:
    """How far from expected, always with its range: "12% fewer than expected (6% to 19% fewer)".

    Twice or more is said as a multiple: "2.5 times what was expected (2.2 to 2.8 times)".
    """
    if ratio >= 2:
        return f"{ratio:.1f} times what was expected ({lower:.1f} to {upper:.1f} times)"
    less, more = ("fewer", "more") if is_count else ("lower", "higher")
    word = less if ratio < 1 else more
    sizes = sorted((abs(lower - 1), abs(upper - 1)))
    if (lower - 1) * (upper - 1) >= 0:
        return f"{percent(abs(ratio - 1))} {word} than expected ({span(percent(sizes[0]), percent(sizes[1]))} {word})"
    interval = f"{percent(1 - lower)} {less} to {percent(upper - 1)} {more}"
    return f"{percent(abs(ratio - 1))} {word} than expected ({interval})"


def list_sentence(changed: int, total: int, by_chance: float, noun: str) -> str:
    """A list with what chance would give: "26 of 384 borough series have changed. Fewer than 1 would by chance."."""
    verb = "has" if changed == 1 else "have"
    chance = "Fewer than 1" if by_chance < 1 else f"About {by_chance:.0f}"
    return f"{changed} of {total} {noun} {verb} changed. {chance} would by chance."


def _changed(measure: Measure, verdict: Verdict) -> str:
    if verdict.observed is None or verdict.ratio is None or verdict.ratio_lower is None or verdict.ratio_upper is None:
        raise ValueError(f"{verdict.measure} in {verdict.area}: state {verdict.state} without observed, ratio and its range")
    size = size_words(verdict.ratio, verdict.ratio_lower, verdict.ratio_upper, is_count=_is_count(measure))
    return f"{_observed(measure, verdict, verdict.observed)}, {size}."


def _expected(measure: Measure, verdict: Verdict) -> str:
    if verdict.observed is None or verdict.expected_lower is None or verdict.expected_upper is None:
        raise ValueError(f"{verdict.measure} in {verdict.area}: state N without observed and its expected range")
    low, high = bare(verdict.expected_lower, measure), bare(verdict.expected_upper, measure)
    verb = "were" if _is_count(measure) else "was"
    return f"{_observed(measure, verdict, verdict.observed)}; {span(low, high)} {verb} expected."


def _observed(measure: Measure, verdict: Verdict, observed: float) -> str:
    first, last = _window(verdict)
    said = amount(observed, measure)
    said = said[:1].upper() + said[1:]
    if first == last:
        return f"{said} in {period_text(last, measure.period)}"
    return f"{said} from {months(first, last)}" if measure.period == "month" else f"{said} to {period_text(last, measure.period)}"


def _visible(series: MeasureSeries, verdict: Verdict) -> str:
    if verdict.visible_change is None or series.area.kind == "force":
        return ""
    first, last = _window(verdict)
    step = months_in(series.measure.period) if series.measure.period == "quarter" else 1
    points = months_between(first, last) // step + 1
    unit = {"quarter": "quarter", "rolling_year": "year"}.get(series.measure.period, "month")
    unit = unit if points == 1 else f"{unit}s"
    return (
        f" At this volume {count_word(points)} {unit} can show a change of about {percent(verdict.visible_change)}."
        " A smaller change would not be visible."
    )


def _late(series: MeasureSeries, verdict: Verdict) -> str:
    last = newest(series)
    if last is None or last.value is None:
        return _with_reason("No figure is held, so there is no verdict.", verdict)
    said = f"{bare(last.value, series.measure)} {in_period(last.period, series.measure.period)}"
    said = said[:1].upper() + said[1:]
    why = verdict.reason.rstrip(".") or "Later figures are not held"
    return f"{said}, the newest {_noun(series.measure.period)} held. {why}, so there is no verdict."


def _noun(kind: str) -> str:
    return {"month": "month", "quarter": "quarter"}.get(kind, "year")


def _not_judged(measure: Measure) -> str:
    return f"More {'recorded' if _is_count(measure) else 'said'} can mean more reported: direction not judged."


def _with_reason(opening: str, verdict: Verdict) -> str:
    return f"{opening} {verdict.reason.rstrip('.')}." if verdict.reason else opening


def _window(verdict: Verdict) -> tuple[str, str]:
    if verdict.window is None:
        raise ValueError(f"{verdict.measure} in {verdict.area}: state {verdict.state} without the months it judges")
    return verdict.window


def _is_count(measure: Measure) -> bool:
    return measure.form in {"count", "rolling_year"}
