"""A verdict as lines a person reads in a terminal: what, why, what would change it, and every number behind it."""

import numpy as np

from etl.core.period import last_month_label, moved
from etl.core.reason_words import in_sentences, sentence
from etl.core.state import State
from etl.core.written import any_period, months
from etl.definitions import catalogue
from etl.judging import what_would_change
from etl.judging.evidence import Evidence
from etl.judging.finding import EMPTY, LATEST, MEAN, PATTERN, SPIKE, Finding
from etl.judging.panel import Panel

STATES = {
    State.BETTER: "Better",
    State.WORSE: "Worse",
    State.CHANGED: "Changed; neither way is better",
    State.NO_CHANGE: "No significant change",
    State.PROVISIONAL: "Provisional",
    State.TOO_EARLY: "Too early to judge",
    State.BREAK: "Break in series",
    State.LATE: "Late",
    State.CANNOT_TELL: "Cannot tell",
}
RULES = {
    MEAN: "months judged together against their expectation",
    LATEST: "the newest month against the range of a single month",
    SPIKE: "one month outside its range; the others together within theirs",
    PATTERN: "months on both sides of their ranges",
    EMPTY: "months without a single offence where many were expected",
    "survey years": "two separate years of a survey",
    "quarters": "natural process limits (XmR)",
}
TEN = 10
EARLIER = ", within the months it is compared with, so its size is understated"


KEPT = {
    MEAN: "99 in 100",
    SPIKE: "99 in 100",
    PATTERN: "99 in 100",
    LATEST: "997 in 1,000",
    what_would_change.SURVEY: "95 in 100",
}
"""How many unchanged series keep within the range given as expected, by rule."""


def verdict_lines(f: Finding) -> list[tuple[str, str]]:
    """A finding as (label, text) lines, with only what it has."""
    lines = [
        ("Verdict", f"{f.state}  {STATES[f.state]}"),
        ("Why", in_sentences(f.reasons)),
        ("Would change it", sentence(what_would_change.would_change(f))),
    ]
    number = _share if catalogue.measures()[f.measure].is_percentage else _number
    if f.window:
        lines.append(("Newest held" if f.state == State.LATE else "Judged", _window(f)))
    if f.since:
        lines.append(("Since", _since(f)))
    if f.observed is not None:
        lines.append(("Observed", number(f.observed)))
    if f.expected is not None and f.expected_lower is not None and f.expected_upper is not None:
        kept = f"; {KEPT[f.rule]} unchanged series keep within it" if f.rule in KEPT else ""
        lines.append(("Expected", f"{number(f.expected)} ({number(f.expected_lower)} to {number(f.expected_upper)}{kept})"))
    if f.ratio is not None and f.ratio_lower is not None and f.ratio_upper is not None:
        lines.append(("Ratio", f"{f.ratio:.3f} ({f.ratio_lower:.3f} to {f.ratio_upper:.3f}, 95%)"))
    if f.p_value is not None:
        together = " of the judged months together" if f.rule == LATEST else ""
        lines.append(("Chance", f"{f.p_value:.3g}: how often an unchanged series would differ by as much (p value{together})"))
    if f.q_value is not None:
        lines.append(
            ("In its list", f"{f.q_value:.3g}: adjusted for all series looked at together (Benjamini-Hochberg); 0.05 stands")
        )
    if f.visible_change is not None:
        size = f"{f.visible_change * 100:.1f} points" if f.rule == what_would_change.SURVEY else f"about {f.visible_change:.0%}"
        lines.append(("Could be seen", f"a change of {size}; a smaller one would not be called one"))
    lines.append(("Rule", RULES.get(f.rule, f.rule)))
    return lines


def month_lines(panel: Panel, evidence: Evidence, area: str) -> list[tuple[str, str]]:
    """Each judged month of an area, and those too new to be, with the range of a single month, as (label, text) lines."""
    row = panel.areas.index(area)
    lines = []
    settled, last = int(evidence.plan.settled[row]), int(evidence.plan.last[row])
    for place in [*np.flatnonzero(evidence.plan.window[row]), *range(settled + 1, last + 1)]:
        # The smallest and the largest whole number inside, as the verdict says them.
        low = _number(float(np.ceil(evidence.months.lower[row, place])))
        high = _number(float(np.floor(evidence.months.upper[row, place])))
        outside = "  outside the range" if abs(evidence.months.score[row, place]) > 1 else ""
        outside = "  not judged yet" if place > settled else outside
        lines.append(
            (any_period(panel.months[place]), f"{_number(float(panel.counts[row, place]))} (range {low} to {high}){outside}")
        )
    return lines


def placed_line(panel: Panel, evidence: Evidence, area: str) -> list[tuple[str, str]]:
    """How many of London's offences have a borough on record, before and when judged; none where all have, or for London."""
    row = panel.areas.index(area)
    placed = panel.placed_in(panel.kinds[row])
    before, judged = placed[evidence.plan.baseline[row]], placed[evidence.plan.window[row]]
    if before.size == 0 or judged.size == 0 or (before.min() == 1 and judged.min() == 1):
        return []
    shares = f"{before.mean():.1%} of London's offences in the months before, {judged.mean():.1%} in the months judged"
    return [("With a borough", f"{shares}; what is expected allows for it")]


def _window(f: Finding) -> str:
    first, last = f.window or ("", "")
    if f.rule == what_would_change.SURVEY and first == last:
        return f"the year to {any_period(last)}"
    if f.rule == what_would_change.SURVEY:
        return f"the year to {any_period(last)} beside the year to {any_period(first)}"
    if "Q" in first:
        return months(moved(last_month_label(first), -2), last_month_label(last))
    return months(first, last)


def _since(f: Finding) -> str:
    month = any_period(f.since or "")
    if f.rule == what_would_change.SURVEY:
        return f"the year to {month}"
    is_older = f.since is not None and f.window is not None and f.since < f.window[0] and f.rule == MEAN
    return f"{month}{EARLIER if is_older else ''}"


def _share(value: float) -> str:
    return f"{value:.1%}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= TEN or float(value).is_integer() else f"{value:.3g}"
