"""Checks: every check of every edition held."""

from dashboard.features.data.edition_tables import checks_sentence, checks_table, warnings_list
from dashboard.figures import queries_sources
from dashboard.figures.records import Citation
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from dashboard.words.data import span_words
from etl.core.written import count_word

ABOVE = [("Home", "/"), ("Data and methods", "/data")]


def layout(_view: View) -> list[Element]:
    """A section for each edition, newest first."""
    records = queries_sources.edition_records()
    checks = queries_sources.checks()
    warned_count = sum(1 for c in checks if c.result != "passed")
    checks_by_edition = {r.citation.edition: tuple(c for c in checks if c.edition == r.citation.edition) for r in records}
    warned_words = f"{count_word(warned_count)} warned" if warned_count else "none warned"
    edition_links = {
        r.citation.edition: (f"{r.citation.title}, {r.citation.label}", f"#edition-{n}") for n, r in enumerate(records, start=1)
    }
    return [
        breadcrumb(ABOVE, "Every check"),
        page_opening(
            f"{len(checks)} checks of {len(records)} editions: {warned_words}",
            standfirst="A check that refuses a file keeps the whole file out, so no refusal stands among these.",
        ),
        *([section("warned", "What was warned about", [warnings_list(checks, edition_links)])] if warned_count else []),
        *(
            section(
                f"edition-{n}",
                f"{r.citation.title}, {r.citation.label}, form {r.form.replace('_', ' ')}: {_span(r.citation)}",
                [
                    html.P(["sha256 ", html.Code(r.citation.sha256, style={"overflowWrap": "anywhere"})], className="small"),
                    checks_table(checks_by_edition[r.citation.edition], caption=r.citation.file_name),
                ],
                say=checks_sentence(checks_by_edition[r.citation.edition]),
            )
            for n, r in enumerate(records, start=1)
            if checks_by_edition[r.citation.edition]
        ),
    ]


def _span(citation: Citation) -> str:
    return span_words(citation.first_period, citation.last_period)


PAGE = Page(
    path="/data/checks",
    title="Every check",
    description="What was checked in every edition held, and what was found.",
    nav="data",
    order=81,
    layout=layout,
)
