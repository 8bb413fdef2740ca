"""The evidence a proposal is made on, as it stands in the live release: kept whole with the proposal, so it can be read later."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dashboard.figures import queries
from dashboard.figures.evidence import Candidate, Level, TwoYears, evidence
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, Group, closed, data_table
from dashboard.ui.verdict import verdict_mark
from dashboard.web.measure_choices import measure_words
from dashboard.words import evidence as words
from dashboard.words.facts import survey_sentence
from etl.core.areas import LONDON
from etl.core.written import month, months, number, span

NOT_JUDGED = "Not judged"
COLUMNS = (
    Column("Measure"), Column("Against the rest of London"), Column("Trend"), Column("Recorded", True), Column("Expected", True),
    Column("Other boroughs over two years"), Column("Fell by a fifth", True), Column("A fall of a fifth is seen after", True),
)  # fmt: skip


def evidence_sheet(area_code: str) -> dict[str, Any]:
    """Every measure a borough may choose, high harm first, with what the live release says of it there; and the survey's words.

    Plain JSON values. None: not judged, not comparable, or never seen.
    """
    return {
        "release": queries.release().name,
        "rows": [_row(candidate) for candidate in evidence(area_code)],
        "residents": _residents(area_code),
        "wards": words.NO_WARDS,
    }


def is_readable(sheet: Mapping[str, Any]) -> bool:
    """Whether a kept sheet is of a form this program can show: an entry from elsewhere may bring another, which is kept too."""
    return bool(sheet.get("release")) and all("observed" in row for row in sheet.get("rows", [{}]))


def evidence_table(sheet: Mapping[str, Any], *, is_kept: bool) -> Element:
    """The sheet as a table, closed until asked for. `is_kept`: it was kept with a proposal, and speaks of that day."""
    kinds = (("High harm", True), ("Volume", False))
    groups = [Group([_cells(r) for r in sheet["rows"] if r.get("is_harm", False) is is_harm], head) for head, is_harm in kinds]
    table = data_table(COLUMNS, [g for g in groups if g.rows], caption="Measures that may be chosen", stack=True)
    sentences = [html.Li(sentence) for sentence in sheet.get("residents", ())]
    residents = [html.P("What residents say", className="strong"), html.Ul(sentences, className="list")] if sentences else []
    wards = [html.P(sheet["wards"], className="source")] if sheet.get("wards") else []
    note = "As it stood when this was proposed." if is_kept else "It is kept with the proposal as it stands today."
    source = html.P(f"{_periods(sheet)}Release {sheet['release']}. {note}", className="source")
    summary = "What the figures said when it was written" if is_kept else "What the figures say here"
    return html.Div(closed(html.Div([table, *residents, *wards, source], className="flow-s"), summary), className="gap")


def _residents(area_code: str) -> list[str]:
    ids = tuple(m.id for m in queries.measures(theme="confidence"))
    london = {s.measure.id: s for s in queries.area_series(LONDON, ids)}
    borough_series = [s for s in queries.area_series(area_code, ids) if s.known]
    return [f"{s.measure.title}: {survey_sentence(s, london.get(s.measure.id))}" for s in borough_series]


def _row(candidate: Candidate) -> dict[str, Any]:
    verdict = candidate.verdict
    first, last = (verdict.window or (None, None)) if verdict else (None, None)
    # The other boroughs' levels are drawn on the evidence page; beside a proposal the comparison itself is enough.
    level = {**asdict(candidate.level), "others": []} if candidate.level else None
    return {
        "measure": candidate.measure.id,
        "is_harm": candidate.is_harm,
        "letter": verdict.state if verdict else None,
        "observed": verdict.observed if verdict else None,
        "lower": verdict.expected_lower if verdict else None,
        "upper": verdict.expected_upper if verdict else None,
        "first": first,
        "last": last,
        "level": level,
        "two_years": {**asdict(candidate.two_years), "changes": list(candidate.two_years.changes)}
        if candidate.two_years
        else None,
        "seen_after": candidate.seen_after,
    }


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    level, two_years = row.get("level"), row.get("two_years")
    others = TwoYears(**{**two_years, "changes": tuple(two_years["changes"])}) if two_years else None
    expected = row["lower"] is not None and row["upper"] is not None
    months_to_see = row.get("seen_after")
    return [
        measure_words(row["measure"]),
        words.difference_words(Level(**{**level, "others": ()}) if level else None),
        verdict_mark(row["letter"]) if row["letter"] else NOT_JUDGED,
        number(row["observed"]) if row["observed"] is not None else "",
        span(number(row["lower"]), number(row["upper"])) if expected else "",
        words.spread_words(others),
        words.fifth_words(others),
        words.seen_words(months_to_see),
    ]


def _periods(sheet: Mapping[str, Any]) -> str:
    """What most rows speak of: the months judged, and the twelve months compared."""
    windows = [(row["first"], row["last"]) for row in sheet["rows"] if row["first"]]
    levels = [row["level"]["period"] for row in sheet["rows"] if row.get("level")]
    sentences = [f"Trend: {months(*max(set(windows), key=windows.count))}."] if windows else []
    sentences += [f"Twelve months to {month(max(set(levels), key=levels.count))} against the rest of London."] if levels else []
    return " ".join([*sentences, ""])
