"""Made-up entries for every borough, so the pages can be seen at work. Each is marked "Example" wherever it goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.register import areas
from dashboard.register.audit import acting
from dashboard.register.errors import NotReady
from dashboard.register.measures import candidates
from dashboard.register.models import (
    Action,
    ActionState,
    BoroughPriority,
    Carried,
    Commentary,
    Meeting,
    Origin,
    Plan,
    PlanState,
    Priority,
    Signature,
    Sort,
)
from dashboard.register.permissions import Body, Kind, State, command
from dashboard.register.record_parts import ExpectedRange, SuccessStatement
from dashboard.register.records import EXAMPLE
from dashboard.register.years import ends_on, financial_year, london_date, starts_on, year_after, year_before
from etl.core.areas import LONDON
from etl.core.period import year_begins

_VOLUME_A_YEAR = 2

Given = Callable[[str, str, str, date], ExpectedRange]
"""(measure, area, financial year, day agreed) to the range fixed that day."""


def fill(session: Session, *, now: datetime, range_of: Given | None) -> int:
    """How many example rows were added: last year's, this year's and next year's priorities, actions, notes, a meeting.

    A borough's year that holds a real entry is left alone. Filling again adds nothing. `range_of` gives agreed priorities
    their expected range from the figures; None where there are no figures to hand, and then they have none.

    Raises:
        NotReady: no current plan; load the facts first.
    """
    plan = session.scalars(select(Plan).where(Plan.state == PlanState.CURRENT)).one_or_none()
    if plan is None:
        raise NotReady("There is no current plan: run `python -m dashboard.register seed` first.")
    this_year = financial_year(london_date(now))
    years = [year for year in (year_before(this_year), this_year, year_after(this_year))
             if plan.first_year <= year <= plan.last_year]  # fmt: skip
    before = _rows(session)
    with acting(session, command("demo"), "fill with examples", now, "made up, to show how the register works"):
        years_with_entries = _real_entries(session) | _example_entries(session)
        for number, area in enumerate(areas.POLICED_BY_THE_MET):
            for year in years:
                if (area, year) not in years_with_entries:
                    _add_year(session, plan, area, number, year, this_year, now, range_of)
        _add_rest(session, now)
    return _rows(session) - before


def _add_year(
    session: Session, plan: Plan, area: str, number: int, year: str, this_year: str, now: datetime, range_of: Given | None
) -> None:
    choices = candidates()
    # Every third borough keeps its choices from year to year; the others move one along.
    step = 0 if number % 3 == 0 else year_begins(year)
    picks = [
        (Sort.VOLUME, choices.volume[(number * _VOLUME_A_YEAR + place + step) % len(choices.volume)])
        for place in range(_VOLUME_A_YEAR)
    ]
    picks.append((Sort.HARM, choices.harm[(number + step) % len(choices.harm)]))
    for place, (sort, measure) in enumerate(picks):
        identity = f"example-{area}-{year.replace('/', '-')}-{place + 1}"
        row = _priority(identity, plan.id, area, year, sort, measure, now)
        row.carried = Carried.FORWARD if step == 0 and year != plan.first_year else Carried.NEW
        _set_state(row, year, this_year, now)
        if range_of is not None and row.agreed_at is not None:
            row.expected_ranges = (range_of(measure, area, year, row.agreed_at.date()),)
        session.add(row)


def _priority(identity: str, plan_id: str, area: str, year: str, sort: Sort, measure: str, now: datetime) -> BoroughPriority:
    return BoroughPriority(
        id=identity,
        kind=Kind.BOROUGH,
        plan_id=plan_id,
        area_code=area,
        financial_year=year,
        title=f"{EXAMPLE}: {measure.replace('_', ' ')}",
        sort=sort,
        measure_id=measure,
        origin=Origin.EXAMPLE,
        is_example=True,
        is_mandatory=False,
        author_name=EXAMPLE,
        rationale=f"{EXAMPLE}: the reason would stand here.",
        residents_asked=f"{EXAMPLE}: what residents asked for would stand here.",
        residents_answered=f"{EXAMPLE}: how the choice answers them would stand here.",
        success=SuccessStatement(
            improving=f"{EXAMPLE}: what improving would look like.",
            over="the financial year",
            measure_ids=(measure,),
            not_counted=f"{EXAMPLE}: what would not count.",
        ),
        sources=(),
        notice_days=28,
        published_at=now,
        in_force_from=starts_on(year),
        review_on=ends_on(year) + timedelta(days=30),
    )


def _set_state(row: BoroughPriority, year: str, this_year: str, now: datetime) -> None:
    if year > this_year:
        row.state, row.proposed_at = State.PROPOSED, now
        return
    agreed = datetime.combine(starts_on(year) - timedelta(days=14), now.timetz())
    row.proposed_at, row.agreed_at, row.signed_off_at = agreed - timedelta(days=35), agreed, agreed
    row.signed_off_by = EXAMPLE
    row.state = State.IN_FORCE if year == this_year else State.ENDED
    row.ended_on = ends_on(year) if year < this_year else None
    row.signatures = [
        Signature(id=f"{row.id}-{body.value}", priority_version=1, body=body, person=EXAMPLE, signed_at=agreed)
        for body in (Body.COUNCIL, Body.POLICE)
    ]


def _add_rest(session: Session, now: datetime) -> None:
    today = london_date(now)
    held_on = date(today.year, today.month, 1)
    if session.get(Meeting, "example-meeting") is None:
        session.add(
            Meeting(
                id="example-meeting",
                title=f"{EXAMPLE} meeting",
                committee="Police and Crime Committee",
                held_on=held_on,
                is_example=True,
                sources=(),
            )
        )
        session.flush()
    for name, due_on in (("overdue", today - timedelta(days=40)), ("due", today + timedelta(days=40))):
        identity = f"example-action-{name}"
        if session.get(Action, identity) is None:
            session.add(
                Action(
                    id=identity,
                    text=f"{EXAMPLE}: what was asked would stand here.",
                    chart="/london",
                    measure_id="robbery_personal",
                    area_code=LONDON,
                    meeting_id="example-meeting",
                    owner=EXAMPLE,
                    due_on=due_on,
                    state=ActionState.OPEN,
                    raised_by=EXAMPLE,
                    is_example=True,
                )
            )
    if session.get(Commentary, "example-commentary") is None:
        session.add(
            Commentary(
                id="example-commentary",
                measure_id="robbery_personal",
                area_code=LONDON,
                period_start=starts_on(financial_year(today)),
                period_end=today,
                text=f"{EXAMPLE}: the explanation would stand here.",
                signed_by=EXAMPLE,
                signed_for=Body.POLICE.value,
                signed_at=now,
                is_example=True,
            )
        )


def _real_entries(session: Session) -> set[tuple[str, str]]:
    query = select(BoroughPriority).where(BoroughPriority.is_example.is_(False), BoroughPriority.published_at.is_not(None))
    return {(row.area_code, row.financial_year or "") for row in session.scalars(query)}


def _example_entries(session: Session) -> set[tuple[str, str]]:
    query = select(BoroughPriority).where(BoroughPriority.is_example)
    return {(row.area_code, row.financial_year or "") for row in session.scalars(query)}


def _rows(session: Session) -> int:
    session.flush()
    return sum(
        session.scalar(select(func.count()).select_from(kind).where(kind.is_example)) or 0
        for kind in (Priority, Action, Commentary, Meeting)
    )
