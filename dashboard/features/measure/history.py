"""How a measure's newest figures moved from edition to edition, and the breaks in its series."""

from dashboard.figures import queries
from dashboard.figures.measure_in_place import TOTAL, MeasureInPlace, revised
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.breaks_table import breaks_table
from dashboard.ui.html import Element
from dashboard.ui.revisions_block import revisions_block
from dashboard.ui.two_totals import two_totals_section
from etl.core.areas import LONDON
from etl.core.written import count_word


def history(in_place: MeasureInPlace) -> list[Element]:
    """Revisions and breaks, side by side."""
    code, base = in_place.area.code, in_place.measure.base
    revisions = revised(in_place)
    editions = tuple(dict.fromkeys(r.label for r in revisions))
    count = count_word(len(editions))
    source = f"{count[:1].upper()}{count[1:]} edition{'' if len(editions) == 1 else 's'} held."
    breaks = breaks_table(queries.breaks(base, code), caption=f"{in_place.measure.title}, {in_place.area.name}")
    columns = [
        html.Div(revisions_block(in_place.measure, in_place.area.name, revisions, source)),
        html.Div([html.H2("Breaks in this series"), breaks], className="flow-s"),
    ]
    side_by_side = html.Div(columns, className="split even")
    section = html.Section(side_by_side, id="history", **attributes(aria_label="Revisions and breaks"))
    is_total = base == TOTAL and code == LONDON
    return [section, *(two_totals_section() if is_total else [])]
