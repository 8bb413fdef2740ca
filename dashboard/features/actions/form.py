"""The forms of actions: what each asks, what stands in it already, and the day an action is due."""

from datetime import date

from dashboard.register import recommendations
from dashboard.register.errors import NotFound
from dashboard.register.permissions import Role
from dashboard.register.records import ActionRecord
from dashboard.ui.forms import Choice, Field, Values
from dashboard.web import site_register
from dashboard.web.form_page import FormPage, Press, Questions
from dashboard.web.measure_choices import areas_to_choose, known
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import dates
from etl.core.written import day

NEW, LIST = "/actions/new", ("Actions", "/actions")
TEXT = Field("text", "What is to be done", "text", size=3)
OWNER = Field("owner", "Who will do it", "line", "A person or a body, by name.", size=60)
DUE = Field("due_on", "Due", "line", "Such as 1 April 2027.", size=24)
WHY = Field("why", "What was changed, and why", "text", "It is kept in the history for anyone to read.", size=2)
STATE = Field("state", "It is", "radios", choices=(Choice("done", "Done"), Choice("dropped", "Dropped")))
OUTCOME = Field("outcome", "What came of it", "text", size=4)


def raise_form(recommendation_id: str = "") -> FormPage:
    """The form that raises an action, about a recommendation where one is given."""
    who = signed().actor
    places = areas_to_choose()
    if who.role is Role.BOROUGH_LEAD:
        places = tuple(place for place in places if place.value == who.area_code)
    fields = (
        TEXT,
        OWNER,
        DUE,
        Field("area_code", "Place", "select", choices=places),
        Field("measure_id", "Measure, if it is about one", "select", choices=(Choice("", "None"), *known())),
        Field(
            "chart", "Address of the chart it is about", "line", "An address of this site, such as /borough/E09000006.", size=60
        ),
    )
    note = "An action is public. It is listed as overdue once its day has passed."
    groups, presses = (Questions(fields),), (Press("Raise it"),)
    return FormPage("Raise an action", NEW, groups, presses, note, about(recommendation_id), (LIST,), "meetings")


def change_form(action: ActionRecord) -> FormPage:
    """The form that changes an action."""
    groups = (Questions((TEXT, OWNER, DUE, WHY)),)
    return FormPage("Change an action", f"/action/{action.id}/change", groups, (Press("Save"),), above=(LIST,), nav="meetings")


def close_form(action: ActionRecord) -> FormPage:
    """The form that closes an action."""
    return FormPage(
        "Close an action",
        f"/action/{action.id}/close",
        (Questions((STATE, OUTCOME)),),
        (Press("Close it"),),
        action.text,
        None,
        (LIST,),
        "meetings",
    )


def answers_of(action: ActionRecord) -> Values:
    """What stands in the form of an action that is held."""
    plain = {
        "text": action.text,
        "owner": action.owner,
        "due_on": day(action.due_on),
        "state": action.state.value,
        "outcome": action.outcome or "",
    }
    return {name: (value,) for name, value in plain.items()}


def due_day(values: Values) -> tuple[date | None, dict[str, str]]:
    """The day typed, None where there is none; and what is wrong with it, by field."""
    days, faults = dates(values, ("due_on",))
    return days["due_on"], faults if days["due_on"] or faults else {"due_on": "Say by which day."}


def about(recommendation_id: str) -> str | None:
    """The recommendation an action is raised about, in words; None where it is about none, or none that is known."""
    if not recommendation_id:
        return None
    try:
        with site_register.reading() as session:
            recommendation = recommendations.recommendation(session, recommendation_id)
    except NotFound:
        return None
    return f"About recommendation {recommendation.number}: {recommendation.title}"
