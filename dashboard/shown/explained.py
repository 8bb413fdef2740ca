"""Which changes have an explanation on record, signed by somebody who answers for the place."""

from collections.abc import Sequence

from dashboard import queries_register
from dashboard.periods import days_of
from dashboard.records import Verdict
from dashboard.register.records import CommentaryRecord
from dashboard.register.watch import explaining

SIGNALS = frozenset("BWCP")
"""The states that say something changed, and so ask for an explanation."""


def explanations(verdict: Verdict) -> tuple[CommentaryRecord, ...]:
    """The explanations that speak of the months judged, newest first; () where there is none, or nothing was judged."""
    if verdict.window is None:
        return ()
    (first, _), (_, last) = (days_of(label) for label in verdict.window)
    held = queries_register.commentary(verdict.measure, verdict.area)
    return explaining(verdict.measure, verdict.area, first, last, held)


def signals(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Those that say something changed."""
    return tuple(v for v in verdicts if v.state in SIGNALS and v.window is not None)
