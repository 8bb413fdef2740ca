"""What is held of every feed and what is missing: a chart, its table, and the table of sources."""

from collections.abc import Sequence

from dashboard.charts.coverage import WIDTHS, CoverageRow, coverage_set
from dashboard.figures.queries_sources import SourceRecord
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, data_table
from dashboard.words.data import EVERY, Feed, coverage_headline, feed_sentence, own_note, shared_notes
from etl.core.period import bounds
from etl.core.written import day, listed, month


def coverage_figure(feeds: Sequence[Feed], release: str) -> html.Figure:
    """A bar for each feed: held, missing, and a stroke for every edition."""
    rows = [_row(feed) for feed in feeds]
    return figure(
        coverage_headline(feeds),
        f"Bar: periods held. Stroke: an edition. Hatched: periods that should exist by {release} and are not held.",
        coverage_table(feeds),
        drawn(coverage_set(rows), WIDTHS),
        "A period counts as due one month after a month ends, three after a quarter, thirteen after a year.",
        level=2,
        large=True,
    )


def coverage_table(feeds: Sequence[Feed]) -> Element:
    """One row a feed: periods held, editions, what is missing."""
    columns = (
        Column("Feed"),
        Column("Held"),
        Column("Editions", is_number=True),
        Column("Newest edition"),
        Column("Missing"),
    )
    return data_table(columns, [_cells(feed) for feed in feeds], caption="What is held of each feed", stack=True)


def sources_block(sources: Sequence[SourceRecord]) -> list[Element]:
    """One row a source: who publishes it, how often, what to know of it; then the licences, each once."""
    headings = ("Source", "Publisher", "Published", "What to know")
    notes_by_publisher = shared_notes(sources)
    rows = [
        (
            html.A(s.title, href=s.landing_page) if s.landing_page else s.title,
            s.publisher,
            EVERY[s.cadence].capitalize(),
            own_note(s, notes_by_publisher) or "Nothing recorded",
        )
        for s in sources
    ]
    licences = dict.fromkeys((f"{s.licence}: {s.attribution.replace('(c)', '©')}", s.publisher) for s in sources)
    publishers_by_licence = {text: listed(tuple(p for t, p in licences if t == text)) for text, _ in licences}
    return [
        data_table([Column(head) for head in headings], rows, caption="Every source", stack=True),
        *(
            html.P(f"{publisher}, every file: {' '.join(notes)}", className="source")
            for publisher, notes in notes_by_publisher.items()
            if notes
        ),
        html.H3("Licences and attribution", className="gap"),
        html.Ul([html.Li(f"{publisher}. {text}") for text, publisher in publishers_by_licence.items()], className="list"),
    ]


def _row(feed: Feed) -> CoverageRow:
    runs = feed.runs
    missing = ((runs[-1][1], bounds(feed.due, "month")[1]),) if runs and feed.missing else ()
    return CoverageRow(feed.name, runs, missing, tuple(sorted({e.citation.published_on for e in feed.editions})))


def _cells(feed: Feed) -> list[Cell]:
    if not feed.editions:
        return [feed.name, "Nothing", "0", "None is held", "Every period"]
    spans = "; ".join(f"{month(f'{a:%Y-%m}')} to {month(f'{b:%Y-%m}')}" for a, b in feed.runs)
    newest = max(feed.editions, key=lambda e: (e.citation.published_on, e.citation.last_period)).citation
    missing_sentence = feed_sentence(feed)
    missing_words = f"{missing_sentence[:1].upper()}{missing_sentence[1:]}{': late' if feed.state == 'late' else ''}"
    edition = f"{newest.label} ({day(newest.published_on)})"
    return [feed.name, spans, str(len(feed.editions)), edition, missing_words]
