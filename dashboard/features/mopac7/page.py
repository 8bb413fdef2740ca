"""MOPAC 7, then and now: what the retired targets said of each place, and what may be said now from the same counts."""

from dashboard.features.mopac7 import words as words
from dashboard.features.mopac7.blocks import (
    boroughs_table,
    published_source,
    published_table,
    target_and_range_table,
    targets_figure,
)
from dashboard.features.mopac7.download import mopac7_file
from dashboard.features.mopac7.view_model import Targets, first_published, targets_by_borough, targets_in
from dashboard.figures import queries, queries_register
from dashboard.figures.view import Option, View
from dashboard.register.models import PlanState
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty
from dashboard.ui.page import Page
from dashboard.ui.picker import Pick, picker
from dashboard.ui.plans import reasons_for_retiring
from dashboard.ui.sections import page_opening, section
from etl.core.areas import CITY_OF_LONDON, LONDON


def area_codes() -> tuple[str, ...]:
    """London and the boroughs the Met polices."""
    return (LONDON, *(a.code for a in queries.areas("borough") if a.code != CITY_OF_LONDON))


def layout(view: View) -> list[Element]:
    """One place in full, then every borough, then why the targets ended."""
    targets = targets_in(view.choice("area"))
    borough_targets, published = targets_by_borough(), first_published()
    is_london = targets.area.code == LONDON
    names = {LONDON: "London", **{t.area.code: t.area.name for t in borough_targets}}
    return [
        breadcrumb([("Home", "/"), ("Priorities", "/priorities")], "MOPAC 7, then and now"),
        page_opening(
            words.headline(targets),
            place=f"MOPAC 7, retired: seven crimes, each to fall by 20% from 2011/12 to 2015/16. {targets.area.name}",
            standfirst=words.signal_sentence(targets),
            actions=[download_link("Every figure of this page", f"/download{view.address}")],
        ),
        html.Div(picker(view, (Pick("area", "Place", names),), label="Choose a place"), className="gap"),
        section(
            "change", "What happened to each", [targets_figure(targets)], say=None if is_london else words.TARGET_WAS_LONDONS
        ),
        section(
            "then-and-now",
            "What the target said, what the range says",
            [
                target_and_range_table(targets),
                html.P(words.RANGE_NOTE, className="source"),
                html.P(words.UNWATCHED_NOTE, className="source"),
            ],
            say=words.TARGET_AND_RANGE_ASK,
        ),
        section(
            "boroughs",
            "Every borough",
            [boroughs_table(borough_targets), html.P(words.TARGET_WAS_LONDONS, className="source")],
            say=words.boroughs_sentence(borough_targets),
        ),
        why_ended(),
        *([first_figures(targets)] if is_london and published else []),
    ]


def why_ended() -> Element:
    """The reasons given when the targets were ended, each with its source."""
    plan = next((p for p in queries_register.plans() if p.state is PlanState.RETIRED), None)
    if plan is None:
        return section("why", "Why it ended", [empty("The register cannot be read", "The reasons are kept there.")])
    return section("why", "Why it ended", reasons_for_retiring(plan))


def first_figures(targets: Targets) -> Element:
    """The counts as first published, beside those held now."""
    published = first_published()
    return section(
        "published",
        "What was first published",
        [published_table(targets, published), published_source(published)],
        say=words.published_sentence(targets, published),
    )


PAGE = Page(
    path="/mopac-7",
    title="MOPAC 7, then and now",
    description="What the retired MOPAC 7 targets said of London and each borough, and what may be said now.",
    nav="priorities",
    order=33,
    layout=layout,
    options=(Option("area", area_codes, default=LONDON),),
    examples=("/mopac-7?area=E09000006",),
    download=mopac7_file,
)
