"""How sure verdicts are: ranges, power, flags and chances to last, each measured on real windows."""

from collections.abc import Callable, Sequence

from dashboard.exports.table import csv_text
from dashboard.features.data import calibration_words as words
from dashboard.features.data.calibration_blocks import flags_block, lasting_block, power_block, ranges_block, sets_table
from dashboard.features.data.placebo_block import placebo_block, placebo_sentence
from dashboard.figures import queries_judgement
from dashboard.figures.effects import PlaceboShare, placebo_shares
from dashboard.figures.judgement_records import CalibrationFigure
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.change_ledger import afterlife_section
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty
from dashboard.ui.page import Download, Page
from dashboard.ui.passport import pairs
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import closed

ABOVE = [("Home", "/"), ("Data and methods", "/data")]
NOT_HERE = "Not worked out in this copy"
HOW = "The figures are made by a command, python -m etl calibrate, and kept with the project."
MADE_UP_DATES = (
    "Made-up dates: April and October of every year, in every borough and command, beside the boroughs most like it. One in "
    "twenty is what 95% limits promise; places that truly changed then, for whatever reason, are among them."
)
COLUMNS = ("figure", "places", "group", "windows", "value", "aim", "is_reached")
Block = Callable[[Sequence[CalibrationFigure]], list[Element]]


def layout(view: View) -> list[Element]:
    """Four questions, each answered in a sentence, then in a few rows, then in a picture."""
    rows = queries_judgement.calibration_figures()
    made = queries_judgement.calibration_made()
    placebo = placebo_shares()
    ranges = _section("ranges", "Does the expected range hold?", words.ranges_sentence(rows), rows, ranges_block)
    lasting = _section("lasting", "Does what moved last?", words.lasting_sentence(rows), rows, lasting_block)
    power = _section("power", "How often is a real change found?", words.power_sentence(rows), rows, power_block)
    flags = _section("alarms", "False alarms, and moves left unnamed", words.flags_sentence(rows), rows, flags_block)
    how = [closed(pairs(words.how_measured(made)), "Years, windows and words", is_printed=True)]
    if rows:
        how.append(closed(sets_table(rows), "Ranges and their scores, by years", is_printed=True))
    return [
        breadcrumb(ABOVE, "How sure verdicts are"),
        page_opening(
            words.headline(rows),
            standfirst=words.measured_on(made),
            actions=[download_link("Every figure as CSV", f"/download{view.address}")],
        ),
        html.Div([ranges, lasting], className="split even section"),
        html.Div([power, flags], className="split even section"),
        *afterlife_section(),
        *_worked(placebo),
        section("how", "How it was measured", how, say=words.CAUTION),
    ]


def calibration_file(_view: View) -> Download:
    """Every figure, as stored."""
    rows = [
        (r.figure, r.kind, r.group, r.windows, r.value, r.target, None if r.is_met is None else "yes" if r.is_met else "no")
        for r in queries_judgement.calibration_figures()
    ]
    return Download("how-sure-verdicts-are.csv", "text/csv; charset=utf-8", csv_text(COLUMNS, rows).encode())


def _section(anchor: str, heading: str, say: str, rows: Sequence[CalibrationFigure], block: Block) -> Element:
    if not say:
        return section(anchor, heading, [empty(NOT_HERE, HOW)])
    return section(anchor, heading, block(rows), say=say)


def _worked(placebo: Sequence[PlaceboShare]) -> list[Element]:
    """How often "did it work?" finds what is not there; nothing where it has not been measured."""
    if not placebo:
        return []
    content = [*placebo_block(placebo), html.P(MADE_UP_DATES, className="source")]
    return [section("worked", "How often “Did it work?” finds what is not there", content, say=placebo_sentence(placebo))]


PAGE = Page(
    path="/data/calibration",
    title="How sure verdicts are",
    description="Ranges, power, false alarms and chances to last, measured on real years: what is reached and what is not.",
    nav="data",
    order=84,
    layout=layout,
    download=calibration_file,
)
