"""Why a card's verdict reads as it does, closed until asked for; months and limits behind it are on the measure's own page."""

from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.words.reasons import in_words


def why_verdict(series: MeasureSeries, verdict: Verdict) -> html.Details:
    """The reason, what would change it, and the way to every month behind it."""
    address = f"{measure_address(series.measure.base)}?area={series.area.code}"
    reasons = [
        in_words(verdict.reason),
        verdict.caveat,
        f"What would change it: {verdict.would_change[:1].lower()}{verdict.would_change[1:]}",
    ]
    months_link = html.Li(html.A("The months and the limits behind it", href=address))
    items = html.Ul([*(html.Li(text) for text in reasons if text), months_link], className="list")
    return html.Details([html.Summary(html.Span("Why this verdict")), items], className="why")
