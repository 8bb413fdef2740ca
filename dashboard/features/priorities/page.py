"""Priorities: who agreed what, under which plan, for which year; what followed; what nobody chose."""

from collections.abc import Sequence

from dashboard.exports.register import priorities_file
from dashboard.features.priorities.sections import (
    balance_section,
    borough_sentence,
    churn_section,
    followed_section,
    history_section,
    local_register,
    london_wide,
    on_record_elsewhere,
    open_section,
)
from dashboard.figures import queries, queries_register
from dashboard.figures.choices import (
    EVERY_YEAR,
    Choice,
    judged_choices,
    latest_year,
    opening_year,
    place_choices,
    year_now,
    years_of,
)
from dashboard.figures.records import Area, Verdict
from dashboard.figures.view import Option, View
from dashboard.register.follow_up import standing
from dashboard.register.models import PlanState
from dashboard.register.permissions import State
from dashboard.register.records import BoroughPriorityRecord, PlanRecord
from dashboard.register.years import year_after
from dashboard.ui import html
from dashboard.ui.addresses import evidence_address, place_address, propose_address
from dashboard.ui.borough_priorities import local_section
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import button_link, download_link
from dashboard.ui.measures_not_chosen import not_chosen_section
from dashboard.ui.notice import notice
from dashboard.ui.page import Download, Page
from dashboard.ui.picker import Pick, picker
from dashboard.ui.plans import plans_section, rules_section
from dashboard.ui.register_marks import demonstration
from dashboard.ui.sections import page_opening
from dashboard.words import priorities as words
from etl.core.areas import CITY_OF_LONDON

NOTHING_YET = "What London as a whole set itself stands below, and how a borough’s choice is recorded."
UNREADABLE = "The register cannot be read at the moment"


def plan_ids() -> tuple[str, ...]:
    """Every plan's id, newest first."""
    return tuple(p.id for p in reversed(queries_register.plans()))


def all_years() -> tuple[str, ...]:
    """Every financial year of every plan, and "all"."""
    return (*sorted({y for p in queries_register.plans() for y in years_of(p)}, reverse=True), EVERY_YEAR)


def borough_codes() -> tuple[str, ...]:
    """The boroughs the plan reaches."""
    return tuple(a.code for a in boroughs())


def boroughs() -> tuple[Area, ...]:
    """The 32 boroughs the Met polices, A to Z."""
    return tuple(a for a in queries.areas("borough") if a.code != CITY_OF_LONDON)


def layout(view: View) -> list[Element]:
    """London-wide priorities, then each borough's, then what followed; or one borough's history."""
    top: list[Element] = [breadcrumb([("Home", "/")], "Priorities")]
    if not queries_register.is_readable():
        return [
            *top,
            page_opening(UNREADABLE, standfirst="Figures are not touched. The pages of boroughs and measures work as before."),
        ]
    plan, year = plan_and_year(view)
    area = view.choice("area")
    if area:
        return [*top, *one_borough(view, queries.area(area), plan, year)]
    return [*top, *every_borough(view, plan, year)]


def plan_and_year(view: View) -> tuple[PlanRecord, str]:
    """The plan and the year an address asks for: a year alone brings the plan it falls under.

    Whoever changes the plan and leaves another plan's year beside it means the plan: it opens as it does without a year.
    """
    year, plan_id = view.choice("year"), view.choice("plan")
    if not plan_id and year and year != EVERY_YEAR:
        plan_id = next((p.id for p in reversed(queries_register.plans()) if year in years_of(p)), "")
    current = queries_register.current_plan()
    plan = queries_register.plan(plan_id or (current.id if current else ""))
    return plan, year if year in (*years_of(plan), EVERY_YEAR) else opening_year(plan)


def shown_priorities(view: View) -> tuple[BoroughPriorityRecord, ...]:
    """The public priorities of boroughs that a view lists: all but withdrawn ones."""
    plan, year = plan_and_year(view)
    area, chosen = view.choice("area") or None, None if year == EVERY_YEAR else year
    plan_id = None if area and chosen is None else plan.id
    every = queries_register.borough_priorities(plan_id=plan_id, financial_year=chosen, area_code=area)
    return tuple(p for p in every if p.state is not State.WITHDRAWN)


def every_borough(view: View, plan: PlanRecord, year: str) -> list[Element]:
    """The register of one plan and year."""
    priorities_shown = shown_priorities(view)
    chosen = None if year == EVERY_YEAR else year
    pairs = judged_choices(plan.id, chosen)
    return [
        opening(view, plan, chosen, priorities_shown, pairs),
        choose(view, plan, year),
        *_other_year(view, plan, year),
        *([demonstration()] if any(p.is_example for p in priorities_shown) else []),
        *open_section(queries_register.borough_priorities(), queries_register.today()),
        london_wide(plan),
        local_register(plan, chosen, priorities_shown, boroughs()),
        churn_section(plan, year),
        *followed_section(pairs),
        balance_section(),
        rules_section(plan),
        plans_section(queries_register.plans(), plan),
    ]


