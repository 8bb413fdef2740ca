"""Recommendations: one with its history, and the form by which the committee judges it or MOPAC answers it."""

from collections.abc import Sequence

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.recommendations.blocks import rag_chip, two_marks
from dashboard.register import actions, permissions, recommendations
from dashboard.register.entries import StatusEntry
from dashboard.register.errors import InvalidEntry
from dashboard.register.models import Aspect, Rag
from dashboard.register.permissions import command
from dashboard.register.records import ActionRecord, RecommendationRecord, StatusRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.forms import Choice, Field
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.register_marks import sources
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Cell, Column, data_table
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import FormPage, Press, Questions, show
from dashboard.web.permits import OPEN, to_act
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import dates, refuse, sent, text, text_or_none
from dashboard.web.viewer import recommendation_links
from dashboard.words.recommendations import due_words
from etl.core.areas import LONDON
from etl.core.written import day

routes = Blueprint("recommendation", __name__)
FROM_THE_RECORD = "From the public record"
ABOVE = ("Recommendations", "/recommendations")
JUDGE, ANSWER = "judge a recommendation", "answer a recommendation"
COLOUR = {Rag.RED: "Red", Rag.AMBER: "Amber", Rag.GREEN: "Green"}
ON = Field("as_at", "On which day it stood so", "line", "Such as 1 April 2027.", size=24)
EVIDENCE = Field("evidence", "What this rests on", "text", size=5)
URL = Field("evidence_url", "Address of the document, if there is one", "line", "Beginning with https://.", size=60)


@shows(routes, "/recommendation/<recommendation_id>", OPEN)
def show_recommendation(recommendation_id: str) -> Response:
    """One recommendation for anyone, with everything said about it."""
    with site_register.reading() as session:
        recommendation = recommendations.recommendation(session, recommendation_id)
        raised = actions.actions(session, recommendation_id=recommendation.id)
    rows: list[list[Cell]] = [
        [
            status.as_at_words,
            status.aspect.value.capitalize(),
            rag_chip(status.rag) if status.rag else "No colour: an answer",
            _rests_on(status),
            f"{recorded_by(status.recorded_by)}, {day(london_date(status.recorded_at))}",
        ]
        for status in reversed(recommendation.history)
    ]
    columns = (Column("As at"), Column("About"), Column("Judged"), Column("What it rests on"), Column("Recorded by"))
    table = data_table(columns, rows, caption="Newest first", stack=True) if rows else empty("None recorded.", "")
    doors = recommendation_links(recommendation)
    content: list[Element] = [
        breadcrumb((HOME, ABOVE), f"Recommendation {recommendation.number}"),
        page_opening(recommendation.title, place=f"Recommendation {recommendation.number}"),
        html.P(two_marks(recommendation), className="gap"),
        html.P(recommendation.wording, className="written gap"),
        html.P(f"It asks: {recommendation.owner or 'nobody by name'}. Due: {due_words(recommendation)}.", className="gap"),
        *([html.Div(links(doors, label="What you can do"), className="gap")] if doors else []),
        section("said", "What was said about it", [table]),
        *([section("actions", "Actions raised about it", [_actions(raised)])] if raised else []),
    ]
    return page(recommendation.title, content, nav="meetings", address=f"/recommendation/{recommendation.id}")


@shows(routes, "/recommendation/<recommendation_id>/status", to_act(JUDGE, ANSWER))
def show_status(recommendation_id: str) -> Response:
    """The form, with the questions this person may answer."""
    recommendation = _one(recommendation_id)
    return show(_form(recommendation), {"as_at": (day(london_date(site_register.now())),)})


