"""Forms a person fills in: labels above, errors beside each field and in a summary that links to it. No script is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element

Values = Mapping[str, tuple[str, ...]]
"""What stands in a form: the name of a field to what was typed or chosen in it, in order."""
Faults = Mapping[str, str]
"""The name of a field to one sentence."""
WIDE = 5


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen: its value, its words, and the heading it stands under, if any."""

    value: str
    words: str
    group: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form.

    `kind` is line, text, date, select, radios, checks or password; `size` is the length of a line in characters, or the
    height of a text in lines. `fills` is what a browser may fill in by itself (its `autocomplete` word).
    """

    name: str
    label: str
    kind: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    size: int = 0
    fills: str = ""

    @property
    def anchor(self) -> str:
        """The id of the control, or of the first of several: where an error's link leads."""
        return f"field-{self.name.replace('.', '-')}"


def field(asked: Field, values: Values, faults: Faults) -> Element:
    """One question with its label, hint, error and control, what was typed before still in it."""
    given = values.get(asked.name, ())
    fault = faults.get(asked.name)
    hint = [html.P(asked.hint, id=f"{asked.anchor}-hint", className="hint")] if asked.hint else []
    error = [_error(asked, fault)] if fault else []
    named = "field is-wrong" if fault else "field"
    if asked.kind in ("radios", "checks"):
        parts = [html.Legend(asked.label), *hint, *error, *_boxes(asked, given)]
        return html.Fieldset(parts, className=named, **_described(asked, fault))
    control = _select(asked, given, fault) if asked.kind == "select" else _typed(asked, given, fault)
    return html.Div([html.Label(asked.label, htmlFor=asked.anchor), *hint, *error, control], className=named)


def error_summary(fields: Sequence[Field], faults: Faults) -> Element:
    """Every error at the top of the page, each a link to its field, in the fields' order; it is given the focus."""
    known = {asked.name: asked for asked in fields}
    ordered = [name for name in known if name in faults]
    linked = [html.Li(html.A(faults[name], href=f"#{known[name].anchor}")) for name in ordered]
    others = [html.Li(sentence) for name, sentence in faults.items() if name not in known]
    inside = [html.H2("There is a problem", id="problems"), html.Ul([*linked, *others])]
    said = attributes(aria_labelledby="problems")
    return html.Div(inside, className="problems", role="alert", tabIndex="-1", autoFocus=True, **said)


def form(content: Sequence[Element], *, action: str, hidden: Mapping[str, str], buttons: Sequence[Element]) -> html.Form:
    """A form that is sent as a POST, with its unseen values and its buttons."""
    unseen = [html.Input(type="hidden", name=name, value=value) for name, value in hidden.items()]
    # The browser's own bubbles say one fault at a time and are hard to reach by keyboard: every fault is said by the server.
    return html.Form(
        [*unseen, *content, html.Div(list(buttons), className="buttons")],
        method="post",
        action=action,
        noValidate=True,
        className="entry",
    )


def button(words: str, *, name: str | None = None, value: str | None = None, is_plain: bool = False) -> html.Button:
    """A button that sends its form; with a name, what was pressed is sent too."""
    look = "button plain" if is_plain else "button"
    return html.Button(words, type="submit", className=look, **attributes(name=name, value=value))


def field_group(heading: str, fields: Sequence[Element], *, anchor: str, say: str = "") -> html.Section:
    """Questions that belong together, under a heading."""
    opening = [html.P(say, className="say")] if say else []
    return html.Section(
        [html.H2(heading, id=anchor), *opening, *fields], className="questions", **attributes(aria_labelledby=anchor)
    )


def _error(asked: Field, fault: str) -> html.P:
    return html.P([html.Span("Error: ", className="visually-hidden"), fault], id=f"{asked.anchor}-error", className="error")


def _described(asked: Field, fault: str | None) -> dict[str, Any]:
    ids = [*([f"{asked.anchor}-hint"] if asked.hint else []), *([f"{asked.anchor}-error"] if fault else [])]
    return attributes(aria_describedby=" ".join(ids) or None)


def _wrong(fault: str | None) -> dict[str, Any]:
    return attributes(aria_invalid="true" if fault else None)


def _typed(asked: Field, given: tuple[str, ...], fault: str | None) -> Element:
    text = given[0] if given else ""
    same = {"id": asked.anchor, "name": asked.name, **_described(asked, fault), **_wrong(fault)}
    if asked.kind == "text":
        # A browser drops the first line break inside a textarea, so one that is not the person's own goes first.
        return html.Textarea(f"\n{text}", rows=asked.size or WIDE, **same)
    fills = asked.fills or "off"
    if asked.kind == "password":
        return html.Input(type="password", autoComplete=fills, className="medium", spellCheck="false", **same)
    width = "short" if 0 < asked.size <= 12 else "medium" if asked.size <= 40 else ""
    return html.Input(type="text", value=text, autoComplete=fills, className=width or None, **same)


def _select(asked: Field, given: tuple[str, ...], fault: str | None) -> Element:
    chosen = given[0] if given else ""
    groups: dict[str, list[Element]] = {}
    for choice in asked.choices:
        marked = attributes(selected=True if choice.value == chosen else None)
        groups.setdefault(choice.group, []).append(html.Option(choice.words, value=choice.value, **marked))
    options = [part for group, items in groups.items() for part in ([html.Optgroup(items, label=group)] if group else items)]
    # What was sent and is none of the choices is not lost either: the error says that it is not one.
    if chosen and chosen not in {choice.value for choice in asked.choices}:
        options.insert(0, html.Option(chosen, value=chosen, selected=True))
    return html.Select(options, id=asked.anchor, name=asked.name, **_described(asked, fault), **_wrong(fault))


def _boxes(asked: Field, given: tuple[str, ...]) -> list[Element]:
    groups: dict[str, list[Element]] = {}
    opened: set[str] = set()
    kind = "radio" if asked.kind == "radios" else "checkbox"
    for number, choice in enumerate(asked.choices):
        identity = asked.anchor if number == 0 else f"{asked.anchor}-{number}"
        is_chosen = choice.value in given
        box = html.Input(type=kind, id=identity, name=asked.name, value=choice.value, checked=is_chosen)
        groups.setdefault(choice.group, []).append(html.Div([box, html.Label(choice.words, htmlFor=identity)], className="box"))
        if is_chosen or number == 0:
            opened.add(choice.group)
    return [
        html.Details([html.Summary(html.Span(group)), html.Div(boxes, className="boxes")], open=group in opened)
        if group
        else html.Div(boxes, className="boxes")
        for group, boxes in groups.items()
    ]
