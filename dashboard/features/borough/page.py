"""Borough: one borough or command, everything held about it at one address."""

from dashboard.features.borough.blocks import place_content
from dashboard.features.borough.download import place_file
from dashboard.features.borough.view_model import OPTIONS, figures_of, first_month, place_of
from dashboard.figures import queries
from dashboard.figures.records import Area
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import PLACE, place_address
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from dashboard.words.headlines import other_force_sentence
from etl.core.areas import CITY_OF_LONDON

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


def another_force(place: Area) -> list[Element]:
    """The page of the City of London: why nothing is shown, and where to look."""
    why = "Nothing here counts the City of London: not the London totals, not the rates, not the comparisons."
    onward_links = links([("All 32 boroughs the Met polices", "/boroughs"), ("Recorded crime in London", "/")])
    return [
        page_opening(other_force_sentence(place), place=place.name, standfirst=place.note),
        section("held", "What is held", [empty("No figure can be shown", why), html.Div(onward_links, className="gap")]),
    ]


def download_address(view: View) -> str:
    """The figures of the page as a file."""
    return f"/download{view.address}"


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
