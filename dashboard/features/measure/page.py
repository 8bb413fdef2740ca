"""Measure: one measure at one address: what was found, what it means, every place, every revision, every break."""

from dashboard.features.measure.definition import definition
from dashboard.features.measure.download import measure_file
from dashboard.features.measure.everywhere import places_sections
from dashboard.features.measure.explore import explore_link, explore_section
from dashboard.features.measure.opening import measure_choices, measure_notices, measure_opening
from dashboard.features.measure.places import region_table
from dashboard.figures import queries, queries_judgement
from dashboard.figures.compare import newest
from dashboard.figures.judgement_records import ExpectedMonth
from dashboard.figures.measure_in_place import OPTIONS, TOTAL, MeasureShown, measure_shown, revised
from dashboard.figures.queries_editions import published_as
from dashboard.figures.records import Citation
from dashboard.figures.view import View
from dashboard.kinds.telling import Beside, Section
from dashboard.ui import html
from dashboard.ui.addresses import MEASURE, measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.breaks_table import breaks_table
from dashboard.ui.explanations import ask_about, explanation_of
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.judged_blocks import Evidence, drawn_range, funnel_figure, why_panel
from dashboard.ui.links import Link, contents, download_link
from dashboard.ui.measure_lines import main_figure, rolling_figure
from dashboard.ui.page import Page
from dashboard.ui.passport import passport, source_line
from dashboard.ui.revisions_block import revisions_block
from dashboard.ui.sections import section
from etl.core.written import any_period, count_word
from etl.definitions import reference

ABOVE = [("Home", "/"), ("Measures", "/measure")]


def layout(view: View) -> list[Element]:
    """The page of one measure.

    Raises:
        LookupError: no such measure, or it has no figures in the place asked for.
        NotUnderstood: it has no figures since the period asked for.
    """
    shown = measure_shown(view)
    return [
        breadcrumb(ABOVE, shown.measure.title),
        measure_opening(shown, download_address(view)),
        *measure_notices(shown),
        contents(_jumps(shown)),
        measure_choices(view, shown),
        *_series(view, shown),
        _definition(shown),
        _history(shown),
        *places_sections(shown, reference.boundaries()),
        *_funnel(shown),
        _sources(view, shown),
    ]


def _jumps(shown: MeasureShown) -> list[Link]:
    """The sections every measure has, and those its kind has."""
    places: list[Link] = [s.link for s in shown.kind.sections if s.is_linked] if shown.places else []
    if not queries_judgement.area_comparisons(shown.measure.base):
        places = [link for link in places if link != Section.FUNNEL.link]
    own = [("What this measures", "#definition"), ("Revisions and breaks", "#history")]
    return [("Every period", "#periods"), *own, *places, ("Take the figures away", "#source")]


def _series(view: View, shown: MeasureShown) -> list[Element]:
    """The long charts, and the graph where it was asked for."""
    expected = _expected(shown)
    main: list[Element] = [main_figure(shown, drawn_range(expected) if not shown.is_rate else None), *_why(shown, expected)]
    if shown.kind.beside is Beside.SECOND_LINE and shown.places and shown.beside:
        main = [html.Div([main_figure(shown), html.Div(region_table(shown))], className="split even")]
    explored: list[Element] = []
    if shown.series is not None and newest(shown.series):
        if view.choice("explore"):
            explored = [explore_section(view, shown)]
        else:
            main.append(explore_link(view.link(explore="yes")))
    rolling = rolling_figure(shown)
    return [
        html.Section(main, id="periods", **attributes(aria_label="Every period")),
        *explored,
        *([html.Section(rolling, **attributes(aria_label="Twelve months at a time"))] if rolling else []),
    ]


def _expected(shown: MeasureShown) -> tuple[ExpectedMonth, ...]:
    """The range of single months behind the verdict; () for what is judged otherwise."""
    return queries_judgement.expected_months(shown.measure.base, shown.area.code) if shown.kind.is_judged_by_month else ()


