"""Sections of the Priorities page: London-wide, local register, how much changed, what followed, harm balance, history."""

from collections.abc import Sequence
from datetime import date

from dashboard.features.priorities.tables import choices_table, followed_table, london_table, london_told_once
from dashboard.figures import queries, queries_register, queries_years
from dashboard.figures.choices import EVERY_YEAR, Choice, PlaceChoices, balances, chosen_in_window, years_of
from dashboard.figures.records import Area, Verdict
from dashboard.figures.view import href
from dashboard.register.follow_up import churn, notice_ends, standing
from dashboard.register.models import PlanState
from dashboard.register.permissions import State
from dashboard.register.records import BoroughPriorityRecord, PlanRecord
from dashboard.register.years import year_after, year_before
from dashboard.ui import html
from dashboard.ui.addresses import priority_address
from dashboard.ui.html import Element
from dashboard.ui.measures_not_chosen import balance_notice
from dashboard.ui.notice import empty
from dashboard.ui.register_marks import borough_names_list, example_tag, title_of
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.words import priorities as words
from dashboard.words.facts import lowered
from dashboard.words.verdicts import verdict_words
from etl.core.areas import LONDON
from etl.core.state import QUIET
from etl.core.written import count_word, day, listed

MOST_OPEN = 12
"""A longer list of proposals is closed until asked for, so that it does not push the priorities themselves down."""
NOT_CHOSEN_IN = "The measures no borough chose are shown borough by borough: choose one above, or open its page."
NONE_IN_BALANCE = "In no borough with a choice on record has what it chose improved while something else worsened."
NOTHING_TO_WEIGH = (
    "No borough’s choice is on record for the months the newest figures judge, so there is nothing to weigh: nobody can say "
    "whether what was chosen improved at the cost of something else."
)


def london_wide(plan: PlanRecord) -> Element:
    """The plan's London-wide priorities as baskets, with the verdicts as they stand."""
    verdicts = queries_years.newest_verdicts(LONDON)
    london_priorities = queries_register.london_priorities(plan.id)
    say = "Set by the Mayor. Every borough carries these; none can drop one."
    is_over = plan.state is not PlanState.CURRENT
    over = " An end is the day before the next plan began: the plan itself names none." if is_over else ""
    if not london_priorities:
        return section(
            "london-wide", "London-wide", [empty("None is recorded", "No London-wide priority of this plan is on record.")]
        )
    ours = any(words.OUR_CHOICE in (p.basket.note or "") for p in london_priorities)
    notes = f"Verdicts are those of the newest figures.{over} {words.OURS_EACH if ours else ''}".strip()
    content = [html.P(notes, className="source")]
    told_once = london_told_once(london_priorities)
    if told_once:
        content.append(html.P(told_once, className="source"))
    return section(
        "london-wide", f"London-wide, {plan.short_title}", [london_table(london_priorities, verdicts), *content], say=say
    )


def open_section(proposals: Sequence[BoroughPriorityRecord], on: date) -> list[Element]:
    """Everything anyone may still comment on, whose notice ends first at the top; nothing where there is none."""
    states = (State.PROPOSED, State.AGREED)
    still = [(ends, p) for p in proposals if p.state in states and (ends := notice_ends(p)) is not None and ends >= on]
    if not still:
        return []
    rows: list[list[Cell]] = [
        [
            html.Span([html.A(title_of(p), href=priority_address(p.id)), *example_tag(p)]),
            queries.area(p.area_code).name,
            p.financial_year,
            day(ends),
        ]
        for ends, p in sorted(still, key=lambda one: (one[0], queries.area(one[1].area_code).name, one[1].title))
    ]
    columns = (Column("Proposed"), Column("Borough"), Column("For"), Column("Notice runs to"))
    table = data_table(columns, rows, caption="Proposals in their notice", stack=True)
    are = "proposal is" if len(still) == 1 else "proposals are"
    say = f"{count_word(len(still)).capitalize()} {are} open. Anyone may comment, on the page of each, without an account."
    if any(p.is_example for _, p in still):
        say += " Those marked Example are made up, and take none."
    content = table if len(still) <= MOST_OPEN else closed(table, "Every proposal, with the day its notice ends")
    return [section("open", "Open for comment", [content], say=say)]


def local_register(
    plan: PlanRecord, year: str | None, content: Sequence[BoroughPriorityRecord], boroughs: Sequence[Area]
) -> Element:
    """Each borough's choices, which boroughs have none on record, and how one is recorded."""
    when = year or plan.short_title
    on = {queries.area(p.area_code).name for p in content}
    names = [(a.name, href("/priorities", year=year or EVERY_YEAR, area=a.code)) for a in boroughs]
    table = [choices_table(content, caption=f"Local priorities, {when}")] if content else [_none_shown(plan, year)]
    return section(
        "local",
        f"Local priorities, {when}",
        [
            *table,
            html.H3("What the register holds", className="gap"),
            html.P(
                "Solid: a choice is shown. Outline: none recorded here. Each name leads to its history.", className="small quiet"
            ),
            borough_names_list(names, frozenset(on)),
            html.H3("How to record one", className="gap"),
            html.P(
                [
                    "A council, the police or MOPAC proposes a priority here with its reason; a past choice is recorded with the "
                    "minute it was agreed in. ",
                    html.A("Sign in to propose or record one", href="/sign-in"),
                    ". ",
                    html.A("How a priority is agreed", href="#rules"),
                    ".",
                ]
            ),
        ],
        say=_local_say(plan),
    )


