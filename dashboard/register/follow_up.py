"""What the register says when nobody asks: churn, bed-in, what stands still, what nobody chose. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.register.measures import Candidates
from dashboard.register.models import ActionState, Aspect
from dashboard.register.permissions import State
from dashboard.register.records import (
    ActionRecord,
    BoroughPriorityRecord,
    CommentaryRecord,
    PriorityRecord,
    RecommendationRecord,
)
from dashboard.register.years import london_date, months_between
from etl.core.state import State as VerdictState


@dataclass(frozen=True)
class AreaChurn:
    """One borough's priorities from one year to the next, as measures or, where there is none, titles."""

    area_code: str
    kept: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Churn:
    """How much changed between two years. Only boroughs on record in both years are compared."""

    areas: tuple[AreaChurn, ...]
    not_compared: tuple[str, ...]

    @property
    def changes(self) -> int:
        """Priorities added or dropped, counted once each."""
        return sum(len(area.added) + len(area.dropped) for area in self.areas)

    @property
    def areas_changed(self) -> int:
        """Boroughs where anything was added or dropped."""
        return sum(1 for area in self.areas if area.added or area.dropped)


@dataclass(frozen=True)
class BedIn:
    """How long a priority has had. `points` are periods of data wholly since it came into force.

    `no_review_because` says why no day is given for the first honest review; empty where one is.
    """

    since: date
    months: int
    points: int
    first_honest_review: date | None
    is_too_early: bool | None
    no_review_because: str

    @property
    def review_after(self) -> int | None:
        """Months in force at the first honest review; None where there is none."""
        return months_between(self.since, self.first_honest_review) if self.first_honest_review else None


@dataclass(frozen=True)
class NotChosen:
    """A measure no priority of the borough's own names. `is_london_wide`: a London-wide basket holds it."""

    measure_id: str
    is_london_wide: bool


@dataclass(frozen=True)
class Displacement:
    """Chosen measures that improved while others worsened; neither list is empty."""

    improved: tuple[str, ...]
    worsened: tuple[str, ...]


@dataclass(frozen=True)
class Standstill:
    """A recommendation nobody has said anything about for some months. `last` None: never."""

    recommendation: RecommendationRecord
    months: int | None
    last: date | None


def standing(priorities: Iterable[BoroughPriorityRecord]) -> tuple[BoroughPriorityRecord, ...]:
    """Priorities that were really chosen: agreed, in force or ended; not drafts, proposals or withdrawn ones."""
    chosen = (State.AGREED, State.IN_FORCE, State.ENDED)
    return tuple(priority for priority in priorities if priority.state in chosen)


def churn(before: Iterable[BoroughPriorityRecord], after: Iterable[BoroughPriorityRecord]) -> Churn:
    """What boroughs kept, added and dropped between two years' priorities."""
    old, new = _by_area(before), _by_area(after)
    compared = tuple(
        AreaChurn(
            area_code=area,
            kept=tuple(name for name in old[area] if name in new[area]),
            added=tuple(name for name in new[area] if name not in old[area]),
            dropped=tuple(name for name in old[area] if name not in new[area]),
        )
        for area in sorted(old.keys() & new.keys())
    )
    return Churn(compared, tuple(sorted(old.keys() ^ new.keys())))


def bed_in(
    in_force_from: date, period_starts: Iterable[date], first_honest_review: date | None, on: date, *, no_review_because: str
) -> BedIn:
    """How long a priority has had by a day.

    Args:
        in_force_from: its first day.
        period_starts: first days of the periods the measure has data for, up to `on`.
        first_honest_review: from how soon a change is seen at this volume; None where it never is, or is not known.
        on: the day asked about.
        no_review_because: why there is none, as a sentence; empty where there is one.
    """
    points = sum(1 for start in period_starts if in_force_from <= start <= on)
    too_early = None if first_honest_review is None else on < first_honest_review
    return BedIn(in_force_from, months_between(in_force_from, on), points, first_honest_review, too_early, no_review_because)


