"""Boroughs: every borough and every command, each at its own address."""

from collections.abc import Sequence

from dashboard.figures import queries
from dashboard.figures.records import Area, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Column, data_table
from dashboard.words.summary import when_judged, which_sentence
from etl.core.areas import CITY_OF_LONDON
from etl.core.written import count_word, listed

NOTHING_CHANGED, ANOTHER_FORCE = "No clear change.", "Another force: not judged here."


def layout(_view: View) -> list[Element]:
    """Names of all places with figures, A to Z, and which borough belongs to which command."""
    return content(queries.areas("borough"), queries.areas("bcu"), queries.verdicts())


def content(boroughs: tuple[Area, ...], commands: tuple[Area, ...], verdicts: Sequence[Verdict]) -> list[Element]:
    """The page for these places, each a link, with what changed in each."""
    counts = {m.id: m.title for m in queries.crimes()}
    verdicts_by_area: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.measure in counts:
            verdicts_by_area.setdefault(verdict.area, []).append(verdict)
    changes_by_area = {code: which_sentence(area_verdicts, counts) for code, area_verdicts in verdicts_by_area.items()}
    command_names = {area.code: area.name for area in commands}
    boroughs = tuple(sorted(boroughs, key=lambda area: area.name))
    commands = tuple(sorted(commands, key=lambda area: area.name))
    policed = tuple(area for area in boroughs if area.code != CITY_OF_LONDON)
    return [
        breadcrumb([("Home", "/")], "Boroughs"),
        page_opening(
            f"The Met polices {len(policed)} boroughs in {count_word(len(commands))} commands. "
            "The City of London has a force of its own",
            standfirst="Each place has one address that can be kept: every measure as a sentence, a table and a chart.",
        ),
        section("boroughs", "Boroughs, A to Z", [links([(area.name, place_address(area.code)) for area in boroughs])]),
        *_what_changed(
            boroughs,
            command_names,
            changes_by_area,
            when_judged([v for area_verdicts in verdicts_by_area.values() for v in area_verdicts]),
        ),
        section(
            "commands",
            "Commands and their boroughs",
            [_commands(commands, {area.code: area for area in boroughs}, changes_by_area)],
            say="A command runs policing in two to four boroughs. Its figures add up its boroughs.",
        ),
    ]


def _what_changed(
    boroughs: Sequence[Area], commands: dict[str, str], changes_by_area: dict[str, str], when: str
) -> list[Element]:
    """A row a borough with what changed there, A to Z; nothing before anything has been judged."""
    if not when:
        return []
    columns = (Column("Borough"), Column("Command"), Column(f"What changed {when}"))
    rows = [
        (
            html.A(area.name, href=place_address(area.code)),
            html.A(commands[area.parent], href=place_address(area.parent), className="nowrap")
            if area.parent in commands
            else "none",
            changes_by_area.get(area.code) or (NOTHING_CHANGED if area.code in changes_by_area else ANOTHER_FORCE),
        )
        for area in boroughs
    ]
    unchanged_count = sum(1 for area in boroughs if changes_by_area.get(area.code) == "")
    say = f"No clear change in {unchanged_count} of them." if unchanged_count else None
    return [section("changed", "What has changed in each", [data_table(columns, rows, caption="Boroughs", stack=True)], say=say)]


def _commands(commands: tuple[Area, ...], boroughs: dict[str, Area], changes_by_area: dict[str, str]) -> Element:
    rows = []
    for command in commands:
        members = tuple(boroughs[code] for code in command.members if code in boroughs)
        member_names = listed(tuple(area.name for area in members))
        rows.append(
            (
                html.A(command.name, href=place_address(command.code), className="nowrap"),
                member_names,
                changes_by_area.get(command.code) or NOTHING_CHANGED,
            )
        )
    columns = (Column("Command"), Column("Boroughs"), Column("What has changed as a whole"))
    return data_table(columns, rows, caption=f"The {count_word(len(commands))} commands", stack=True)


PAGE = Page(
    path="/boroughs",
    title="Boroughs",
    description="Every London borough and police command, each with its recorded crime, confidence and sources.",
    nav="boroughs",
    menu="Boroughs",
    order=20,
    layout=layout,
)
