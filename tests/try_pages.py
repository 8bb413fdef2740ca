"""Pages that only tests have: one with an option and a form, and ones that go wrong on purpose."""

from dashboard.figures.view import Option
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.page import Page
from dashboard.ui.raw import Raw
from dashboard.ui.sections import page_opening, section

TRY = "/try/choice"
PICTURE = '<svg viewBox="0 0 100 20" role="img" aria-label="A line"><path d="M0 10H100" class="line"/></svg>'


def choice(view):
    return [
        breadcrumb((("Home", "/"),), "Choice"),
        page_opening("A page with a choice in its address", standfirst="Its words are read without any script."),
        section(
            "try-first",
            "First",
            [
                html.P("Words. " * 900),
                html.Details([html.Summary(html.Span("Table of these figures")), html.P("Inside")], className="data-table"),
                Raw(PICTURE, className="plot"),
                html.A("A link", href="/", id="try-link"),
            ],
        ),
        section("try-second", "Second", [html.Div(f"Form: {view.choice('form')}", id="try-out")]),
    ]


def broken(_view):
    raise KeyError("broken on purpose")


def not_held(view):
    raise LookupError(f"No place has the code “{view.argument('code')}”.")


FORMS = (Option("form", ("count", "rate"), "count"),)
TRY_PAGES = (
    Page(TRY, "Choice", "A page with a choice in its address.", None, 90, choice, FORMS),
    Page("/try/broken", "Broken", "A page that fails.", None, 91, broken),
    Page("/try/held/<code>", "Held", "A page for what is not held.", None, 92, not_held),
)
