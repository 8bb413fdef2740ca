"""Boroughs: every borough and every command, each at its own address."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.addresses import place_address
from dashboard.components.frame import breadcrumb
from dashboard.components.lead import lead, section
from dashboard.components.links import links
from dashboard.components.table import Column, data_table
from dashboard.format import count_word, listed
from dashboard.page import Page
from dashboard.records import CITY_OF_LONDON, Area
from dashboard.url import View


def layout(_view: View) -> list[Component]:
    """Names of all places with figures, A to Z, and which borough belongs to which command."""
    return content(queries.areas("borough"), queries.areas("bcu"))


def content(boroughs: tuple[Area, ...], commands: tuple[Area, ...]) -> list[Component]:
    """The page for these places, each a link."""
    boroughs = tuple(sorted(boroughs, key=lambda area: area.name))
    commands = tuple(sorted(commands, key=lambda area: area.name))
    policed = tuple(area for area in boroughs if area.code != CITY_OF_LONDON)
    return [
        breadcrumb([("Home", "/")], "Boroughs"),
        lead(
            f"The Met polices {len(policed)} boroughs in {count_word(len(commands))} commands. "
            "The City of London has a force of its own",
            standfirst="Each place has one address that can be kept: every measure as a sentence, a table and a chart.",
        ),
        section("boroughs", "Boroughs, A to Z", [links([(area.name, place_address(area.code)) for area in boroughs])]),
        section(
            "commands",
            "Commands and their boroughs",
            [_commands(commands, {area.code: area for area in boroughs})],
            say="A command runs policing in two to four boroughs. Its figures add up its boroughs.",
        ),
    ]


def _commands(commands: tuple[Area, ...], boroughs: dict[str, Area]) -> Component:
    rows = []
    for command in commands:
        members = tuple(boroughs[code] for code in command.members if code in boroughs)
        rows.append((html.A(command.name, href=place_address(command.code)), listed(tuple(area.name for area in members))))
    columns = (Column("Command"), Column("Boroughs"))
    return data_table(columns, rows, caption=f"The {count_word(len(commands))} commands", stack=True)


PAGE = Page(
    path="/boroughs",
    title="Boroughs",
    description="Every London borough and police command, each with its recorded crime, confidence and sources.",
    nav="boroughs",
    order=20,
    layout=layout,
)
