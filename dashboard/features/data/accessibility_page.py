"""Accessibility: what the site aims at, how that is tried, what falls short, and whom to tell."""

from dashboard.features.data.accessibility_statement import statement
from dashboard.figures.view import View
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening

ABOVE = [("Home", "/"), ("Data and methods", "/data")]
SENTENCE = "This site aims to work for everyone, to level AA of the Web Content Accessibility Guidelines 2.2"
APPLIES = "This statement is about this site: every page, the files it gives out and the forms behind signing in."


def layout(_view: View) -> list[Element]:
    """The statement."""
    return [breadcrumb(ABOVE, "Accessibility statement"), page_opening(SENTENCE, standfirst=APPLIES), *statement()]


PAGE = Page(
    path="/data/accessibility",
    title="Accessibility statement",
    description="What this site does so that everyone can read it, how that is tried, what falls short and whom to tell.",
    nav="data",
    order=85,
    layout=layout,
)
