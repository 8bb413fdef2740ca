"""What Home says of the register: London-wide priorities as cards, notices of harm balance, what is overdue."""

from collections.abc import Sequence
from datetime import date

from dashboard.figures import queries, queries_register, queries_years
from dashboard.figures.choices import balances
from dashboard.figures.records import Verdict
from dashboard.register.follow_up import Standstill, overdue, standstills
from dashboard.register.models import Aspect, Rag
from dashboard.register.records import ActionRecord, LondonPriorityRecord, RecommendationRecord
from dashboard.ui import html
from dashboard.ui.addresses import ACTIONS, action_address
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.measures_not_chosen import balance_notice
from dashboard.ui.notice import empty
from dashboard.ui.register_marks import example_tag, verdict_list
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from dashboard.words.priorities import on_record_headline
from dashboard.words.recommendations import STANDS_STILL, due_words, status_words
from etl.core.areas import LONDON
from etl.core.state import JUDGED, NOT_ANSWERABLE, State
from etl.core.written import count_word, day, listed


def priority_sections() -> list[Element]:
    """London-wide priorities first, then the notices that are due; says so where the register cannot be read."""
    plan = queries_register.current_plan()
    if plan is None:
        return [
            section("priorities", "London-wide priorities", [empty("The register cannot be read", "Figures are not touched.")])
        ]
    verdicts = queries_years.newest_verdicts(LONDON)
    baskets = [_basket(p, verdicts) for p in queries_register.london_priorities(plan.id)]
    boroughs_on_record = len({p.area_code for p in queries_register.borough_priorities(plan_id=plan.id) if not p.is_example})
    borough_count = sum(1 for a in queries.areas("borough") if a.code != "E09000001")
    measures_read = tuple(dict.fromkeys(m for p in queries_register.london_priorities(plan.id) for m in p.basket.measure_ids))
    say = (
        f"Set for all London by the {plan.short_title}. {_basket_words(measures_read, verdicts, 'the', ' that read them')} "
        f"{on_record_headline(plan, boroughs_on_record, borough_count, None)}."
    )
    return [
        section(
            "priorities",
            "London-wide priorities",
            [
                html.Ul([html.Li(b) for b in baskets], className="cards pairs"),
                links([("Every priority, borough by borough", "/priorities"), ("MOPAC 7, then and now", "/mopac-7")]),
            ],
            say=say,
        ),
        *_balance_section(),
    ]


def overdue_section() -> list[Element]:
    """Actions whose day has passed, and recommendations nobody has moved."""
    today = queries_register.today()
    overdue_actions = overdue(queries_register.actions(), today)
    stalled = standstills(
        queries_register.recommendations(),
        STANDS_STILL,
        today,
        made_on={s.id: s.made_on for s in queries_register.recommendation_sets()},
    )
    if not queries_register.is_readable():
        return []
    return [
        section(
            "overdue",
            "Overdue",
            [_overdue_actions(overdue_actions), _overdue_recommendations(today), _stalled_link(stalled)],
            say=_overdue_sentence(overdue_actions, stalled),
        )
    ]


def _basket(priority: LondonPriorityRecord, verdicts: dict[str, Verdict]) -> html.Div:
    """A priority by all that reads it: no one measure of a basket may stand for the rest, so none is drawn."""
    ids = priority.basket.measure_ids
    return html.Div(
        [
            html.P("London-wide", className="theme"),
            html.H3([html.A(priority.title, href="/priorities#london-wide"), *example_tag(priority)]),
            html.P(_basket_words(ids, verdicts), className="says"),
            verdict_list(ids, verdicts, LONDON) if ids else html.P("No measure published here reads it.", className="quiet"),
            html.P(priority.basket.note or "", className="caveat"),
        ],
        className="card",
    )


