"""How far a surveyed share may lie from the truth: worked out the same way for every page, file and command that gives one."""

from collections.abc import Sequence
from math import isfinite

from etl import kinds
from etl.kinds.kind import Judging
from etl.kinds.survey import DESIGN_EFFECT, interviews
from etl.methods.survey import share_interval


def is_surveyed(measure: kinds.OfAKind) -> bool:
    """Whether a measure's figures are shares of people asked."""
    return kinds.of(measure).judged is Judging.SURVEY_YEARS


def survey_limits(shares: Sequence[float | None], kind_of_area: str, members: int = 1) -> tuple[tuple[float, float] | None, ...]:
    """95% limits of each share of a survey's twelve months (0 to 1), as (lower, upper); None where there is no share.

    The number behind each figure is not published: Londoners asked a year, shared out alike over boroughs, with a cautious design
    effect. `members` is how many boroughs an area takes in.
    """
    known = [float("nan") if share is None else share for share in shares]
    limits = share_interval(known, interviews(kind_of_area, members), design_effect=DESIGN_EFFECT)
    pairs = zip(limits.lower.tolist(), limits.upper.tolist(), strict=True)
    return tuple((lower, upper) if isfinite(lower) else None for lower, upper in pairs)
