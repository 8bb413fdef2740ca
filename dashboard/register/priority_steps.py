"""Agreeing a priority, bringing it into force, ending it, and scoring what came against what was expected."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from dashboard.register.errors import InvalidEntry, NotAllowed
from dashboard.register.models import BoroughPriority, PanLondonPriority, Priority, Signature
from dashboard.register.permissions import Actor, side
from dashboard.register.priorities import taking
from dashboard.register.record_parts import ExpectedRange, Outturn, is_web_address
from dashboard.register.records import AnyPriorityRecord, priority_record
from dashboard.register.years import london_date

# Asked for only when the second body signs: the ranges of these measures in this area, from the live release.
RangesFor = Callable[[tuple[str, ...], str], tuple[ExpectedRange, ...]]
SIDES_NEEDED = 2


def agree(
    session: Session,
    actor: Actor,
    priority_id: str,
    *,
    seen_version: int,
    minute_link: str | None,
    ranges_for: RangesFor,
    now: datetime,
) -> AnyPriorityRecord:
    """The proposal with one more signature; agreed once two people from different bodies have signed.

    On the signature that agrees it the expected ranges are fixed. A measure without one must say why.

    Raises:
        NotFound, Conflict.
        NotAllowed: not this person, or their body has signed already.
        InvalidEntry: the minute's address is not one, or the ranges given are not those of the priority's measures.
    """
    with taking(session, actor, priority_id, "agree", seen_version=seen_version, offered={}, why="", now=now) as (
        row,
        move,
    ):
        if minute_link is not None and not is_web_address(minute_link):
            raise InvalidEntry({"minute_link": "Write the address in full, beginning with https://."})
        if actor.body is None:
            raise NotAllowed("Someone who signs must speak for a body.")
        valid_signatures = [signature for signature in row.signatures if signature.superseded_at is None]
        if any(signature.account_id == actor.account_id for signature in valid_signatures):
            raise NotAllowed("You have signed this already; someone from another body must sign too.")
        sides = {side(signature.body, row.kind) for signature in valid_signatures}
        if side(actor.body, row.kind) in sides:
            raise NotAllowed(f"{side(actor.body, row.kind)} has signed this already; another body must sign too.")
        row.signatures.append(
            Signature(
                priority_version=row.version,
                account_id=actor.account_id,
                body=actor.body,
                person=actor.name,
                signed_at=now,
                minute_link=minute_link,
            )
        )
        # A signature is a change of the priority too: two people signing at once must not miss each other.
        row.updated_at = now
        if len(sides) + 1 >= SIDES_NEEDED:
            row.state, row.agreed_at = move.end, now
            row.expected_ranges = _fixed(row, ranges_for)
    return priority_record(row)


def bring_into_force(session: Session, actor: Actor, priority_id: str, *, seen_version: int, now: datetime) -> AnyPriorityRecord:
    """The agreed priority, signed off and in force.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: its notice has not run, or its day has not come.
    """
    with taking(session, actor, priority_id, "bring into force", seen_version=seen_version, offered={}, why="", now=now) as (
        row,
        move,
    ):
        today = london_date(now)
        if row.proposed_at is not None and row.notice_days is not None:
            notice_ends = london_date(row.proposed_at) + timedelta(days=row.notice_days)
            if today < notice_ends:
                raise InvalidEntry({"notice_days": f"The notice runs to {notice_ends:%-d %B %Y}."})
        if row.in_force_from is not None and today < row.in_force_from:
            raise InvalidEntry({"in_force_from": f"It comes into force on {row.in_force_from:%-d %B %Y}."})
        row.state, row.signed_off_at, row.signed_off_by = move.end, now, actor.name
    return priority_record(row)


def end(
    session: Session, actor: Actor, priority_id: str, *, seen_version: int, on: date, why: str, now: datetime
) -> AnyPriorityRecord:
    """The priority, ended on a day.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: no reason, or a day before it was in force or still to come.
    """
    with taking(session, actor, priority_id, "end", seen_version=seen_version, offered={}, why=why, now=now) as (
        row,
        move,
    ):
        faults = {} if why.strip() else {"why": "Say why it ends."}
        if on > london_date(now):
            faults["on"] = "It cannot have ended on a day that has not come."
        elif row.in_force_from is not None and on < row.in_force_from:
            faults["on"] = f"It has been in force only since {row.in_force_from:%-d %B %Y}."
        if faults:
            raise InvalidEntry(faults)
        row.state, row.ended_on = move.end, on
    return priority_record(row)


def amend_review(
    session: Session, actor: Actor, priority_id: str, *, seen_version: int, review_on: date, why: str, now: datetime
) -> AnyPriorityRecord:
    """The priority in force, to be reviewed on another day. Nothing else of it can be changed.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: no reason, or a day before it was in force.
    """
    offered = {"review_on": review_on}
    with taking(session, actor, priority_id, "amend", seen_version=seen_version, offered=offered, why=why, now=now) as (
        row,
        _,
    ):
        faults = {} if why.strip() else {"why": "Say why the review moves."}
        if row.in_force_from is not None and review_on <= row.in_force_from:
            faults["review_on"] = "The review must come after it is in force."
        if faults:
            raise InvalidEntry(faults)
        row.review_on = review_on
    return priority_record(row)


def score(
    session: Session,
    actor: Actor,
    priority_id: str,
    *,
    seen_version: int,
    outturns: tuple[Outturn, ...],
    now: datetime,
) -> AnyPriorityRecord:
    """The priority with its outturn beside the range fixed on agreement.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: an outturn for a measure that has no fixed range.
    """
    offered = {"outturns": outturns}
    with taking(session, actor, priority_id, "score", seen_version=seen_version, offered=offered, why="", now=now) as (
        row,
        _,
    ):
        scorable = {fixed.measure_id for fixed in row.expected_ranges or () if fixed.refused is None}
        stray = sorted({outturn.measure_id for outturn in outturns} - scorable)
        if stray:
            raise InvalidEntry({"outturns": f"No range was fixed for {', '.join(stray)}."})
        row.outturns = outturns
    return priority_record(row)


def measures_to_fix(row: Priority) -> tuple[str, ...]:
    """The measures whose ranges are fixed when this priority is agreed."""
    if isinstance(row, BoroughPriority):
        return (row.measure_id,) if row.measure_id else ()
    if isinstance(row, PanLondonPriority) and row.basket is not None:
        return row.basket.measure_ids
    return ()


def _fixed(row: Priority, ranges_for: RangesFor) -> tuple[ExpectedRange, ...]:
    measures = measures_to_fix(row)
    if not measures:
        return ()
    ranges = ranges_for(measures, row.area_code)
    measured_places = tuple((fixed.measure_id, fixed.area_code) for fixed in ranges)
    if measured_places != tuple((measure, row.area_code) for measure in measures):
        raise InvalidEntry(
            {"expected_ranges": f"Ranges were given for {measured_places}, not for {measures} in {row.area_code}."}
        )
    return ranges