def on_record_elsewhere(plan: PlanRecord, year: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(financial year, boroughs A to Z) of each year with a real choice that a plan and year do not show, newest first."""
    real = [p for p in standing(queries_register.borough_priorities()) if not p.is_example]
    left = [p for p in real if (p.financial_year != year if year else p.plan_id != plan.id)]
    years = sorted({p.financial_year for p in left}, reverse=True)
    return tuple((y, tuple(sorted({queries.area(p.area_code).name for p in left if p.financial_year == y}))) for y in years)


def churn_section(plan: PlanRecord, year: str) -> Element:
    """How many priorities changed, in how many boroughs, this year against last."""
    every = queries_register.borough_priorities(plan_id=plan.id)
    years = years_of(plan) if year == EVERY_YEAR else (year_before(year), year)
    all_plans = queries_register.borough_priorities()
    content = []
    for before, after in zip(years, years[1:], strict=False):
        source = every if year == EVERY_YEAR else all_plans
        changes = churn([p for p in source if p.financial_year == before], [p for p in source if p.financial_year == after])
        if not changes.areas and year == EVERY_YEAR:
            continue
        example = any(p.is_example for p in source if p.financial_year in (before, after))
        content.append(
            html.Li(words.churn_sentence(changes, before, after) + (" (Example)" if example and changes.areas else ""))
        )
    if not content:
        content.append(html.Li(words.no_churn_sentence(plan)))
    why = "Changing every year unsettles the work; never changing ignores what is learnt. Both are counted."
    return section("churn", "How much changed from year to year", [html.Ul(content, className="list")], say=why)


def followed_section(pairs: Sequence[tuple[Choice, Verdict | None]]) -> list[Element]:
    """What followed each choice, beside London; nothing where no choice can be followed yet."""
    if not pairs:
        return []
    table = followed_table(pairs, caption="Each choice in its own year")
    how = (
        "Each year is set against up to two years before it, season taken out, and all boroughs and measures of a year are "
        "looked at together, so that few changes are called by chance."
    )
    return [section("followed", "What followed the choices", [table, html.P(how, className="source")], say=words.REGRESSION)]


def balance_section() -> Element:
    """The harm balance of every borough, and where the measures nobody chose stand."""
    rows = balances()
    notices = [balance_notice(b, names_place=True) for b in rows]
    quiet = NONE_IN_BALANCE if chosen_in_window() else NOTHING_TO_WEIGH
    return section(
        "harm-balance",
        "Harm balance and what nobody chose",
        [*notices, html.P(NOT_CHOSEN_IN)],
        say=None if rows else quiet,
    )


def history_section(
    area: Area, every: Sequence[BoroughPriorityRecord], pairs: Sequence[tuple[Choice, Verdict | None]]
) -> Element:
    """Every choice of one borough, and what followed each beside London."""
    if not every:
        none = empty("No choice is on record", f"None of {area.name}’s choices has been found for any year.")
        return section("history", f"{area.name}’s choices, year by year", [none])
    years = sorted({p.financial_year for p in standing(every)})
    steps = [
        html.Li(words.own_churn_sentence(churn(_in_year(every, before), _in_year(every, after)), before, after))
        for before, after in zip(years, years[1:], strict=False)
        if year_after(before) == after
    ]
    content: list[Element] = [choices_table(every, caption=f"Every choice of {area.name} on record")]
    if pairs:
        content.append(html.Div(followed_table(pairs, caption="What followed each, beside London"), className="gap"))
    if steps:
        content += [html.H3("How much changed", className="gap"), html.Ul(steps, className="list")]
    return section("history", f"{area.name}’s choices, year by year", content, say=words.REGRESSION)


def borough_sentence(place: PlaceChoices) -> str:
    """What a borough chose, and what may be said of it."""
    if not place.choices:
        return f"No local priority of {place.area.name} is on record for {place.year}"
    names = listed(tuple(lowered(title_of(c.record)) for c in place.choices))
    sentence = f"{place.area.name} chose {names} for {place.year}"
    if place.judged.basis == "before":
        return f"{sentence}. No month of that year is held yet"
    states = [c.verdict.state for c in place.choices if c.verdict]
    if not states:
        return sentence
    if all(s in QUIET for s in states):
        none = "It shows" if len(states) == 1 else "They show"
        return f"{sentence}. {none} no clear change"
    verdicts = [f"{lowered(title_of(c.record))}: {verdict_words(c.verdict).lower()}" for c in place.choices if c.verdict]
    return f"{sentence}. {'; '.join(t[:1].upper() + t[1:] if i == 0 else t for i, t in enumerate(verdicts))}"


def _local_say(plan: PlanRecord) -> str:
    choices = plan.rules.get("volume_choices")
    many = f"Each borough was to choose {count_word(choices)} volume crimes a year beside the mandatory ones. " if choices else ""
    return f"{many}Where a borough has none here, it is not on the public record as far as found; it may well have chosen."


def _none_shown(plan: PlanRecord, year: str | None) -> Element:
    """That no choice is on record for a plan and year, and for which years some are, each a link."""
    elsewhere = on_record_elsewhere(plan, year)
    content: list[str | Element] = ["No borough’s choice has been found on the public record for this plan and year. "]
    if elsewhere:
        content.append("Choices are on record for ")
        for n, (other_year, names) in enumerate(elsewhere):
            if n:
                content.append(" and " if n == len(elsewhere) - 1 else ", ")
            content += [html.A(other_year, href=href("/priorities", year=other_year)), f" ({listed(names)})"]
        content.append(".")
    return empty("None is recorded here", content)


def _in_year(every: Sequence[BoroughPriorityRecord], year: str) -> list[BoroughPriorityRecord]:
    return [p for p in every if p.financial_year == year]
