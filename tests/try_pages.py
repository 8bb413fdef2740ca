"""Pages that only tests have: one with something for Dash to do, and ones that go wrong on purpose."""

import dash_mantine_components as dmc
from dash import Input, Output, callback, dcc, html

from dashboard.figures.view import Option
from dashboard.ui.frame import breadcrumb
from dashboard.ui.page import Page
from dashboard.ui.raw import Raw
from dashboard.ui.sections import lead, section

LIVE = "/try/live"
PICTURE = '<svg viewBox="0 0 100 20" role="img" aria-label="A line"><path d="M0 10H100" class="line"/></svg>'
GRAPH = {"data": [{"x": [1, 2], "y": [3, 4], "type": "scatter"}], "layout": {"height": 200}}


def live(view):
    choice = dmc.Select(
        id="try-area", label="Area", data=[{"value": v, "label": w} for v, w in (("a", "Ash"), ("b", "Beech"))], value="a"
    )
    return [
        breadcrumb((("Home", "/"),), "Live"),
        lead("A page with something for Dash to do", standfirst="Its words are read before any script runs."),
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
        section(
            "try-second",
            "Second",
            [
                choice,
                html.Button("Draw", id="try-draw", className="button"),
                html.Div(f"Form: {view.choice('form')}", id="try-out"),
            ],
        ),
    ]


@callback(Output("try-out", "children"), Input("try-draw", "n_clicks"), Input("try-area", "value"), prevent_initial_call=True)
def draw(clicks, area):
    if area == "b":
        raise RuntimeError("broken on purpose")
    return [html.P(f"Drawn {clicks}"), dcc.Graph(figure=GRAPH, config={"displayModeBar": False})]


def broken(_view):
    raise KeyError("broken on purpose")


def not_held(view):
    raise LookupError(f"No place has the code “{view.argument('code')}”.")


TRY_PAGES = (
    Page(LIVE, "Live", "A page that needs Dash.", None, 90, live, options=(Option("form", ("count", "rate"), "count"),)),
    Page("/try/broken", "Broken", "A page that fails.", None, 91, broken),
    Page("/try/held/<code>", "Held", "A page for what is not held.", None, 92, not_held),
)
