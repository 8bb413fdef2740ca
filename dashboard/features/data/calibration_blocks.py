"""Calibration as tables: the few rows that answer the question first, every measure behind them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from dashboard.features.data import calibration_words as words
from dashboard.figures import queries
from dashboard.figures.judgement_records import FalseAlarmRate, PastVerdicts, Power, RangeScore
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, Group, closed, data_table
from dashboard.ui.verdict import verdict_mark
from etl.core.state import ANSWERED, State
from etl.core.written import any_period, number, percent
from etl.definitions import catalogue
from etl.methods.scoring import NAIVE

BANDS = {words.TEN_AND_OVER: "Ten or more a month", "under 10": "Fewer than ten a month"}
VOLUMES = ("1,000 and over", "300 to 1,000", "100 to 300", "30 to 100", "10 to 30", "0 to 10")
CHANGES_SHOWN_FIRST = ((-0.2, 3), (-0.2, 6), (-0.2, 12), (-0.1, 12), (-0.3, 12), (0.2, 12))
"""(change, months since it began) shown first: a fall of a fifth as time goes by, then other sizes after a year."""
EVERY_CHANGE = tuple((change, months) for change in (-0.1, -0.2, -0.3, 0.2) for months in (3, 6, 12))
METHODS_BY_MEASURE = ("verdict", "NHS rules, season taken out", "NHS rules, counts as published", words.ARROW)
NOT_MEASURED = "not measured"
NO_BREAK = "\u00a0"
Key = tuple[str, str, str]
"""Measure, kind of place, band of volume."""
Rows = TypeVar("Rows")


def alarms_block(rows: Sequence[FalseAlarmRate]) -> list[Element]:
    """Each way of judging over all measures, by kind of place; then each measure, closed."""
    columns = (
        Column("Way of judging"),
        *(Column(k, is_number=True) for k in words.KINDS.values()),
        Column("Promised", is_number=True),
    )
    methods = [*words.METHODS, *sorted({r.method for r in rows} - set(words.METHODS))]
    groups = []
    for band, head in BANDS.items():
        body: list[list[Cell]] = []
        for method in methods:
            rates = {kind: words.rate_over_all_measures(rows, method, kind, band) for kind in words.KINDS}
            if any(rates.values()):
                promise = next((f.promise for f in rates.values() if f), None)
                body.append([_method(method), *(_rate(rates[k]) for k in words.KINDS), _promise(promise)])
        if body:
            groups.append(Group(body, head))
    table = data_table(
        columns, groups, label="False alarms: series called changed where nothing changed, by way of judging", stack=True
    )
    return [table, closed(_alarms_by_measure(rows), "False alarms of every measure")]


def power_block(rows: Sequence[Power]) -> list[Element]:
    """What is seen in boroughs by volume over all measures; then each measure, closed."""
    rate_over_all_measures = [r for r in rows if r.measure == words.ALL_MEASURES and r.kind == "borough"]
    columns = (Column("Offences a month"), *_power_columns(CHANGES_SHOWN_FIRST))
    body: list[list[Cell]] = [
        [band.replace(" ", NO_BREAK), *_power_cells([r for r in rate_over_all_measures if r.band == band], CHANGES_SHOWN_FIRST)]
        for band in VOLUMES
        if any(r.band == band for r in rate_over_all_measures)
    ]
    table = data_table(columns, body, label="Real changes that are seen in boroughs, by volume, size and months", stack=True)
    return [table, closed(_power_by_measure(rows), "Changes seen, every measure")]


def past_block(rows: Sequence[PastVerdicts]) -> list[Element]:
    """Past verdicts of all dates together, by kind of place and verdict; then each date, closed."""
    columns = (
        Column("Verdict"),
        Column("How many", is_number=True),
        Column("The same on today’s figures", is_number=True),
        Column("Same side six months on", is_number=True),
        Column("Clearly the other side", is_number=True),
    )
    groups = []
    for kind, head in words.KINDS.items():
        states = dict.fromkeys(
            s
            for s in (*ANSWERED, State.PROVISIONAL, State.BREAK, State.TOO_EARLY)
            if any((r.kind, r.state) == (kind, s) for r in rows)
        )
        body: list[list[Cell]] = []
        for state in states:
            state_rows = [r for r in rows if (r.kind, r.state) == (kind, state)]
            known_later = [(r.later_known, r) for r in state_rows]
            body.append(
                [
                    verdict_mark(state),
                    number(sum(r.verdicts for r in state_rows)),
                    _share(words.weighted_mean([(r.survived_revision, r.verdicts) for r in state_rows])),
                    _share(words.weighted_mean([(r.lasted, known) for known, r in known_later])),
                    _share(words.weighted_mean([(r.turned, known) for known, r in known_later])),
                ]
            )
        if body:
            groups.append(Group(body, head))
    table = data_table(columns, groups, label="Verdicts as of past dates, all dates together", stack=True)
    return [table, closed(_past_by_date(rows), "Past verdicts, date by date")]


def ranges_block(rows: Sequence[RangeScore]) -> list[Element]:
    """The model each measure's ranges are made with, in boroughs; then every model and kind of place, closed."""
    columns = (
        Column("Measure"),
        Column("Made by"),
        Column("Inside the 95% range", is_number=True),
        Column("Its score", is_number=True),
        Column("Score of last year’s month", is_number=True),
        Column("Shown"),
    )
    naive_scores = {(r.measure, r.kind): r.score95 for r in rows if r.model == NAIVE}
    body: list[list[Cell]] = [
        [
            title_of(r.measure),
            words.MODELS.get(r.model, r.model),
            percent(r.coverage95),
            number(r.score95, 1),
            number(naive_scores[(r.measure, r.kind)], 1) if (r.measure, r.kind) in naive_scores else NOT_MEASURED,
            _is_shown(r, naive_scores.get((r.measure, r.kind))),
        ]
        for r in words.best_models([r for r in rows if r.kind == "borough"])
    ]
    table = data_table(columns, body, label="Expected ranges of boroughs on months held back, by measure")
    return [closed(table, "Ranges of boroughs, every measure"), closed(_ranges_in_full(rows), "Ranges of every place and model")]


