"""What points to recording and what to crime, where a count moved and more is neither better nor worse."""

from collections import Counter
from dataclasses import dataclass

from dashboard.figures import queries, queries_judgement
from dashboard.figures.judgement_records import ProposedStep
from dashboard.figures.records import Break, Verdict
from etl.core.areas import LONDON
from etl.core.period import moved
from etl.core.state import JUDGED, MOVED, State

FOUND_BY_POLICE = "outcomes"
"""The theme of offences that police look for."""
TOGETHER = 0.5
"""From this share of the boroughs moving the same way on, a move is shared."""
SAME_MONTH = 0.6
"""From this share of those that moved being dated to one month on, it is a step."""
RECENT_MONTHS = 24


@dataclass(frozen=True)
class Pointers:
    """What is known beside a move. `alike` of `judged` boroughs moved or lean the same way, `same_month` of them from `month`."""

    is_found_by_police: bool
    alike: int
    judged: int
    month: str | None
    same_month: int
    breaks: tuple[Break, ...]
    """Rows of the table of breaks within the two years before the newest month judged."""
    steps: tuple[ProposedStep, ...] = ()
    """Steps found in the same years, here or over all London, that nobody has decided on."""

    @property
    def is_shared(self) -> bool:
        """Whether most boroughs moved the same way."""
        return self.judged > 0 and self.alike >= TOGETHER * self.judged

    @property
    def is_step(self) -> bool:
        """Whether most of those are dated to one month."""
        return self.is_shared and self.month is not None and self.same_month >= SAME_MONTH * self.alike


def pointers(verdict: Verdict) -> Pointers | None:
    """What points which way for a change whose direction is not judged; None for every other verdict.

    Raises:
        LookupError: the measure or the area is not in the release.
    """
    if verdict.state != State.CHANGED or verdict.ratio is None or verdict.window is None:
        return None
    boroughs = {area.code for area in queries.areas("borough")}
    judged = [v for v in queries.verdicts() if v.measure == verdict.measure and v.area in boroughs and v.state in JUDGED]
    alike = [v for v in judged if v.state in MOVED and v.ratio is not None and (v.ratio > 1) == (verdict.ratio > 1)]
    months = Counter(v.since for v in alike if v.since).most_common(1)
    month, same = months[0] if months else (None, 0)
    series = queries.measure_series(verdict.measure, verdict.area)
    since = moved(verdict.window[1], -RECENT_MONTHS)
    breaks = tuple(b for b in series.breaks if b.treatment != "leave_out" and f"{b.start:%Y-%m}" >= since)
    theme = queries.measure(verdict.measure).theme
    here = {verdict.area, LONDON, queries.area(verdict.area).parent}
    steps = tuple(
        s
        for s in queries_judgement.proposed_steps()
        if s.measure == verdict.measure and s.area in here and s.month >= since and (s.size > 0) == (verdict.ratio > 1)
    )
    return Pointers(theme == FOUND_BY_POLICE, len(alike), len(judged), month, same, breaks, steps)
