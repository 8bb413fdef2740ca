"""What a place chose, what it did not, and what the figures say of both: the register and the verdicts put side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard.figures import queries, queries_register, queries_years
from dashboard.figures.records import Area, MeasureSeries, Verdict
from dashboard.figures.review_dates import Review, review
from dashboard.register.follow_up import BedIn, NotChosen, bed_in, harm_balance, not_chosen, standing
from dashboard.register.measures import candidates
from dashboard.register.models import PlanState
from dashboard.register.permissions import State
from dashboard.register.record_parts import ExpectedRange
from dashboard.register.records import BoroughPriorityRecord, LondonPriorityRecord, PlanRecord
from dashboard.register.years import ends_on, financial_year, starts_on
from etl.core.areas import LONDON
from etl.core.period import last_month, written_year, year_begins
from etl.core.state import REFUSED
from etl.core.state import State as VerdictState
from etl.core.written import month

CURRENT = frozenset({State.AGREED, State.IN_FORCE})
EVERY_YEAR = "all"

Basis = Literal["year", "so far", "before"]
"""What a verdict speaks of: the whole year asked about, its months so far, or the newest months because none of it is held."""


@dataclass(frozen=True)
class Judged:
    """The verdicts that speak of one place in one year, by base measure."""

    basis: Basis
    verdicts: Mapping[str, Verdict]

    def of(self, measure_id: str | None) -> Verdict | None:
        """The verdict on one measure, where there is one."""
        return self.verdicts.get(measure_id) if measure_id else None


@dataclass(frozen=True)
class Choice:
    """One priority of a borough and what the figures say of it."""

    record: BoroughPriorityRecord
    series: MeasureSeries | None
    verdict: Verdict | None
    basis: Basis
    bed_in: BedIn | None

    @property
    def fixed(self) -> ExpectedRange | None:
        """The range fixed on agreement for the measure that reads it; None where none could be."""
        ranges = self.record.expected_ranges or ()
        return next((r for r in ranges if r.points and r.measure_id == self.record.measure_id), None)

    @property
    def is_measured(self) -> bool:
        """Whether a published series reads it."""
        return self.series is not None


@dataclass(frozen=True)
class Balance:
    """A chosen measure that improved while others worsened, or more was recorded of high harm. Never without both sides."""

    area: Area
    improved: tuple[Verdict, ...]
    worsened: tuple[Verdict, ...]
    risen: tuple[Verdict, ...]
    """High-harm measures recorded more than expected whose direction is not judged."""
    is_example: bool


@dataclass(frozen=True)
class PlaceChoices:
    """One borough in one year: what it chose, what it did not, and how far the figures reach."""

    area: Area
    year: str
    choices: tuple[Choice, ...]
    proposed: tuple[BoroughPriorityRecord, ...]
    not_chosen: tuple[NotChosen, ...]
    judged: Judged
    balance: Balance | None

    @property
    def is_example(self) -> bool:
        """Whether what is shown as chosen is made up."""
        return any(c.record.is_example for c in self.choices)


def figures_year() -> str:
    """The financial year the newest month of recorded crime falls in."""
    year, number = last_month(queries.release().data_to)
    return financial_year(date(year, number, 1))


def year_now() -> str:
    """The financial year it is."""
    return financial_year(queries_register.today())


def judged_in(area_code: str, year: str) -> Judged:
    """What may be said of a place in a financial year; the newest months where no month of that year is held."""
    newest = queries_years.newest_verdicts(area_code)
    if year == figures_year():
        return Judged("so far", newest)
    whole = queries_years.year_verdicts(area_code, year)
    return Judged("year", whole) if whole else Judged("before", newest)


def plan_of(year: str) -> PlanRecord | None:
    """The plan a financial year falls under, a newer one first; None where none covers it."""
    return next((p for p in reversed(queries_register.plans()) if p.first_year <= year <= p.last_year), None)


def years_of(plan: PlanRecord) -> tuple[str, ...]:
    """The financial years of a plan, oldest first."""
    first, last = (year_begins(year) for year in (plan.first_year, plan.last_year))
    return tuple(written_year(y) for y in range(first, last + 1))


def opening_year(plan: PlanRecord) -> str:
    """The year a plan opens on: this one where the plan is in force, every year of one that has ended."""
    return year_now() if plan.state is PlanState.CURRENT and year_now() in years_of(plan) else EVERY_YEAR


def latest_year(area_code: str) -> str | None:
    """The newest year, up to this one, for which a borough's choices are on record; None where none is."""
    years = [p.financial_year for p in standing(queries_register.borough_priorities(area_code=area_code))]
    return max((y for y in years if y <= year_now()), default=None)


def place_choices(area_code: str, year: str) -> PlaceChoices:
    """Everything the register and the figures say of one borough in one year.

    Raises:
        LookupError: no such area.
    """
    area = queries.area(area_code)
    records = queries_register.borough_priorities(area_code=area_code, financial_year=year)
    chosen = standing(records)
    judged = judged_in(area_code, year)
    return PlaceChoices(
        area=area,
        year=year,
        choices=tuple(choice_of(p, judged) for p in chosen),
        proposed=tuple(p for p in records if p.state is State.PROPOSED),
        not_chosen=not_chosen(candidates(), [p.measure_id for p in chosen if p.measure_id], london_wide(year)),
        judged=judged,
        balance=balance(area_code),
    )


