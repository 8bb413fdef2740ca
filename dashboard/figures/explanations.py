"""Which changes have an explanation on record, signed by somebody who answers for the place."""

from collections.abc import Mapping, Sequence

from dashboard.figures import queries_register
from dashboard.figures.records import Verdict
from dashboard.register.follow_up import explaining
from dashboard.register.records import CommentaryRecord
from etl.core.period import days_of
from etl.core.state import SIGNALS

FEW = 4
"""Areas asked about one by one."""


def explanations(verdict: Verdict) -> tuple[CommentaryRecord, ...]:
    """The explanations that speak of the months judged, newest first; () where there is none, or nothing was judged."""
    return _explaining(verdict, queries_register.commentary(area_code=verdict.area))


def explained_by(verdicts: Sequence[Verdict]) -> Mapping[tuple[str, str], tuple[CommentaryRecord, ...]]:
    """The explanations of each change that has any, by measure and area; asked of the register once for a long list."""
    areas = list(dict.fromkeys(v.area for v in verdicts))
    # An area at a time where they are few: what is signed for one borough then empties no other's page.
    chosen: Sequence[str | None] = areas if len(areas) <= FEW else [None]
    commentary = [note for area in chosen for note in queries_register.commentary(area_code=area)]
    return {(v.measure, v.area): explaining_it for v in signals(verdicts) if (explaining_it := _explaining(v, commentary))}


def signals(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Those that say something changed."""
    return tuple(v for v in verdicts if v.state in SIGNALS and v.window is not None)


def _explaining(verdict: Verdict, commentary: Sequence[CommentaryRecord]) -> tuple[CommentaryRecord, ...]:
    if verdict.window is None:
        return ()
    (first, _), (_, last) = (days_of(label) for label in verdict.window)
    return explaining(verdict.measure, verdict.area, first, last, commentary)
