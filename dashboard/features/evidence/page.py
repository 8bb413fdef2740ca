"""Evidence sheet: what a borough has before it when it chooses next year's priorities. Made to be printed."""

from dashboard.features.evidence.blocks import (
    ambition_chart,
    ambition_table,
    earlier_choices,
    level_chart,
    level_table,
    months_judged_sentence,
    residents,
    wards,
)
from dashboard.features.evidence.by_itself_block import by_itself_section
from dashboard.features.evidence.download import evidence_file
from dashboard.features.evidence.view_model import borough_of, similar_to
from dashboard.figures import queries
from dashboard.figures.choices import year_now
from dashboard.figures.evidence import evidence
from dashboard.figures.view import View, href
from dashboard.register.years import year_after
from dashboard.ui import html
from dashboard.ui.addresses import EVIDENCE, propose_address
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import button_link, download_link
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from dashboard.words import evidence as words


def layout(view: View) -> list[Element]:
    """The sheet of one borough."""
    area = borough_of(view)
    candidates = evidence(area.code)
    year = year_after(year_now())
    return [
        breadcrumb(
            [("Home", "/"), ("Priorities", "/priorities"), (area.name, href("/priorities", area=area.code))], "Evidence sheet"
        ),
        page_opening(
            words.headline(area, candidates),
            place=f"{area.name}: evidence for {year}",
            standfirst=words.standing_out(candidates),
            actions=[
                button_link(f"Propose a priority for {year}", propose_address(year, area.code)),
                download_link("This sheet as a file", f"/download{view.address}"),
            ],
        ),
        section(
            "trend",
            "Level and trend of each measure",
            [level_table(candidates), html.P(words.OUTSIDE, className="source"), level_chart(area, candidates)],
            say=months_judged_sentence(candidates),
        ),
        section(
            "ambition",
            "What similar boroughs achieved in two years" if similar_to(area) else "What other boroughs achieved in two years",
            [
                ambition_chart(area, candidates),
                ambition_table(candidates),
                html.P(f"{words.peers_sentence(candidates, similar_to(area))} {words.WHY_NOT_TOLD}", className="source"),
            ],
            say=words.AMBITION,
        ),
        by_itself_section(area, candidates),
        wards(),
        residents(area),
        earlier_choices(area),
    ]


def _title(view: View) -> str:
    return f"Evidence for {queries.area(view.argument('code')).name}’s next choice"


PAGE = Page(
    path=EVIDENCE,
    title=_title,
    description=lambda view: f"{_title(view)}: level, trend, harm, what residents say, and what other boroughs achieved.",
    nav="priorities",
    order=32,
    layout=layout,
    examples=("/priorities/evidence/E09000006",),
    download=evidence_file,
)