@changes(routes, "/recommendation/<recommendation_id>/status", to_act(JUDGE, ANSWER))
def send_status(recommendation_id: str) -> AnyResponse:
    """The recommendation with one more dated status; or the form again with every error."""
    recommendation = _one(recommendation_id)
    form_page = _form(recommendation)
    values = sent(form_page.fields)
    days, faults = dates(values, ("as_at",))
    aspect, rag, on = text(values, "aspect"), text(values, "rag"), days["as_at"]
    if not _may_judge():
        aspect = Aspect.ANSWER.value
    elif aspect not in (Aspect.ACCEPTED, Aspect.DELIVERED):
        faults["aspect"] = "Say whether this is about accepting it or delivering it."
    if on is None:
        faults.setdefault("as_at", "Say on which day.")
    if rag and rag not in set(Rag):
        faults["rag"] = "Choose red, amber or green."
    entry = StatusEntry(
        aspect=Aspect(aspect) if aspect in set(Aspect) else Aspect.ACCEPTED,
        rag=Rag(rag) if rag in set(Rag) else None,
        # A day that cannot be read is said beside its field; today stands in so that the other faults are found too.
        as_at=on or london_date(site_register.now()),
        as_at_words=day(on) if on else "",
        evidence=text(values, "evidence"),
        evidence_url=text_or_none(values, "evidence_url"),
    )
    try:
        with site_register.writing() as session:
            recommendation_saved = recommendations.add_status(
                session, signed().actor, recommendation.id, entry, now=site_register.now()
            )
            refuse(faults)
        return go_on(f"/recommendation/{recommendation_saved.id}", "judge" if _may_judge() else "answer")
    except InvalidEntry as error:
        return show(form_page, values, faults=error.errors | faults, status=422)


def recorded_by(name: str) -> str:
    """Who put something on record; what came with the facts was put there by nobody in person."""
    return FROM_THE_RECORD if name.startswith(command("").name) else name


def _actions(raised: Sequence[ActionRecord]) -> Element:
    rows: list[list[Cell]] = [
        [html.A(one.text, href=f"/action/{one.id}"), one.owner, day(one.due_on), one.outcome or one.state.value.capitalize()]
        for one in raised
    ]
    columns = (Column("What is to be done"), Column("Who"), Column("Due"), Column("What came of it"))
    return data_table(columns, rows, caption="Soonest due first", stack=True)


def _rests_on(status: StatusRecord) -> list[str | Element]:
    """The evidence as it was written, with its address and where it was read."""
    link: list[str | Element] = [" ", html.A("What it rests on", href=status.evidence_url)] if status.evidence_url else []
    read = [html.P(["Source: ", *sources(status.sources)], className="source")] if status.sources else []
    return [html.Span(status.evidence, className="written"), *link, *read]


def _may_judge() -> bool:
    return permissions.may(signed().actor, JUDGE, LONDON)


def _one(recommendation_id: str) -> RecommendationRecord:
    with site_register.reading() as session:
        return recommendations.recommendation(session, recommendation_id)


def _form(recommendation: RecommendationRecord) -> FormPage:
    address, place = (
        f"/recommendation/{recommendation.id}/status",
        f"Recommendation {recommendation.number}: {recommendation.title}",
    )
    above = (ABOVE, (f"Recommendation {recommendation.number}", f"/recommendation/{recommendation.id}"))
    if not _may_judge():
        note = "An answer says what has been done; it carries no colour. The committee judges."
        return FormPage(
            "Answer a recommendation",
            address,
            (Questions((EVIDENCE, URL, ON)),),
            (Press("Answer"),),
            note,
            place,
            above,
            "meetings",
        )
    with site_register.reading() as session:
        recommendation_set = next(one for one in recommendations.recommendation_sets(session) if one.id == recommendation.set_id)
    colours = tuple(Choice(rag.value, f"{words}: {recommendation_set.definitions[rag]}") for rag, words in COLOUR.items())
    about = Field("aspect", "This is about", "radios", "Accepting and delivering are judged apart.", choices=(
        Choice("accepted", "Whether it was accepted"), Choice("delivered", "Whether it was delivered")))  # fmt: skip
    fields = (about, Field("rag", "The committee judges it", "radios", choices=colours), EVIDENCE, URL, ON)
    note = "Every status is dated and kept: a new one stands beside those before it."
    return FormPage("Record where it stands", address, (Questions(fields),), (Press("Record"),), note, place, above, "meetings")
