"""Areas by measures: one letter a cell, quiet where nothing changed, each leading to where it is told in full."""

from collections.abc import Mapping, Sequence

from dashboard.figures.records import Area, Measure, Verdict
from dashboard.figures.view import href
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.words.verdicts import verdict_word
from etl.core.areas import LONDON
from etl.core.state import State


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
        if shape in (State.NO_CHANGE, "?")
        else html.I(shape, className=f"glyph glyph-{shape}", **attributes(aria_hidden="true"))
    )
    return html.A(letter, href=address, **attributes(aria_label=f"{area.name}, {measure.title}: {verdict_word(verdict.state)}"))
