"""Recommendations: what a committee asked for, what was accepted, what was delivered, and what has not moved."""

from dashboard.exports.register import recommendations_file
from dashboard.features.recommendations.blocks import RECOMMENDATION, definitions, recommendation_article, recommendations_table
from dashboard.figures import queries_register
from dashboard.figures.view import Option, View, href
from dashboard.register.follow_up import Standstill, overdue, standstills
from dashboard.register.models import ActionState
from dashboard.register.records import ActionRecord, RecommendationRecord, RecommendationSetRecord
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty
from dashboard.ui.page import Download, Page
from dashboard.ui.picker import Pick, picker
from dashboard.ui.register_marks import example_tag
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Column, data_table
from dashboard.words import recommendations as words
from etl.core.written import day

UNREADABLE = "The register cannot be read at the moment"


def set_ids() -> tuple[str, ...]:
    """Every set of recommendations, newest first."""
    return tuple(s.id for s in queries_register.recommendation_sets())


def layout(view: View) -> list[Element]:
    """The newest set, or the one the address names: the count, the colours' meaning, each recommendation."""
    top = breadcrumb([("Home", "/"), ("Meetings", "/meetings")], "Recommendations")
    recommendation_set = set_of(view)
    if recommendation_set is None:
        return [top, page_opening(UNREADABLE, standfirst="Recommendations are kept in the register. Figures are not touched.")]
    every = queries_register.recommendations(recommendation_set.id)
    selected = shown_recommendations(view)
    waited = {s.recommendation.id: s.months for s in _still(every, 0)}
    return [
        top,
        page_opening(
            words.headline(recommendation_set, every),
            place=f"{recommendation_set.committee}: {recommendation_set.title}",
            standfirst=f"{words.delivered_sentence(every)} {_movement(every)}",
            actions=[download_link("The recommendations as a table", f"/download{view.address}")],
        ),
        choose(view),
        section("definitions", "What the colours mean", [definitions(recommendation_set)], say=words.ONLY_HERE),
        section(
            "all",
            words.STATE_WORDS[view.choice("state")] if view.choice("state") else "Every recommendation",
            [recommendations_table(selected, waited)] if selected else [empty("None", "No recommendation answers to this.")],
            say=f"All {len(every)}, as the committee numbered them."
            if len(selected) == len(every)
            else f"{len(selected)} of {len(every)} recommendations.",
        ),
        actions_section(),
        *([_each(selected, waited, every)] if selected else []),
    ]


def set_of(view: View) -> RecommendationSetRecord | None:
    """The set the address names, or the newest; None where the register cannot be read."""
    sets = queries_register.recommendation_sets()
    return next((s for s in sets if s.id == view.choice("set")), sets[0] if sets else None)


def shown_recommendations(view: View) -> tuple[RecommendationRecord, ...]:
    """The recommendations of the set in the state asked for, in the committee's order."""
    recommendation_set = set_of(view)
    every = queries_register.recommendations(recommendation_set.id) if recommendation_set else ()
    still = frozenset(s.recommendation.id for s in _still(every, words.STANDS_STILL))
    open_actions = (a for a in queries_register.actions() if a.state is ActionState.OPEN and a.recommendation_id)
    with_actions = frozenset(a.recommendation_id for a in open_actions if a.recommendation_id)
    return tuple(r for r in every if words.is_in(r, view.choice("state"), still, with_actions))


def choose(view: View) -> Element:
    """Which recommendations, and of which set."""
    sets = {s.id: f"{s.title} ({s.made_words})" for s in queries_register.recommendation_sets()}
    picks = [Pick("state", "Show", words.STATE_WORDS)]
    if len(sets) > 1:
        picks.insert(0, Pick("set", "Set", sets))
    return html.Div(picker(view, tuple(picks), label="Choose recommendations"), className="gap")


def actions_section() -> Element:
    """Actions raised against charts and recommendations, those overdue first."""
    every = queries_register.actions()
    late = overdue(every, queries_register.today())
    open_ones = [a for a in every if a.state is ActionState.OPEN and a not in late]
    if not late and not open_ones:
        none = empty("No action is open", "None has been raised against a chart or a recommendation.")
        return section("actions", "Actions", [none])
    say = words.actions_sentence(len(late), len(open_ones))
    return section("actions", "Actions", [_actions_table([*late, *open_ones], frozenset(a.id for a in late))], say=say)


def file(view: View) -> Download:
    """The recommendations shown, one line each.

    Raises:
        LookupError: the register cannot be read.
    """
    recommendation_set = set_of(view)
    if recommendation_set is None:
        raise LookupError(f"{UNREADABLE}.")
    return recommendations_file(shown_recommendations(view), _still(queries_register.recommendations(recommendation_set.id), 0))


def _each(
    selected: tuple[RecommendationRecord, ...], waited: dict[str, int | None], every: tuple[RecommendationRecord, ...]
) -> Element:
    still = {s.recommendation.id for s in _still(every, words.STANDS_STILL)}
    articles = [
        recommendation_article(r, waited.get(r.id), queries_register.actions(recommendation_id=r.id), is_still=r.id in still)
        for r in selected
    ]
    return section("each", "Each in full", [html.Div(articles, className="flow rows")])


def _movement(every: tuple[RecommendationRecord, ...]) -> str:
    still = _still(every, words.STANDS_STILL)
    if not still:
        return "Each has moved within a year."
    longest = max((s.months for s in still if s.months is not None), default=None)
    tail = f", the longest for {longest} months" if longest is not None else ""
    who = f"None of the {len(every)} has" if len(still) == len(every) else f"{len(still)} have not"
    return f"{who} moved for a year or more{tail}."


def _still(every: tuple[RecommendationRecord, ...], months: int) -> tuple[Standstill, ...]:
    made_on = {s.id: s.made_on for s in queries_register.recommendation_sets()}
    return standstills(every, months, queries_register.today(), made_on=made_on)


def _actions_table(set_actions: list[ActionRecord], late: frozenset[str]) -> Element:
    columns = (Column("Action"), Column("Owner"), Column("Due"), Column("Raised by"), Column("About"))
    rows = [
        (
            html.Span([a.text, *example_tag(a)]),
            a.owner,
            f"{day(a.due_on)}, overdue" if a.id in late else day(a.due_on),
            a.raised_by,
            _about(a),
        )
        for a in set_actions
    ]
    return data_table(columns, rows, caption="Open actions", stack=True)


def _about(action: ActionRecord) -> Element | str:
    """What an action was raised against, as a link."""
    if action.chart:
        return html.A("The chart", href=action.chart)
    every = (r for s in queries_register.recommendation_sets() for r in queries_register.recommendations(s.id))
    recommendation = next((r for r in every if r.id == action.recommendation_id), None)
    if recommendation is None:
        return "A recommendation"
    return html.A(
        f"{recommendation.number}. {recommendation.title}", href=href(RECOMMENDATION, {"recommendation": recommendation.id})
    )


PAGE = Page(
    path="/recommendations",
    title="Recommendations",
    description="What the committee recommended, how far each was accepted, what was delivered, what has not moved.",
    nav="meetings",
    order=71,
    layout=layout,
    options=(Option("state", words.STATES[1:]), Option("set", set_ids)),
    examples=("/recommendations?state=green",),
    download=file,
)
