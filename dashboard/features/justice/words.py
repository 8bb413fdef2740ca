"""The Justice page in sentences: how long cases take, how many wait, and what was said of them years ago."""

from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries, Point, Verdict
from dashboard.words.verdicts import verdict_sentence
from etl.core.periods import bounds, moved, year_before
from etl.core.written import count_word, in_period, month, percent, period, rounded

BASELINE_MONTHS = 36
FEWEST_RUN = 2
"""From so many quarters running a rise or fall is told."""
CENSORED = ("Only finished cases are timed.", "Old cases still open are in no figure here until they end.")
"""Why no time here is the time of the cases now waiting: (what is the case, what follows)."""


def justice_headline(median: MeasureSeries, mean: MeasureSeries) -> str:
    """Both averages of the newest quarter, as a heading without its last full stop."""
    half, average = newest(median), newest(mean)
    if half is None or half.value is None:
        return "No time from offence to the end of a case is held"
    said = f"Half of London’s finished Crown Court cases took more than {rounded(half.value)} days from offence to end"
    if average is None or average.value is None or average.period != half.period:
        return said
    return f"{said}. The average was {rounded(average.value)}"


def course_sentence(series: MeasureSeries, *, before: str) -> str:
    """Where a series stood at a date, and its highest: "It was 241 days in ...; 466 days at its highest, in ..."."""
    then = at(series, before)
    top = max(series.known, key=lambda p: (p.value or 0.0, p.period))
    said = []
    if then is not None and then.value is not None:
        said.append(f"It was {_days(then, series)} {in_period(then.period, 'quarter')}")
    said.append(f"{_days(top, series)} at its highest, {in_period(top.period, 'quarter')}")
    opening = "; ".join(said)
    return f"{opening[:1].upper()}{opening[1:]}."


def running_sentence(series: MeasureSeries) -> str:
    """For how many quarters running a series has risen or fallen to its newest; empty below two."""
    values = [p.value for p in series.known if p.value is not None]
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    if not steps or steps[-1] == 0:
        return ""
    run = 0
    for step in reversed(steps):
        if step == 0 or (step > 0) != (steps[-1] > 0):
            break
        run += 1
    if run < FEWEST_RUN:
        return ""
    return f"It has {'risen' if steps[-1] > 0 else 'fallen'} for {count_word(run)} quarters running."


def court_verdict_sentence(series: MeasureSeries, verdict: Verdict) -> str:
    """A quarterly verdict in full: its range, why a figure inside it is a sign, trial limits, which way it moves now."""
    said = [_at_the_end(series, verdict_sentence(series, verdict))]
    low, high, middle = verdict.expected_lower, verdict.expected_upper, verdict.expected
    if verdict.state in "BWC" and verdict.observed is not None and low is not None and high is not None and middle is not None:
        if low <= verdict.observed <= high:
            side = "below" if verdict.observed < middle else "above"
            said.append(
                f"All four quarters judged lay {side} the middle of that range, at least two of them near its edge or beyond: "
                "together that is more than chance."
            )
        said.append(f"{_range_of(series, verdict)} {running_sentence(series)}".strip())
    if "rial limits" in verdict.reason:
        said.append("Trial limits: too few quarters are held for settled ones.")
    return " ".join(said)


def open_sentence(known_age: MeasureSeries, share: MeasureSeries) -> str:
    """Open cases at the newest quarter's end, a year before, and how many of them are a year old."""
    last = newest(known_age)
    if last is None or last.value is None:
        return "No open case of London is held."
    before, old = at(known_age, year_before(last.period)), at(share, last.period)
    said = f"{rounded(last.value)} London cases whose age is known were open at the end of {_end(last)}"
    if before is not None and before.value is not None:
        said += f"; {rounded(before.value)} a year before"
    if old is not None and old.value is not None:
        said += f". {percent(old.value)} of them had been open a year or more"
    return f"{said}."


def share_headline(share: MeasureSeries, earlier: str) -> str:
    """The share of open cases that are a year old, now and at an earlier date."""
    last, then = newest(share), at(share, earlier)
    if last is None or last.value is None:
        return "The age of open cases is not held"
    said = f"{percent(last.value)} of London’s open cases are a year old or more"
    return (
        f"{said}; {percent(then.value)} were at the end of {_end(then)}" if then is not None and then.value is not None else said
    )


def flow_headline(received: MeasureSeries, finished: MeasureSeries) -> str:
    """Whether the Crown Court took in more cases than it finished in the newest quarter."""
    one = newest(received)
    other = at(finished, one.period) if one else None
    if one is None or one.value is None or other is None or other.value is None:
        return "Cases received and finished are not held for the same quarter"
    gap, when = one.value - other.value, in_period(one.period, "quarter")
    if gap == 0:
        return f"In England and Wales the Crown Court finished as many cases as it received {when}"
    size = f"{rounded(abs(gap))} {'more' if gap > 0 else 'fewer'}"
    return f"In England and Wales the Crown Court received {size} cases than it finished {when}"


def then_sentence(series: MeasureSeries, when: str, what: str) -> str:
    """One figure of long ago: "the average was 481 days in October to December 2016"; or that it is not held."""
    point = at(series, when)
    if point is None or point.value is None:
        return f"{what} is not held for {period(when, 'quarter')}"
    return f"{what} was {_days(point, series)} {in_period(when, 'quarter')}"


def open_then_sentence(series: MeasureSeries, quarters: tuple[str, ...]) -> str:
    """Open cases at the ends of some quarters: "8,930 were open at the end of September 2016, 8,530 at the ..."."""
    found = [p for q in quarters if (p := at(series, q)) is not None and p.value is not None]
    said = [f"{rounded(p.value or 0.0)} {'were open ' if i == 0 else ''}at the end of {_end(p)}" for i, p in enumerate(found)]
    return ", ".join(said) if said else "None is held"


def _at_the_end(series: MeasureSeries, said: str) -> str:
    """Cases that are open are counted on a quarter's last day, not in the quarter."""
    last = newest(series)
    if last is None or not series.measure.base.startswith("open_"):
        return said
    return said.replace(in_period(last.period, "quarter"), f"at the end of {_end(last)}")


def _range_of(series: MeasureSeries, verdict: Verdict) -> str:
    """Which years gave the range; and that the highest of all is one of them, where it is."""
    said = "The range comes from the three years before"
    if verdict.window is None:
        return f"{said}."
    top = max(series.known, key=lambda p: (p.value or 0.0, p.period))
    begins = moved(verdict.window[0], -BASELINE_MONTHS)
    return f"{said}, its highest among them." if begins <= top.period < verdict.window[0] else f"{said}."


def _days(point: Point, series: MeasureSeries) -> str:
    value = point.value or 0.0
    return percent(value) if series.measure.is_percentage else f"{rounded(value)} {series.measure.unit}"


def _end(point: Point) -> str:
    return month(f"{bounds(point.period, 'quarter')[1]:%Y-%m}")
