"""Evidence sheet: what a borough has before it when it chooses next year's priorities. Made to be printed."""

from collections.abc import Callable

from dashboard.charts.strip import ALONE, TWO_YEARS_BEFORE, StripRow, strip_set
from dashboard.exports.bundle import stem
from dashboard.exports.table import Value, csv_text
from dashboard.figures import queries, queries_register
from dashboard.figures.choices import year_now
from dashboard.figures.evidence import Candidate, evidence, peers
from dashboard.figures.records import CITY_OF_LONDON, LONDON, Area
from dashboard.figures.survey import with_intervals
from dashboard.figures.view import View, href
from dashboard.register.years import year_after
from dashboard.ui import html
from dashboard.ui.addresses import EVIDENCE, place_address, propose_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import button_link, download_link, links
from dashboard.ui.notice import empty
from dashboard.ui.page import Download, Page
from dashboard.ui.register_pieces import example_tag, measure_link
from dashboard.ui.sections import lead, section
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import verdict_mark
from dashboard.words import evidence as words
from dashboard.words.facts import survey_sentence
from dashboard.words.summary import other_months, usual_window
from etl.core.written import months, number, span

COLUMNS = (
    "measure", "title", "harm", "period", "per_1000", "rest_of_london_per_1000", "ratio", "ratio_lower", "ratio_upper", "verdict",
    "window_first", "window_last", "observed", "expected_lower", "expected_upper", "two_years_to", "two_year_change_here",
    "others", "least", "lower_quarter", "middle", "upper_quarter", "greatest", "fell_by_a_fifth",
    "fifth_seen_after_months",
)  # fmt: skip


def borough_of(view: View) -> Area:
    """The borough an address names.

    Raises:
        LookupError: it names something else, or the City of London, which the Mayor's plan does not reach.
    """
    area = queries.area(view.argument("code"))
    if area.kind != "borough" or area.code == CITY_OF_LONDON:
        raise LookupError(
            f"{area.name} chooses no priorities here. An evidence sheet is for one of the 32 boroughs the Met polices."
        )
    return area


def layout(view: View) -> list[Element]:
    """The sheet of one borough."""
    area = borough_of(view)
    found = evidence(area.code)
    year = year_after(year_now())
    return [
        breadcrumb(
            [("Home", "/"), ("Priorities", "/priorities"), (area.name, href("/priorities", area=area.code))], "Evidence sheet"
        ),
        lead(
            words.headline(area, found),
            place=f"{area.name}: evidence for {year}",
            standfirst=words.standing_out(found),
            actions=[
                button_link(f"Propose a priority for {year}", propose_address(year, area.code)),
                download_link("This sheet as a file", f"/download{view.address}"),
            ],
        ),
        section(
            "trend",
            "Level and trend of each measure",
            [levels(found), html.P(words.OUTSIDE, className="source"), level_chart(area, found)],
            say=_windows(found),
        ),
        section(
            "ambition",
            "What similar boroughs achieved in two years" if similar_to(area) else "What other boroughs achieved in two years",
            [
                ambition_chart(area, found),
                ambitions(found),
                html.P(f"{words.peers_sentence(found, similar_to(area))} {words.WHY_NOT_TOLD}", className="source"),
            ],
            say=words.AMBITION,
        ),
        wards(),
        residents(area),
        before(area),
    ]


def levels(found: tuple[Candidate, ...]) -> Element:
    """Each measure: its rate beside the rest of London, and what may be said of its trend."""
    columns = (
        Column("Measure"), Column("12 months per 1,000 residents"), Column("Against the rest of London"), Column("Trend"),
        Column("Recorded", is_number=True), Column("Expected", is_number=True),
    )  # fmt: skip
    usual = usual_window([c.verdict for c in found if c.verdict])
    rows = _grouped(found, lambda c: _level_row(c, usual))
    return data_table(columns, rows, caption="Each measure that may be chosen", stack=True)


