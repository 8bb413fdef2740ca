"""Behind a verdict: the range its months were held to, why it reads as it does, and where each borough lies on the funnel."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.charts.expected import ExpectedMonth as DrawnMonth
from dashboard.charts.expected import ExpectedRange
from dashboard.charts.funnel import Funnel, FunnelLimit, FunnelPoint, funnel_set
from dashboard.figures.blind_months import BlindMonths
from dashboard.figures.judgement_records import AreaComparison, ExpectedMonth, Settling
from dashboard.figures.records import Area, Measure, MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.words.facts import lowered
from dashboard.words.reasons import what_would_change
from dashboard.words.verdicts import MEANS, verdict_words
from etl.core.period import moved
from etl.core.reason_words import in_sentences
from etl.core.written import listed, month, months, number, percent, rounded, span

FUNNEL_WIDTHS = (560, 340)
LIMIT_STEPS = 40
SIGMA_95, SIGMA_998 = 1.959964, 3.090232
ROLES = {
    "earlier": "as expected at the time",
    "window": "judged",
    "provisional": "too new to be judged",
}


SHARE_INSIDE = "Nineteen in twenty such totals of past years"
"""How many keep within the range of a verdict."""


def drawn_range(expected: Sequence[ExpectedMonth], blind: BlindMonths | None = None) -> ExpectedRange | None:
    """The range as the charts take it, on over the months that have no figure yet; None where nothing was judged."""
    earlier = [DrawnMonth(m.period, m.expected, m.lower, m.upper) for m in expected if m.role == "earlier"]
    judged_months = [DrawnMonth(m.period, m.expected, m.lower, m.upper) for m in expected if m.role in ("window", "provisional")]
    if not judged_months:
        return None
    made_in = moved(judged_months[0].period, -1)
    ranges = blind.ranges if blind else ()
    awaited = tuple(DrawnMonth(m.period, m.median, m.lower95, m.upper95) for m in ranges)
    return ExpectedRange(tuple(earlier), tuple(judged_months), made_in, awaited)


@dataclass(frozen=True)
class Evidence:
    """What the panel "Why this verdict" is made from."""

    series: MeasureSeries
    verdict: Verdict
    expected: tuple[ExpectedMonth, ...]
    settling: tuple[Settling, ...]
    months_to_see: dict[float, int | None]


def why_panel(evidence: Evidence) -> html.Details:
    """Why the verdict reads as it does: rule, months, what would change it; closed until asked for."""
    verdict = evidence.verdict
    reasons = [
        in_sentences(verdict.reason),
        in_sentences(verdict.caveat),
        *_observed_and_expected(verdict),
        *_would_change(evidence),
        *_revision_of_newest(evidence.settling),
        *_signals(evidence.expected),
    ]
    content: list[Element] = [
        html.P([html.Strong(f"{verdict_words(verdict)}: "), f"{lowered(MEANS[verdict.state])}."]),
        html.Ul([html.Li(text) for text in reasons if text], className="list"),
    ]
    if evidence.expected:
        content.append(closed(_months_table(evidence), "The months behind it"))
    return html.Details([html.Summary(html.Span("Why this verdict")), html.Div(content, className="flow-s")], className="why")


def _observed_and_expected(verdict: Verdict) -> list[str]:
    observed, expected = verdict.observed, verdict.expected
    if (
        observed is None
        or expected is None
        or verdict.window is None
        or verdict.expected_lower is None
        or verdict.expected_upper is None
    ):
        return []
    if verdict.ratio is None:
        return []
    expected_range = span(number(verdict.expected_lower), number(verdict.expected_upper))
    return [
        f"{months(*verdict.window)}: {number(observed)} recorded, {rounded(expected)} expected. {SHARE_INSIDE} keep within "
        f"their range, here {expected_range}."
    ]


def _would_change(evidence: Evidence) -> list[str]:
    """What would have to come for the verdict to be another."""
    verdict = evidence.verdict
    sentences = [what_would_change(verdict)]
    months_needed = evidence.months_to_see.get(-0.2)
    if months_needed is not None:
        sentences.append(f"A lasting fall of 20% would mostly be proven after {months_needed} months.")
    elif -0.2 in evidence.months_to_see:
        sentences.append("A lasting fall of 20% would mostly not be proven within a year: this series strays too far by itself.")
    return sentences


def _revision_of_newest(settling: Sequence[Settling]) -> list[str]:
    newest_lag = next((s for s in settling if s.lag == 0), None)
    if newest_lag is None or newest_lag.most <= 0:
        return []
    revision_words = f"moved by {percent(newest_lag.typical, 1)}, in nine of ten by under {percent(newest_lag.most, 1)}"
    return [f"The newest month of figures like these has later {revision_words}."]


def _signals(expected: Sequence[ExpectedMonth]) -> list[str]:
    """What the chart marks among the judged months: each mark once, with its months."""
    months_by_signal: dict[str, list[str]] = {}
    for item in expected:
        if item.signal and item.role == "window":
            months_by_signal.setdefault(item.signal, []).append(month(item.period))
    return [f"The chart marks {listed(tuple(months_marked))}: {signal}." for signal, months_marked in months_by_signal.items()]


def _months_table(evidence: Evidence) -> Element:
    points = {p.period: p for p in evidence.series.points}
    columns = (
        Column("Month"),
        Column("Recorded", is_number=True),
        Column("Expected", is_number=True),
        Column("Range of 99 in 100 months", is_number=True),
        Column("Part it plays"),
        Column("Signal"),
    )
    rows: list[list[Cell]] = []
    for item in evidence.expected:
        point = points.get(item.period)
        value = "not held" if point is None or point.value is None else number(point.value)
        month_range = span(rounded(item.lower), rounded(item.upper))
        rows.append([month(item.period), value, rounded(item.expected), month_range, ROLES[item.role], item.signal or "none"])
    name = f"{evidence.series.measure.title}, {evidence.series.area.name}: each month beside what was expected of it"
    return data_table(columns, rows, label=name)


def funnel_figure(measure: Measure, compared: Sequence[AreaComparison], areas: dict[str, Area], source: str) -> Element:
    """Each borough's 12-month rate by its number of residents, with limits widened by how much boroughs differ in any case."""
    outside = [c for c in compared if c.funnel != "within"]
    names = listed(tuple(areas[c.area].name for c in outside))
    verb = "stands" if len(outside) == 1 else "stand"
    sentence = f"{names} {verb} apart from London" if outside else "No borough stands apart from London"
    last = compared[0].period
    events, people = sum(c.events for c in compared), sum(c.population for c in compared)
    centre, tau2 = events / people * 1_000, compared[0].tau2
    points = tuple(FunnelPoint(areas[c.area].name, c.population, c.rate, c.funnel != "within") for c in compared)
    data = Funnel(points, _limits(compared, centre, tau2), centre, f"London {number(centre, 1)}", "residents")
    columns = (
        Column("Borough"),
        Column("Residents", is_number=True),
        Column("Rate", is_number=True),
        Column("95% limits", is_number=True),
        Column("On the funnel"),
        Column("Beside the rest of London"),
    )
    rows: list[list[Cell]] = [
        [
            areas[c.area].name,
            number(c.population),
            number(c.rate, 1),
            span(number(c.rate_lower, 1), number(c.rate_upper, 1)),
            c.funnel,
            {"above": "higher", "below": "lower", "similar": "similar"}[c.side],
        ]
        for c in compared
    ]
    note = (
        f"Lines: 95% (dashed) and 99.8% limits, widened because boroughs differ by more than chance "
        f"(phi {number(compared[0].phi, 1)}, "
        f"tau² {number(tau2, 3)} on the root of the rate; with {len(compared)} areas that is weakly determined). "
    )
    picture = figure(
        sentence,
        f"{measure.title} per 1,000 residents, 12 months to {month(last)}, by number of residents.",
        data_table(columns, rows, label=f"{measure.title}: boroughs on the funnel"),
        drawn(funnel_set(data), FUNNEL_WIDTHS),
        f"{note}Residents only: people who visit or work there are not counted. {source}",
        level=2,
    )
    return html.Div([html.Div(picture), _how_to_read(compared, areas)], className="split even")


