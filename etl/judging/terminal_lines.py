"""A verdict as lines a person reads in a terminal: what, why, what would change it, and every number behind it."""

from collections.abc import Sequence

import pandas as pd

from etl.core.grade import MoveState
from etl.core.period import last_month_label, moved
from etl.core.reason_words import in_sentences, sentence
from etl.core.state import State
from etl.core.written import any_period, months
from etl.definitions import catalogue
from etl.judging import what_would_change
from etl.judging.counts import Group
from etl.judging.finding import EMPTY, MEAN, Finding
from etl.judging.month_ranges import EARLIER, PROVISIONAL
from etl.judging.panel import Panel

STATES = {
    State.BETTER: "Better",
    State.WORSE: "Worse",
    State.CHANGED: "Changed; neither way is better",
    State.APART: "Moved against the rest of London",
    State.LEANING: "Leaning, not proven",
    State.ON_YEAR: "Not as last year, but within the range expected",
    State.NO_CHANGE: "No clear change",
    State.PROVISIONAL: "Provisional: leaning on the newest month alone",
    State.TOO_EARLY: "Too early to judge",
    State.BREAK: "Break in series",
    State.LATE: "Late",
    State.CANNOT_TELL: "Cannot tell",
}
RULES = {
    MEAN: "months judged together against their expectation",
    EMPTY: "months without a single offence where many were expected",
    "survey years": "two separate years of a survey",
    "quarters": "natural process limits (XmR)",
}
TEN = 10
KEPT = {MEAN: "19 in 20", what_would_change.SURVEY: "95 in 100"}
"""How many series keep within the range given as expected, by rule: of counts, real ones of past years."""


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
        kept = f"; {KEPT[f.rule]} keep within it" if f.rule in KEPT else ""
        lines.append(("Expected", f"{number(f.expected)} ({number(f.expected_lower)} to {number(f.expected_upper)}{kept})"))
    if f.ratio is not None and f.ratio_lower is not None and f.ratio_upper is not None:
        lines.append(("Ratio", f"{f.ratio:.3f} ({f.ratio_lower:.3f} to {f.ratio_upper:.3f}, 95%)"))
    if f.p_value is not None and f.move is not None:
        lines.append(("As rare as", f"{f.p_value:.3g} of past windows moved as far (p value)"))
    elif f.p_value is not None:
        lines.append(("Chance", f"{f.p_value:.3g}: how often an unchanged series would differ by as much (p value)"))
    if f.move is not None and f.move.probability is not None and f.move.state != MoveState.NO_CLEAR_CHANGE:
        grade = f", {f.move.grade.word}" if f.move.grade else ""
        lines.append(("Lasts", f"{f.move.probability:.2f}: how likely the next year lies on the same side{grade}"))
    if f.q_value is not None:
        lines.append(
            ("In its list", f"{f.q_value:.3g}: adjusted for all series looked at together (Benjamini-Hochberg); 0.05 stands")
        )
    if f.visible_change is not None:
        size = f"{f.visible_change * 100:.1f} points" if f.rule == what_would_change.SURVEY else f"about {f.visible_change:.0%}"
        lines.append(("Could be seen", f"a change of {size}; a smaller one would not be called one"))
    lines.append(("Rule", RULES.get(f.rule, f.rule)))
    return lines


def month_lines(panel: Panel, months: pd.DataFrame, area: str) -> list[tuple[str, str]]:
    """Each judged month of an area, and those too new to be, with the range of a single month, as (label, text) lines.

    Args:
        panel: of the measure.
        months: rows of `expected_month`.
        area: its code.
    """
    lines = []
    counts = dict(zip(panel.months, panel.counts[panel.areas.index(area)], strict=True))
    for row in months[(months["area_code"] == area) & (months["role"] != EARLIER)].to_dict("records"):
        outside = "  not judged yet" if row["role"] == PROVISIONAL else f"  {row['signal']}" if row["signal"] else ""
        span = f"range {_number(float(row['lower']))} to {_number(float(row['upper']))}"
        period = str(row["period"])
        lines.append((any_period(period), f"{_number(float(counts[period]))} ({span}){outside}"))
    return lines


def placed_line(panel: Panel, groups: Sequence[Group], area: str) -> list[tuple[str, str]]:
    """How many of London's offences have a borough on record, before and when judged; none where all have, or for London."""
    row = panel.areas.index(area)
    group = next((group for group in groups if row in group.rows), None)
    if group is None:
        return []
    placed, begins = panel.placed_in(panel.kinds[row]), panel.months.index(group.expectation.months[0])
    history = group.expectation.history[row]
    before, judged = placed[begins - history.size : begins][history], placed[begins : begins + group.settled]
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
    return f"the year to {month}" if f.rule == what_would_change.SURVEY else month


def _share(value: float) -> str:
    return f"{value:.1%}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= TEN or float(value).is_integer() else f"{value:.3g}"