def _basket_words(ids: Sequence[str], verdicts: dict[str, Verdict], owner_word: str = "its", reading_words: str = "") -> str:
    """How the measures that read a priority stand, in numbers; which ones, the list under it says.

    "Of its six measures, three are better; three are not judged for London."
    """
    measures_words = f"{owner_word} {count_word(len(ids))} measures{reading_words}"
    states = [verdicts[m].state if m in verdicts else None for m in ids]
    judged_count = sum(1 for state in states if state in JUDGED)
    if not judged_count:
        return f"None of {measures_words} can be judged for London."
    state_groups = (
        (State.WORSE, "worse"),
        (State.BETTER, "better"),
        (State.CHANGED, "changed, direction not judged"),
        (State.APART, "apart from London"),
        (State.LEANING, "leaning, not proven"),
        (State.PROVISIONAL, "leaning on the newest month alone"),
        (State.LATE, "late"),
    )
    counts_by_state = [(states.count(state), words) for state, words in state_groups]
    not_judged = sum(1 for state in states if state is None or state in NOT_ANSWERABLE)
    clauses = [
        f"{count_word(count)} {_are(count)} {words}"
        for count, words in (*counts_by_state, (not_judged, "not judged for London"))
        if count
    ]
    unchanged_count = len(ids) - sum(count for count, _ in counts_by_state) - not_judged
    if unchanged_count == len(ids):
        return f"None of {measures_words} has moved clearly."
    if unchanged_count:
        clauses.insert(
            0 if not any(count for count, _ in counts_by_state[:3]) else len(clauses),
            f"{count_word(unchanged_count)} {_have(unchanged_count)} not changed",
        )
    return f"Of {measures_words}, {'; '.join(clauses)}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _balance_section() -> list[Element]:
    place_balances = balances()
    if not place_balances:
        return []
    say = f"In {listed(tuple(b.area.name for b in place_balances))} a chosen measure improved while something else worsened."
    return [section("harm-balance", "Harm balance", [balance_notice(b, names_place=True) for b in place_balances], say=say)]


def _overdue_sentence(overdue_actions: Sequence[ActionRecord], stalled: Sequence[Standstill]) -> str:
    count, stalled_count = len(overdue_actions), len(stalled)
    actions_sentence = f"{count} action{'' if count == 1 else 's'} overdue." if count else "No action is overdue."
    noun = "recommendation has" if stalled_count == 1 else "recommendations have"
    return f"{actions_sentence} {stalled_count} {noun} stood still for {STANDS_STILL} months or more."


def _overdue_actions(overdue_actions: Sequence[ActionRecord]) -> Element:
    all_actions_link = links([("Every action, open and closed", ACTIONS)])
    if not overdue_actions:
        return all_actions_link
    columns = (Column("Action"), Column("Where"), Column("Owner"), Column("Due"))
    rows = [
        (
            html.Span([html.A(a.text, href=action_address(a.id)), *example_tag(a)]),
            queries.area(a.area_code).name,
            a.owner,
            day(a.due_on),
        )
        for a in overdue_actions
    ]
    return html.Div([data_table(columns, rows, caption="Actions overdue", stack=True), all_actions_link])


def _overdue_recommendations(today: date) -> Element:
    """Recommendations whose day has passed with no delivery on record."""
    recommendations = queries_register.recommendations()
    overdue_recommendations = [r for r in recommendations if r.due_on and r.due_on < today and not _is_delivered(r)]
    if not overdue_recommendations:
        return html.Div()
    columns = (Column("Recommendation"), Column("Owner"), Column("Due"), Column("Delivered"))
    rows = [
        (
            html.Span([html.A(f"{r.number}. {r.title}", href=f"/recommendations#r{r.number}"), *example_tag(r)]),
            r.owner or "None named",
            due_words(r),
            status_words(r.latest(Aspect.DELIVERED)),
        )
        for r in sorted(overdue_recommendations, key=lambda r: (r.due_on or today, r.number))
    ]
    return data_table(columns, rows, caption="Recommendations past their date, with no delivery on record", stack=True)


def _is_delivered(record: RecommendationRecord) -> bool:
    delivered = record.latest(Aspect.DELIVERED)
    return delivered is not None and delivered.rag is Rag.GREEN


def _stalled_link(stalled: Sequence[Standstill]) -> Element:
    return (
        links([("All recommendations and how long each has stood still", "/recommendations?state=still")])
        if stalled
        else html.Div()
    )
