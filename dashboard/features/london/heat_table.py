"""Areas by measures: one letter a cell, quiet where nothing changed, each leading to where it is told in full."""

from collections.abc import Mapping, Sequence

from dashboard.figures import queries
from dashboard.figures.boroughs_compared import (
    LondonFigures,
    crime_measures,
    heat_areas,
    heat_measures,
)
from dashboard.figures.records import Area, Measure, Verdict
from dashboard.figures.view import View, href
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.verdict import verdict_key
from dashboard.words.summary import family_sentence
from dashboard.words.verdicts import verdict_words
from etl.core.areas import LONDON
from etl.core.state import CHANGES, State
from etl.core.written import months, number


def heat_table(areas: Sequence[Area], measures: Sequence[Measure], verdicts: Mapping[tuple[str, str], Verdict]) -> html.Div:
    """A row an area in the order given, a column a measure; the names of both stay in view.

    Args:
        areas: London first, then boroughs A to Z.
        measures: counts of recorded crime.
        verdicts: by (measure id, area code); a pair without one is not judged.
    """
    header_cells = [html.Th(html.A(m.title, href=measure_address(m.base)), scope="col") for m in measures]
    rows = [_row(area, measures, verdicts) for area in areas]
    bodies = [html.Tbody(rows[:1]), html.Tbody(rows[1:])] if areas and areas[0].code == LONDON else [html.Tbody(rows)]
    table = html.Table([html.Thead(html.Tr([html.Th("Area", scope="col"), *header_cells])), *bodies], className="heat")
    return html.Div(table, className="scroll", tabIndex=0, role="region", **attributes(aria_label="Verdicts by area and measure"))


def _row(area: Area, measures: Sequence[Measure], verdicts: Mapping[tuple[str, str], Verdict]) -> html.Tr:
    cells = [html.Td(_cell(area, m, verdicts.get((m.id, area.code)))) for m in measures]
    return html.Tr([html.Th(area.name, scope="row"), *cells], **attributes(className="total" if area.code == LONDON else None))


def _cell(area: Area, measure: Measure, verdict: Verdict | None) -> html.A | html.Span:
    if verdict is None:
        return html.Span("not judged", className="small quiet")
    address = href("/measure/<measure>", {"measure": measure.base}, **({} if area.code == LONDON else {"area": area.code}))
    shape = verdict.state if verdict.state != State.CANNOT_TELL else "?"
    letter = (
        shape
        if shape in (State.NO_CHANGE, State.ON_YEAR, "?")
        else html.I(shape, className=f"glyph glyph-{shape}", **attributes(aria_hidden="true"))
    )
    return html.A(letter, href=address, **attributes(aria_label=f"{area.name}, {measure.title}: {verdict_words(verdict)}"))


def heat_section(view: View, figures: LondonFigures) -> Element:
    """Every verdict in one table, on a wide sheet of its own on paper."""
    measures, areas = heat_measures(view.choice("table"), figures.measure.id), heat_areas()
    verdicts = {(v.measure, v.area): v for v in queries.verdicts()}
    verdicts_in_table = [v for a in areas if a.code != LONDON for m in measures if (v := verdicts.get((m.id, a.code)))]
    other_table = "headline" if view.choice("table") == "all" else "all"
    other_table_name = (
        "Headline measures only" if other_table == "headline" else f"All {len(crime_measures())} measures of recorded crime"
    )
    heat_section = section(
        "heat",
        "Areas by measures",
        [
            html.Div(verdict_key(tuple(State)), className="no-break"),
            heat_table(areas, measures, verdicts),
            html.P(
                f"{_window_words(verdicts_in_table)}City of London is another force and is not judged here. "
                f"{source_line(figures.series)}",
                className="source",
            ),
            links([(other_table_name, f"{view.link(table=other_table)}#heat")]),
        ],
        say=_heat_sentence(verdicts_in_table, figures),
    )
    # On paper the table has a wide sheet of its own.
    return html.Div(heat_section, className="section a3")


def _heat_sentence(cells: list[Verdict], figures: LondonFigures) -> str:
    changed = sum(1 for v in cells if v.state in CHANGES)
    sentence = f"{number(changed)} of {number(len(cells))} borough cells moved."
    if figures.family is None:
        return sentence
    return f"{sentence} {family_sentence(figures.family.changed, figures.family.not_lasting, figures.family.family)}".rstrip()


def _window_words(cells: list[Verdict]) -> str:
    windows = [v.window for v in cells if v.window]
    if not windows:
        return ""
    first, last = max(set(windows), key=windows.count)
    return f"{months(first, last)} against the range that the months before gave. "
