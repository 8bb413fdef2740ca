"""A committee's recommendations, put on record by its clerk: a new set with its first, then one after another."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from dashboard.register import recommendations
from dashboard.register.entries import RecommendationEntry
from dashboard.register.errors import InvalidEntry, NotFound
from dashboard.register.models import Rag
from dashboard.register.recommendations import entry_faults
from dashboard.register.record_parts import Source, is_web_address
from dashboard.register.records import RecommendationSetRecord
from dashboard.register.years import london_date
from dashboard.ui.forms import Field, Values
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import FormPage, Press, Questions, show
from dashboard.web.permits import to_act
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import dates, refuse, sent, text, text_or_none, whole_number

routes = Blueprint("recommendation_set", __name__)
MAKE = to_act("make recommendations")
NEW, ADD = "/recommendation-sets/new", "/recommendation-sets/<set_id>/add"
ABOVE = ("Recommendations", "/recommendations")
THE_SET = (
    Field("title", "Name of the set", "line", "Such as the report’s own title.", size=60),
    Field("committee", "Committee", "line", size=60),
    Field("made_on", "Made on", "line", "Such as 6 March 2027.", size=24),
    Field("document", "Document they stand in", "line", size=60),
    Field("url", "Its address, if there is one", "line", "Beginning with https://.", size=60),
)
COLOURS = tuple(
    Field(f"definition.{rag.value}", f"{rag.value.capitalize()} means", "line", "In the committee’s words.", size=60)
    for rag in Rag
)
ONE = (
    Field("number", "Number", "line", "As the committee numbers it.", size=6),
    Field("short_title", "A few words to know it by", "line", size=60),
    Field("wording", "Recommendation", "text", "Word for word.", size=8),
    Field("owner", "Who is asked", "line", "Leave empty where it names nobody.", size=60),
    Field("due_on", "Due, if it names a day", "line", "Such as 31 March 2028.", size=24),
    Field("due_words", "Due, as it says", "line", "Such as: within six months.", size=60),
)


@shows(routes, NEW, MAKE)
def show_new_set() -> Response:
    """The form of a new set; the colours as the newest set defines them."""
    newest = _sets()[:1]
    defined: Values = {f"definition.{rag.value}": (one.definitions[rag],) for one in newest for rag in Rag}
    committee: Values = {"committee": (newest[0].committee,)} if newest else {}
    return show(_new_form(), {**defined, **committee, "number": ("1",)})


@changes(routes, NEW, MAKE)
def send_new_set() -> AnyResponse:
    """The set's first recommendation on record; or the form again with every error."""
    values = sent(_new_form().fields)
    entry, faults = _entry(values)
    days, wrong = dates(values, ("made_on",))
    on, url, document = days["made_on"], text_or_none(values, "url"), text(values, "document")
    faults |= wrong
    if on is None:
        faults.setdefault("made_on", "Say on which day they were made.")
    if not document:
        faults["document"] = "Say in which document they stand."
    if url is not None and not is_web_address(url):
        faults["url"] = "Write the address in full, beginning with https://."
    defined = {rag: text(values, f"definition.{rag.value}") for rag in Rag}
    faults |= {f"definition.{rag.value}": "Say what it means." for rag, words in defined.items() if not words}
    try:
        with site_register.writing() as session:
            recommendation_set = recommendations.make_recommendations(
                session,
                signed().actor,
                title=text(values, "title"),
                committee=text(values, "committee"),
                # Only to find every other fault at once where the day cannot be read; such a set is not made.
                made_on=on or london_date(site_register.now()),
                definitions=defined,
                entries=(entry,),
                sources=(Source(document=document, url=url, checked=True),),
                now=site_register.now(),
            )
            refuse(faults)
            (first,) = recommendations.recommendations(session, set_id=recommendation_set.id)
        return go_on(f"/recommendation/{first.id}", "recommend")
    except InvalidEntry as error:
        return show(_new_form(), values, faults=error.errors | faults, status=422)


@shows(routes, ADD, MAKE)
def show_add(set_id: str) -> Response:
    """The form of one more recommendation."""
    recommendation_set = _set(set_id)
    with site_register.reading() as session:
        numbers = [one.number for one in recommendations.recommendations(session, set_id=set_id)]
    return show(_add_form(recommendation_set), {"number": (str(max(numbers, default=0) + 1),)})


@changes(routes, ADD, MAKE)
def send_add(set_id: str) -> AnyResponse:
    """The recommendation on record; or the form again with every error."""
    recommendation_set = _set(set_id)
    values = sent(ONE)
    entry, faults = _entry(values)
    if not faults:
        try:
            with site_register.writing() as session:
                added = recommendations.add_recommendation(
                    session, signed().actor, recommendation_set.id, entry, now=site_register.now()
                )
            return go_on(f"/recommendation/{added.id}", "recommend")
        except InvalidEntry as error:
            faults = error.errors
    return show(_add_form(recommendation_set), values, faults=faults, status=422)


def _entry(values: Values) -> tuple[RecommendationEntry, dict[str, str]]:
    number, faults = whole_number(values, "number")
    days, wrong = dates(values, ("due_on",))
    entry = RecommendationEntry(
        number=number or 0,
        title=text(values, "short_title"),
        wording=text(values, "wording"),
        owner=text_or_none(values, "owner"),
        due_on=days["due_on"],
        due_words=text_or_none(values, "due_words"),
    )
    return entry, entry_faults(entry) | faults | wrong


def _sets() -> tuple[RecommendationSetRecord, ...]:
    with site_register.reading() as session:
        return recommendations.recommendation_sets(session)


def _set(set_id: str) -> RecommendationSetRecord:
    for recommendation_set in _sets():
        if recommendation_set.id == set_id:
            return recommendation_set
    raise NotFound("There is no such set of recommendations.")


def _new_form() -> FormPage:
    groups = (
        Questions(THE_SET, "The set"),
        Questions(COLOURS, "What the colours mean", "Accepted and delivered are judged apart, in the same colours."),
        Questions(ONE, "Its first recommendation", "The others are added one after another."),
    )
    note = "They are public at once. What a committee made is never rewritten here: what becomes of it is added beside it."
    return FormPage("Record a committee’s recommendations", NEW, groups, (Press("Record"),), note, above=(ABOVE,), nav="meetings")


def _add_form(recommendation_set: RecommendationSetRecord) -> FormPage:
    address = f"/recommendation-sets/{recommendation_set.id}/add"
    return FormPage(
        "Add a recommendation",
        address,
        (Questions(ONE, "The recommendation"),),
        (Press("Record"),),
        "",
        recommendation_set.title,
        (ABOVE,),
        "meetings",
    )
