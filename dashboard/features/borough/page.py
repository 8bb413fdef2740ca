"""Borough: one borough or command, everything held about it at one address."""

from dashboard.features.borough.blocks import PlaceFigures, place_content
from dashboard.features.borough.download import place_file
from dashboard.features.borough.measure_block import PlaceMeasure
from dashboard.features.borough.peers import peers
from dashboard.features.borough.view_model import OPTIONS, first_month, place_of
from dashboard.figures import queries, queries_judgement
from dashboard.figures.records import Area, MeasureSeries
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import PLACE, place_address
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.page import Page
from dashboard.ui.sections import lead, section
from dashboard.words.headlines import other_force_sentence
from dashboard.words.themes import reading_theme, theme_order
from etl.core.areas import CITY_OF_LONDON, LONDON

TOTAL, UNPLACED = "total_recorded_crime", "UNKNOWN"
FAMILIES = {"borough": "boroughs", "bcu": "commands"}
ABOVE = [("Home", "/"), ("Boroughs", "/boroughs")]


def layout(view: View) -> list[Element]:
    """The page of one place.

    Raises:
        LookupError: the code is not that of a borough or a command.
    """
    place = place_of(view)
    if place.code == CITY_OF_LONDON:
        return [breadcrumb(ABOVE, place.name), *another_force(place)]
    figures = figures_of(place, view)
    content = place_content(
        view, figures, first_month=first_month(view), is_rate=view.choice("show") == "rate", download=download_address(view)
    )
    return [breadcrumb(ABOVE, place.name), *content]


def figures_of(place: Area, view: View) -> PlaceFigures:
    """Everything held about a place, with its command and London beside it."""
    command = queries.area(place.parent) if place.kind == "borough" and place.parent else None
    members = (command or place).members
    crime_measures = tuple(m for m in queries.measures(form="count"))
    survey_measures = tuple(m.id for m in queries.measures(theme="confidence"))
    bases = tuple(m.id for m in sorted(crime_measures, key=lambda m: theme_order(reading_theme(m))))
    rates = tuple(f"{base}_rolling_year_rate" for base in bases)
    series_here = _by_id(queries.area_series(place.code, (*bases, *(f"{base}_rolling_year" for base in bases), *rates)))
    rates_elsewhere = [_by_id(queries.area_series(code, rates)) for code in (*([command.code] if command else []), LONDON)]
    return PlaceFigures(
        area=place,
        command=command,
        others=tuple(queries.area(code) for code in members if code != place.code),
        measures=tuple(
            PlaceMeasure(
                month=series_here[base],
                rolling=series_here.get(f"{base}_rolling_year"),
                rate=series_here.get(f"{base}_rolling_year_rate"),
                beside=tuple(
                    rates_there[rate] for rates_there in rates_elsewhere if (rate := f"{base}_rolling_year_rate") in rates_there
                ),
            )
            for base in bases
            if base in series_here
        ),
        survey=queries.area_series(place.code, survey_measures),
        survey_of_london=_by_id(queries.area_series(LONDON, survey_measures)),
        total_of_london=queries.measure_series(TOTAL, LONDON),
        unplaced=_first(queries.area_series(UNPLACED, (TOTAL,))),
        release=queries.release(),
        verdicts={base: verdict for base in (*bases, *survey_measures) if (verdict := queries.verdict(base, place.code))},
        expected=queries_judgement.area_expected_months(place.code),
        peers=peers(view, place) if place.kind == "borough" else None,
        family=next((f for f in queries_judgement.verdict_families() if f.family == FAMILIES[place.kind]), None),
    )


def another_force(place: Area) -> list[Element]:
    """The page of the City of London: why nothing is shown, and where to look."""
    why = "Nothing here counts the City of London: not the London totals, not the rates, not the comparisons."
    onward_links = links([("All 32 boroughs the Met polices", "/boroughs"), ("Recorded crime in London", "/")])
    return [
        lead(other_force_sentence(place), place=place.name, standfirst=place.note),
        section("held", "What is held", [empty("No figure can be shown", why), html.Div(onward_links, className="gap")]),
    ]


def download_address(view: View) -> str:
    """The figures of the page as a file."""
    return f"/download{view.address}"


def _by_id(series_list: tuple[MeasureSeries, ...]) -> dict[str, MeasureSeries]:
    return {series.measure.id: series for series in series_list}


def _first(series_list: tuple[MeasureSeries, ...]) -> MeasureSeries | None:
    return series_list[0] if series_list else None


def _name(view: View) -> str:
    return queries.area(view.argument("code")).name


PAGE = Page(
    path=PLACE,
    title=_name,
    description=lambda view: f"Recorded crime, confidence and sources for {_name(view)}, with its command and London beside it.",
    nav="boroughs",
    order=21,
    layout=layout,
    options=OPTIONS,
    download=place_file,
    examples=(
        place_address("E09000006"),
        f"{place_address('E09000023')}?against=similar&density=4",
        place_address("BCU-SN"),
        place_address(CITY_OF_LONDON),
        f"{place_address('E09000017')}?show=count&since=2015-04",
    ),
)
