"""Recommendations: the colour chip, the two marks, one recommendation with its whole history, the table of all."""

from collections.abc import Mapping, Sequence

from dashboard.figures.view import href
from dashboard.register.models import ActionState, Aspect, Rag
from dashboard.register.record_parts import Statement
from dashboard.register.records import ActionRecord, RecommendationRecord, RecommendationSetRecord, StatusRecord
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.notice import tag
from dashboard.ui.passport import pairs
from dashboard.ui.register_marks import example_tag, sources
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.words import recommendations as words
from etl.core.written import day

RECOMMENDATION = "/recommendation/<recommendation>"


def rag_chip(rag: Rag) -> html.Span:
    """A colour with its letter and its word."""
    letter = rag.value[:1].upper()
    return html.Span(
        [html.I(letter, **attributes(aria_hidden="true")), html.B(words.RAG_WORDS[rag])], className=f"rag rag-{letter}"
    )


def two_marks(record: RecommendationRecord) -> html.Span:
    """Accepted and delivered: two marks, never one."""
    parts: list[str | Element] = []
    for aspect in (Aspect.ACCEPTED, Aspect.DELIVERED):
        latest = record.latest(aspect)
        parts.append(html.Span(f"{words.ASPECTS[aspect]}: ", className="small"))
        parts.append(rag_chip(latest.rag) if latest and latest.rag else tag(words.NOT_ON_RECORD))
        parts.append(" ")
    return html.Span(parts, className="two")


def definitions(recommendation_set: RecommendationSetRecord) -> Element:
    """The committee's own words for each colour."""
    rows = [html.Li([rag_chip(rag), f" {recommendation_set.definitions[rag]}"]) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)]
    method = [
        html.P([s.text, *(html.Span(f" In the committee’s words: {q}.", className="small") for q in _quoted(s))])
        for s in recommendation_set.statements
    ]
    where = html.P(["Source: ", *sources(recommendation_set.sources)], className="source")
    return html.Div([html.Ul(rows, className="list"), *method, where], className="flow-s")


def _quoted(statement: Statement) -> list[str]:
    return [f"“{source.quote.rstrip('.')}”" for source in statement.sources if source.quote]


def recommendation_article(
    record: RecommendationRecord, months: int | None, actions: Sequence[ActionRecord], *, is_still: bool
) -> html.Article:
    """One recommendation: its words, its marks, what each rests on, who owes it and when."""
    address = href(RECOMMENDATION, {"recommendation": record.id})
    moved = html.P(words.still_words(months), className="small strong") if is_still else None
    wording = html.Blockquote([html.P(part) for part in record.wording.split("\n") if part.strip()])
    owed = pairs(
        [
            ("Owner", record.owner or "None named"),
            ("Due", words.due_words(record)),
            ("Actions", _actions(actions)),
            ("History", html.Div([_status(s) for s in record.history]) if record.history else "Nothing recorded"),
            ("On record at", html.Span(sources(record.sources))),
        ]
    )
    return html.Article(
        [
            html.H3([html.A(f"{record.number}. {record.title}", href=address), *example_tag(record)], id=f"r{record.number}"),
            html.P(two_marks(record)),
            *([moved] if moved else []),
            html.Div([wording, owed], className="split even"),
        ],
        className="flow-s keep",
    )


def recommendations_table(every: Sequence[RecommendationRecord], waited: Mapping[str, int | None]) -> Element:
    """One row a recommendation."""
    columns = (
        Column("Recommendation"), Column("Accepted"), Column("Delivered"), Column("Owner"), Column("Due"), Column("Movement"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            html.Span([html.A(f"{r.number}. {r.title}", href=f"#r{r.number}"), *example_tag(r)]),
            _cell(r.latest(Aspect.ACCEPTED)),
            _cell(r.latest(Aspect.DELIVERED)),
            r.owner or "None named",
            words.due_words(r),
            words.still_words(waited[r.id]) if r.id in waited else "Delivered, or moved within a year",
        ]
        for r in every
    ]
    return data_table(columns, rows, caption="Every recommendation shown", stack=True)


def _cell(status: StatusRecord | None) -> Cell:
    if status is None or status.rag is None:
        return tag(words.NOT_ON_RECORD)
    return [rag_chip(status.rag), " ", html.Span(status.as_at_words, className="nowrap")]


def _status(status: StatusRecord) -> Element:
    mark: list[str | Element] = [rag_chip(status.rag), " "] if status.rag else []
    link = [html.A("What it rests on", href=status.evidence_url)] if status.evidence_url else []
    return html.Div(
        [
            html.P([html.Strong(f"{words.ASPECTS[status.aspect]}, {status.as_at_words}: "), *mark]),
            closed(
                html.Div([html.P(part) for part in status.evidence.split("\n") if part.strip()], className="flow-s"),
                "Evidence",
                is_printed=True,
            ),
            html.P([*link, " ", *sources(status.sources), f". Recorded {day(status.recorded_at.date())}."], className="source"),
        ]
    )


def _actions(open_actions: Sequence[ActionRecord]) -> Cell:
    if not open_actions:
        return "None raised"
    items = []
    for action in open_actions:
        state = f"due {day(action.due_on)}" if action.state is ActionState.OPEN else action.state.value
        outcome = f": {action.outcome}" if action.outcome else ""
        items.append(html.Li([f"{action.text} ({action.owner}, {state}){outcome}", *example_tag(action)]))
    return html.Ul(items, className="list")
