"""Home: what is held, what it says, what the newest edition changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.features.home.card import cards
from dashboard.features.home.exceptions import changed_series_section, matrix_section
from dashboard.features.home.measure_card import measure_card
from dashboard.features.home.words import edition_sentences, moved_most
from dashboard.figures import queries, queries_editions, queries_judgement, queries_sources
from dashboard.figures.queries_editions import EditionChange
from dashboard.figures.queries_sources import SourceRecord
from dashboard.figures.records import Area, Citation, MeasureSeries, Release, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.html import Element
from dashboard.ui.links import contents, links
from dashboard.ui.notice import notice
from dashboard.ui.page import Page
from dashboard.ui.register_cards import home_overdue, home_priorities
from dashboard.ui.sections import lead, section
from dashboard.ui.table import Column, data_table
from dashboard.words.facts import runs_to_sentence
from dashboard.words.headlines import NO_VERDICT, newest_month_sentence, recorded_headline
from dashboard.words.summary import chance, late_sentence, list_headline, states_sentence
from dashboard.words.themes import theme_order
from etl.core.areas import LONDON
from etl.core.state import State
from etl.core.written import any_period, month, number, percent, signed
from etl.definitions import catalogue

TOTAL, CRIME = "total_recorded_crime", "mps_recorded_crime_borough"
SCOPE = "London here is the 32 boroughs the Met polices; the City of London has its own force."
REVISIONS_SHOWN = 6
SECTION_LINKS = (
    ("Find a borough", "#places"),
    ("What to ask about", "#ask"),
    ("London-wide priorities", "#priorities"),
    ("Headline measures", "#measures"),
    ("What the newest edition changed", "#newest"),
    ("Overdue", "#overdue"),
    ("How far each source runs", "#coverage"),
)
LATE_PLACES = {"borough": "for boroughs", "force": "for London"}
"""The places whose lateness is told, by kind of area."""


def layout(_view: View) -> list[Element]:
    """London in one sentence, then the headline measures, the newest edition and how far each source runs."""
    release = queries.release()
    month_total = queries.measure_series(TOTAL, LONDON)
    verdict_list = borough_verdicts()
    late_sources = late_feeds(queries.verdicts())
    return [
        opening(queries.measure_series(f"{TOTAL}_rolling_year", LONDON), month_total, verdict_list),
        late_notice(release, late_sources),
        contents(SECTION_LINKS),
        *where_changed(verdict_list, month_total),
        *home_priorities(),
        *headline_measures(headline_series(), {v.measure: v for v in queries.verdicts() if v.area == LONDON}),
        *newest_edition(queries_editions.edition_changes(CRIME)),
        *home_overdue(),
        coverage(queries_sources.sources(), queries_sources.editions(), late_sources),
        places(queries.areas("borough"), queries.areas("bcu")),
    ]


def headline_series() -> tuple[tuple[MeasureSeries, MeasureSeries | None], ...]:
    """(series, its rolling year) of every measure the catalogue marks as a headline, high harm before volume."""
    headlines = sorted((m for m in catalogue.measures().values() if m.headline), key=lambda m: (theme_order(m.theme), m.order))
    rolling = tuple(f"{m.id}_rolling_year" for m in headlines if m.basis == "recorded_crime")
    series_by_id = {s.measure.id: s for s in queries.area_series(LONDON, (*(m.id for m in headlines), *rolling))}
    return tuple(
        (series_by_id[m.id], series_by_id.get(f"{m.id}_rolling_year"))
        for m in headlines
        if m.id in series_by_id and m.id != TOTAL
    )


@dataclass(frozen=True)
class VerdictList:
    """The verdicts on recorded crime in every borough, and how many of the changed ones chance would give."""

    verdicts: tuple[Verdict, ...]
    tested: int
    changed: int
    by_chance: float
    newest_by_chance: float


def borough_verdicts() -> VerdictList | None:
    """The list the headline is about; None before anything has been judged."""
    family = next((f for f in queries_judgement.verdict_families() if f.family == "boroughs"), None)
    if family is None:
        return None
    codes = {area.code for area in queries.areas("borough")}
    crime_measures = {m.id for m in queries.measures(form="count")}
    verdicts = tuple(v for v in queries.verdicts() if v.area in codes and v.measure in crime_measures)
    return VerdictList(verdicts, family.tested, family.changed, family.by_chance, family.newest_by_chance)


@dataclass(frozen=True)
class LateFeed:
    """A source that has fallen so far behind in one kind of place that nothing is concluded from it there."""

    source: str
    kind: str
    series: int
    last_period: str


def late_feeds(verdicts: Sequence[Verdict]) -> tuple[LateFeed, ...]:
    """Every late feed, boroughs before London, with the newest period any of its late series holds."""
    kinds = {area.code: kind for kind in LATE_PLACES for area in queries.areas(kind)}
    late_verdicts: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.state == State.LATE and verdict.area in kinds:
            late_verdicts.setdefault((kinds[verdict.area], queries.measure(verdict.measure).source), []).append(verdict)
    return tuple(_late_feed(kind, source, late_verdicts[kind, source]) for kind, source in sorted(late_verdicts))


def _late_feed(kind: str, source: str, verdicts: Sequence[Verdict]) -> LateFeed:
    measures = tuple(dict.fromkeys(v.measure for v in verdicts))
    codes = {v.area for v in verdicts}
    every_series = (s for measure in measures for s in queries.measure_by_area(measure, kind) if s.area.code in codes)
    newest_periods = [s.known[-1].period for s in every_series if s.known]
    return LateFeed(source, kind, len(verdicts), max(newest_periods, default=""))


def opening(rolling_total: MeasureSeries, month_total: MeasureSeries, verdict_list: VerdictList | None) -> Element:
    """The headline: what changed, where that has been judged, above what was recorded."""
    recorded = recorded_headline(rolling_total, "")
    newest = newest_month_sentence(month_total)
    if verdict_list is None:
        return lead(recorded, standfirst=f"{newest} {SCOPE} {NO_VERDICT}")
    headline = list_headline(
        verdict_list.tested, verdict_list.changed, verdict_list.by_chance, verdict_list.verdicts, "borough series"
    )
    return lead(
        headline,
        standfirst=(states_sentence(verdict_list.verdicts, verdict_list.newest_by_chance), f"{recorded}. {newest} {SCOPE}"),
    )


def where_changed(verdict_list: VerdictList | None, total: MeasureSeries) -> list[Element]:
    """The picture of every verdict, then the list of what to ask about; nothing before anything has been judged."""
    if verdict_list is None:
        return []
    boroughs = queries.areas("borough")
    measures = tuple(m for m in queries.measures(form="count") if any(v.measure == m.id for v in verdict_list.verdicts))
    newest = total.citations[0]
    source = (
        f"{chance(verdict_list.by_chance)} of the changes would come by chance. "
        f"Source: {newest.publisher}, {newest.title}, edition of {newest.label}. "
    )
    method_link = html.A("How verdicts are reached", href="/data#verdicts")
    return [
        html.Div(matrix_section(verdict_list.verdicts, measures, boroughs, [source, method_link, "."]), className="hero"),
        changed_series_section(verdict_list.verdicts, {m.id: m for m in measures}, {a.code: a for a in boroughs}),
    ]


def late_notice(release: Release, feeds: Sequence[LateFeed]) -> Element:
    """How far recorded crime runs, and which other feeds have fallen behind."""
    # A source late in two kinds of place is one feed.
    feeds_behind = late_sentence(len({f.source for f in feeds}))
    return notice(
        "late",
        runs_to_sentence("recorded crime", release.data_to),
        [
            f"Later months are not held. {feeds_behind} ".replace("  ", " "),
            html.A("How far each source runs", href="#coverage"),
            ".",
        ],
    )


def headline_measures(
    series: Sequence[tuple[MeasureSeries, MeasureSeries | None]], verdicts: dict[str, Verdict]
) -> list[Element]:
    """A card for each headline measure, with its verdict where there is one; nothing when no measure is held."""
    if not series:
        return []
    expected = queries_judgement.area_expected_months(LONDON)
    articles = [
        measure_card(month, rolling, verdicts.get(month.measure.id), expected.get(month.measure.id, ()))
        for month, rolling in series
    ]
    say = (
        "Offences that hurt people most come first. The pale band is where each month was expected for the time of year; paler,"
        " the months it was made from."
    )
    return [section("measures", "London’s headline measures", [cards(articles), _sources(series)], say=say)]


def newest_edition(changes: tuple[EditionChange, ...]) -> list[Element]:
    """What the newest edition of recorded crime changed; nothing when only one is held."""
    total = next((c for c in changes if c.measure.id == TOTAL), None)
    if total is None:
        return []
    columns = (
        Column("London"),
        Column("Month that moved most"),
        Column("Before", is_number=True, is_short=True),
        Column("Now", is_number=True, is_short=True),
        Column("Change", is_number=True, is_short=True),
        Column("Per cent", is_number=True, is_short=True),
    )
    rows = [_revision(c) for c in moved_most(changes, REVISIONS_SHOWN)]
    words = html.Div(
        [*(html.P(s) for s in edition_sentences(total)), html.P(html.A("Every revision", href="/data#revisions"))],
        className="flow",
    )
    label = f"What moved most between the editions of {total.before.label} and {total.edition.label}"
    table = data_table(columns, rows, caption=label, stack=True)
    return [section("newest", "What the newest edition changed", [html.Div([words, table], className="flow")])]


def coverage(sources: tuple[SourceRecord, ...], editions: tuple[Citation, ...], feeds: Sequence[LateFeed]) -> Element:
    """The newest period held from each source, what is not held, and what of it is too late to conclude from."""
    newest_by_source: dict[str, Citation] = {}
    for citation in editions:
        newest_so_far = newest_by_source.get(citation.source)
        if newest_so_far is None or citation.last_period > newest_so_far.last_period:
            newest_by_source[citation.source] = citation
    rows = [[*_source_row(s, newest_by_source.get(s.id)), _too_late([f for f in feeds if f.source == s.id])] for s in sources]
    columns = (Column("Source"), Column("Newest period held"), Column("Edition"), Column("Too late for a verdict"))
    return section(
        "coverage",
        "How far each source runs",
        [
            data_table(columns, rows, caption="Newest figures held, by source", stack=True),
            links([("Every edition, check and revision", "/data")]),
        ],
        say="Nothing after these periods is held. What is missing is said where it would stand, never shown as nought.",
    )


def places(boroughs: tuple[Area, ...], commands: tuple[Area, ...]) -> Element:
    """Every place, linked."""
    place_links = [(area.name, place_address(area.code)) for area in sorted(boroughs, key=lambda a: a.name)]
    return section(
        "places",
        "Find a borough",
        [
            links(place_links),
            html.P(html.A(f"The {len(commands)} police commands and their boroughs", href="/boroughs#commands")),
        ],
    )


def _revision(change: EditionChange) -> list[str | Element]:
    old, new = change.largest_old, change.largest_new
    return [
        html.A(change.measure.title, href=measure_address(change.measure.base)),
        month(change.largest_period),
        number(old),
        number(new),
        signed(new - old),
        f"{'+' if new > old else ''}{percent(new / old - 1, 1)}",
    ]


def _source_row(source: SourceRecord, newest: Citation | None) -> list[str | Element]:
    if newest is None:
        return [f"{source.publisher}: {source.title}", "None is held", "None is held"]
    return [f"{source.publisher}: {source.title}", any_period(newest.last_period), newest.label]


def _too_late(feeds: Sequence[LateFeed]) -> str:
    texts = "; ".join(f"{f.series} series {LATE_PLACES[f.kind]}, newest {any_period(f.last_period)}" for f in feeds)
    return texts or "none"


def _sources(series: Sequence[tuple[MeasureSeries, MeasureSeries | None]]) -> Element:
    newest_by_source: dict[str, Citation] = {}
    for month_series, _ in series:
        for citation in month_series.citations:
            newest_so_far = newest_by_source.get(citation.source)
            if newest_so_far is None or citation.last_period > newest_so_far.last_period:
                newest_by_source[citation.source] = citation
    source_names = "; ".join(f"{c.publisher}, {c.title}, edition of {c.label}" for c in newest_by_source.values())
    return html.P(f"Hollow point: provisional. Sources: {source_names}.", className="source")


PAGE = Page(
    path="/",
    title="Home",
    description="What the Metropolitan Police recorded in London, with sources and what the newest edition changed.",
    nav=None,
    order=0,
    layout=layout,
)
