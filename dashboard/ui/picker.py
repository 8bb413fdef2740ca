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

    `value` is what the page stands at where the address does not say it, or says it in another way.
    """

    option: str
    label: str
    words: Mapping[str, str]
    value: str | None = None


def picker(view: View, picks: tuple[Pick, ...], *, label: str = "Choose what is shown", button: str = "Show") -> html.Form:
    """A form that sends its choices in the address and keeps the choices it does not show."""
    options_shown = {pick.option for pick in picks}
    hidden_selects = [
        # A select that is not displayed is still sent: the page's other choices travel with these.
        html.Select(html.Option(",".join(values), value=",".join(values), selected=True), name=name, hidden=True)
        for name, values in view.chosen
        if name not in options_shown
    ]
    return html.Form(
        [*(_select(view, pick) for pick in picks), *hidden_selects, html.Button(button, type="submit", className="button plain")],
        className="picker",
        method="get",
        action=view.path,
        role="search",
        **attributes(aria_label=label),
    )


def _select(view: View, pick: Pick) -> Element:
    value_chosen = view.choice(pick.option) if pick.value is None else pick.value
    words = dict(pick.words)
    if value_chosen and value_chosen not in words:
        words = {value_chosen: value_chosen, **words}
    options = [
        html.Option(text, value=value, **attributes(selected=True if value == value_chosen else None))
        for value, text in words.items()
    ]
    return html.Label([pick.label, html.Select(options, name=pick.option)])
