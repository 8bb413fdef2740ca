"""A whole financial year against the months before it: what followed a choice, and what retired targets would have been told.

Unlike the verdicts of a release, which ask about the newest months, these look back: each year is judged only with what was
counted before its baseline ended, season taken out, by the same arithmetic.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from etl.core.period import FINANCIAL_YEAR_STARTS, month_of_year, moved
from etl.core.reason import Code, Reason
from etl.core.state import State
from etl.definitions.retired_targets import TARGET_YEARS
from etl.judging.counts import FALSE_DISCOVERIES, LEAST_EVENTS
from etl.judging.evidence import DRIFT_YEARS, SIGNIFICANT
from etl.judging.finding import Finding, direction, known
from etl.judging.panel import BASELINE_MONTHS, LEAST_BASELINE, Break, Panel, exposures_of
from etl.methods.arrays import Bools, Floats
from etl.methods.discovery import benjamini_hochberg
from etl.methods.drift import fit_drift
from etl.methods.level_change import LevelChange, level_change, ratio_interval, unchanged_range, visible_change

YEAR = 12


@dataclass(frozen=True)
class Span:
    """What is compared: the months of the baseline and the twelve judged, each first and last."""

    baseline: tuple[str, str]
    window: tuple[str, str]


@dataclass(frozen=True)
class YearFinding:
    """A finding on one year, with what it was compared with. `compared` None: nothing could be."""

    finding: Finding
    span: Span
    compared: tuple[str, str] | None


class Reach(NamedTuple):
    """The change of the areas of a kind, its limits, the range unchanged years keep to, and the smallest change to be seen."""

    change: LevelChange
    ratio_lower: Floats
    ratio_upper: Floats
    lower: Floats
    upper: Floats
    visible: Floats


def spans(panel: Panel) -> list[Span]:
    """Every financial year the panel holds whole, against up to 24 months before it; and the years of the retired targets."""
    months_loaded = set(panel.months)
    year_spans = []
    for first in (m for m in panel.months if month_of_year(m) == FINANCIAL_YEAR_STARTS):
        last = moved(first, YEAR - 1)
        if last in months_loaded:
            year_spans.append(Span((moved(first, -BASELINE_MONTHS), moved(first, -1)), (first, last)))
    begins, ends, first, last = TARGET_YEARS
    if {begins, last} <= months_loaded:
        year_spans.append(Span((begins, ends), (first, last)))
    return year_spans


def judge(panel: Panel, span: Span) -> list[YearFinding]:
    """One year of every area of the panel. The p values are each area's own; `control` looks at them together."""
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
    judged = [row for row in range(len(panel.areas)) if row not in refusals]
    changes = _changes(panel, judged, baseline, window, span)
    out = []
    for row, area in enumerate(panel.areas):
        if row in refusals:
            state, reason = refusals[row]
            total = float(panel.counts[row, first : last + 1].sum())
            is_parted = any(gap.parts(*span.window) for gap in panel.breaks_of(area))
            seen = total if np.isfinite(total) and not is_parted else None
            finding = Finding(panel.measure, area, state, window=span.window, observed=seen, rule="year", reasons=(reason,))
            out.append(YearFinding(finding, span, None))
        else:
            months = [panel.months[int(i)] for i in np.flatnonzero(baseline[row])]
            out.append(YearFinding(_judged(panel, row, span, *changes[row]), span, (months[0], months[-1])))
    return out


def control(findings: Sequence[YearFinding], better: dict[str, str], kinds: dict[str, str]) -> list[YearFinding]:
    """The same findings once all measures in all areas of a kind are looked at together, year by year (Benjamini-Hochberg)."""
    lists: dict[tuple[Span, str], list[int]] = {}
    for i, one in enumerate(findings):
        if one.finding.p_value is not None:
            lists.setdefault((one.span, kinds[one.finding.area]), []).append(i)
    out = list(findings)
    for members in lists.values():
        q = benjamini_hochberg([findings[i].finding.p_value or 0.0 for i in members], FALSE_DISCOVERIES).adjusted
        for i, q_value in zip(members, q, strict=True):
            f = findings[i].finding
            stands = q_value <= FALSE_DISCOVERIES and (f.p_value or 1) <= SIGNIFICANT
            state = direction(better[f.measure], (f.observed or 0.0) > (f.expected or 0.0)) if stands else State.NO_CHANGE
            out[i] = replace(findings[i], finding=replace(f, state=state, q_value=float(q_value)))
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


def _changes(panel: Panel, judged: Sequence[int], baseline: Bools, window: Bools, span: Span) -> dict[int, tuple[Reach, int]]:
    """By row: the arithmetic of its kind of area, and its place there. Boroughs lend each other their wander; London is alone."""
    by_row: dict[int, tuple[Reach, int]] = {}
    if not judged:
        return by_row
    # Only what was known before the baseline ended may say what the year was expected to be.
    until = panel.months.index(span.baseline[1]) + 1
    exposures = exposures_of(panel, panel.months[until])
    for kind in dict.fromkeys(panel.kinds):
        rows = [row for row in judged if panel.kinds[row] == kind]
        if rows:
            exposure = exposures[rows[0]]
            keep = ~_left_out(panel, panel.breaks_of(panel.areas[rows[0]]))
            keep[: max(0, until - YEAR * DRIFT_YEARS)] = False
            keep[until:] = False
            firsts = [b.first for b in panel.breaks_of(panel.areas[rows[0]]) if b.is_restart]
            steps = tuple(panel.months.index(first) for first in firsts if first in panel.months)
            drift = fit_drift(panel.counts[rows], exposure, keep, steps)
            piece = level_change(panel.counts[rows], exposure, baseline[rows], window[rows], drift)
            reach = Reach(piece, *ratio_interval(piece), *unchanged_range(piece, SIGNIFICANT), visible_change(piece, SIGNIFICANT))
            by_row |= {row: (reach, place) for place, row in enumerate(rows)}
    return by_row


def _judged(panel: Panel, row: int, span: Span, reach: Reach, place: int) -> Finding:
    change = reach.change
    observed, expected = float(change.observed[place]), float(change.expected[place])
    area = panel.areas[row]
    if max(observed, expected) < LEAST_EVENTS:
        reason = Reason(Code.TOO_FEW_IN_YEAR)
        return Finding(
            panel.measure, area, State.CANNOT_TELL, window=span.window, observed=observed, rule="year", reasons=(reason,)
        )
    return Finding(
        panel.measure, area, State.NO_CHANGE, window=span.window, observed=observed, expected=expected,
        expected_lower=float(np.ceil(reach.lower[place])), expected_upper=float(np.floor(reach.upper[place])),
        ratio=known(float(change.ratio[place])), ratio_lower=known(float(reach.ratio_lower[place])),
        ratio_upper=known(float(reach.ratio_upper[place])), p_value=float(change.p_value[place]),
        visible_change=float(reach.visible[place]), rule="year",
        reasons=(Reason.of(Code.YEAR_COMPARED, first=span.window[0], last=span.window[1]),),
    )  # fmt: skip