def level_chart(area: Area, found: tuple[Candidate, ...]) -> Element:
    """The borough among all others, as a ratio to the rest of London."""
    rows = [
        StripRow(c.measure.title, c.level.ratio, (), c.level.others, words.difference_words(c.level).split(" (")[0])
        for c in found
        if c.level and c.level.ratio > 0
    ]
    if not rows:
        return empty("No level can be compared", "No twelve months of any measure lie on one side of a break.")
    return figure(
        words.level_headline(area, found),
        "Offences per 1,000 residents as a multiple of the rest of London. Disc: this borough. Strokes: the other boroughs.",
        data_table(
            (Column("Measure"), Column("Against the rest of London")),
            [(c.measure.title, words.difference_words(c.level)) for c in found],
            label=f"{area.name} against the rest of London",
        ),
        drawn(strip_set(rows, area.name, widths=ALONE), ALONE),
        "Visitors and commuters are not counted among residents, so central boroughs look high. What is more than five times, or "
        "less than a fifth, stands at the edge of the scale. Intervals: 95%.",
    )


def similar_to(area: Area) -> tuple[str, ...]:
    """The boroughs it is compared with, A to Z, where likeness was worked out; else ()."""
    codes, is_similar = peers(area)
    return tuple(sorted(queries.area(code).name for code in codes)) if is_similar else ()


def ambitions(found: tuple[Candidate, ...]) -> Element:
    """What two years brought elsewhere, so that an ambition can be seen as stretching or not."""
    columns = (
        Column("Measure"), Column("Here", is_number=True), Column("Middle elsewhere", is_number=True),
        Column("Half elsewhere"), Column("All elsewhere"), Column("Fell by a fifth or more"),
        Column("A fall of a fifth here is seen after"),
    )  # fmt: skip
    return data_table(columns, _grouped(found, _ambition_row), caption="Change over two years, per 1,000 residents", stack=True)


def ambition_chart(area: Area, found: tuple[Candidate, ...]) -> Element:
    """The borough's own change over two years among those of the others, with the fall of a fifth marked."""
    rows = [
        StripRow(
            c.measure.title, _ratio(t.here), (), tuple(r for x in t.changes if (r := _ratio(x)) is not None), words.here_words(t)
        )
        for c in found
        if (t := c.two_years)
    ]
    if not rows:
        return empty("No change can be compared", "No two years of any measure lie on one side of a break.")
    who = "the similar boroughs" if similar_to(area) else "the other boroughs"
    columns = (Column("Measure"), Column("Here, least to greatest elsewhere, half and middle"))
    return figure(
        words.ambition_headline(found),
        f"Change over two years in offences per 1,000 residents. Disc, and the figure at the right: {area.name}. Strokes: {who}. "
        "Dashed: a fall of a fifth.",
        data_table(
            columns,
            [(c.measure.title, f"{words.here_words(c.two_years)}; {words.spread_words(c.two_years)}") for c in found],
            label=f"Change over two years, {area.name} and {who}",
        ),
        drawn(strip_set(rows, area.name, widths=ALONE, axis=TWO_YEARS_BEFORE), ALONE),
        "What fell to less than two fifths, or rose to more than two and a half times, stands at the edge of the scale.",
    )


def wards() -> Element:
    """How concentrated each crime is: not held."""
    where = html.A("What is held, and what is not", href="/data")
    return section("wards", "Where it happens inside the borough", [empty("Not held", [f"{words.NO_WARDS} ", where, "."])])


