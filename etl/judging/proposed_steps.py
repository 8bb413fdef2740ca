"""Which steps found in the figures still wait for somebody to decide: those in no row of the breaks, and refused by nobody."""

from dataclasses import replace

from etl.core.areas import LONDON
from etl.core.period import moved
from etl.definitions import reference
from etl.definitions.refused_steps import RefusedStep, refused_steps
from etl.judging.panel import Panel
from etl.judging.recording_steps import Step, steps

NEAR = 1
"""Months a row or a refusal may lie from the month found: a step late in a month shows in the next."""
DECIDED = frozenset({"restart", "do_not_compare", "mark"})
"""Treatments of a row that says what a step is. Months left out are parted from all others, and no step is looked for there."""
MOST_PLACES = 3
"""A row that is only marked and names more commands than this speaks of all of them, not of a step in one."""


def proposed(panel: Panel, since: str = "") -> tuple[Step, ...]:
    """The undecided steps of a measure, oldest first, those before the month `since` apart."""
    return tuple(step for step in steps(panel) if step.month >= since and row_of(step) is None and refusal_of(step) is None)


def all_steps(panel: Panel) -> tuple[Step, ...]:
    """Every step of a measure, oldest first: undecided, refused, and those that a row of the breaks stands for."""
    without_restarts = {area: tuple(b for b in of_area if not b.is_restart) for area, of_area in panel.breaks.items()}
    listed = [step for step in steps(replace(panel, breaks=without_restarts)) if row_of(step) is not None]
    by_place = {(step.month, step.area): step for step in [*listed, *steps(panel)]}
    return tuple(by_place[key] for key in sorted(by_place))


def row_of(step: Step) -> reference.Break | None:
    """The row of the table of breaks that stands for a step; None where none does."""
    rows = [
        row for row in reference.breaks_for(step.measure, step.area) if row.treatment in DECIDED and _speaks_of(row, step.area)
    ]
    near = [row for row in rows if is_near(f"{row.start:%Y-%m}", step.month)]
    return min(near, key=lambda row: f"{row.start:%Y-%m}" != step.month, default=None)


def refusal_of(step: Step) -> RefusedStep | None:
    """The refusal of a step; None where nobody refused it."""
    return next(
        (r for r in refused_steps() if (r.measure, r.area) == (step.measure, step.area) and is_near(r.month, step.month)), None
    )


def systems_changed(step: Step) -> tuple[reference.Break, ...]:
    """What the table knows of systems changed within a month of a step, of any measure."""
    return tuple(row for row in reference.breaks() if row.kind == "system" and is_near(f"{row.start:%Y-%m}", step.month))


def _speaks_of(row: reference.Break, area: str) -> bool:
    """Whether a row may stand for a step there: one that only marks many commands at once tells of no step in one of them."""
    return row.is_parting or area == LONDON or len(row.area_codes) <= MOST_PLACES


def is_near(month: str, other: str) -> bool:
    """Whether a month lies within one of another."""
    return moved(other, -NEAR) <= month <= moved(other, NEAR)
