"""A card: one measure, one sentence, one small picture with its table, one caveat."""

from collections.abc import Sequence

from dashboard.figures.records import Verdict
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import Drawing
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw
from dashboard.ui.table import closed
from dashboard.ui.verdict import mark_of


def card(
    *,
    theme: str,
    title: str,
    href: str,
    sentences: str | Sequence[str],
    drawing: Drawing | None,
    table: Element | None,
    caveat: str,
    verdict: Verdict | None = None,
    reasons: Element | None = None,
) -> html.Article:
    """One measure on Home or London.

    Args:
        theme: the heading it belongs under, small.
        title: the measure.
        href: where its page is.
        sentences: the sentence, or two; they carry the numbers.
        drawing: small picture; None when no number is held.
        table: the numbers drawn, closed; goes with `drawing`.
        caveat: what a reader must know before quoting it, and the source.
        verdict: once the measure has been judged.
        reasons: why the verdict reads as it does, closed; goes with `verdict`.
    """
    picture = []
    if drawing is not None and table is not None:
        figure = [closed(table), Raw(drawing.markup, className="plot")]
        picture.append(html.Figure(figure, className="chart", **attributes(data_set=drawing.data_set)))
    return html.Article(
        [
            html.P(theme, className="theme"),
            html.H3(html.A(title, href=href)),
            *([html.P(mark_of(verdict))] if verdict else []),
            *(html.P(sentence, className="says") for sentence in ([sentences] if isinstance(sentences, str) else sentences)),
            *([reasons] if reasons is not None else []),
            *picture,
            html.P(caveat, className="caveat"),
        ],
        className="card",
    )


def cards(articles: list[html.Article]) -> html.Ul:
    """Cards side by side, as many as fit."""
    return html.Ul([html.Li(article) for article in articles], className="cards")