def residents(area: Area) -> Element:
    """What residents say: the survey, with what its sample cannot tell, and what they asked for at earlier choices."""
    ids = tuple(m.id for m in queries.measures(theme="confidence"))
    london = {s.measure.id: with_intervals(s) for s in queries.area_series(LONDON, ids)}
    told = [
        html.Li([html.Strong(s.measure.title), ": ", survey_sentence(with_intervals(s), london.get(s.measure.id))])
        for s in queries.area_series(area.code, ids)
        if s.known
    ]
    asked = [
        html.Li([f"{p.financial_year}: {p.residents_asked}", *example_tag(p)])
        for p in queries_register.borough_priorities(area_code=area.code)
        if p.residents_asked
    ]
    content: list[Element] = (
        [html.Ul(told, className="list")] if told else [empty("No survey figure is held", "For this borough.")]
    )
    content.append(html.H3("What residents asked for before", className="gap"))
    content.append(html.Ul(asked, className="list") if asked else html.P("None recorded.", className="quiet"))
    return section("residents", "What residents say", content, say=words.RESIDENTS)


def before(area: Area) -> Element:
    """Where the borough's earlier choices are."""
    onward = [
        (f"{area.name}’s choices year by year, and what followed", href("/priorities", year="all", area=area.code)),
        (f"Everything held about {area.name}", place_address(area.code)),
    ]
    return section("before", "What was chosen before", [links(onward)])


def file(view: View) -> Download:
    """The sheet as CSV, one measure a line."""
    area = borough_of(view)
    text = csv_text(COLUMNS, (_line(c) for c in evidence(area.code)))
    return Download(f"{stem('evidence', area.name)}.csv", "text/csv; charset=utf-8", text.encode())


def _grouped(found: tuple[Candidate, ...], row: Callable[[Candidate], list[Cell]]) -> list[Group]:
    groups = (("High harm", True), ("Volume", False))
    return [Group([row(c) for c in found if c.is_harm is is_harm], head) for head, is_harm in groups]


def _level_row(found: Candidate, usual: tuple[str, str] | None) -> list[Cell]:
    v = found.verdict
    expected = "not judged"
    if v and v.expected_lower is not None and v.expected_upper is not None:
        expected = span(number(v.expected_lower), number(v.expected_upper))
    return [
        measure_link(found.measure.id),
        words.level_words(found.level, 1),
        words.difference_words(found.level),
        verdict_mark(v.state) if v else "Not judged",
        f"{number(v.observed)}{other_months(v, usual)}" if v and v.observed is not None else "not held",
        expected,
    ]


def _ambition_row(found: Candidate) -> list[Cell]:
    t = found.two_years
    return [
        measure_link(found.measure.id),
        words.here_words(t),
        words.middle_words(t),
        words.half_words(t),
        words.all_words(t),
        words.fifth_words(t),
        words.seen_words(found.seen_after),
    ]


def _ratio(change: float | None) -> float | None:
    # A fall to nothing has no place on a scale of ratios.
    return 1 + change if change is not None and change > -1 else None


def _windows(found: tuple[Candidate, ...]) -> str:
    usual = usual_window([c.verdict for c in found if c.verdict])
    return f"Trend: {months(*usual)} against what each measure’s own history would give." if usual else ""


def _line(c: Candidate) -> tuple[Value, ...]:
    level, v, t = c.level, c.verdict, c.two_years
    levels_of: tuple[Value, ...] = (None,) * 6
    if level:
        levels_of = (level.period, level.rate, level.rest, level.ratio, level.lower, level.upper)
    judged: tuple[Value, ...] = (None,) * 6
    if v:
        judged = (v.state, *(v.window or (None, None)), v.observed, v.expected_lower, v.expected_upper)
    two: tuple[Value, ...] = (None,) * 9
    if t:
        two = (t.period, t.here, float(len(t.changes)), *t.spread, float(t.fell_by_a_fifth))
    return (c.measure.id, c.measure.title, "high harm" if c.is_harm else "volume", *levels_of, *judged, *two, c.seen_after)


def _title(view: View) -> str:
    return f"Evidence for {queries.area(view.argument('code')).name}’s next choice"


PAGE = Page(
    path=EVIDENCE,
    title=_title,
    description=lambda view: f"{_title(view)}: level, trend, harm, what residents say, and what other boroughs achieved.",
    nav="priorities",
    order=32,
    layout=layout,
    examples=("/priorities/evidence/E09000006",),
    download=file,
)
