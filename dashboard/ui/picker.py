"""Choosing what a page shows with plain selects in a form: works without a script, and the address keeps the choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element


@dataclass(frozen=True)
class Pick:
    """One select: the option of the page it sets, its label, and the words for each value, in order.

    `shown` is the value the page stands at where the address does not say it, or says it in another way.
    """

    option: str
    label: str
    words: Mapping[str, str]
    shown: str | None = None


def picker(view: View, picks: tuple[Pick, ...], *, label: str = "Choose what is shown", button: str = "Show") -> html.Form:
    """A form that sends its choices in the address and keeps the choices it does not show."""
    named = {pick.option for pick in picks}
    kept = [
        # A select that is not displayed is still sent: the page's other choices travel with these.
        html.Select(html.Option(",".join(values), value=",".join(values), selected=True), name=name, hidden=True)
        for name, values in view.chosen
        if name not in named
    ]
    return html.Form(
        [*(_select(view, pick) for pick in picks), *kept, html.Button(button, type="submit", className="button plain")],
        className="picker",
        method="get",
        action=view.path,
        role="search",
        **attributes(aria_label=label),
    )


def _select(view: View, pick: Pick) -> Element:
    chosen = view.choice(pick.option) if pick.shown is None else pick.shown
    words = dict(pick.words)
    if chosen and chosen not in words:
        words = {chosen: chosen, **words}
    options = [
        html.Option(text, value=value, **attributes(selected=True if value == chosen else None)) for value, text in words.items()
    ]
    return html.Label([pick.label, html.Select(options, name=pick.option)])
