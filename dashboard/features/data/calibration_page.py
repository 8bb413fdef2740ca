"""How sure verdicts are: false alarms on unchanged series, power to see real changes, past verdicts, expected ranges."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dashboard.features.data import calibration_words as words
from dashboard.features.data.calibration_blocks import alarms_block, past_block, power_block, ranges_block, title_of
from dashboard.features.data.placebo_block import placebo_block, placebo_sentence
from dashboard.figures import queries_judgement
from dashboard.figures.effects import placebo_shares
from dashboard.figures.judgement_records import CalibrationMade, FalseAlarmRate
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.change_ledger import afterlife_section
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from etl.core.written import month
from etl.definitions import catalogue

ABOVE = [("Home", "/"), ("Data and methods", "/data")]
NOT_WORKED_OUT = "Not worked out in this copy"
HOW = "The figures are made by a command, python -m etl calibrate, and kept with the project."
Row = TypeVar("Row")
MADE_UP_SERIES = (
    "Measured on made-up series that scatter, drift and turn with the season as the real ones do, so that the truth is known."
)
IN_STEP = "The judging and the breaks are those of this release."
OUT_OF_STEP = "The judging or the breaks have changed since: it is due to be measured again."
QUICK = "A rough measurement, with a sixth of the simulation."
NOTES = {
    "alarms": "Share of unchanged series called changed. A way of judging that cries wolf one time in ten fills any long "
    "list with chance.",
    "power": "Share of real changes that are seen, boroughs, all measures together.",
    "past": "“Same” for no significant change only says on which side chance fell later.",
    "ranges": "The score is the width of a range and a charge for each month outside it: lower is better. Not shown where "
    "“the same month last year” scores better, or where a 95% range held under 85% of the months.",
    "worked": "Made-up dates: April and October of every year, in every borough and command, beside the boroughs most like it. "
    "One in twenty is what 95% limits promise; places that truly changed then, for whatever reason, are among them.",
}


def layout(_view: View) -> list[Element]:
    """Four questions, each answered in a sentence, then in a few rows, then for every measure."""
    alarms = queries_judgement.false_alarms()
    power = queries_judgement.power()
    past = queries_judgement.past_verdicts()
    ranges = queries_judgement.range_scores()
    placebo = placebo_shares()
    return [
        breadcrumb(ABOVE, "How sure verdicts are"),
        page_opening(
            words.alarms_headline(alarms), standfirst=(_measured_on(queries_judgement.calibration_made()), _promise(alarms))
        ),
        _section("alarms", "How often a verdict cries wolf", "", alarms, alarms_block),
        _section("power", "How often a real change is seen", words.power_sentence(power), power, power_block),
        _section("past", "What became of past verdicts", words.past_sentence(past), past, past_block),
        *afterlife_section(),
        _section("ranges", "How good expected ranges are", words.ranges_sentence(ranges), ranges, ranges_block),
        _section("worked", "How often “Did it work?” finds what is not there", placebo_sentence(placebo), placebo, placebo_block),
    ]


def _measured_on(calibration: CalibrationMade | None) -> str:
    """On what the tables were measured, and whether that is what the release was judged with."""
    if calibration is None:
        return MADE_UP_SERIES
    step_sentence = IN_STEP if calibration.is_in_step else OUT_OF_STEP
    quick_note = [] if calibration.effort == "full" else [QUICK]
    return " ".join([MADE_UP_SERIES, f"The real series ran to {month(calibration.data_to)}.", step_sentence, *quick_note])


def _section(
    anchor: str, heading: str, say: str, rows: Sequence[Row], block: Callable[[Sequence[Row]], list[Element]]
) -> Element:
    if not rows:
        return section(anchor, heading, [empty(NOT_WORKED_OUT, HOW)])
    return section(anchor, heading, [*block(rows), html.P(NOTES[anchor], className="source")], say=say or None)


def _promise(alarms: Sequence[FalseAlarmRate]) -> str:
    verdict_rates = [
        a for a in alarms if a.promise is not None and a.method == words.VERDICT and a.measure in catalogue.measures()
    ]
    return words.promise_sentence(verdict_rates, [title_of(a.measure) for a in verdict_rates]) if verdict_rates else ""


PAGE = Page(
    path="/data/calibration",
    title="How sure verdicts are",
    description="False alarms, power, past verdicts and expected ranges: how well the methods do, measured.",
    nav="data",
    order=84,
    layout=layout,
)
