"""What a priority must hold before it is kept, and before anyone else sees it: every fault, by field."""

from datetime import date, timedelta

from dashboard.register import areas
from dashboard.register.entries import BoroughEntry, LondonEntry
from dashboard.register.measures import candidates
from dashboard.register.models import Plan
from dashboard.register.record_parts import SuccessStatement
from dashboard.register.years import ends_on, is_financial_year, starts_on


def draft_faults(entry: LondonEntry | BoroughEntry, plan: Plan | None) -> dict[str, str]:
    """What is wrong even for a draft: field to sentence, empty when nothing is."""
    faults: dict[str, str] = {}
    if plan is None:
        faults["plan_id"] = "There is no such plan."
    if not entry.title.strip():
        faults["title"] = "Give it a name."
    for measure in _measures(entry):
        if measure not in candidates().known:
            faults["measures"] = f"{measure} is not a measure of this site."
    if isinstance(entry, BoroughEntry):
        if entry.area_code not in areas.POLICED_BY_THE_MET:
            faults["area_code"] = "Name one of the 32 boroughs the Met polices."
        if not is_financial_year(entry.financial_year):
            faults["financial_year"] = "Write the year as 2026/27."
        elif plan is not None and not plan.first_year <= entry.financial_year <= plan.last_year:
            faults["financial_year"] = f"{plan.short_title} runs from {plan.first_year} to {plan.last_year}."
    return faults


def proposal_faults(entry: LondonEntry | BoroughEntry, plan: Plan, today: date) -> dict[str, str]:
    """What a proposal still lacks: field to sentence, empty when it may be made public."""
    faults = draft_faults(entry, plan)
    if not (entry.rationale or "").strip():
        faults["rationale"] = "Say why this is a priority."
    faults |= _success_faults(entry.success)
    faults |= _date_faults(entry, plan, today)
    if isinstance(entry, LondonEntry):
        if not entry.basket.measure_ids:
            faults["measures"] = "Name at least one measure it will be read by."
    else:
        faults |= _borough_faults(entry)
    return faults


def _borough_faults(entry: BoroughEntry) -> dict[str, str]:
    faults: dict[str, str] = {}
    if entry.sort is None:
        faults["sort"] = "Say whether it is about volume, vulnerability or harm."
    if entry.carried is None:
        faults["carried"] = "Say whether it is new or carried forward."
    if entry.measure_id is None and not (entry.measure_note or "").strip():
        faults["measure_id"] = "Name the measure, or say why no published measure reads it."
    if not (entry.residents_asked or "").strip():
        faults["residents_asked"] = "Say what residents asked for, or that they were not asked."
    if not (entry.residents_answered or "").strip():
        faults["residents_answered"] = "Say how the choice answers what residents asked for."
    return faults


def _success_faults(success: SuccessStatement | None) -> dict[str, str]:
    if success is None:
        return {"success": "Write what improving would look like before the year starts."}
    faults: dict[str, str] = {}
    if not success.improving.strip():
        faults["success.improving"] = "Say what improving would look like."
    if not success.over.strip():
        faults["success.over"] = "Say over what time."
    if not success.measure_ids:
        faults["success.measure_ids"] = "Say on which measures."
    if not success.not_counted.strip():
        faults["success.not_counted"] = "Say what would not count as success."
    return faults


def _date_faults(entry: LondonEntry | BoroughEntry, plan: Plan, today: date) -> dict[str, str]:
    faults: dict[str, str] = {}
    least = int(plan.rules["notice_days"])
    if entry.notice_days is None or entry.notice_days < least:
        faults["notice_days"] = f"Give at least {least} days' notice."
    if entry.in_force_from is None:
        faults["in_force_from"] = "Say when it comes into force."
    else:
        notice_ends = today + timedelta(days=max(entry.notice_days or 0, least))
        if entry.in_force_from < notice_ends:
            faults["in_force_from"] = f"The notice runs to {notice_ends:%-d %B %Y}; it cannot be in force before."
        elif isinstance(entry, BoroughEntry) and is_financial_year(entry.financial_year):
            first, last = starts_on(entry.financial_year), ends_on(entry.financial_year)
            if not first <= entry.in_force_from <= last:
                faults["in_force_from"] = f"{entry.financial_year} runs from {first:%-d %B %Y} to {last:%-d %B %Y}."
    if entry.review_on is None:
        faults["review_on"] = "Say when it will be reviewed."
    elif entry.in_force_from is not None and entry.review_on <= entry.in_force_from:
        faults["review_on"] = "The review must come after it is in force."
    return faults


def _measures(entry: LondonEntry | BoroughEntry) -> tuple[str, ...]:
    named = entry.success.measure_ids if entry.success else ()
    if isinstance(entry, LondonEntry):
        return (*entry.basket.measure_ids, *named)
    return (entry.measure_id, *named) if entry.measure_id else named