def _how_to_read(compared: Sequence[AreaComparison], areas: dict[str, Area]) -> Element:
    """The funnel in plain words, and which boroughs lie where."""
    groups = (
        ("above 99.8%", "Far above what their size and the usual differences explain"),
        ("above 95%", "Above"),
        ("below 95%", "Below"),
        ("below 99.8%", "Far below"),
    )
    names_by_band = [(words, [areas[c.area].name for c in compared if c.funnel == where]) for where, words in groups]
    band_items = [html.Li([html.Strong(f"{words}: "), f"{listed(tuple(names))}."]) for words, names in names_by_band if names]
    within = sum(1 for c in compared if c.funnel == "within")
    return html.Div(
        [
            html.H3("How to read it"),
            html.P(
                "Each dot is a borough. Fewer residents make a rate jump about more, so the lines stand wider at the left."
                " Between the dashed lines a borough differs from London no more than boroughs usually do."
            ),
            html.Ul([*band_items, html.Li(f"{within} of {len(compared)} lie between the dashed lines.")], className="list"),
            html.P("Standing apart is a question, not an answer: it says nothing of why, nor of how well a place is policed."),
        ],
        className="flow",
    )


def _limits(compared: Sequence[AreaComparison], centre: float, tau2: float) -> tuple[FunnelLimit, ...]:
    smallest, largest = min(c.population for c in compared) * 0.95, max(c.population for c in compared) * 1.03
    limits = []
    for step in range(LIMIT_STEPS + 1):
        size = smallest + (largest - smallest) * step / LIMIT_STEPS
        # On the root scale the standard error is 1 / (2 sqrt n), n in thousands; tau2 is the variance between boroughs beyond it.
        error = sqrt(1_000 / (4 * size) + tau2)
        low95, high95 = _rate_at_distance(centre, -SIGMA_95 * error), _rate_at_distance(centre, SIGMA_95 * error)
        low998, high998 = _rate_at_distance(centre, -SIGMA_998 * error), _rate_at_distance(centre, SIGMA_998 * error)
        limits.append(FunnelLimit(size, low95, high95, low998, high998))
    return tuple(limits)


def _rate_at_distance(centre: float, distance: float) -> float:
    """The rate that lies `distance` from the centre on the root scale; nil at the least."""
    return max(0.0, sqrt(centre) + distance) ** 2
