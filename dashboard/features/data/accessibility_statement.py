"""The accessibility statement: what is aimed at, how it is tried, what is known to fall short, and whom to tell."""

from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.sections import section

DONE = (
    "Words and tables come before every picture and say the same.",
    "No meaning is carried by colour alone: every verdict is a word, a letter and a shape.",
    "Everything works with a keyboard alone, and what has the focus is ringed.",
    "Nothing moves by itself.",
    "Every page can be read without a script, at 400% zoom, on a screen 320 pixels wide, and printed in grey.",
)
TRIED = (
    "Every page is read by a machine (axe-core, the rules of WCAG 2.0 to 2.2 at levels A and AA and its best practice) at "
    "three widths on every change, with every table opened. A machine finds perhaps half of what can be wrong; the rest is "
    "read by eye and gone through with a keyboard.",
    "No disabled person and no outside auditor has tested this version. Until one has, it can only be said that nothing is "
    "known to fail beyond what stands below.",
)
SHORT = (
    "The charts behind “Explore this chart” need a script and a pointer to read single values; the table above each holds all of "
    "them.",
    "Wide tables scroll sideways inside their own frame on a narrow screen; the frame takes the focus and the arrow keys move "
    "it.",
    "The publishers’ own files, which some pages link to, are outside this site and not all of them meet the guidelines.",
)
TELL = (
    "No contact for reporting a problem is recorded in this copy. The body that publishes this site must name one, and an "
    "address for asking for a page in another form. If its answer does not satisfy, the Equality Advisory and Support Service "
    "advises on what can be done."
)


def statement() -> list[Element]:
    """The sections of the statement."""
    return [
        section("does", "What every page does", [_list(DONE)]),
        section("tried", "How it is tried", [html.Div([html.P(text) for text in TRIED], className="flow-s")]),
        section("short", "What falls short", [_list(SHORT)]),
        section(
            "tell",
            "Report a problem",
            [
                html.P(TELL),
                html.P(html.A("Equality Advisory and Support Service", href="https://www.equalityadvisoryservice.com/")),
            ],
        ),
    ]


def _list(texts: tuple[str, ...]) -> html.Ul:
    return html.Ul([html.Li(text) for text in texts], className="list")
