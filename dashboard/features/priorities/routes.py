"""Proposing a priority and rewriting one: the two long forms. Nothing typed is lost, whatever is wrong or whoever was first."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.priorities.evidence_kept import evidence_sheet, evidence_table
from dashboard.features.priorities.form import DATES, Entry, Where, answers_of, entry_of, placed, questions
from dashboard.register import areas, priorities, reading
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import Carried, Plan
from dashboard.register.permissions import State
from dashboard.register.priority_checks import draft_faults, proposal_faults
from dashboard.register.record_parts import SuccessStatement
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord, PlanRecord
from dashboard.register.years import is_financial_year, london_date
from dashboard.ui.forms import Field, Values
from dashboard.ui.frame import breadcrumb
from dashboard.ui.sections import page_opening
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import VERSION, FormPage, Press, Questions, both_versions, differences, show
from dashboard.web.measure_choices import area_words
from dashboard.web.permits import to_move
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import sent, text
from dashboard.web.viewer import moves, priority_address, propose_address
from etl.core.areas import LONDON

routes = Blueprint("priority", __name__)
PRIORITIES = ("Priorities", "/priorities")
SAVE, PROPOSE = Press("Save as a draft", "save", is_plain=True), Press("Propose", "propose")
WHY = Field("why", "What was changed, and why", "text", "It is kept in the history for anyone to read.", size=2)
OF_ITS_YEAR = frozenset({*DATES, "success.over", "notice_days"})
RULE = "/priorities/<year>/<area_code>/propose"


@shows(routes, RULE, to_move("draft"), area_from="area_code")
def show_propose(year: str, area_code: str) -> Response:
    """An empty form for an area and year; or one filled from the priority of the year before that is carried forward."""
    where = where_of_address(year, area_code)
    notice: Values = {"notice_days": (str(where.notice_days),)}
    return _show_new(where, {**_carried(request.args.get("from", ""), where), **notice})


@changes(routes, RULE, to_move("draft"), area_from="area_code")
def send_propose(year: str, area_code: str) -> AnyResponse:
    """The new draft or proposal; or the form again with every error."""
    where = where_of_address(year, area_code)
    form_page = _form(where, None)
    values = sent(form_page.fields)
    is_proposal = request.form.get("press") == PROPOSE.value
    evidence = evidence_sheet(where.area_code) if where.is_borough else None
    entry, faults = entry_of(values, where, evidence=evidence)
    faults = _all_faults(entry, where.plan_id, faults, is_proposal=is_proposal)
    if not faults:
        try:
            with site_register.writing() as session:
                priority_saved = priorities.draft(session, signed().actor, entry, now=site_register.now())
                if is_proposal and priority_saved.state is State.DRAFT:
                    priority_saved = priorities.propose(
                        session, signed().actor, priority_saved.id, seen_version=priority_saved.version, now=site_register.now()
                    )
            return go_on(priority_address(priority_saved.id), "propose" if is_proposal else "draft")
        except InvalidEntry as error:
            faults = placed(error.errors)
    return _show_new(where, values, faults=faults, status=422)


@shows(routes, "/priority/<priority_id>/edit", to_move("edit"))
def show_edit(priority_id: str) -> Response:
    """The form with what is held."""
    priority = editable(priority_id)
    return _show_held(priority, answers_of(priority), priority.version)


@changes(routes, "/priority/<priority_id>/edit", to_move("edit"))
def send_edit(priority_id: str) -> AnyResponse:
    """The priority rewritten; or the form again with every error, or with both versions where someone else was first."""
    with site_register.reading() as session:
        priority = reading.priority(session, signed().actor, priority_id)
    where = _where_of(priority)
    values = sent(_form(where, priority).fields)
    if not _may_edit(priority):
        return _too_late(priority, values)
    seen_version = _seen(priority)
    press = request.form.get("press")
    is_public = priority.state is State.PROPOSED
    entry, faults = entry_of(values, where, evidence=evidence_of(priority))
    faults = _all_faults(entry, where.plan_id, faults, is_proposal=is_public or press == PROPOSE.value)
    if is_public and not text(values, "why"):
        faults["why"] = "Say what was changed, and why."
    if seen_version != priority.version:
        # Said before any error: what is wrong may be wrong only beside the newer version.
        return _show_both(priority, values)
    if not faults:
        try:
            with site_register.writing() as session:
                priority_saved = priorities.edit(
                    session,
                    signed().actor,
                    priority.id,
                    entry,
                    seen_version=seen_version,
                    why=text(values, "why"),
                    now=site_register.now(),
                )
                if press == PROPOSE.value and not is_public:
                    priority_saved = priorities.propose(
                        session, signed().actor, priority_saved.id, seen_version=priority_saved.version, now=site_register.now()
                    )
            proposed = "propose" if priority_saved.state is State.PROPOSED else "draft"
            return go_on(priority_address(priority_saved.id), "edit" if is_public else proposed)
        except InvalidEntry as error:
            faults = placed(error.errors)
        except Conflict as conflict:
            return _show_both(conflict.current, values)  # type: ignore[arg-type]
    return _show_held(priority, values, seen_version, faults=faults, status=422)


def _carried(priority_id: str, where: Where) -> Values:
    """The answers of an earlier priority of the same borough, but for its own days, marked as carried forward.

    Raises:
        NotFound: it is not this borough's, or not to be seen.
    """
    if not priority_id:
        return {}
    with site_register.reading() as session:
        priority = reading.priority(session, signed().actor, priority_id)
    if not isinstance(priority, BoroughPriorityRecord) or priority.area_code != where.area_code or priority.is_example:
        raise NotFound("There is no such priority to carry forward here.")
    answers = {name: answer for name, answer in answers_of(priority).items() if name not in OF_ITS_YEAR}
    return {**answers, "carried": (Carried.FORWARD.value,)}


def evidence_of(priority: AnyPriorityRecord) -> dict[str, Any] | None:
    """The evidence to keep with a priority: as it stood when it was proposed, or, for a draft, as it stands now."""
    if not isinstance(priority, BoroughPriorityRecord):
        return None
    return evidence_sheet(priority.area_code) if priority.state is State.DRAFT else priority.evidence_sheet


def editable(priority_id: str) -> AnyPriorityRecord:
    """A priority this person may rewrite now.

    Raises:
        NotFound, NotAllowed.
    """
    with site_register.reading() as session:
        priority = reading.priority(session, signed().actor, priority_id)
    if not _may_edit(priority):
        raise NotAllowed(f"This priority is {priority.state}: you may not rewrite it.")
    return priority


def _may_edit(priority: AnyPriorityRecord) -> bool:
    return any(move.name == "edit" for move in moves(priority))


def _too_late(priority: AnyPriorityRecord, values: Values) -> Response:
    title = f"This priority is {priority.state}: you may not rewrite it"
    here = (priority.title, priority_address(priority.id))
    content = [
        breadcrumb((HOME, PRIORITIES, here), "Not saved"),
        page_opening(
            title, standfirst="What you typed was not saved. It is below, beside what is held, so that you can copy it."
        ),
        differences(_form(_where_of(priority), priority).fields, answers_of(priority), values),
    ]
    return page("Not saved", content, status=403, nav="priorities", address=here[1])


def _show_new(where: Where, values: Values, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    before = [evidence_table(evidence_sheet(where.area_code), is_kept=False)] if where.is_borough else []
    return show(_form(where, None), values, faults=faults, status=status, before=before)


def _show_held(
    priority: AnyPriorityRecord, values: Values, version: int, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    form_page = _form(_where_of(priority), priority)
    return show(form_page, values, faults=faults, status=status, hidden={VERSION: str(version)})


def _show_both(priority: AnyPriorityRecord, values: Values) -> Response:
    form_page = _form(_where_of(priority), priority)
    # Saving again is saving over what has just been shown, so the form now carries the newer version.
    before = both_versions((one for one in form_page.fields if one is not WHY), answers_of(priority), values)
    return show(form_page, values, status=409, hidden={VERSION: str(priority.version)}, before=before)


def _form(where: Where, priority: AnyPriorityRecord | None) -> FormPage:
    place = area_words(where.area_code) + (f", {where.financial_year}" if where.is_borough else "")
    if priority is None:
        title, address = "Propose a priority", propose_address(where.financial_year, where.area_code)
        note = "A draft is seen by you alone. Once proposed it is public, and two people from different bodies must agree it."
        return FormPage(title, address, questions(where), (PROPOSE, SAVE), note, place, (PRIORITIES,), "priorities")
    above = (PRIORITIES, (priority.title, priority_address(priority.id)))
    address = f"{priority_address(priority.id)}/edit"
    if priority.state is State.PROPOSED:
        note = "It is public: saving starts its notice again, and whoever has signed must sign again."
        groups = (*questions(where), Questions((WHY,), "The change"))
        return FormPage("Edit the proposal", address, groups, (Press("Save", "save"),), note, place, above, "priorities")
    note = "Only you can see this draft."
    return FormPage("Edit the draft", address, questions(where), (PROPOSE, SAVE), note, place, above, "priorities")


def _all_faults(entry: Entry, plan_id: str, faults: dict[str, str], *, is_proposal: bool) -> dict[str, str]:
    if is_proposal and entry.success is None:
        # Nothing typed: each part says what it lacks, beside its own field.
        entry = entry.model_copy(update={"success": SuccessStatement(improving="", over="", measure_ids=(), not_counted="")})
    with site_register.reading() as session:
        plan = session.get_one(Plan, plan_id)
        start_values: dict[str, Any] = (
            proposal_faults(entry, plan, london_date(site_register.now())) if is_proposal else draft_faults(entry, plan)
        )
    return placed(start_values) | faults


def where_of_address(year: str, area_code: str) -> Where:
    """What an address names: plan, place and year.

    Raises:
        NotFound: no such year or place, or no plan covers it.
    """
    financial_year = year.replace("-", "/")
    if not is_financial_year(financial_year) or area_code not in (LONDON, *areas.POLICED_BY_THE_MET):
        raise NotFound("Priorities are proposed for a financial year and for London or one of the 32 boroughs the Met polices.")
    with site_register.reading() as session:
        plan = next(
            (candidate for candidate in reading.plans(session) if candidate.first_year <= financial_year <= candidate.last_year),
            None,
        )
    if plan is None:
        raise NotFound(f"No plan on record covers {financial_year}.")
    return _at(plan, area_code, financial_year)


def _where_of(priority: AnyPriorityRecord) -> Where:
    with site_register.reading() as session:
        plan = reading.plan(session, priority.plan_id)
    return _at(plan, priority.area_code, priority.financial_year or plan.first_year)


def _at(plan: PlanRecord, area_code: str, financial_year: str) -> Where:
    return Where(plan.id, area_code, financial_year, area_code != LONDON, int(plan.rules["notice_days"] or 0))


def _seen(priority: AnyPriorityRecord) -> int:
    version_text = request.form.get(VERSION, "")
    # A version that is none is one nobody saw: both are shown rather than one lost.
    return int(version_text) if version_text.isdecimal() and len(version_text) < 9 else priority.version - 1
