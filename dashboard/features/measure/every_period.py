"""The long charts of a measure's page, why its verdict reads as it does, and the graph where it was asked for."""

from dashboard.features.measure.explore import explore_link, explore_section
from dashboard.features.measure.places import region_table
from dashboard.figures import queries, queries_judgement
from dashboard.figures.blind_months import blind_months
from dashboard.figures.compare import newest
from dashboard.figures.judgement_records import ExpectedMonth
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.kinds.telling import Beside
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.explanations import ask_about, explanation_of
from dashboard.ui.html import Element
from dashboard.ui.judged_blocks import Evidence, drawn_range, why_panel
from dashboard.ui.longer_view import longer_view
from dashboard.ui.measure_lines import main_figure, rolling_figure
from dashboard.ui.recorded_or_happened import recorded_or_happened


def every_period(in_place: MeasureInPlace) -> list[Element]:
    """The long charts, and the graph where it was asked for."""
    expected = _expected(in_place)
    blind = blind_months(in_place.series) if in_place.series is not None and not in_place.is_rate else None
    main: list[Element] = [
        main_figure(in_place, drawn_range(expected, blind) if not in_place.is_rate else None, blind),
        *_why(in_place, expected),
    ]
    if in_place.kind.beside is Beside.SECOND_LINE and in_place.places and in_place.beside:
        main = [html.Div([main_figure(in_place), html.Div(region_table(in_place))], className="split even")]
    explored: list[Element] = []
    if in_place.series is not None and newest(in_place.series):
        if in_place.view.choice("explore"):
            explored = [explore_section(in_place)]
        else:
            main.append(explore_link(in_place.view.link(explore="yes")))
    rolling = rolling_figure(in_place)
    return [
        html.Section(main, id="periods", **attributes(aria_label="Every period")),
        *explored,
        *([html.Section(rolling, **attributes(aria_label="Twelve months at a time"))] if rolling else []),
    ]


def _expected(in_place: MeasureInPlace) -> tuple[ExpectedMonth, ...]:
    """The range of single months behind the verdict; () for what is judged otherwise."""
    return (
        queries_judgement.expected_months(in_place.measure.base, in_place.area.code) if in_place.kind.is_judged_by_month else ()
    )


def _why(in_place: MeasureInPlace, expected: tuple[ExpectedMonth, ...]) -> list[Element]:
    """The panel that says why the verdict reads as it does; nothing where nothing was judged."""
    base = next((f for f in (in_place.series, *in_place.facts) if f is not None and f.measure.id == in_place.measure.base), None)
    if in_place.verdict is None or base is None:
        return []
    whole = queries.measure_series(in_place.measure.base, in_place.area.code)
    is_monthly = in_place.kind.is_judged_by_month
    settling = queries_judgement.settling(in_place.measure.base, in_place.area.kind) if is_monthly else ()
    months = queries_judgement.months_to_see(in_place.measure.base, in_place.area.code) if is_monthly else {}
    panel = why_panel(Evidence(whole, in_place.verdict, expected, settling, months))
    chart = f"{measure_address(in_place.measure.base)}?area={in_place.area.code}"
    explained = explanation_of(in_place.verdict, chart=chart) or ask_about(in_place.verdict, chart=chart)
    card = recorded_or_happened(in_place.verdict)
    return [*card, html.Div(explained, className="flow-s"), *longer_view(whole, in_place.verdict), panel]
