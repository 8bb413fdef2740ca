"""Recording a past year's choice that was found on the public record: entered as ended, with where it was read."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.priorities.form import RATIONALE, TITLE, Where, placed
from dashboard.features.priorities.routes import PRIORITIES, where_of_address
from dashboard.register import priorities
from dashboard.register.entries import BoroughEntry
from dashboard.register.errors import InvalidEntry
from dashboard.register.models import Carried, Sort
from dashboard.register.record_parts import Source
from dashboard.ui.forms import Choice, Field, Values
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import FormPage, Press, Questions, show
from dashboard.web.measure_choices import area_words, choosable
from dashboard.web.permits import to_move
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import sent, text, text_or_none
from dashboard.web.viewer import priority_address

routes = Blueprint("record", __name__)
RULE = "/priorities/<year>/<area_code>/record"
UNKNOWN = Choice("", "Not recorded")
DOCUMENT = Field("sources", "Document it was read in", "line", "Its own title, such as the minutes of a meeting.", size=60)
WHOSE = (Choice("no", "The borough"), Choice("yes", "The plan, for every borough: it is mandatory"))
FOUND = (
    DOCUMENT,
    Field("publisher", "Published by", "line", size=40),
    Field("dated", "Dated, as the document says it", "line", "Such as May 2018.", size=24),
    Field("where", "Where in it", "line", "A page, an item or a paragraph.", size=40),
    Field("quote", "Its words", "text", size=3),
    Field("url", "Its address, if there is one", "line", "Beginning with https://.", size=60),
)


@shows(routes, RULE, to_move("record"), area_from="area_code")
def show_record(year: str, area_code: str) -> Response:
    """The form for an area and a year that is over."""
    return show(_form(where_of_address(year, area_code)), {"is_mandatory": ("no",)})


@changes(routes, RULE, to_move("record"), area_from="area_code")
def send_record(year: str, area_code: str) -> AnyResponse:
    """The past choice on record; or the form again with every error."""
    where = where_of_address(year, area_code)
    form_page = _form(where)
    values = sent(form_page.fields)
    try:
        with site_register.writing() as session:
            priority_saved = priorities.record_past(
                session, signed().actor, _entry(values, where), sources=_sources(values), now=site_register.now()
            )
        return go_on(priority_address(priority_saved.id), "record")
    except InvalidEntry as error:
        return show(form_page, values, faults=placed(error.errors), status=422)


def _entry(values: Values, where: Where) -> BoroughEntry:
    sort, carried = text(values, "sort"), text(values, "carried")
    return BoroughEntry(
        plan_id=where.plan_id,
        area_code=where.area_code,
        financial_year=where.financial_year,
        title=text(values, "title"),
        sort=Sort(sort) if sort in set(Sort) else None,
        carried=Carried(carried) if carried in set(Carried) else None,
        measure_id=text_or_none(values, "measure_id"),
        measure_note=text_or_none(values, "measure_note"),
        is_mandatory=text(values, "is_mandatory") == "yes",
        rationale=text_or_none(values, "rationale"),
    )


def _sources(values: Values) -> tuple[Source, ...]:
    document = text(values, DOCUMENT.name)
    if not document:
        return ()
    rest = {name: text_or_none(values, name) for name in ("publisher", "dated", "where", "quote", "url")}
    return (Source(document=document, checked=True, **rest),)


def _form(where: Where) -> FormPage:
    what = (
        TITLE,
        Field("measure_id", "Measure it is read by", "select", choices=choosable()),
        Field("measure_note", "If no published measure reads it, why", "text", size=2),
        Field("sort", "It was about", "select", choices=(UNKNOWN, *(Choice(one.value, one.value.capitalize()) for one in Sort))),
        Field(
            "carried", "New, or carried forward", "select", choices=(UNKNOWN, *(Choice(one.value, one.value) for one in Carried))
        ),
        Field("is_mandatory", "Who chose it", "radios", choices=WHOSE),
        RATIONALE,
    )
    return FormPage(
        "Record a past choice",
        f"/priorities/{where.financial_year.replace('/', '-')}/{where.area_code}/record",
        (Questions(what, "What was chosen"), Questions(FOUND, "Where it is on the public record")),
        (Press("Record"),),
        "Only what the document says; leave out what it does not, and the page will say that it is not recorded.",
        f"{area_words(where.area_code)}, {where.financial_year}",
        (PRIORITIES,),
        "priorities",
    )
