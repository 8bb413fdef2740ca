"""Explaining a figure: signed, dated, about one measure in one place over one period."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.register import commentary, permissions
from dashboard.register.errors import InvalidEntry, NotFound
from dashboard.register.permissions import Role
from dashboard.register.records import CommentaryRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.forms import Field, Values
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.sections import page_opening
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import FormPage, Press, Questions, show
from dashboard.web.measure_choices import area_words, areas_to_choose, known, measure_words
from dashboard.web.permits import OPEN, to_act
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import dates, sent, text
from dashboard.words.people import body_words
from etl.core.period import days_of
from etl.core.written import day

routes = Blueprint("commentary", __name__)
NEW = "/commentary/new"
SIGN = "sign commentary"
DAYS = ("period_start", "period_end")


@shows(routes, NEW, to_act(SIGN), area_from="area")
def show_commentary() -> Response:
    """The form, filled from the address it was opened with."""
    values = {
        "measure_id": (request.args.get("measure", ""),),
        "area_code": (request.args.get("area", "") or signed().actor.area_code or "",),
        **_period(request.args.get("period", ""), request.args.get("until", "")),
    }
    replaced = request.args.get("replaces", "")
    if replaced:
        values |= _replaced(replaced)
    return show(_form(), values, hidden={"replaces": replaced})


@changes(routes, NEW, to_act(SIGN), area_from="area_code")
def send_commentary() -> AnyResponse:
    """The page of the place, with the explanation signed; or the form again with every error."""
    values = sent(_form().fields)
    days, faults = dates(values, DAYS)
    for name in DAYS:
        if days[name] is None:
            faults.setdefault(name, "Say which period it explains.")
    replaced = request.form.get("replaces", "")
    start, end = days["period_start"], days["period_end"]
    if not faults and start is not None and end is not None:
        try:
            with site_register.writing() as session:
                explanation = commentary.sign_commentary(
                    session,
                    signed().actor,
                    measure_id=text(values, "measure_id"),
                    area_code=text(values, "area_code"),
                    period_start=start,
                    period_end=end,
                    text=text(values, "text"),
                    replaces=replaced or None,
                    now=site_register.now(),
                )
            return go_on(f"/commentary/{explanation.id}", "explain")
        except InvalidEntry as error:
            faults = dict(error.errors)
    if not text(values, "text"):
        faults.setdefault("text", "Write the explanation.")
    return show(_form(), values, faults=faults, status=422, hidden={"replaces": replaced})


@shows(routes, "/commentary/<commentary_id>", OPEN)
def show_explanation(commentary_id: str) -> Response:
    """One explanation for anyone, with its signature."""
    note = one(commentary_id)
    measure, place = measure_words(note.measure_id), area_words(note.area_code)
    signature = f"Signed by {note.signed_by} for {body_words(note.signed_for)}, {day(london_date(note.signed_at))}."
    later = [html.P(html.A("A newer explanation replaces this one", href=f"/commentary/{note.replaced_by_id}"))]
    may = permissions.may(signed().actor, SIGN, note.area_code) and note.replaced_by_id is None
    doors = [("Replace it with a newer one", f"{NEW}?replaces={note.id}")] if may else []
    title = f"Explanation: {measure}"
    content: list[Element] = [
        breadcrumb((HOME,), title),
        page_opening(title, place=f"{place}, {day(note.period_start)} to {day(note.period_end)}"),
        *(later if note.replaced_by_id else []),
        html.P(note.text, className="written gap"),
        html.P(signature, className="source"),
        links([*where_it_stands(note), *doors]),
    ]
    return page(title, content, address=f"/commentary/{note.id}")


def one(commentary_id: str) -> CommentaryRecord:
    """An explanation.

    Raises:
        NotFound: there is none.
    """
    with site_register.reading() as session:
        for note in commentary.commentary(session, standing_only=False):
            if note.id == commentary_id:
                return note
    raise NotFound("There is no such explanation.")


def where_it_stands(note: CommentaryRecord) -> tuple[tuple[str, str], ...]:
    """Links to the figures an explanation is about."""
    return (
        (measure_words(note.measure_id), measure_address(note.measure_id)),
        (area_words(note.area_code), place_address(note.area_code) if note.area_code.startswith("E09") else "/"),
    )


def _form() -> FormPage:
    who = signed().actor
    places = areas_to_choose()
    if who.role is Role.BOROUGH_LEAD:
        places = tuple(place for place in places if place.value == who.area_code)
    fields = (
        Field("measure_id", "Measure", "select", choices=known()),
        Field("area_code", "Place", "select", choices=places),
        Field("period_start", "First day of the period", "line", "Such as 1 April 2025.", size=24),
        Field("period_end", "Last day of the period", "line", size=24),
        Field(
            "text",
            "Explanation",
            "text",
            "What is known of the cause, and how it is known. Signed with your name and today’s date.",
            size=8,
        ),
    )
    note = "An explanation is public. It is never rewritten: a newer one may replace it, and both stay readable."
    return FormPage("Explain a figure", NEW, (Questions(fields),), (Press("Sign"),), note)


def _period(label: str, until: str) -> Values:
    """The days of a period, or of the periods from one to another; nothing where they are none."""
    try:
        (first, _), (_, last) = days_of(label), days_of(until or label)
    except ValueError:
        return {}
    return {"period_start": (day(first),), "period_end": (day(last),)}


def _replaced(commentary_id: str) -> Values:
    note = one(commentary_id)
    return {
        "measure_id": (note.measure_id,),
        "area_code": (note.area_code,),
        "period_start": (day(note.period_start),),
        "period_end": (day(note.period_end),),
        "text": (note.text,),
    }