def one_borough(view: View, area: Area, plan: PlanRecord, year: str) -> list[Element]:
    """One borough: the year's choices in full, what it did not choose, and its history beside London."""
    year_wanted = year if year != EVERY_YEAR else (latest_year(area.code) or year_now())
    place = place_choices(area.code, year_wanted)
    history = judged_choices("", None, area.code)
    every = tuple(p for p in queries_register.borough_priorities(area_code=area.code) if p.state is not State.WITHDRAWN)
    return [
        page_opening(
            borough_sentence(place),
            place=area.name,
            standfirst=words.followed_sentence([c.verdict.state for c, _ in history if c.verdict]),
            actions=_actions(view, area),
        ),
        choose(view, plan, year),
        *_other_year(view, plan, year),
        local_section(place),
        not_chosen_section(place),
        history_section(area, every, history),
        london_wide(plan),
        rules_section(plan),
    ]


def opening(
    view: View,
    plan: PlanRecord,
    year: str | None,
    priorities_shown: Sequence[BoroughPriorityRecord],
    pairs: Sequence[tuple[Choice, Verdict | None]],
) -> Element:
    """How many boroughs' choices are on record, and what followed them."""
    real = len({p.area_code for p in standing(priorities_shown) if not p.is_example})
    made_up = len({p.area_code for p in priorities_shown if p.is_example})
    followed = words.followed_sentence([c.verdict.state for c, _ in pairs if c.verdict and not c.record.is_example])
    elsewhere = words.elsewhere_sentence(on_record_elsewhere(plan, year)) if not real else ""
    note = " ".join(s for s in (followed, elsewhere, words.examples_sentence(made_up) if made_up else "") if s)
    return page_opening(
        words.on_record_headline(plan, real, len(boroughs()), year),
        standfirst=note or NOTHING_YET,
        actions=_actions(view, None),
    )


def choose(view: View, plan: PlanRecord, year: str) -> Element:
    """Plan, year and borough, kept in the address."""
    plans = {p.id: _plan_words(p) for p in reversed(queries_register.plans())}
    years = {y: y for y in reversed(years_of(plan))} | {EVERY_YEAR: "Every year"}
    opens = opening_year(plan)
    first = "Every year" if opens == EVERY_YEAR else f"This year, {opens}"
    picks = (
        Pick("plan", "Plan", plans, plan.id),
        Pick("year", "Year", {"": first, **{y: w for y, w in years.items() if y != opens}}, "" if year == opens else year),
        Pick("area", "Borough", {"": "Every borough", **{a.code: a.name for a in boroughs()}}),
    )
    return html.Div(picker(view, picks, label="Choose plan, year and borough"), className="gap")


def file(view: View) -> Download:
    """The priorities listed, and the whole public record.

    Raises:
        LookupError: the register cannot be read.
    """
    if not queries_register.is_readable():
        raise LookupError(f"{UNREADABLE}.")
    plan, year = plan_and_year(view)
    area = view.choice("area")
    return priorities_file(shown_priorities(view), plan.id, year, queries.area(area).name if area else "")


def _actions(view: View, area: Area | None) -> list[Element]:
    after = year_after(year_now())
    download = download_link("The register as files", f"/download{view.address}")
    if area is None:
        return [button_link("Sign in to propose", "/sign-in", plain=True), download]
    return [
        button_link(f"Propose a priority for {after}", propose_address(after, area.code)),
        button_link("Evidence sheet", evidence_address(area.code), plain=True),
        button_link(f"{area.name}’s page", place_address(area.code), plain=True),
        download,
    ]


def _other_year(view: View, plan: PlanRecord, year: str) -> list[Element]:
    """That the year asked for is not one of the plan's, and what is shown instead; nothing where it is."""
    year_asked = view.choice("year")
    if year_asked in ("", year):
        return []
    run = f"which runs from {plan.first_year} to {plan.last_year}"
    instead = "Every year of it is shown." if year == EVERY_YEAR else f"{year} is shown."
    return [notice("quietly", f"{year_asked} is not a year of the {plan.short_title}, {run}.", instead)]


def _plan_words(plan: PlanRecord) -> str:
    return f"{plan.short_title} (in force)" if plan.state is PlanState.CURRENT else plan.short_title


def _title(view: View) -> str:
    area = view.choice("area")
    return f"Priorities of {queries.area(area).name}" if area else "Priorities"


PAGE = Page(
    path="/priorities",
    title=_title,
    description="Who agreed which policing priority in London, why, from when, what followed, and what nobody chose.",
    nav="priorities",
    menu="Priorities",
    order=30,
    layout=layout,
    options=(Option("plan", plan_ids), Option("year", all_years), Option("area", borough_codes)),
    examples=(
        "/priorities?plan=2017-2021",
        "/priorities?year=2017/18&area=E09000006",
        "/priorities?area=E09000004",
    ),
    download=file,
)
