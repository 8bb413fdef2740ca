"""My work: the first page after signing in. What waits, and what may be begun."""

from flask import Blueprint, Response

from dashboard.features.accounts.my_work import Pile, piles
from dashboard.register import areas, permissions
from dashboard.register.permissions import Actor, Role
from dashboard.register.years import financial_year, london_date, year_after, year_before
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import Link, links
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import closed
from dashboard.web import site_register
from dashboard.web.measure_choices import area_words, areas_to_choose
from dashboard.web.permits import SIGNED_IN
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import costly, shows
from dashboard.web.sessions import signed
from dashboard.web.viewer import area_links, record_links
from dashboard.words.people import body_words
from etl.core.areas import LONDON
from etl.core.written import count_word

routes = Blueprint("work", __name__)
MOST_OPEN = 12


@shows(routes, "/my-work", SIGNED_IN)
@costly
def show_work() -> Response:
    """What waits for this person and what they may begin."""
    who, today = signed().actor, london_date(site_register.now())
    with site_register.reading() as session:
        waiting = piles(session, who, today)
    count = sum(len(pile.things) for pile in waiting)
    title = (
        "Nothing waits for you"
        if not count
        else f"{count_word(count).capitalize()} {'thing waits' if count == 1 else 'things wait'} for you"
    )
    begin = _may_begin(who, (financial_year(today), year_after(financial_year(today))))
    content: list[Element] = [
        breadcrumb((HOME,), "My work"),
        page_opening(title, place=_as(who)),
        *(_pile(pile) for pile in waiting),
        section(
            "begin",
            "What you can do",
            [links(begin)] if begin else [html.P("Read everything; nothing else is granted to this account.")],
        ),
        *(_elsewhere(who, (financial_year(today), year_after(financial_year(today))))),
    ]
    return page("My work", content, address="/my-work")


def _as(who: Actor) -> str:
    place = f", {area_words(who.area_code)}" if who.area_code else ""
    return f"{who.name}, for {body_words(who.body)}{place}" if who.body else who.name


def _pile(pile: Pile) -> Element:
    things = [
        html.Li([html.A(one.link[0], href=one.link[1]), html.Span(f" {one.note}", className="small quiet")])
        for one in pile.things
    ]
    listed = html.Ul(things, className="waits")
    # A long pile does not push the others out of sight.
    content = closed(listed, f"All {len(things)}") if len(things) > MOST_OPEN else listed
    return section(pile.anchor, pile.heading, [content])


def _may_begin(who: Actor, years: tuple[str, ...]) -> list[Link]:
    area = who.area_code or LONDON
    begin: list[Link] = []
    for year in years:
        begin += [(f"{words} for {area_words(area)}", address) for words, address in area_links(year, area)]
    for act, words, address in (
        ("sign commentary", "Explain a figure", "/commentary/new"),
        ("raise an action", "Raise an action", "/actions/new"),
        ("make recommendations", "Record a committee’s recommendations", "/recommendation-sets/new"),
        ("manage accounts", "Accounts", "/accounts"),
    ):
        if permissions.may(who, act, area):
            begin.append((words, address))
    begin.append(("Every change to the register", "/history"))
    return begin


def _elsewhere(who: Actor, years: tuple[str, ...]) -> list[Element]:
    """For those who may propose for any borough: each borough's form for next year."""
    if who.role is not Role.MOPAC_OFFICER:
        return []
    rows = [
        (place.words, address)
        for place in areas_to_choose()
        if place.value in areas.POLICED_BY_THE_MET
        for _, address in area_links(years[-1], place.value)
    ]
    past = [
        (place.words, address) for place in areas_to_choose() for _, address in record_links(year_before(years[0]), place.value)
    ]
    return [
        section("boroughs", f"Propose for a borough, {years[-1]}", [links(rows)]),
        section("past", f"Record a past choice, {year_before(years[0])}", [links(past)]),
    ]
