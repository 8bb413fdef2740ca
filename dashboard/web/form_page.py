"""One page with one form: its questions in groups, its errors at the top and beside each field, two versions side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from dashboard.ui import html
from dashboard.ui.forms import Faults, Field, Values, button, error_summary, field, field_group, form
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import Link
from dashboard.ui.notice import notice
from dashboard.ui.sections import page_opening
from dashboard.ui.table import Column, data_table
from dashboard.web import tokens
from dashboard.web.private_pages import HOME, page
from dashboard.web.typed_fields import kept

VERSION = "version"
NOTHING = "Nothing"


@dataclass(frozen=True)
class Questions:
    """Questions under one heading; without one they stand by themselves."""

    fields: tuple[Field, ...]
    heading: str = ""
    say: str = ""


@dataclass(frozen=True)
class Press:
    """A button: its words, and what is sent when it is pressed."""

    words: str
    value: str = ""
    is_plain: bool = False


@dataclass(frozen=True)
class FormPage:
    """A form and the page it stands on. `address` is where it is shown and sent to; `above` leads up to it."""

    title: str
    address: str
    groups: tuple[Questions, ...]
    presses: tuple[Press, ...]
    standfirst: str = ""
    place: str | None = None
    above: tuple[Link, ...] = ()
    nav: str | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question, in order."""
        return tuple(question for group in self.groups for question in group.fields)


def show(
    form_page: FormPage,
    values: Values,
    *,
    faults: Faults | None = None,
    status: int = 200,
    hidden: Mapping[str, str] | None = None,
    before: Sequence[Element] = (),
) -> Response:
    """The page with these values in its fields.

    Args:
        form_page: the form.
        values: what stands in the fields; what someone had typed before they had to sign in again goes over it.
        faults: what is wrong, by field.
        status: 422 where something is wrong, 409 where someone else was first.
        hidden: values sent along unseen.
        before: what is read before the questions.
    """
    wrong = faults or {}
    unseen = dict(hidden or {})
    notices: list[Element] = []
    interrupted = kept(form_page.address)
    if interrupted is not None:
        values = {**values, **{name: texts for name, texts in interrupted.values.items() if name not in unseen}}
        unseen |= {name: interrupted.values[name][0] for name in unseen if interrupted.values.get(name)}
        notices, status = [notice("late", interrupted.strong, interrupted.text)], interrupted.status
    content = [
        breadcrumb((HOME, *form_page.above), form_page.title),
        *([error_summary(form_page.fields, wrong)] if wrong else []),
        page_opening(form_page.title, place=form_page.place, standfirst=form_page.standfirst),
        *notices,
        *before,
        form(
            _questions(form_page, values, wrong),
            action=form_page.address,
            hidden={tokens.NAME: tokens.form_token(), **unseen},
            buttons=[_button(press) for press in form_page.presses],
        ),
    ]
    return page(form_page.title, content, status=status, nav=form_page.nav, address=form_page.address)


def both_versions(fields: Iterable[Field], theirs: Values, yours: Values) -> list[Element]:
    """What is held now beside what was typed, for every field that differs; and what to do about it."""
    warning = notice(
        "refused",
        "Someone changed this while you were writing.",
        "Nothing you typed is lost: it is in the form below. Compare the two; saving puts yours in place of theirs.",
    )
    return [warning, differences(fields, theirs, yours)]


def differences(fields: Iterable[Field], theirs: Values, yours: Values) -> Element:
    """A table of every field in which two versions differ, side by side."""
    pairs = [(question.label, answer_words(question, theirs), answer_words(question, yours)) for question in fields]
    rows = [[label, current, typed] for label, current, typed in pairs if current != typed]
    if not rows:
        return html.P("What you typed is the same as what is held now.", className="gap")
    columns = (Column("Question"), Column("Held now"), Column("What you typed"))
    return html.Div(data_table(columns, rows, caption="Where the two differ", stack=True), className="versions gap")


def answer_words(question: Field, values: Values) -> str:
    """What a field holds, in the words of its choices."""
    words = {choice.value: choice.words for choice in question.choices}
    return ", ".join(words.get(text, text) for text in values.get(question.name, ()) if text.strip()) or NOTHING


def _questions(form_page: FormPage, values: Values, faults: Faults) -> list[Element]:
    content: list[Element] = []
    for number, group in enumerate(form_page.groups):
        drawn = [field(one, values, faults) for one in group.fields]
        if group.heading:
            drawn = [field_group(group.heading, drawn, anchor=f"questions-{number}", say=group.say)]
        content += drawn
    return content


def _button(press: Press) -> Element:
    return button(press.words, name="press" if press.value else None, value=press.value or None, is_plain=press.is_plain)
