"""Operational changes: the mergers of boroughs into commands, and what followed in each command and each of its boroughs."""

from dashboard.features.operational_changes import words as words
from dashboard.features.operational_changes.blocks import (
    changes_table,
    effects_chart,
    effects_table,
    every_measure,
    not_told,
    other_explanations,
    why_of,
)
from dashboard.features.operational_changes.download import effects_file
from dashboard.figures import queries
from dashboard.figures.effects import operational_effects, placebo_shares
from dashboard.figures.view import Option, View
from dashboard.ui import html
from dashboard.ui.addresses import OPERATIONAL_CHANGES
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty
from dashboard.ui.page import Page
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening, section
from etl.definitions.operational_changes import operational_changes

FIRST_MEASURE = "total_recorded_crime"


def measure_ids() -> tuple[str, ...]:
    """The measures looked at, in the order they were worked out; the first alone where none was."""
    return tuple(dict.fromkeys(e.measure for e in operational_effects())) or (FIRST_MEASURE,)


def layout(view: View) -> list[Element]:
    """What followed in one measure, then what else could explain it, then every measure, then what cannot be told."""
    chosen = view.choice("measure")
    names = {m: queries.measure(m).title for m in measure_ids()}
    everything = operational_effects()
    effects = [e for e in everything if e.measure == chosen]
    commands = [e for e in everything if queries.area(e.area).kind == "bcu"]
    name = names[chosen]
    opening = page_opening(
        words.headline([e for e in commands if e.measure == chosen], name),
        place="Operational changes: boroughs’ police merged into twelve commands, 2016 to 2019",
        standfirst=(words.list_sentence(commands), words.NOT_PROOF) if everything else "",
        actions=[download_link("Every figure of this page", f"/download{view.address}")],
    )
    head = [breadcrumb([("Home", "/"), ("London", "/london")], "Operational changes"), opening]
    if not effects:
        return [*head, section("followed", "What followed", [empty("Not worked out in this copy", "No counts are loaded.")])]
    return [
        *head,
        html.Div(picker(view, (Pick("measure", "Crime", names),), label="Choose a crime"), className="gap"),
        section(
            "followed",
            f"{name}: each command and each of its boroughs",
            [
                effects_table(effects, name),
                why_of(effects),
                html.P(words.LIMITS, className="source"),
                effects_chart(effects, name),
            ],
            say=words.placebo_sentence(placebo_shares()) or None,
        ),
        section(
            "else",
            "What else could explain it",
            [other_explanations(effects, name)],
            say="Crime may have moved next door, or a place may only have gone back to its usual level.",
        ),
        section("every", "Every command and crime", [every_measure(commands, names)]),
        section("not-told", "What cannot be told", [not_told()]),
        section("done", "What was done, and when", [changes_table(operational_changes())]),
    ]


PAGE = Page(
    path=OPERATIONAL_CHANGES,
    title="Operational changes",
    description="The mergers of London’s borough police into commands: what followed in each command and borough, and what "
    "cannot be told.",
    nav="london",
    order=13,
    layout=layout,
    options=(Option("measure", measure_ids, default=FIRST_MEASURE),),
    examples=("/operational-changes?measure=burglary",),
    download=effects_file,
)
