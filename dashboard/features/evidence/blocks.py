"""The sections of an evidence sheet: level and trend, two years elsewhere, wards, residents, earlier choices."""

from collections.abc import Callable

from dashboard.charts.strip import ALONE, TWO_YEARS_BEFORE, StripRow, strip_set
from dashboard.features.evidence.view_model import similar_to
from dashboard.figures import queries, queries_register
from dashboard.figures.evidence import Candidate
from dashboard.figures.records import Area
from dashboard.figures.view import href
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.register_marks import example_tag, measure_link
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words import evidence as words
from dashboard.words.facts import survey_sentence
from dashboard.words.summary import other_months, usual_window
from etl.core.areas import LONDON
from etl.core.written import months, number, span


def level_table(candidates: tuple[Candidate, ...]) -> Element:
    """Each measure: its rate beside the rest of London, and what may be said of its trend."""
    columns = (
        Column("Measure"), Column("12 months per 1,000 residents"), Column("Against the rest of London"), Column("Trend"),
        Column("Recorded", is_number=True), Column("Expected", is_number=True),
    )  # fmt: skip
    usual_months = usual_window([c.verdict for c in candidates if c.verdict])
    rows = _grouped(candidates, lambda c: _level_row(c, usual_months))
    return data_table(columns, rows, caption="Each measure that may be chosen", stack=True)


def level_chart(area: Area, candidates: tuple[Candidate, ...]) -> Element:
    """The borough among all others, as a ratio to the rest of London."""
    rows = [
        StripRow(c.measure.title, c.level.ratio, (), c.level.others, words.difference_alone(c.level))
        for c in candidates
        if c.level and c.level.ratio > 0
    ]
    if not rows:
        return empty("No level can be compared", "No twelve months of any measure lie on one side of a break.")
    return figure(
        words.level_headline(area, candidates),
        "Offences per 1,000 residents as a multiple of the rest of London. Disc: this borough. Strokes: the other boroughs.",
        data_table(
            (Column("Measure"), Column("Against the rest of London")),
            [(c.measure.title, words.difference_words(c.level)) for c in candidates],
            label=f"{area.name} against the rest of London",
        ),
        drawn(strip_set(rows, area.name, widths=ALONE), ALONE),
        "Visitors and commuters are not counted among residents, so central boroughs look high. What is more than five times, or "
        "less than a fifth, stands at the edge of the scale. Intervals: 95%.",
    )


def ambition_table(candidates: tuple[Candidate, ...]) -> Element:
    """What two years brought elsewhere, so that an ambition can be seen as stretching or not."""
    columns = (
        Column("Measure"), Column("Here", is_number=True), Column("Middle elsewhere", is_number=True),
        Column("Half elsewhere"), Column("All elsewhere"), Column("Fell by a fifth or more"),
        Column("A fall of a fifth here is seen after"),
    )  # fmt: skip
    return data_table(
        columns, _grouped(candidates, _ambition_row), caption="Change over two years, per 1,000 residents", stack=True
    )


def ambition_chart(area: Area, candidates: tuple[Candidate, ...]) -> Element:
    """The borough's own change over two years among those of the others, with the fall of a fifth marked."""
    rows = [
        StripRow(
            c.measure.title, _ratio(t.here), (), tuple(r for x in t.changes if (r := _ratio(x)) is not None), words.here_words(t)
        )
        for c in candidates
        if (t := c.two_years)
    ]
    if not rows:
        return empty("No change can be compared", "No two years of any measure lie on one side of a break.")
    compared_boroughs = "the similar boroughs" if similar_to(area) else "the other boroughs"
    columns = (Column("Measure"), Column("Here, least to greatest elsewhere, half and middle"))
    return figure(
        words.ambition_headline(candidates),
        f"Change over two years in offences per 1,000 residents. Disc, and the figure at the right: {area.name}. "
        f"Strokes: {compared_boroughs}. Dashed: a fall of a fifth.",
        data_table(
            columns,
            [(c.measure.title, f"{words.here_words(c.two_years)}; {words.spread_words(c.two_years)}") for c in candidates],
            label=f"Change over two years, {area.name} and {compared_boroughs}",
        ),
        drawn(strip_set(rows, area.name, widths=ALONE, axis=TWO_YEARS_BEFORE), ALONE),
        "What fell to less than two fifths, or rose to more than two and a half times, stands at the edge of the scale.",
    )


