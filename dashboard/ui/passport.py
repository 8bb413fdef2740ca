"""Where numbers come from: the passport, the source line, the definition pairs."""

from collections.abc import Sequence

from dashboard.figures.records import Citation, MeasureSeries
from dashboard.ui import html
from dashboard.ui.html import Element
from etl.core.written import any_period, day, listed, month

Pair = tuple[str, str | Element | list[str | Element]]


def pairs(rows: Sequence[Pair]) -> html.Dl:
    """Names and what they stand for, as a definition list."""
    return html.Dl(_pairs(rows), className="pairs")


def passport(
    citations: Sequence[Citation], *, rows: str, method: str, caveats: Sequence[str], next_edition: str, is_open: bool = False
) -> html.Details:
    """Everything needed to find and check the numbers of a page or figure.

    Args:
        citations: editions the numbers come from, newest first.
        rows: which rows or cells of the file: "BoroughName = Bromley, columns 202201 to 202512".
        method: what was done to them.
        caveats: what limits their use.
        next_edition: when the next is expected, or that it is not held.
        is_open: stands open when the page does.
    """
    files = [
        html.Li([f"{c.file_name}, sha256 ", html.Code(c.sha256), f", {month(c.first_period)} to {month(c.last_period)}"])
        for c in citations
    ]
    rows_shown: list[Pair] = [
        ("Source", [html.Span(_titles(citations)), ". ", *_page_links(citations)]),
        ("Edition", _editions(citations)),
        ("Files", html.Ul(files)),
        ("Rows", rows),
        ("Method", method),
        ("Caveats", html.Ul([html.Li(text) for text in caveats]) if caveats else "None recorded"),
        ("Next edition", next_edition),
        ("Licence", listed(tuple(dict.fromkeys(c.licence for c in citations)))),
    ]
    return html.Details(
        [html.Summary(html.Span("Where these numbers come from")), html.Dl(_pairs(rows_shown))],
        className="passport",
        open=is_open,
    )


def source_line(series: MeasureSeries) -> str:
    """Source: Metropolitan Police Service, recorded crime by borough, edition of January 2026 (or: to December 2025)."""
    if not series.citations:
        return "Source: not held."
    newest = max(series.citations, key=lambda c: (c.last_period, c.published_on))
    return f"Source: {newest.publisher}, {newest.title}, {newest.edition_words}."


def _titles(citations: Sequence[Citation]) -> str:
    return listed(tuple(dict.fromkeys(f"{c.publisher}, {c.title}" for c in citations)))


def _page_links(citations: Sequence[Citation]) -> list[str | Element]:
    addresses = tuple(dict.fromkeys(c.landing_page for c in citations if c.landing_page))
    return [html.A("The publisher’s page" if i == 0 else f", and page {i + 1}", href=a) for i, a in enumerate(addresses)]


def _editions(citations: Sequence[Citation]) -> str:
    editions = (f"{c.label} ({_how_dated(c)})" for c in citations)
    return "; ".join(dict.fromkeys(editions))


def _how_dated(citation: Citation) -> str:
    published_day = day(citation.published_on)
    return (
        f"published {published_day}"
        if citation.published_basis == "given"
        else f"publication date not given; taken as {citation.label} from its last period, {any_period(citation.last_period)}"
    )


def _pairs(rows: Sequence[Pair]) -> list[Element]:
    return [element for name, meaning in rows for element in (html.Dt(name), html.Dd(meaning))]
