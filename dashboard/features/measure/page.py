"""Measure: one measure at one address: what was found, what it means, every place, every revision, every break."""

from collections.abc import Callable

from dashboard.features.measure.definition import definition_section
from dashboard.features.measure.download import measure_file
from dashboard.features.measure.every_period import every_period
from dashboard.features.measure.everywhere import every_place, funnel
from dashboard.features.measure.history import history
from dashboard.features.measure.opening import choices, jumps, notices, opening
from dashboard.features.measure.sources import figures_to_take_away
from dashboard.figures import queries
from dashboard.figures.measure_in_place import OPTIONS, TOTAL, MeasureInPlace, find_measure_in_place
from dashboard.figures.view import View
from dashboard.ui.addresses import MEASURE, measure_address
from dashboard.ui.html import Element
from dashboard.ui.page import Page

SECTIONS: tuple[Callable[[MeasureInPlace], list[Element]], ...] = (
    opening,
    notices,
    jumps,
    choices,
    every_period,
    definition_section,
    history,
    every_place,
    funnel,
    figures_to_take_away,
)
"""The page from top to bottom. Each section knows the measure in its place, and nothing of the others."""


def layout(view: View) -> list[Element]:
    """The page of one measure.

    Raises:
        LookupError: no such measure, or it has no figures in the place asked for.
        NotUnderstood: it has no figures since the period asked for.
    """
    in_place = find_measure_in_place(view)
    return [element for section in SECTIONS for element in section(in_place)]


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
