"""A whole financial year beside its expectation: what followed a choice, and what retired targets would have been told.

Unlike the verdicts of a release, which ask about the newest months, these look back: each year is judged beside what was expected
of it before it began, by the same arithmetic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.core.period import FINANCIAL_YEAR_STARTS, month_of_year, moved
from etl.core.reason import Code, Reason
from etl.core.state import State
from etl.definitions.retired_targets import TARGET_YEARS
from etl.judging import counts
from etl.judging.finding import Finding
from etl.judging.made_once import MadeOnce
from etl.judging.moves import Move, judge_made
from etl.judging.panel import BASELINE_MONTHS, LEAST_BASELINE, Break, Panel
from etl.methods.arrays import Bools

YEAR = 12
RULE = "year"
FIRST_YEAR = "2016-04"
"""The year before boroughs first chose: no page asks for an earlier one, but for the year the targets of 2013 ended in."""


@dataclass(frozen=True)
class Span:
    """What is compared: the months of the baseline and the twelve judged, each first and last."""

    baseline: tuple[str, str]
    """At most these months stand before the year in words and tables; the expectation rests on all before it."""
    window: tuple[str, str]


@dataclass(frozen=True)
class YearFinding:
    """A finding on one year, with what it was compared with. `compared` None: nothing could be."""

    finding: Finding
    span: Span
    compared: tuple[str, str] | None


def spans(panel: Panel) -> list[Span]:
    """Every financial year from `FIRST_YEAR` that the panel holds whole; and the year the targets of 2013 ended in."""
    months_loaded = set(panel.months)
    year_spans = []
    for first in (m for m in panel.months if m >= FIRST_YEAR and month_of_year(m) == FINANCIAL_YEAR_STARTS):
        last = moved(first, YEAR - 1)
        if last in months_loaded:
            year_spans.append(Span((moved(first, -BASELINE_MONTHS), moved(first, -1)), (first, last)))
    begins, ends, first, last = TARGET_YEARS
    if {begins, last} <= months_loaded:
        year_spans.append(Span((begins, ends), (first, last)))
    return year_spans


def judge(expectations: MadeOnce, span: Span) -> list[YearFinding]:
    """One year of every area of the panel; `control` looks at them together."""
    panel = expectations.panel
    position = {month: i for i, month in enumerate(panel.months)}
    first, last = position[span.window[0]], position[span.window[1]]
    window, baseline = (np.zeros(panel.counts.shape, dtype=np.bool_) for _ in range(2))
    refusals: dict[int, tuple[State, Reason]] = {}
    for row, area in enumerate(panel.areas):
        breaks = panel.breaks_of(area)
        begins, refused = _from(panel, breaks, span, position)
        window[row, first : last + 1] = np.isfinite(panel.counts[row, first : last + 1])
        until = position[span.baseline[1]] + 1 if span.baseline[1] in position else 0
        baseline[row, begins:until] = np.isfinite(panel.counts[row, begins:until]) & ~_left_out(panel, breaks)[begins:until]
        if not refused and window[row].sum() < YEAR:
            refused = (State.CANNOT_TELL, Reason(Code.YEAR_NOT_WHOLE))
        if not refused and baseline[row].sum() < LEAST_BASELINE:
            before = int(baseline[row].sum())
            refused = (State.TOO_EARLY, Reason.of(Code.TOO_FEW_MONTHS_BEFORE, held=before, needed=LEAST_BASELINE))
        if refused:
            refusals[row] = refused
    first_expected = moved(span.baseline[1], 1)
    if first_expected not in panel.months:
        moves: tuple[Move, ...] = ()
    else:
        expectation = expectations.of(first_expected, span.window[1])
        moves = judge_made(expectation.newest(YEAR), expectations.tables, measure=panel.measure, is_whole_list=False)
    out = []
    for row, area in enumerate(panel.areas):
        if row in refusals:
            state, reason = refusals[row]
            total = float(panel.counts[row, first : last + 1].sum())
            is_parted = any(gap.parts(*span.window) for gap in panel.breaks_of(area))
            seen = total if np.isfinite(total) and not is_parted else None
            finding = Finding(panel.measure, area, state, window=span.window, observed=seen, rule=RULE, reasons=(reason,))
            out.append(YearFinding(finding, span, None))
        else:
            months = [panel.months[int(i)] for i in np.flatnonzero(baseline[row])]
            out.append(YearFinding(_judged(panel, span, moves[row]), span, (months[0], months[-1])))
    return out


def control(findings: Sequence[YearFinding], better: Mapping[str, str], kinds: Mapping[str, str]) -> list[YearFinding]:
    """The same findings once all measures in all areas of a kind are looked at together, year by year."""
    lists: dict[tuple[Span, str], list[int]] = {}
    for i, one in enumerate(findings):
        lists.setdefault((one.span, kinds[one.finding.area]), []).append(i)
    out = list(findings)
    for members in lists.values():
        for i, finding in zip(members, counts.control([findings[i].finding for i in members], better), strict=True):
            out[i] = replace(findings[i], finding=finding)
    return out


def _from(panel: Panel, breaks: Iterable[Break], span: Span, position: dict[str, int]) -> tuple[int, tuple[State, Reason] | None]:
    """(position the baseline may begin at, why nothing may be compared)."""
    begins = position.get(span.baseline[0], 0)
    for gap in breaks:
        if gap.is_restart and gap.first in position:
            if span.baseline[1] < gap.first <= span.window[1]:
                return begins, (State.BREAK, Reason.of(Code.YEAR_PARTED, what=gap.what))
            if gap.first <= span.baseline[1]:
                begins = max(begins, position[gap.first])
        elif gap.last is not None and not gap.is_restart and gap.first <= span.window[1] and gap.last >= span.window[0]:
            return begins, (State.CANNOT_TELL, Reason.of(Code.YEAR_PARTED, what=gap.what))
    return begins, None


def _left_out(panel: Panel, breaks: Iterable[Break]) -> Bools:
    left = np.zeros(len(panel.months), dtype=np.bool_)
    for gap in breaks:
        if gap.last is not None and not gap.is_restart:
            left |= np.array([gap.first <= m <= gap.last for m in panel.months])
    return left


def _judged(panel: Panel, span: Span, move: Move) -> Finding:
    if move.change is None:
        reason = Reason(Code.TOO_FEW_IN_YEAR)
        seen = None if move.observed is None else float(move.observed)
        return Finding(
            panel.measure, move.area, State.CANNOT_TELL, window=span.window, observed=seen, rule=RULE, reasons=(reason,)
        )
    reason = Reason.of(Code.YEAR_COMPARED, first=span.window[0], last=span.window[1], made=span.baseline[1])
    return replace(counts.finding(panel, move, (reason,)), rule=RULE)
