"""How the figures are made, in words; what the site does for every reader; how to work a number out again."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.passport import pairs
from dashboard.format import number
from dashboard.records import MeasureSeries, Revision

METHODS = (
    (
        "The figure shown",
        "The newest edition that holds a month gives its figure. Earlier editions are kept, each as it was published.",
    ),
    (
        "A missing row",
        "The publisher leaves out a borough and offence with nothing to count, so a missing row means none was recorded. "
        "Anything else "
        "that is missing is said in words and is never nought.",
    ),
    (
        "London",
        "The file’s own sum: 32 boroughs, crimes with no borough on record, and the airports where they are counted apart. "
        "The City of "
        "London has its own police force and is not included. Court figures use the courts service’s London region, which "
        "includes it.",
    ),
    ("Commands", "A command’s figures add up its boroughs, with today’s boundaries throughout."),
    (
        "Twelve months",
        "The twelve months to and including the one named, added up only where all twelve are held. Points a month apart "
        "share eleven "
        "months, so they are never read as separate evidence.",
    ),
    (
        "Rates",
        "Offences per 1,000 residents at mid-year of the same year (Office for National Statistics), or of the newest year "
        "estimated. "
        "People who visit or work in a place are not counted among its residents.",
    ),
    (
        "Limits",
        "95% limits of a count or rate are exact Poisson limits below 10 offences and Byar’s approximation from 10. They say "
        "how far "
        "chance alone could move the figure, not how well crime is reported.",
    ),
    ("Provisional", "The newest month is provisional until an edition with a later month confirms it. Charts draw it hollow."),
    (
        "Old and new categories",
        "Each measure lists the categories it counts in each form of the file, and whether the result joins the newest: "
        "comparable, "
        "comparable with a break, or not comparable. What cannot be joined is never drawn as one line.",
    ),
    (
        "Breaks",
        "Figures on two sides of a break that parts them are not compared, and twelve months that hold one say so.",
    ),
    (
        "Surveys and courts",
        "Shown as published. Each release restates its whole series, so a series is taken whole from its newest release.",
    ),
    (
        "Checks",
        "A file is known by what is in it. Nothing is published unless every check passes, or a named person accepts a "
        "warning and says "
        "why. A refused file changes nothing.",
    ),
)
"""(what, how) of everything done between the published file and the page."""

ACCESSIBILITY = (
    "This site aims to meet the Web Content Accessibility Guidelines 2.2 at level AA. Every page is read by machine (axe) at "
    "three "
    "widths on every change, and by eye.",
    "Words and tables come before every picture and say the same. No meaning is carried by colour alone. Everything works with a "
    "keyboard, without a script, at 400% zoom, on a screen 320 pixels wide and printed in grey.",
    "The charts behind “Explore this chart” need a script and a pointer to read single values; the table above each holds "
    "all of them.",
    "No contact for reporting a problem is recorded. The body that publishes this site must name one.",
)


def methods_list() -> Component:
    """Every method as a definition list."""
    return pairs([(name, text) for name, text in METHODS])


def accessibility() -> list[Component]:
    """The accessibility statement."""
    return [html.P(text) for text in ACCESSIBILITY]


def reproduce(series: MeasureSeries, found: Sequence[Revision]) -> Component:
    """One real number with the command that prints its passport, and what the command says of it."""
    last = series.known[-1]
    cited = next(c for c in series.citations if c.edition == last.edition)
    said = "; ".join(f"{r.label}: {number(r.value)}" for r in found if r.period == last.period and r.value is not None)
    command = f"python -m etl explain {series.measure.id} {series.area.code} {last.period}"
    return html.Div(
        [
            html.P(["For example ", html.Code(command), " prints, among the rest:"]),
            pairs(
                [
                    ("Number", f"{series.measure.title}, {series.area.name}, {last.period}: {number(last.value or 0)}"),
                    ("Status", last.status),
                    ("Edition", cited.edition),
                    ("File", cited.file_name),
                    ("sha256", html.Code(cited.sha256, style={"overflowWrap": "anywhere"})),
                    ("Cells", last.cell),
                    ("Editions said", said or "one edition holds it"),
                ]
            ),
        ],
        className="flow-s",
    )
