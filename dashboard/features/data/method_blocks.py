"""How the figures are made, in words; what the site does for every reader; how to work a number out again."""

from collections.abc import Sequence

from dashboard.figures.records import MeasureSeries, Revision
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.passport import pairs
from etl.core.written import number

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
        "The twelve months to and including the one named, added up only where all twelve are held and lie on one side of "
        "every restart. Points a month apart "
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
        "Figures on two sides of a restart are neither compared nor added up: such a total is missing and says why. Other breaks "
        "are changes in practice, or were carried back: they are marked, and counted.",
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

VERDICT_STEPS = (
    "Make one expectation of each series, from what was known the month before the year began: up to ten years of months since "
    "the last break in the series, those of Covid left out.",
    "Take out the time of year, with one pattern for each measure from all boroughs together, for the number of days in a month.",
    "Expect of a borough or command the mean of two paths: its own level carried on, and its share of London along London’s own "
    "expected path. Of London: its level, and its level with a slope that fades.",
    "Give it a range as wide as past years needed for 95 of 100 totals to lie inside, by their size, and by measure where that "
    "is wider.",
    "Leave out the newest months for as long as figures so new have been revised too much in past editions.",
    "Rank how far the year so far lies from what was expected, as a whole or from a later month on, among real windows of past "
    "years searched in the same way. A borough is ranked mostly by how it moved beside the rest of London.",
    "Work out how likely the move is to last for the twelve months that follow, from how far it lies and whether the newest "
    "months still do.",
    "Say it rose or fell only where about two in a hundred real windows moved so far, it is at least 75% likely to last, and it "
    "does not rest on one month. Whatever else lies outside its range, or is highly likely to last, may have moved: not proven.",
    "Look at the whole list together: of what is called changed, at most one in ten may be expected not to last.",
    "Call provisional what leans on the newest month alone, and give no verdict across a break, on too few months, when a feed "
    "is late, or where months stand empty that chance would not leave so.",
    "Say better or worse only where more is plainly good or bad; else say changed.",
)
"""How a verdict on recorded crime is reached, in the order it is done."""

VERDICT_OTHERS = (
    "Surveys: two separate years of interviews are compared, never neighbouring points of a rolling year, and of what is called "
    "changed at most about one in twenty may be chance. Courts: the newest "
    "four quarters against the limits of the twelve before, widened because one quarter is much like the last; with so few, "
    "nothing finer can be said."
)


def methods_list() -> Element:
    """Every method as a definition list."""
    return pairs([(name, text) for name, text in METHODS])


def verdict_steps() -> list[Element]:
    """How a verdict is reached: the steps, then what is different for surveys and courts."""
    return [html.Ol([html.Li(step) for step in VERDICT_STEPS], className="list"), html.P(VERDICT_OTHERS, className="gap")]


def reproduce(series: MeasureSeries, revisions: Sequence[Revision]) -> Element:
    """One real number with the command that prints its passport, and what the command says of it."""
    last = series.known[-1]
    citation = next(c for c in series.citations if c.edition == last.edition)
    edition_values = "; ".join(
        f"{r.label}: {number(r.value)}" for r in revisions if r.period == last.period and r.value is not None
    )
    command = f"python -m etl explain {series.measure.id} {series.area.code} {last.period}"
    return html.Div(
        [
            html.P(["For example ", html.Code(command), " prints, among the rest:"]),
            pairs(
                [
                    ("Number", f"{series.measure.title}, {series.area.name}, {last.period}: {number(last.value or 0)}"),
                    ("Status", last.status),
                    ("Edition", citation.edition),
                    ("File", citation.file_name),
                    ("sha256", html.Code(citation.sha256, style={"overflowWrap": "anywhere"})),
                    ("Cells", last.cell),
                    ("Editions said", edition_values or "one edition holds it"),
                ]
            ),
        ],
        className="flow-s",
    )
