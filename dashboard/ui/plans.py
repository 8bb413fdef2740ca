"""The plans: what each said it was for, by whose rules boroughs chose, and why one was retired. Every line with its source."""

from collections.abc import Sequence

from dashboard.register.models import PlanState
from dashboard.register.records import PlanRecord
from dashboard.register.values import Statement
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.register_pieces import sources
from dashboard.ui.sections import section
from dashboard.words.priorities import STEPS, quote_words
from etl.core.written import count_word

HEADS = {
    "objective": "Objectives",
    "theme": "Themes",
    "underpinning theme": "Running through all of them",
    "target": "Targets",
    "retired because": "Why it was retired",
    "published": "Published",
}
STATE_WORDS = {PlanState.RETIRED: "retired", PlanState.ENDED: "ended", PlanState.CURRENT: "in force"}


def rules_section(plan: PlanRecord) -> Element:
    """How a priority is agreed here, the plan's own rules of choosing, and what people asked of them."""
    said: list[Element] = [
        html.Div(
            [
                html.Div(
                    [html.H3("How a priority is agreed here"), html.Ol([html.Li(step) for step in STEPS], className="list")]
                ),
                html.Div([html.H3("What the plan says of choosing"), *_statements(plan.about("rule"), "No rule is recorded.")]),
            ],
            className="split even",
        )
    ]
    concerns = plan.about("concern")
    if concerns:
        said.append(html.Div([html.H3("What was asked of it", className="gap"), *_statements(concerns, "")]))
    return section("rules", "The rules of choosing", said, say=_rules(plan))


def plans_section(plans: Sequence[PlanRecord], shown: PlanRecord) -> Element:
    """Every plan, newest first: the one shown open, the others behind their names; and where the retired targets are judged."""
    newest_first = sorted(plans, key=lambda p: p.first_year, reverse=True)
    say = "What each said it was for, with its source."
    retired = [("MOPAC 7, then and now: what the targets said, and what the new way says", "/mopac-7")]
    return section(
        "plans",
        "The plans",
        [html.Div([_plan(p, is_open=p.id == shown.id) for p in newest_first], className="flow-s"), links(retired)],
        say=say,
    )


def retired_because(plan: PlanRecord) -> list[Element]:
    """Each reason with the words it was given in."""
    return _statements(plan.about("retired because"), "No reason is recorded.")


def _plan(plan: PlanRecord, *, is_open: bool) -> html.Details:
    title = f"{plan.title} ({STATE_WORDS.get(plan.state, plan.state.value)})"
    blocks: list[Element] = []
    for about, head in HEADS.items():
        found = plan.about(about)
        if found:
            blocks += [html.H3(head), *_statements(found, "")]
    blocks.append(html.P(["Source of the plan: ", *sources(plan.sources)], className="source"))
    return html.Details(
        [html.Summary(html.Span(title, className="strong")), html.Div(blocks, className="flow-s")],
        className="print-open",
        open=is_open,
    )


def _statements(found: Sequence[Statement], none: str) -> list[Element]:
    """Statements as a list, each with the words quoted and its source; a source they all share stands once, below."""
    if not found:
        return [html.P(none, className="quiet")]
    shared = len(found) > 1 and all(s.sources == found[0].sources for s in found)
    items = []
    for statement in found:
        quotes = " ".join(quote_words(statement))
        quoted = [html.P(quotes, className="small")] if quotes else []
        source = [] if shared else [html.P(sources(statement.sources), className="source")]
        items.append(html.Li([statement.text, *quoted, *source]))
    below = [html.P(sources(found[0].sources), className="source")] if shared else []
    return [html.Ul(items, className="list"), *below]


def _rules(plan: PlanRecord) -> str:
    choices, notice = plan.rules.get("volume_choices"), plan.rules.get("notice_days")
    many = f"Each borough chooses {count_word(choices)} volume crimes a year beside the mandatory ones. " if choices else ""
    # The notice is this register's own rule: nothing is proposed any more under a plan that has ended.
    asked = f"This register asks {notice} days of public notice before a proposal can be in force; the plan on record sets none."
    days = asked if notice and plan.state is PlanState.CURRENT else ""
    return f"{many}{days}" or f"The {plan.short_title} sets no rule recorded here."
