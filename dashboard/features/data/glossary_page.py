"""Words: every word the site uses in a sense of its own."""

from dashboard.figures.view import View
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.page import Page
from dashboard.ui.passport import pairs
from dashboard.ui.sections import page_opening, section
from dashboard.ui.verdict import verdict_key
from etl.definitions import reference

ABOVE = [("Home", "/"), ("Data and methods", "/data")]


def layout(_view: View) -> list[Element]:
    """The letters of the verdicts, then every word A to Z."""
    terms = reference.glossary()
    return [
        breadcrumb(ABOVE, "Words"),
        page_opening(
            f"{len(terms)} words this site uses in a sense of its own",
            standfirst="Plain meanings; the law and the counting rules say more.",
        ),
        section("letters", "What the letters mean", [verdict_key()], say="Each verdict is a letter in a shape, with its word."),
        section("words", "Words, A to Z", [pairs([(t.term, t.meaning) for t in terms])]),
    ]


PAGE = Page(
    path="/data/words",
    title="Words",
    description="The words and letters used on this site, each in one plain sentence.",
    nav="data",
    order=83,
    layout=layout,
)