def choice_of(record: BoroughPriorityRecord, judged: Judged, *, is_drawn: bool = True) -> Choice:
    """A priority with its verdict; and with its series and its clock, where they are to be drawn."""
    all_series = queries.area_series(record.area_code, (record.measure_id,)) if record.measure_id and is_drawn else ()
    series = all_series[0] if all_series else None
    return Choice(record, series, judged.of(record.measure_id), judged.basis, clock(record, series) if is_drawn else None)


def clock(record: BoroughPriorityRecord, series: MeasureSeries | None) -> BedIn | None:
    """How long a priority has had, in months and in points held; None before it is in force or where that is not recorded."""
    if record.in_force_from is None or record.state not in {State.AGREED, State.IN_FORCE, State.ENDED}:
        return None
    today = queries_register.today()
    # A year that ended on 31 March has run its twelve months by the day after.
    on = today if record.ended_on is None else min(record.ended_on + timedelta(days=1), today)
    if record.in_force_from > on:
        return None
    until = record.ended_on or today
    starts = [p.start for p in series.known if p.start <= until] if series else []
    first = first_review(record)
    return bed_in(record.in_force_from, starts, first.on, on, no_review_because=first.because)


def first_review(record: BoroughPriorityRecord) -> Review:
    """The first honest review: as fixed on agreement, else from how soon the live release says a fall of a fifth is seen here."""
    fixed = [r.first_honest_review for r in record.expected_ranges or () if r.first_honest_review]
    if fixed:
        return Review(min(fixed), "")
    return review(record.measure_id, record.area_code, record.in_force_from)


def london_wide(year: str) -> tuple[str, ...]:
    """Every measure a London-wide priority of that year is read by."""
    return tuple(dict.fromkeys(m for p in london_of(year) for m in p.basket.measure_ids))


def london_of(year: str) -> tuple[LondonPriorityRecord, ...]:
    """The London-wide priorities of the plan a year falls under."""
    plan = plan_of(year)
    return queries_register.london_priorities(plan.id) if plan else ()


def balance(area_code: str) -> Balance | None:
    """The notice due where a choice in force during the months judged is better while something else is worse; else None."""
    newest = queries_years.newest_verdicts(area_code)
    window = _judged_window(newest)
    if window is None:
        return None
    chosen = [p for p in standing(queries_register.borough_priorities(area_code=area_code)) if _was_in_force(p, window)]
    return balance_of(queries.area(area_code), newest, chosen)


def chosen_in_window() -> bool:
    """Whether any borough's choice was in force during the months the newest figures judge: else there is nothing to weigh."""
    window = _judged_window(queries_years.newest_verdicts(LONDON))
    return window is not None and any(_was_in_force(p, window) for p in standing(queries_register.borough_priorities()))


def balance_of(area: Area, verdicts: Mapping[str, Verdict], chosen: Iterable[BoroughPriorityRecord]) -> Balance | None:
    """The notice from verdicts by measure and the priorities they are about; None where it is not due."""
    picked = tuple(chosen)
    measures = tuple(p.measure_id for p in picked if p.measure_id)
    listed_measures = candidates()
    watched = tuple(n.measure_id for n in not_chosen(listed_measures, measures, ()))
    weighed = harm_balance({m: v.state for m, v in verdicts.items()}, measures, watched, listed_measures.harm)
    improved = tuple(verdicts[m] for m in dict.fromkeys(measures) if m in verdicts and verdicts[m].state == VerdictState.BETTER)
    risen = tuple(
        v for m in listed_measures.harm if (v := verdicts.get(m)) and v.state == VerdictState.CHANGED and (v.ratio or 0) > 1
    )
    worsened = tuple(verdicts[m] for m in weighed.worsened) if weighed else ()
    if not improved or not (worsened or risen):
        return None
    better = {v.measure for v in improved}
    return Balance(area, improved, worsened, risen, any(p.is_example for p in picked if p.measure_id in better))


def balances() -> tuple[Balance, ...]:
    """Every borough for which the notice is due, A to Z."""
    return tuple(b for a in queries.areas("borough") if (b := balance(a.code)) is not None)


def judged_choices(
    plan_id: str, year: str | None = None, area_code: str | None = None
) -> tuple[tuple[Choice, Verdict | None], ...]:
    """(choice, London the same year) of every choice on record whose year has been judged whole or in part."""
    records = standing(queries_register.borough_priorities(plan_id=plan_id or None, financial_year=year, area_code=area_code))
    pairs = []
    for record in records:
        judged = judged_in(record.area_code, record.financial_year)
        if judged.basis != "before":
            beside = judged_in(LONDON, record.financial_year).of(record.measure_id)
            pairs.append((choice_of(record, judged, is_drawn=False), beside))
    return tuple(pairs)


def year_words(year: str) -> str:
    """A financial year as months: "April 2017 to March 2018"."""
    return f"{month(f'{starts_on(year):%Y-%m}')} to {month(f'{ends_on(year):%Y-%m}')}"


def _judged_window(verdicts: Mapping[str, Verdict]) -> tuple[str, str] | None:
    """The months most monthly verdicts speak of; None where none is judged by month."""
    monthly = [v.window for v in verdicts.values() if v.window and v.state not in REFUSED and "Q" not in v.window[0]]
    return max(set(monthly), key=monthly.count) if monthly else None


def _was_in_force(record: BoroughPriorityRecord, window: tuple[str, str]) -> bool:
    """Whether a priority held for at least one of the months judged."""
    if record.in_force_from is None:
        return False
    (first_year, first_month), (year, number) = last_month(window[0]), last_month(window[1])
    return record.in_force_from <= date(year, number, 28) and (
        record.ended_on is None or record.ended_on >= date(first_year, first_month, 1)
    )