def title_of(measure_id: str) -> str:
    """The measure's title; rows pooled over measures are named as the table names them."""
    return queries.measure(measure_id).title if measure_id in catalogue.measures() else measure_id.capitalize()


def _alarms_by_measure(rows: Sequence[FalseAlarmRate]) -> Element:
    columns = (
        Column("Measure"),
        Column("Places"),
        Column("Mean a month", is_number=True),
        Column("Promised", is_number=True),
        *(
            Column(head, is_number=True)
            for head in ("Verdict here", "Control chart, season out", "Control chart", "Arrow at 10%")
        ),
    )
    by_key: dict[tuple[str, str, str], dict[str, FalseAlarmRate]] = {}
    for row in rows:
        if row.measure in catalogue.measures():
            by_key.setdefault((row.measure, row.kind, row.band), {})[row.method] = row
    body: list[list[Cell]] = []
    for (measure_id, kind, _), rates in _by_title(by_key):
        verdict_rate = rates.get(words.VERDICT)
        any_row = next(iter(rates.values()))
        body.append(
            [
                title_of(measure_id),
                words.KINDS.get(kind, kind),
                number(any_row.mean, 1),
                _promise(verdict_rate.promise if verdict_rate else None),
                *(_rate(rates.get(method)) for method in METHODS_BY_MEASURE),
            ]
        )
    return data_table(columns, body, label="False alarms by measure and kind of place")


