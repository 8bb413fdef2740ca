"""Home: what is held, what it says, what the newest edition changed."""

from dashboard.features.home.blocks import (
    coverage,
    headline_measures,
    newest_edition,
    opening,
    places,
    where_changed,
)
from dashboard.features.home.register_blocks import overdue_section, priority_sections
from dashboard.features.home.view_model import TOTAL, borough_verdicts, headline_series, late_feeds
from dashboard.figures import queries, queries_editions
from dashboard.figures.feeds import CRIME, feeds_today, gap_of
from dashboard.figures.view import View
from dashboard.ui.change_ledger import boroughs_ledger
from dashboard.ui.html import Element
from dashboard.ui.lateness import crime_notice
from dashboard.ui.links import contents
from dashboard.ui.page import Page
from etl.core.areas import LONDON

SECTION_LINKS = (
    ("Find a borough", "#places"),
    ("What to ask about", "#ask"),
    ("London-wide priorities", "#priorities"),
    ("Headline measures", "#measures"),
    ("What the newest edition changed", "#newest"),
    ("Overdue", "#overdue"),
    ("How far each source runs", "#coverage"),
)


def layout(_view: View) -> list[Element]:
    """London in one sentence, then the headline measures, the newest edition and how far each source runs."""
    gap = gap_of(CRIME, queries.release().data_to)
    month_total = queries.measure_series(TOTAL, LONDON)
    verdict_list = borough_verdicts()
    late_sources = late_feeds(queries.verdicts())
    return [
        opening(queries.measure_series(f"{TOTAL}_rolling_year", LONDON), month_total, verdict_list, gap),
        *crime_notice("#coverage"),
        contents(SECTION_LINKS),
        *where_changed(verdict_list, month_total),
        *priority_sections(),
        *headline_measures(headline_series(), {v.measure: v for v in queries.verdicts() if v.area == LONDON}),
        *newest_edition(queries_editions.edition_changes(CRIME)),
        *boroughs_ledger(),
        *overdue_section(),
        coverage(feeds_today(), late_sources),
        places(queries.areas("borough"), queries.areas("bcu")),
    ]


PAGE = Page(
    path="/",
    title="Home",
    description="What the Metropolitan Police recorded in London, with sources and what the newest edition changed.",
    nav=None,
    order=0,
    layout=layout,
)
