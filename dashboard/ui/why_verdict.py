"""Why a card's verdict reads as it does, closed until asked for; months and limits behind it are on the measure's own page."""

from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.words.reasons import what_would_change
from etl.core.reason_words import in_sentences


def why_verdict(series: MeasureSeries, verdict: Verdict) -> html.Details:
    """The reason, what would change it, and the way to every month behind it."""
    address = f"{measure_address(series.measure.base)}?area={series.area.code}"
    reasons = [
        in_sentences(verdict.reason),
        in_sentences(verdict.caveat),
        what_would_change(verdict),
    ]
    months_link = html.Li(html.A("The months and the limits behind it", href=address))
    items = html.Ul([*(html.Li(text) for text in reasons if text), months_link], className="list")
    return html.Details([html.Summary(html.Span("Why this verdict")), items], className="why")
