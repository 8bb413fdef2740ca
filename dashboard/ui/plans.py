"""The plans: what each said it was for, by whose rules boroughs chose, and why one was retired. Every line with its source."""

from collections.abc import Sequence

from dashboard.register.models import PlanState
from dashboard.register.record_parts import Statement
from dashboard.register.records import PlanRecord
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.register_marks import sources
from dashboard.ui.sections import section
from dashboard.words.priorities import STEPS, quote_words
from etl.core.written import count_word

STATEMENT_HEADINGS = {
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
    blocks: list[Element] = [
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
        blocks.append(html.Div([html.H3("What was asked of it", className="gap"), *_statements(concerns, "")]))
    return section("rules", "The rules of choosing", blocks, say=_rules(plan))


def plans_section(plans: Sequence[PlanRecord], open_plan: PlanRecord) -> Element:
    """Every plan, newest first: the one shown open, the others behind their names; and where the retired targets are judged."""
    newest_first = sorted(plans, key=lambda p: p.first_year, reverse=True)
    say = "What each said it was for, with its source."
    retired_link = [("MOPAC 7, then and now: what the targets said, and what the new way says", "/mopac-7")]
    return section(
        "plans",
        "The plans",
        [html.Div([_plan(p, is_open=p.id == open_plan.id) for p in newest_first], className="flow-s"), links(retired_link)],
        say=say,
    )


def reasons_for_retiring(plan: PlanRecord) -> list[Element]:
    """Each reason with the words it was given in."""
    return _statements(plan.about("retired because"), "No reason is recorded.")


def _plan(plan: PlanRecord, *, is_open: bool) -> html.Details:
    title = f"{plan.title} ({STATE_WORDS.get(plan.state, plan.state.value)})"
    blocks: list[Element] = []
    for about, heading in STATEMENT_HEADINGS.items():
        statements = plan.about(about)
        if statements:
            blocks += [html.H3(heading), *_statements(statements, "")]
    blocks.append(html.P(["Source of the plan: ", *sources(plan.sources)], className="source"))
    return html.Details(
        [html.Summary(html.Span(title, className="strong")), html.Div(blocks, className="flow-s")],
        className="print-open",
        open=is_open,
    )


def _statements(statements: Sequence[Statement], none_words: str) -> list[Element]:
    """Statements as a list, each with the words quoted and its source; a source they all share stands once, below."""
    if not statements:
        return [html.P(none_words, className="quiet")]
    has_one_source = len(statements) > 1 and all(s.sources == statements[0].sources for s in statements)
    items = []
    for statement in statements:
        quotes = " ".join(quote_words(statement))
        quoted = [html.P(quotes, className="small")] if quotes else []
        source = [] if has_one_source else [html.P(sources(statement.sources), className="source")]
        items.append(html.Li([statement.text, *quoted, *source]))
    shared_source = [html.P(sources(statements[0].sources), className="source")] if has_one_source else []
    return [html.Ul(items, className="list"), *shared_source]


def _rules(plan: PlanRecord) -> str:
    choices, notice = plan.rules.get("volume_choices"), plan.rules.get("notice_days")
    volume_sentence = (
        f"Each borough chooses {count_word(choices)} volume crimes a year beside the mandatory ones. " if choices else ""
    )
    # The notice is this register's own rule: nothing is proposed any more under a plan that has ended.
    notice_rule = (
        f"This register asks {notice} days of public notice before a proposal can be in force; the plan on record sets none."
    )
    notice_sentence = notice_rule if notice and plan.state is PlanState.CURRENT else ""
    return f"{volume_sentence}{notice_sentence}" or f"The {plan.short_title} sets no rule recorded here."