def _why(shown: MeasureShown, expected: tuple[ExpectedMonth, ...]) -> list[Element]:
    """The panel that says why the verdict reads as it does; nothing where nothing was judged."""
    base = next((f for f in (shown.series, *shown.facts) if f is not None and f.measure.id == shown.measure.base), None)
    if shown.verdict is None or base is None:
        return []
    whole = queries.measure_series(shown.measure.base, shown.area.code)
    is_monthly = shown.kind.is_judged_by_month
    settling = queries_judgement.settling(shown.measure.base, shown.area.kind) if is_monthly else ()
    months = queries_judgement.months_to_see(shown.measure.base, shown.area.code) if is_monthly else {}
    panel = why_panel(Evidence(whole, shown.verdict, expected, settling, months))
    chart = f"{measure_address(shown.measure.base)}?area={shown.area.code}"
    explained = explanation_of(shown.verdict, chart=chart) or ask_about(shown.verdict, chart=chart)
    return [html.Div(explained, className="flow-s"), panel]


def _funnel(shown: MeasureShown) -> list[Element]:
    """Every borough on the funnel of the 12-month rate; nothing for measures that have no rates."""
    compared = queries_judgement.area_comparisons(shown.measure.base) if Section.FUNNEL in shown.kind.sections else ()
    if not compared or shown.series is None:
        return []
    names = {a.code: a for a in queries.areas("borough")}
    block = funnel_figure(queries.measure(shown.measure.base), compared, names, source_line(shown.series))
    return [html.Section(block, id="funnel", **attributes(aria_label="Boroughs on the funnel"))]


def _definition(shown: MeasureShown) -> Element:
    beside = tuple(queries.measure(m) for m in shown.measure.read_beside)
    found = shown.series or (shown.breakdowns[0][1] if shown.breakdowns else None)
    last = newest(found) if found else None
    after = f"None after {any_period(last.period)} is held" if last else "None is held"
    return definition(shown.measure, beside, published_as(shown.measure.base), next_figures=after)


def _history(shown: MeasureShown) -> Element:
    """How the newest figures moved, and the breaks, side by side."""
    code, base = shown.area.code, shown.measure.base
    found = revised(shown)
    editions = tuple(dict.fromkeys(r.label for r in found))
    count = count_word(len(editions))
    source = f"{count[:1].upper()}{count[1:]} edition{'' if len(editions) == 1 else 's'} held."
    breaks = queries.breaks(base, code)
    return html.Section(
        html.Div(
            [
                html.Div(revisions_block(shown.measure, shown.area.name, found, source)),
                html.Div(
                    [html.H2("Breaks in this series"), breaks_table(breaks, caption=f"{shown.measure.title}, {shown.area.name}")],
                    className="flow-s",
                ),
            ],
            className="split even",
        ),
        id="history",
        **attributes(aria_label="Revisions and breaks"),
    )


def _sources(view: View, shown: MeasureShown) -> Element:
    """Passport, and how to take the figures away or work one out again."""
    series = shown.series or shown.breakdowns[0][1]
    every = {c.edition: c for _, s in shown.every_series for c in s.citations}
    citations: list[Citation] = sorted(every.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True)
    last = newest(series)
    period = last.period if last else series.points[-1].period
    return section(
        "source",
        "Take the figures away",
        [
            html.P(
                [
                    "The file holds every figure of this page as it is shown now, with a note of what it is. "
                    "One figure can be worked out again from the published file: ",
                    html.Code(f"python -m etl explain {series.measure.id} {shown.area.code} {period}"),
                ]
            ),
            html.P(download_link("Figures behind this page", download_address(view)), className="gap"),
            html.Div(
                passport(
                    citations,
                    rows=f"{shown.area.name} and every place below it; the cell of each figure is in the file to take away",
                    method=shown.kind.method,
                    caveats=series.measure.caveats,
                    next_edition=f"None after {any_period(period)} is held.",
                ),
                className="gap",
            ),
        ],
    )


def download_address(view: View) -> str:
    """The figures of the page as a file; whether the graph is open changes nothing in it."""
    return f"/download{view.link(explore='')}"


def _name(view: View) -> str:
    return queries.measure(view.argument("measure")).title


PAGE = Page(
    path=MEASURE,
    title=_name,
    description=lambda view: f"{_name(view)}: what was recorded, what it counts, every borough, revisions, breaks and sources.",
    nav="london",
    order=12,
    layout=layout,
    options=OPTIONS,
    download=measure_file,
    examples=(
        measure_address(TOTAL),
        measure_address("violence_with_injury"),
        f"{measure_address('burglary_residential')}?show=rate&since=2019-04",
        f"{measure_address('robbery_personal')}?area=E09000006",
        f"{measure_address('homicide')}?explore=yes",
        measure_address("mopac7"),
    ),
)
