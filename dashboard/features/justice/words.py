"""The Justice page in sentences: how long cases take, how many wait, and what was said of them years ago."""

from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries, Point, Verdict
from dashboard.words.lateness import nothing_since
from dashboard.words.verdicts import verdict_sentence
from etl.core.period import bounds, moved, year_before
from etl.core.reason import Code, has
from etl.core.state import CHANGES
from etl.core.written import count_word, in_period, month, percent, period, rounded
from etl.definitions.calendar import Gap

BASELINE_MONTHS = 36
SHORTEST_RUN = 2
"""From so many quarters running a rise or fall is told."""
ONLY_FINISHED_CASES = ("Only finished cases are timed.", "Old cases still open are in no figure here until they end.")
"""Why no time here is the time of the cases now waiting: (what is the case, what follows)."""


def justice_headline(median: MeasureSeries, mean: MeasureSeries, gap: Gap | None) -> str:
    """Both averages of the newest quarter, and to when they are known, as a heading without its last full stop."""
    last_median, last_mean = newest(median), newest(mean)
    if last_median is None or last_median.value is None:
        return "No time from offence to the end of a case is held"
    median_sentence = (
        f"Half of London’s Crown Court cases that finished {in_period(last_median.period, 'quarter')} took more than "
        f"{rounded(last_median.value)} days from offence to end"
    )
    if last_mean is None or last_mean.value is None or last_mean.period != last_median.period:
        return f"{median_sentence}{nothing_since(gap)}"
    return f"{median_sentence}. The average was {rounded(last_mean.value)}{nothing_since(gap)}"


def course_sentence(series: MeasureSeries, *, before: str) -> str:
    """Where a series stood at a date, and its highest: "It was 241 days in ...; 466 days at its highest, in ..."."""
    point_then = at(series, before)
    highest = max(series.known, key=lambda p: (p.value or 0.0, p.period))
    clauses = []
    if point_then is not None and point_then.value is not None:
        clauses.append(f"It was {_days(point_then, series)} {in_period(point_then.period, 'quarter')}")
    clauses.append(f"{_days(highest, series)} at its highest, {in_period(highest.period, 'quarter')}")
    sentence = "; ".join(clauses)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def running_sentence(series: MeasureSeries) -> str:
    """For how many quarters running a series has risen or fallen to its newest; empty below two."""
    values = [p.value for p in series.known if p.value is not None]
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    if not steps or steps[-1] == 0:
        return ""
    run_length = 0
    for step in reversed(steps):
        if step == 0 or (step > 0) != (steps[-1] > 0):
            break
        run_length += 1
    if run_length < SHORTEST_RUN:
        return ""
    return f"It has {'risen' if steps[-1] > 0 else 'fallen'} for {count_word(run_length)} quarters running."


def court_verdict_sentence(series: MeasureSeries, verdict: Verdict) -> str:
    """A quarterly verdict in full: its range, why a figure inside it is a sign, trial limits, which way it moves now."""
    sentences = [verdict_sentence(series, verdict, _at_quarter_end(series, verdict))]
    low, high, middle = verdict.expected_lower, verdict.expected_upper, verdict.expected
    if verdict.state in CHANGES and verdict.observed is not None and low is not None and high is not None and middle is not None:
        if low <= verdict.observed <= high:
            side = "below" if verdict.observed < middle else "above"
            sentences.append(
                f"All four quarters judged lay {side} the middle of that range, at least two of them near its edge or beyond: "
                "together that is more than chance."
            )
        sentences.append(f"{_baseline_sentence(series, verdict)} {running_sentence(series)}".strip())
    if has(verdict.reason, Code.TRIAL_LIMITS):
        sentences.append("Trial limits: too few quarters are held for settled ones.")
    return " ".join(sentences)