def not_chosen(candidates: Candidates, chosen: Iterable[str], london_wide: Iterable[str]) -> tuple[NotChosen, ...]:
    """Every measure a borough could have chosen and did not, in the candidates' order. Nothing can hide one.

    A measure counted inside a chosen one is chosen with it; one that is only partly chosen is left to its parts.
    """
    named = set(chosen)
    covered = named | {part for whole in named for part in candidates.parts.get(whole, ())}
    partly = {whole for whole, parts in candidates.parts.items() if named & set(parts)}
    in_basket = set(london_wide)
    return tuple(
        NotChosen(measure, measure in in_basket)
        for measure in candidates.choosable
        if measure not in covered and measure not in partly
    )


def harm_balance(
    verdicts: Mapping[str, str], chosen: Iterable[str], watched: Iterable[str], high_harm: Iterable[str]
) -> Displacement | None:
    """The notice due when a chosen measure is better while one not chosen, or of high harm, is worse; or None.

    Args:
        verdicts: measure to its letter (B, W, C, N, T, X, P, L); a measure without one says nothing.
        chosen: the borough's own measures.
        watched: the measures nobody chose.
        high_harm: measures of high harm, chosen or not.
    """
    improved = tuple(measure for measure in dict.fromkeys(chosen) if verdicts.get(measure) == VerdictState.BETTER)
    worsened = tuple(measure for measure in dict.fromkeys((*watched, *high_harm)) if verdicts.get(measure) == VerdictState.WORSE)
    return Displacement(improved, worsened) if improved and worsened else None


def overdue(actions: Iterable[ActionRecord], on: date) -> tuple[ActionRecord, ...]:
    """Open actions whose day has passed, longest overdue first."""
    late = (action for action in actions if action.state is ActionState.OPEN and action.due_on < on)
    return tuple(sorted(late, key=lambda action: (action.due_on, action.id)))


def standstills(
    recommendations: Iterable[RecommendationRecord], months: int, on: date, *, made_on: Mapping[str, date | None]
) -> tuple[Standstill, ...]:
    """Recommendations not yet delivered in full about which nothing has been said for so many months.

    `made_on`: the day each set was made, from which one that nobody has spoken of yet is counted; None: not recorded.
    """
    stalled = []
    for recommendation in recommendations:
        delivered = recommendation.latest(Aspect.DELIVERED)
        if delivered is not None and delivered.rag == "green":
            continue
        last = max((status.as_at for status in recommendation.history), default=None)
        since = last or made_on.get(recommendation.set_id)
        waited = None if since is None else months_between(since, on)
        if waited is None or waited >= months:
            stalled.append(Standstill(recommendation, waited, last))
    return tuple(stalled)


def explaining(
    measure_id: str, area_code: str, first: date, last: date, commentary: Iterable[CommentaryRecord]
) -> tuple[CommentaryRecord, ...]:
    """The standing explanations of a measure in an area that speak of any of these days, newest first; () where none does."""
    explanations = (
        note
        for note in commentary
        if note.replaced_by_id is None
        and (note.measure_id, note.area_code) == (measure_id, area_code)
        and note.period_start <= last
        and first <= note.period_end
    )
    return tuple(sorted(explanations, key=lambda note: note.signed_at, reverse=True))


def notice_ends(priority: PriorityRecord) -> date | None:
    """The last day of the notice that must pass before it is in force; None where none is recorded."""
    return last_day_of_notice(priority.proposed_at, priority.notice_days)


def last_day_of_notice(proposed_at: datetime | None, notice_days: int | None) -> date | None:
    """The last day of a notice that begins with the proposal; None where either is not recorded."""
    if proposed_at is None or notice_days is None:
        return None
    return london_date(proposed_at) + timedelta(days=notice_days)


def _by_area(priorities: Iterable[BoroughPriorityRecord]) -> dict[str, tuple[str, ...]]:
    areas: dict[str, list[str]] = {}
    for priority in standing(priorities):
        areas.setdefault(priority.area_code, []).append(priority.measure_id or priority.title)
    return {area: tuple(dict.fromkeys(sorted(names))) for area, names in areas.items()}
