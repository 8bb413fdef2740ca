"""What a browser may ask of the island: one of its two calls, with the values they take, and nothing else.

Dash reads what it is sent as its own browser code writes it, and fails on anything else. So a call is read here first, and handed
on as Dash's own code would have written it.
"""

import json
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from dashboard.site.front_door import Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CALL = "/_dash-update-component"
ADDRESS, NOTICE, CHOICE, KEPT = "explore-address", "explore-notice", "explore-choice", "explore-kept"
EXPLORED, GRAPH, GROUP, SENTENCE = "explored", "explore-graph", "explore-group", "explore-sentence"
LABEL = "aria-label"
LARGEST_CALL = 64 * 1024
"""Bytes; what a browser sends has one or two thousand."""
MOST_CHOICES = 40

Short = Annotated[str, StringConstraints(max_length=200)]
Long = Annotated[str, StringConstraints(max_length=4_000)]
Choices = Annotated[dict[Short, Short], Field(max_length=MOST_CHOICES)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Path(_Part):
    id: Literal["explore-address"]
    property: Literal["pathname"]
    value: Long


class _Search(_Part):
    id: Literal["explore-address"]
    property: Literal["search"]
    value: Long | None = None


class _Choice(_Part):
    id: Literal["explore-choice"]
    property: Literal["data"]
    value: Choices


class _Open(_Part):
    """The page was opened at an address."""

    output: Literal["explored.children"]
    inputs: tuple[_Path]
    state: tuple[_Search]


class _Choose(_Part):
    """Something was chosen."""

    output: Literal["..explore-graph.figure...explore-group.aria-label...explore-sentence.children...explore-kept.data.."]
    inputs: tuple[_Choice]
    state: tuple[_Path]


_CALLS: TypeAdapter[_Open | _Choose] = TypeAdapter(Annotated[_Open | _Choose, Field(discriminator="output")])


NOT_A_CALL = Refusal(HTTPStatus.BAD_REQUEST, "This is none of the questions that a page of this site asks.")
TOO_LARGE = Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is longer than any question that a page of this site asks.")


def calls_only(island: "WSGIApplication") -> "WSGIApplication":
    """The island's application, which meets no call but those there are."""

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if environ.get("PATH_INFO") != CALL or environ.get("REQUEST_METHOD") != "POST":
            return island(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > LARGEST_CALL:
            return refuse(TOO_LARGE, environ, start_response)
        try:
            call = json.dumps(read_call(environ["wsgi.input"].read(length))).encode()
        except ValueError:
            return refuse(NOT_A_CALL, environ, start_response)
        written = {"wsgi.input": BytesIO(call), "CONTENT_LENGTH": str(len(call)), "CONTENT_TYPE": "application/json"}
        return island({**environ, **written}, start_response)

    return answered


def read_call(body: bytes) -> dict[str, Any]:
    """A call as Dash takes it, from what a browser sent.

    Raises:
        ValueError: it is none of the calls there are.
    """
    try:
        call = _CALLS.validate_json(body)
    except ValidationError:
        # What was sent is not repeated: it may be long, and is nobody's business.
        raise ValueError("not a call of this page") from None
    names = [name.split(".") for name in call.output.strip(".").split("...")]
    outputs = [{"id": name, "property": part} for name, part in names]
    inputs = [part.model_dump() for part in call.inputs]
    return {
        "output": call.output,
        "outputs": outputs if len(outputs) > 1 else outputs[0],
        "inputs": inputs,
        "state": [part.model_dump() for part in call.state],
        "changedPropIds": [f"{part['id']}.{part['property']}" for part in inputs],
    }