def _power_by_measure(rows: Sequence[Power]) -> Element:
    columns = (
        Column("Measure"),
        Column("Places"),
        Column("Mean a month", is_number=True),
        *_power_columns(EVERY_CHANGE),
    )
    by_key: dict[tuple[str, str, str], list[Power]] = {}
    for row in rows:
        if row.measure in catalogue.measures():
            by_key.setdefault((row.measure, row.kind, row.band), []).append(row)
    body: list[list[Cell]] = [
        [
            title_of(measure_id),
            words.KINDS.get(kind, kind),
            number(measure_rows[0].mean, 1),
            *_power_cells(measure_rows, EVERY_CHANGE),
        ]
        for (measure_id, kind, _), measure_rows in _by_title(by_key)
    ]
    return data_table(columns, body, label="Real changes seen, by measure and kind of place")


def _past_by_date(rows: Sequence[PastVerdicts]) -> Element:
    columns = (
        Column("As of"),
        Column("Places"),
        Column("Verdict"),
        Column("How many", is_number=True),
        Column("The same on today’s figures", is_number=True),
        Column("Same side six months on", is_number=True),
        Column("Clearly the other side", is_number=True),
    )
    body: list[list[Cell]] = [
        [
            any_period(p.as_of[:7]),
            words.KINDS.get(p.kind, p.kind),
            verdict_mark(p.state),
            str(p.verdicts),
            _share(p.survived_revision),
            _share(p.lasted),
            _share(p.turned),
        ]
        for p in rows
    ]
    return data_table(columns, body, label="Verdicts as of past dates")


def _ranges_in_full(rows: Sequence[RangeScore]) -> Element:
    columns = (
        Column("Measure"),
        Column("Places"),
        Column("Made by"),
        Column("Months held back", is_number=True),
        Column("Inside 80%", is_number=True),
        Column("Inside 95%", is_number=True),
        Column("Score, 95%", is_number=True),
        Column("Shown"),
    )
    body: list[list[Cell]] = [
        [
            title_of(r.measure),
            words.KINDS.get(r.kind, r.kind),
            words.MODELS.get(r.model, r.model),
            number(r.months),
            percent(r.coverage80),
            percent(r.coverage95),
            number(r.score95, 2),
            "yes" if r.is_shown else "no",
        ]
        for r in rows
    ]
    return data_table(columns, body, label="Expected ranges on months held back")


def _by_title(by_key: Mapping[Key, Rows]) -> list[tuple[Key, Rows]]:
    """Rows by the measure's title, then boroughs, commands, London."""
    order = list(words.KINDS)

    def place(item: tuple[Key, Rows]) -> tuple[str, int, str]:
        measure_id, kind, band = item[0]
        return title_of(measure_id), order.index(kind) if kind in order else len(order), band

    return sorted(by_key.items(), key=place)


def _is_shown(row: RangeScore, naive_score: float | None) -> str:
    """Whether a model's ranges are shown; where not, why."""
    if row.is_shown:
        return "yes"
    return "no: it loses" if naive_score is None or row.score95 >= naive_score else "no: it holds too few"


def _power_columns(changes_shown: Sequence[tuple[float, int]]) -> list[Column]:
    headings = (
        f"{percent(abs(change))} {'more' if change > 0 else 'fewer'}, {months} months" for change, months in changes_shown
    )
    return [Column(head, is_number=True) for head in headings]


def _power_cells(power_rows: Sequence[Power], changes_shown: Sequence[tuple[float, int]]) -> list[Cell]:
    share_by_change = {(round(r.change, 3), r.months): r.found for r in power_rows}
    return [_share(share_by_change.get(key)) for key in changes_shown]


def _method(method: str) -> Cell:
    name = words.METHODS.get(method, method)
    return html.Span(name, className="quiet") if name[:1].islower() else name


def _rate(alarms: FalseAlarmRate | None) -> str:
    if alarms is None:
        return NOT_MEASURED
    return "under 0.1%" if 0 < alarms.rate < 0.0005 else percent(alarms.rate, 1)


def _promise(promise: float | None) -> str:
    return "for comparison" if promise is None else f"at most {percent(promise, 1)}"


def _share(value: float | None) -> str:
    return "not known" if value is None else percent(value)
