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
DEFAULT_TEXT_LINES = 5


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


def field(question: Field, values: Values, faults: Faults) -> Element:
    """One question with its label, hint, error and control, what was typed before still in it."""
    values_typed = values.get(question.name, ())
    fault = faults.get(question.name)
    hint = [html.P(question.hint, id=f"{question.anchor}-hint", className="hint")] if question.hint else []
    error = [_error(question, fault)] if fault else []
    class_name = "field is-wrong" if fault else "field"
    if question.kind in ("radios", "checks"):
        parts = [html.Legend(question.label), *hint, *error, *_boxes(question, values_typed)]
        return html.Fieldset(parts, className=class_name, **_description(question, fault))
    control = _select(question, values_typed, fault) if question.kind == "select" else _text_input(question, values_typed, fault)
    return html.Div([html.Label(question.label, htmlFor=question.anchor), *hint, *error, control], className=class_name)


def error_summary(fields: Sequence[Field], faults: Faults) -> Element:
    """Every error at the top of the page, each a link to its field, in the fields' order; it is given the focus."""
    fields_by_name = {question.name: question for question in fields}
    wrong_names = [name for name in fields_by_name if name in faults]
    linked_errors = [html.Li(html.A(faults[name], href=f"#{fields_by_name[name].anchor}")) for name in wrong_names]
    other_errors = [html.Li(sentence) for name, sentence in faults.items() if name not in fields_by_name]
    content = [html.H2("There is a problem", id="problems"), html.Ul([*linked_errors, *other_errors])]
    label = attributes(aria_labelledby="problems")
    return html.Div(content, className="problems", role="alert", tabIndex="-1", autoFocus=True, **label)


def form(content: Sequence[Element], *, action: str, hidden: Mapping[str, str], buttons: Sequence[Element]) -> html.Form:
    """A form that is sent as a POST, with its unseen values and its buttons."""
    hidden_inputs = [html.Input(type="hidden", name=name, value=value) for name, value in hidden.items()]
    # The browser's own bubbles say one fault at a time and are hard to reach by keyboard: every fault is said by the server.
    return html.Form(
        [*hidden_inputs, *content, html.Div(list(buttons), className="buttons")],
        method="post",
        action=action,
        noValidate=True,
        className="entry",
    )


def button(words: str, *, name: str | None = None, value: str | None = None, is_plain: bool = False) -> html.Button:
    """A button that sends its form; with a name, what was pressed is sent too."""
    class_name = "button plain" if is_plain else "button"
    return html.Button(words, type="submit", className=class_name, **attributes(name=name, value=value))


def field_group(heading: str, fields: Sequence[Element], *, anchor: str, say: str = "") -> html.Section:
    """Questions that belong together, under a heading."""
    opening = [html.P(say, className="say")] if say else []
    return html.Section(
        [html.H2(heading, id=anchor), *opening, *fields], className="questions", **attributes(aria_labelledby=anchor)
    )


def _error(question: Field, fault: str) -> html.P:
    return html.P([html.Span("Error: ", className="visually-hidden"), fault], id=f"{question.anchor}-error", className="error")


def _description(question: Field, fault: str | None) -> dict[str, Any]:
    ids = [*([f"{question.anchor}-hint"] if question.hint else []), *([f"{question.anchor}-error"] if fault else [])]
    return attributes(aria_describedby=" ".join(ids) or None)


def _invalid_mark(fault: str | None) -> dict[str, Any]:
    return attributes(aria_invalid="true" if fault else None)


def _text_input(question: Field, values_typed: tuple[str, ...], fault: str | None) -> Element:
    text = values_typed[0] if values_typed else ""
    shared_attributes = {"id": question.anchor, "name": question.name, **_description(question, fault), **_invalid_mark(fault)}
    if question.kind == "text":
        # A browser drops the first line break inside a textarea, so one that is not the person's own goes first.
        return html.Textarea(f"\n{text}", rows=question.size or DEFAULT_TEXT_LINES, **shared_attributes)
    fills = question.fills or "off"
    if question.kind == "password":
        return html.Input(type="password", autoComplete=fills, className="medium", spellCheck="false", **shared_attributes)
    width = "short" if 0 < question.size <= 12 else "medium" if question.size <= 40 else ""
    return html.Input(type="text", value=text, autoComplete=fills, className=width or None, **shared_attributes)


def _select(question: Field, values_typed: tuple[str, ...], fault: str | None) -> Element:
    value_chosen = values_typed[0] if values_typed else ""
    groups: dict[str, list[Element]] = {}
    for choice in question.choices:
        selected = attributes(selected=True if choice.value == value_chosen else None)
        groups.setdefault(choice.group, []).append(html.Option(choice.words, value=choice.value, **selected))
    options = [part for group, items in groups.items() for part in ([html.Optgroup(items, label=group)] if group else items)]
    # What was sent and is none of the choices is not lost either: the error says that it is not one.
    if value_chosen and value_chosen not in {choice.value for choice in question.choices}:
        options.insert(0, html.Option(value_chosen, value=value_chosen, selected=True))
    return html.Select(options, id=question.anchor, name=question.name, **_description(question, fault), **_invalid_mark(fault))


def _boxes(question: Field, values_typed: tuple[str, ...]) -> list[Element]:
    groups: dict[str, list[Element]] = {}
    open_groups: set[str] = set()
    kind = "radio" if question.kind == "radios" else "checkbox"
    for number, choice in enumerate(question.choices):
        box_id = question.anchor if number == 0 else f"{question.anchor}-{number}"
        is_chosen = choice.value in values_typed
        box = html.Input(type=kind, id=box_id, name=question.name, value=choice.value, checked=is_chosen)
        groups.setdefault(choice.group, []).append(html.Div([box, html.Label(choice.words, htmlFor=box_id)], className="box"))
        if is_chosen or number == 0:
            open_groups.add(choice.group)
    return [
        html.Details([html.Summary(html.Span(group)), html.Div(boxes, className="boxes")], open=group in open_groups)
        if group
        else html.Div(boxes, className="boxes")
        for group, boxes in groups.items()
    ]