def open_sentence(known_age: MeasureSeries, share: MeasureSeries) -> str:
    """Open cases at the newest quarter's end, a year before, and how many of them are a year old."""
    last = newest(known_age)
    if last is None or last.value is None:
        return "No open case of London is held."
    year_ago, old_share = at(known_age, year_before(last.period)), at(share, last.period)
    sentence = f"{rounded(last.value)} London cases whose age is known were open at the end of {_quarter_end(last)}"
    if year_ago is not None and year_ago.value is not None:
        sentence += f"; {rounded(year_ago.value)} a year before"
    if old_share is not None and old_share.value is not None:
        sentence += f". {percent(old_share.value)} of them had been open a year or more"
    return f"{sentence}."


def share_headline(share: MeasureSeries, earlier: str) -> str:
    """The share of open cases that are a year old, now and at an earlier date."""
    last, earlier_point = newest(share), at(share, earlier)
    if last is None or last.value is None:
        return "The age of open cases is not held"
    sentence = f"{percent(last.value)} of London’s open cases are a year old or more"
    return (
        f"{sentence}; {percent(earlier_point.value)} were at the end of {_quarter_end(earlier_point)}"
        if earlier_point is not None and earlier_point.value is not None
        else sentence
    )


def flow_headline(received: MeasureSeries, finished: MeasureSeries) -> str:
    """Whether the Crown Court took in more cases than it finished in the newest quarter."""
    last_received = newest(received)
    last_finished = at(finished, last_received.period) if last_received else None
    if last_received is None or last_received.value is None or last_finished is None or last_finished.value is None:
        return "Cases received and finished are not held for the same quarter"
    difference, quarter = last_received.value - last_finished.value, in_period(last_received.period, "quarter")
    if difference == 0:
        return f"In England and Wales the Crown Court finished as many cases as it received {quarter}"
    difference_words = f"{rounded(abs(difference))} {'more' if difference > 0 else 'fewer'}"
    return f"In England and Wales the Crown Court received {difference_words} cases than it finished {quarter}"


def then_sentence(series: MeasureSeries, quarter: str, subject: str) -> str:
    """One figure of long ago: "the average was 481 days in October to December 2016"; or that it is not held."""
    point = at(series, quarter)
    if point is None or point.value is None:
        return f"{subject} is not held for {period(quarter, 'quarter')}"
    return f"{subject} was {_days(point, series)} {in_period(quarter, 'quarter')}"


def open_then_sentence(series: MeasureSeries, quarters: tuple[str, ...]) -> str:
    """Open cases at the ends of some quarters: "8,930 were open at the end of September 2016, 8,530 at the ..."."""
    points = [p for q in quarters if (p := at(series, q)) is not None and p.value is not None]
    clauses = [
        f"{rounded(p.value or 0.0)} {'were open ' if i == 0 else ''}at the end of {_quarter_end(p)}" for i, p in enumerate(points)
    ]
    return ", ".join(clauses) if clauses else "None is held"


def _at_quarter_end(series: MeasureSeries, verdict: Verdict) -> str | None:
    """When open cases are counted: on the newest quarter's last day, not in it; None for what happens in a quarter."""
    last = newest(series)
    if last is None or not series.measure.base.startswith("open_"):
        return None
    is_newest = verdict.window is None or verdict.window[1] == last.period
    return f"at the end of {_quarter_end(last)}" if is_newest else None


def _baseline_sentence(series: MeasureSeries, verdict: Verdict) -> str:
    """Which years gave the range; and that the highest of all is one of them, where it is."""
    sentence = "The range comes from the three years before"
    if verdict.window is None:
        return f"{sentence}."
    highest = max(series.known, key=lambda p: (p.value or 0.0, p.period))
    baseline_start = moved(verdict.window[0], -BASELINE_MONTHS)
    return f"{sentence}, its highest among them." if baseline_start <= highest.period < verdict.window[0] else f"{sentence}."


def _days(point: Point, series: MeasureSeries) -> str:
    value = point.value or 0.0
    return percent(value) if series.measure.is_percentage else f"{rounded(value)} {series.measure.unit}"


def _quarter_end(point: Point) -> str:
    return month(f"{bounds(point.period, 'quarter')[1]:%Y-%m}")
