"""What is answered where the register can't be read or written: one sentence, and to whoever sent a form all that they typed."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from dashboard.register.errors import RegisterError, RegisterUnavailable
from dashboard.ui.forms import Choice, Field, Values
from dashboard.ui.problem import problem
from dashboard.web.form_page import VERSION, FormPage, Press, Questions, show
from dashboard.web.private_pages import NOT_KEPT, page
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import Kept
from dashboard.words.register import NOT_SAVED, NOT_SAVED_MORE, UNREAD, UNREAD_MORE

UNAVAILABLE = 503
TRY_AGAIN_SECONDS = 30
PRESS = "press"
LONG = 60


def given_back(error: RegisterUnavailable) -> Response:
    """A page that says so; for a form that was sent, the form with what was typed, to be sent again."""
    response = _form_again() if request.method == "POST" else page(UNREAD, problem(UNREAD, _why(error)), status=UNAVAILABLE)
    response.headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def _why(error: RegisterUnavailable) -> str:
    return f"{error.reason[:1].upper()}{error.reason[1:]}. {UNREAD_MORE}"


def _form_again() -> Response:
    values = {name: tuple(texts) for name, texts in request.form.lists() if name not in NOT_KEPT}
    g.kept = Kept(request.path, values, UNAVAILABLE, NOT_SAVED, NOT_SAVED_MORE)
    return _own_form() or _plain_form(values)


def _own_form() -> Response | None:
    """The form as it was, where what it is made of can be read; None where not, or where it is not known who asks."""
    if signed().is_unknown:
        return None
    try:
        endpoint, arguments = current_app.url_map.bind_to_environ(request.environ).match(request.path, method="GET")
        response: Response = current_app.ensure_sync(current_app.view_functions[endpoint])(**arguments)
    except (RegisterError, HTTPException, LookupError):
        return None
    return response if response.status_code == UNAVAILABLE else None


def _plain_form(values: Values) -> Response:
    known = {field.name: field for field in _fields_of(vars(sys.modules[_view().__module__]).values())}
    hidden = {name: texts[0] for name, texts in values.items() if name in (VERSION, PRESS)}
    fields = tuple(_field(name, texts, known.get(name)) for name, texts in values.items() if name not in hidden)
    form_page = FormPage("What you typed", request.path, (Questions(fields),), (Press("Send it again"),))
    return show(form_page, values, status=UNAVAILABLE, hidden=hidden)


def _view() -> Any:  # noqa: ANN401 - a view, whatever it takes
    return current_app.view_functions[str(request.endpoint)]


def _field(name: str, texts: tuple[str, ...], known: Field | None) -> Field:
    """A question to hold these answers: the form's own where it is written down, else one by its name."""
    if known is not None and (len(texts) < 2 or known.choices):
        return known
    label = known.label if known else name.replace("_", " ").replace(".", " ").capitalize()
    if len(texts) > 1:
        return Field(name, label, "checks", choices=tuple(Choice(text, text) for text in texts))
    return Field(name, label, "text" if len(texts[0]) > LONG or "\n" in texts[0] else "line")


def _fields_of(things: Iterable[object]) -> Iterator[Field]:
    """Every question among the constants of a module."""
    for thing in things:
        if isinstance(thing, Field):
            yield thing
        elif isinstance(thing, FormPage | Questions):
            yield from thing.fields
        elif isinstance(thing, tuple):
            yield from _fields_of(thing)
