"""How sure verdicts are: false alarms on unchanged series, power to see real changes, past verdicts, expected ranges."""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import queries, queries_judgement
from dashboard.components.frame import breadcrumb
from dashboard.components.lead import lead, section
from dashboard.components.notice import empty
from dashboard.components.table import Cell, Column, data_table
from dashboard.components.verdict import verdict_mark
from dashboard.format import any_period, month, number, percent
from dashboard.judgement_records import CalibrationMade, FalseAlarmRate, PastVerdicts, Power, RangeScore
from dashboard.page import Page
from dashboard.url import View
from etl import catalogue

ABOVE = [("Home", "/"), ("Data and methods", "/data")]
KINDS = {"borough": "boroughs", "bcu": "commands", "force": "London"}
OURS = "verdict"
NOT_WORKED_OUT = "Not worked out in this copy"
LIKE = "Measured on series made to scatter, drift and turn with the season as the real ones do"
IN_STEP = "by the judging and the breaks of this release."
OUT_OF_STEP = "but by an earlier judging or other breaks than this release has: they are due to be measured again."
QUICK = "A rough measurement, with a sixth of the simulation."
HOW = "The figures are made by a command, python -m etl calibrate, and kept with the project."


def layout(_view: View) -> list[Component]:
    """The four tables of calibration, each with what it says."""
    alarms = queries_judgement.false_alarms()
    ours = [a for a in alarms if a.promise is not None and a.method == OURS and a.measure in catalogue.measures()]
    return [
        breadcrumb(ABOVE, "How sure verdicts are"),
        lead(_headline(ours), standfirst=_made(queries_judgement.calibration_made())),
        section("alarms", "False alarms where nothing changed", [_alarms(alarms)], say=_SAY["alarms"]),
        section("power", "Real changes that are seen", [_power(queries_judgement.power())], say=_SAY["power"]),
        section("past", "Verdicts of the past, scored", [_past(queries_judgement.past_verdicts())], say=_SAY["past"]),
        section("ranges", "Expected ranges, scored", [_ranges(queries_judgement.range_scores())], say=_SAY["ranges"]),
    ]


_SAY = {
    "alarms": "The share of unchanged series that a way of judging calls changed. Ours stands beside the plain control chart "
    "and beside “a tenth more or less than last year”.",
    "power": "The share of changes of a known size that are seen after 3, 6 and 12 months. What is small or early is often "
    "missed.",
    "past": "What would have been said on a past date, against what later editions and the six months after showed.",
    "ranges": "Months held back from the method: how many fell inside its ranges, and its score beside “the same month last "
    "year” (lower is better). Where it loses, no range is shown.",
}


def _made(made: CalibrationMade | None) -> str:
    """On what the tables were measured, and whether that is what the release was judged with."""
    if made is None:
        return f"{LIKE}. {HOW}"
    step = IN_STEP if made.is_in_step else OUT_OF_STEP
    rough = "" if made.effort == "full" else f" {QUICK}"
    return f"{LIKE} up to {month(made.data_to)}, {step}{rough} {HOW}"


def _headline(ours: Sequence[FalseAlarmRate]) -> str:
    if not ours:
        return "How often a verdict would cry wolf has not been worked out in this copy"
    kept = sum(1 for a in ours if a.promise is not None and a.rate <= a.promise)
    worst = max(a.rate for a in ours)
    return f"{kept} of {len(ours)} kinds of series keep the promise on false alarms; the highest rate is {percent(worst, 1)}"


def _alarms(rows: Sequence[FalseAlarmRate]) -> Component:
    if not rows:
        return empty(NOT_WORKED_OUT, HOW)
    columns = (
        Column("Measure"),
        Column("Areas"),
        Column("Way of judging"),
        Column("Mean a month", is_number=True),
        Column("Called changed", is_number=True),
        Column("Most allowed", is_number=True),
    )
    body: list[list[Cell]] = [
        [_title(a.measure), KINDS.get(a.kind, a.kind), a.method, number(a.mean, 1), percent(a.rate, 1), _promise(a)] for a in rows
    ]
    return data_table(columns, body, label="False alarms by measure, kind of area and way of judging")


def _power(rows: Sequence[Power]) -> Component:
    if not rows:
        return empty(NOT_WORKED_OUT, HOW)
    columns = (
        Column("Measure"),
        Column("Areas"),
        Column("Mean a month", is_number=True),
        Column("Change", is_number=True),
        Column("Months", is_number=True),
        Column("Seen", is_number=True),
    )
    body: list[list[Cell]] = [
        [_title(p.measure), KINDS.get(p.kind, p.kind), number(p.mean, 1), percent(p.change), str(p.months), percent(p.found)]
        for p in rows
    ]
    return data_table(columns, body, label="Real changes seen, by measure, size and months")


def _past(rows: Sequence[PastVerdicts]) -> Component:
    if not rows:
        return empty(NOT_WORKED_OUT, HOW)
    columns = (
        Column("As of"),
        Column("Areas"),
        Column("Verdict"),
        Column("How many", is_number=True),
        Column("Upheld by later editions", is_number=True),
        Column("Same side six months on", is_number=True),
        Column("Turned", is_number=True),
    )
    body: list[list[Cell]] = [
        [
            any_period(p.as_of[:7]),
            KINDS.get(p.kind, p.kind),
            verdict_mark(p.state),
            str(p.verdicts),
            _share(p.survived_revision),
            _share(p.lasted),
            _share(p.turned),
        ]
        for p in rows
    ]
    return data_table(columns, body, label="Verdicts as of past dates")


def _ranges(rows: Sequence[RangeScore]) -> Component:
    if not rows:
        return empty(NOT_WORKED_OUT, HOW)
    columns = (
        Column("Measure"),
        Column("Areas"),
        Column("Model"),
        Column("Months held back", is_number=True),
        Column("Inside 80%", is_number=True),
        Column("Inside 95%", is_number=True),
        Column("Score, 95%", is_number=True),
        Column("Shown"),
    )
    body: list[list[Cell]] = [
        [
            _title(r.measure),
            KINDS.get(r.kind, r.kind),
            r.model,
            number(r.months),
            percent(r.coverage80),
            percent(r.coverage95),
            number(r.score95, 2),
            "yes" if r.is_shown else "no",
        ]
        for r in rows
    ]
    return data_table(columns, body, label="Expected ranges on months held back")


def _title(measure_id: str) -> str:
    """The measure's title; rows pooled over measures are named as the table names them."""
    return queries.measure(measure_id).title if measure_id in catalogue.measures() else measure_id.capitalize()


def _share(value: float | None) -> str:
    return "not known" if value is None else percent(value)


def _promise(rate: FalseAlarmRate) -> str:
    return "for comparison" if rate.promise is None else percent(rate.promise, 1)


PAGE = Page(
    path="/data/calibration",
    title="How sure verdicts are",
    description="False alarms, power, past verdicts and expected ranges: how well the methods do, measured.",
    nav="data",
    order=84,
    layout=layout,
)
