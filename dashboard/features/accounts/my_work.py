"""What waits for one person: their drafts, what they may sign, bring into force, review or score, and what is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dashboard.register import actions, comments, follow_up, reading, recommendations
from dashboard.register.models import ActionState
from dashboard.register.permissions import Actor, Role, State
from dashboard.register.records import ActionRecord, AnyPriorityRecord
from dashboard.register.years import ends_on
from dashboard.ui.links import Link
from dashboard.web.measure_choices import area_words
from dashboard.web.viewer import moves, priority_address
from etl.core.written import day

STILL_MONTHS = 6


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, where it is done, and what to know about it."""

    link: Link
    note: str


@dataclass(frozen=True)
class Pile:
    """Things that wait for the same to be done."""

    anchor: str
    heading: str
    things: tuple[Waiting, ...]


def piles(session: Session, who: Actor, today: date) -> tuple[Pile, ...]:
    """Everything that waits for this person, most urgent first; piles with nothing in them are left out."""
    records = _priorities(session, who)
    may = {one.id: {move.name for move in moves(one)} for one in records}
    mine = [one for one in records if one.state is State.DRAFT]
    sign = [one for one in records if one.state is State.PROPOSED and "agree" in may[one.id]]
    force = [one for one in records if "bring into force" in may[one.id] and _is_due(one, today)]
    review = [one for one in records if may[one.id] & {"amend", "end"} and (_is_to_review(one, today) or _is_over(one, today))]
    score = [
        one
        for one in records
        if "score" in may[one.id] and one.outturns is None and one.expected_ranges and one.state is State.ENDED
    ]
    every = (
        Pile("late", "Overdue actions", _actions(follow_up.overdue(actions.actions(session), today), who)),
        Pile("sign", "For you to agree", _waiting(sign, "agree")),
        Pile("comments", "Comments to read", _comments(session, who)),
        Pile("force", "To be brought into force", _waiting(force, "bring-into-force")),
        Pile("review", "Due for review, or whose year is over", _waiting(review, "")),
        Pile("score", "To be scored", _waiting(score, "score")),
        Pile("drafts", "Your drafts", _waiting(mine, "edit")),
        Pile("open", "Open actions" if _sees_every_action(who) else "Your open actions", _actions(_ahead(session, today), who)),
        Pile("still", f"Recommendations that have not moved for {STILL_MONTHS} months", _still(session, who, today)),
    )
    return tuple(pile for pile in every if pile.things)


def _priorities(session: Session, who: Actor) -> list[AnyPriorityRecord]:
    every_priority: list[AnyPriorityRecord] = list(reading.borough_priorities(session, who))
    for plan in reading.plans(session):
        every_priority += reading.london_priorities(session, who, plan_id=plan.id)
    return [one for one in every_priority if not one.is_example]


def _is_due(one: AnyPriorityRecord, today: date) -> bool:
    ends = follow_up.notice_ends(one)
    return (ends is None or ends <= today) and (one.in_force_from is None or one.in_force_from <= today)


def _is_to_review(one: AnyPriorityRecord, today: date) -> bool:
    return one.review_on is not None and one.review_on <= today


def _is_over(one: AnyPriorityRecord, today: date) -> bool:
    return one.state is State.IN_FORCE and one.financial_year is not None and ends_on(one.financial_year) < today


def _waiting(records: Iterable[AnyPriorityRecord], end: str) -> tuple[Waiting, ...]:
    return tuple(Waiting((one.title, "/".join(filter(None, (priority_address(one.id), end)))), _where(one)) for one in records)


def _where(one: AnyPriorityRecord) -> str:
    place = ", ".join(filter(None, (area_words(one.area_code), one.financial_year)))
    starts = f", in force from {day(one.in_force_from)}" if one.in_force_from else ""
    return f"{place}{starts}. By {one.author_name}."


def _actions(records: Sequence[ActionRecord], who: Actor) -> tuple[Waiting, ...]:
    def concerns(one: ActionRecord) -> bool:
        return who.account_id in (one.owner_id, one.raised_by_id) or (
            who.area_code is not None and one.area_code == who.area_code
        )

    everything = _sees_every_action(who)
    return tuple(
        Waiting((one.text, f"/action/{one.id}"), f"{one.owner}, due {day(one.due_on)}, {area_words(one.area_code)}.")
        for one in records
        if not one.is_example and (everything or concerns(one))
    )


def _sees_every_action(who: Actor) -> bool:
    return who.role in (Role.MOPAC_OFFICER, Role.DEPUTY_MAYOR, Role.CLERK)


def _ahead(session: Session, today: date) -> tuple[ActionRecord, ...]:
    return tuple(one for one in actions.actions(session, state=ActionState.OPEN) if one.due_on >= today)


def _comments(session: Session, who: Actor) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            (f"{one.priority_title}: {one.said_by}", f"/comment/{one.id}"), f"{area_words(one.area_code)}, {day(one.sent_at)}."
        )
        for one in comments.to_read(session, who)
    )


def _still(session: Session, who: Actor, today: date) -> tuple[Waiting, ...]:
    if who.role not in (Role.CLERK, Role.MOPAC_OFFICER, Role.DEPUTY_MAYOR):
        return ()
    made_on = {
        recommendation_set.id: recommendation_set.made_on for recommendation_set in recommendations.recommendation_sets(session)
    }
    return tuple(
        Waiting(
            (f"{one.recommendation.number}. {one.recommendation.title}", f"/recommendation/{one.recommendation.id}/status"),
            f"Last heard of on {day(one.last)}." if one.last else "Nothing has been said about it.",
        )
        for one in follow_up.standstills(recommendations.recommendations(session), STILL_MONTHS, today, made_on=made_on)
    )
