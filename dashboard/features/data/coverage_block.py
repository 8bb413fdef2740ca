"""What is held of every feed and what is missing: a chart, its table, and the table of sources."""

from collections.abc import Sequence

from dashboard.charts.coverage import WIDTHS, CoverageRow, coverage_set
from dashboard.figures.feeds import Feed
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, data_table
from dashboard.words.data import own_note, shared_notes
from dashboard.words.lateness import coverage_headline, late_words, unknown_words
from etl.core.period import bounds, moved
from etl.core.written import day, listed, month


def coverage_figure(feeds: Sequence[Feed], today: str) -> html.Figure:
    """A bar for each feed: held, unknown to today, and a stroke for every edition."""
    rows = [_row(feed) for feed in feeds]
    return figure(
        coverage_headline(feeds),
        f"Bar: periods held. Stroke: an edition. Hatched: months that were over on {today} and of which nothing is held.",
        coverage_table(feeds),
        drawn(coverage_set(rows), WIDTHS),
        "Late: should be public by its publisher’s calendar. “Sources” says when each comes out and how that is known.",
        level=2,
        large=True,
    )


def coverage_table(feeds: Sequence[Feed]) -> Element:
    """One row a feed: periods held, editions, what is not known to today, and what of that is late."""
    columns = (
        Column("Feed"),
        Column("Held"),
        Column("Editions", is_number=True),
        Column("Newest edition"),
        Column("Not known to today"),
        Column("Late"),
    )
    return data_table(columns, [_cells(feed) for feed in feeds], caption="What is held of each feed", stack=True)


def sources_block(feeds: Sequence[Feed]) -> list[Element]:
    """One row a source: who publishes it, when, what to know of it; then the licences, each once."""
    headings = ("Source", "Publisher", "When it comes out", "What to know")
    basis_by_source = {f.source.id: f.basis for f in feeds}
    sources = sorted({f.source.id: f.source for f in feeds}.values(), key=lambda s: s.title)
    notes_by_publisher = shared_notes(sources)
    rows = [
        (
            html.A(s.title, href=s.landing_page) if s.landing_page else s.title,
            s.publisher,
            basis_by_source[s.id],
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
    gap = feed.gap
    unknown_to = bounds(moved(gap.held_to, gap.months_unknown), "month")[1] if gap and gap.months_unknown else None
    missing = ((runs[-1][1], unknown_to),) if runs and unknown_to else ()
    return CoverageRow(feed.name, runs, missing, tuple(sorted({e.citation.published_on for e in feed.editions})))


def _cells(feed: Feed) -> list[Cell]:
    if not feed.editions:
        return [feed.name, "Nothing", "0", "None is held", unknown_words(feed), late_words(feed)]
    spans = "; ".join(f"{month(f'{a:%Y-%m}')} to {month(f'{b:%Y-%m}')}" for a, b in feed.runs)
    newest = max(feed.editions, key=lambda e: (e.citation.published_on, e.citation.last_period)).citation
    is_given = newest.published_basis == "given"
    edition = f"{newest.label} ({day(newest.published_on)})" if is_given else newest.edition_words.removeprefix("edition ")
    return [feed.name, spans, str(len(feed.editions)), edition, unknown_words(feed), late_words(feed)]
