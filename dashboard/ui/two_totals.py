"""The note that London's total is not the one on the Met's dashboard, by how much, and why."""

from dashboard.figures.two_totals import two_totals
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.sections import section
from dashboard.words.two_totals import HEADING, difference_sentence, reason_sentences


def two_totals_section() -> list[Element]:
    """The section; nothing where only one total is held."""
    totals = two_totals()
    if totals is None:
        return []
    source = html.P(f"Source of the other total: {totals.source}.", className="source")
    return [section("two-totals", HEADING, [html.P(reason_sentences(totals)), source], say=difference_sentence(totals))]
