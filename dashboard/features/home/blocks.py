"""The sections of Home: the opening, what changed, the headline measures, the newest edition, coverage, every place."""

from collections.abc import Sequence

from dashboard.features.home.card import cards
from dashboard.features.home.changed_series import changed_series_section, matrix_section
from dashboard.features.home.measure_card import measure_card
from dashboard.features.home.view_model import LATE_PLACES, LateFeed, VerdictList
from dashboard.features.home.words import edition_sentences, moved_most, moved_words
from dashboard.figures import queries, queries_judgement
from dashboard.figures.feeds import Feed
from dashboard.figures.queries_editions import EditionChange
from dashboard.figures.records import Area, Citation, MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Column, data_table
from dashboard.words.headlines import NO_VERDICT, newest_month_sentence, recorded_headline
from dashboard.words.lateness import late_words, unknown_words
from dashboard.words.summary import chance, counts_sentence, late_sentence, list_headline
from etl.core.areas import LONDON
from etl.core.period import last_month_label
from etl.core.written import any_period, month, number, signed
from etl.definitions.calendar import Gap

SCOPE = "London here is the 32 boroughs the Met polices; the City of London has its own force."
REVISIONS_SHOWN = 6
LONDON_KIND = "force"


def opening(
    rolling_total: MeasureSeries, month_total: MeasureSeries, verdict_list: VerdictList | None, gap: Gap | None
) -> Element:
    """The headline: what changed, where that has been judged, above what was recorded."""
    recorded = recorded_headline(rolling_total, "", None if verdict_list else gap)
    newest = newest_month_sentence(month_total)
    if verdict_list is None:
        return page_opening(recorded, standfirst=f"{newest} {SCOPE} {NO_VERDICT}")
    titles = {m.id: m.title for m in queries.crimes()}
    places = {area.code: area.name for area in queries.areas("borough")}
    headline = list_headline(verdict_list.verdicts, titles, places, gap)
    counts = counts_sentence(verdict_list.verdicts, verdict_list.not_lasting, "borough series")
    return page_opening(
        headline,
        standfirst=(counts, f"{recorded}. {newest} {SCOPE}"),
    )


def where_changed(verdict_list: VerdictList | None, total: MeasureSeries) -> list[Element]:
    """The picture of every verdict, then the list of what to ask about; nothing before anything has been judged."""
    if verdict_list is None:
        return []
    boroughs = queries.areas("borough")
    measures = tuple(m for m in queries.crimes() if any(v.measure == m.id for v in verdict_list.verdicts))
    newest = total.citations[0]
    source = (
        f"{chance(verdict_list.not_lasting)} of the moves would be expected not to last. "
        f"Source: {newest.publisher}, {newest.title}, {newest.edition_words}. "
    )
    method_link = html.A("How verdicts are reached", href="/data#verdicts")
    return [
        html.Div(matrix_section(verdict_list.verdicts, measures, boroughs, [source, method_link, "."]), className="hero"),
        changed_series_section(verdict_list.verdicts, {m.id: m for m in measures}, {a.code: a for a in boroughs}),
    ]


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
        " the months it was made from, and months that have no figure yet."
    )
    return [section("measures", "London’s headline measures", [cards(articles), _sources(series)], say=say)]


def newest_edition(changes: tuple[EditionChange, ...]) -> list[Element]:
    """What the newest edition of recorded crime changed; nothing when only one is held."""
    sentences = edition_sentences(changes)
    if not sentences:
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
        [*(html.P(s) for s in sentences), html.P(html.A("Every revision", href="/data#revisions"))],
        className="flow",
    )
    label = f"What moved most between the editions {changes[0].before.which} and {changes[0].edition.which}"
    table = [data_table(columns, rows, caption=label, stack=True)] if rows else []
    return [section("newest", "What the newest edition changed", [html.Div([words, *table], className="flow")])]


def coverage(feeds: Sequence[Feed], late_feeds: Sequence[LateFeed]) -> Element:
    """The newest period held of each feed, what to today is not known, and what of it is too late to conclude from."""
    rows = [[*_feed_row(f), _too_late([late for late in late_feeds if _is_of(late, f, feeds)])] for f in feeds]
    headings = ("Source", "Newest period held", "Edition", "Not known to today", "Late", "Too late for a verdict")
    # A source late in two kinds of place is one feed.
    without_verdict = late_sentence(len({f.source for f in late_feeds}))
    how_counted = "Late: should be public by its publisher’s calendar, and is not held."
    return section(
        "coverage",
        "How far each source runs",
        [
            data_table([Column(words) for words in headings], rows, caption="Newest figures held, by source", stack=True),
            links([("Every edition, check and revision", "/data")]),
        ],
        say=" ".join(filter(None, (how_counted, without_verdict, "Missing figures are marked, never shown as 0."))),
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
        moved_words(change),
    ]


def _feed_row(feed: Feed) -> list[str | Element]:
    name = f"{feed.source.publisher}: {feed.name}"
    if not feed.editions:
        return [name, "None is held", "None is held", unknown_words(feed), late_words(feed)]
    newest = max((e.citation for e in feed.editions), key=lambda c: (last_month_label(c.last_period), c.published_on))
    return [name, any_period(newest.last_period), _published(newest), unknown_words(feed), late_words(feed)]


def _published(edition: Citation) -> str:
    return edition.label if edition.published_basis == "given" else "Date not given"


def _is_of(late: LateFeed, feed: Feed, feeds: Sequence[Feed]) -> bool:
    """Whether a late feed is this one; of a source in two files, London's is the one of one area."""
    if late.source != feed.source.id:
        return False
    is_one_of_two = sum(1 for f in feeds if f.source.id == feed.source.id) > 1
    return not is_one_of_two or (late.kind == LONDON_KIND) == all(e.areas == 1 for e in feed.editions)


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
    source_names = "; ".join(f"{c.publisher}, {c.title}, {c.edition_words}" for c in newest_by_source.values())
    return html.P(f"Hollow point: provisional. Sources: {source_names}.", className="source")