def wards() -> Element:
    """How concentrated each crime is: not held."""
    data_link = html.A("What is held, and what is not", href="/data")
    return section("wards", "Where it happens inside the borough", [empty("Not held", [f"{words.NO_WARDS} ", data_link, "."])])


def residents(area: Area) -> Element:
    """What residents say: the survey, with what its sample cannot tell, and what they asked for at earlier choices."""
    ids = tuple(m.id for m in queries.measures(theme="confidence"))
    london = {s.measure.id: s for s in queries.area_series(LONDON, ids)}
    answers = [
        html.Li([html.Strong(s.measure.title), ": ", survey_sentence(s, london.get(s.measure.id))])
        for s in queries.area_series(area.code, ids)
        if s.known
    ]
    requests = [
        html.Li([f"{p.financial_year}: {p.residents_asked}", *example_tag(p)])
        for p in queries_register.borough_priorities(area_code=area.code)
        if p.residents_asked
    ]
    content: list[Element] = (
        [html.Ul(answers, className="list")] if answers else [empty("No survey figure is held", "For this borough.")]
    )
    content.append(html.H3("What residents asked for before", className="gap"))
    content.append(html.Ul(requests, className="list") if requests else html.P("None recorded.", className="quiet"))
    return section("residents", "What residents say", content, say=words.RESIDENTS)


def earlier_choices(area: Area) -> Element:
    """Where the borough's earlier choices are."""
    onward_links = [
        (f"{area.name}’s choices year by year, and what followed", href("/priorities", year="all", area=area.code)),
        (f"Everything held about {area.name}", place_address(area.code)),
    ]
    return section("before", "What was chosen before", [links(onward_links)])


def _grouped(candidates: tuple[Candidate, ...], row: Callable[[Candidate], list[Cell]]) -> list[Group]:
    groups = (("High harm", True), ("Volume", False))
    return [Group([row(c) for c in candidates if c.is_harm is is_harm], head) for head, is_harm in groups]


def _level_row(candidate: Candidate, usual_months: tuple[str, str] | None) -> list[Cell]:
    verdict = candidate.verdict
    expected = "not judged"
    if verdict and verdict.expected_lower is not None and verdict.expected_upper is not None:
        expected = span(number(verdict.expected_lower), number(verdict.expected_upper))
    return [
        measure_link(candidate.measure.id),
        words.level_words(candidate.level, 1),
        words.difference_words(candidate.level),
        mark_of(verdict) if verdict else "Not judged",
        f"{number(verdict.observed)}{other_months(verdict, usual_months)}"
        if verdict and verdict.observed is not None
        else "not held",
        expected,
    ]


def _ambition_row(candidate: Candidate) -> list[Cell]:
    two_years = candidate.two_years
    return [
        measure_link(candidate.measure.id),
        words.here_words(two_years),
        words.middle_words(two_years),
        words.half_words(two_years),
        words.all_words(two_years),
        words.fifth_words(two_years),
        words.seen_words(candidate.seen_after),
    ]


def _ratio(change: float | None) -> float | None:
    # A fall to nothing has no place on a scale of ratios.
    return 1 + change if change is not None and change > -1 else None


def months_judged_sentence(candidates: tuple[Candidate, ...]) -> str:
    """Which months the trends speak of; empty before anything has been judged."""
    usual_months = usual_window([c.verdict for c in candidates if c.verdict])
    return f"Trend: {months(*usual_months)} against what each measure’s own history would give." if usual_months else ""
