"""What a borough's page says of the register, before everything else: its choices, then what it did not choose."""

from dashboard.figures import queries_register
from dashboard.figures.choices import CURRENT, PlaceChoices, latest_year, place_choices, year_now
from dashboard.figures.records import Area
from dashboard.figures.view import href
from dashboard.register.follow_up import notice_ends
from dashboard.register.permissions import State
from dashboard.register.years import year_after
from dashboard.ui import html
from dashboard.ui.addresses import evidence_address, propose_address
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.measures_not_chosen import not_chosen_section
from dashboard.ui.notice import empty
from dashboard.ui.priority_article import choice_article, proposals_list
from dashboard.ui.register_marks import demonstration
from dashboard.ui.sections import section
from dashboard.words.register import UNREAD
from etl.core.written import count_word

HOW_RECORDED = "How a priority is agreed and recorded"


def borough_priority_sections(area: Area) -> list[Element]:
    """Local priorities in force, then the measures nobody picked; nothing for places that choose none."""
    if area.kind != "borough":
        return []
    if not queries_register.is_readable():
        return [section("local-priorities", "Local priorities", [empty(f"{UNREAD}.", "The figures are not touched.")])]
    year = _shown_year(area)
    place = place_choices(area.code, year)
    return [local_section(place), not_chosen_section(place)]


def local_section(place: PlaceChoices, *, anchor: str = "local-priorities") -> Element:
    """The choices of one year in full; for a borough without any, that none is on record and how one is recorded."""
    area = place.area
    next_year = year_after(year_now())
    onward_links = links(
        [
            (f"{area.name}’s choices year by year", href("/priorities", area=area.code, year="all")),
            (f"Evidence for {next_year}", evidence_address(area.code)),
            (f"Propose a priority for {next_year}", propose_address(next_year, area.code)),
        ]
    )
    if not place.choices:
        heading = f"Local priorities, {place.year}"
        return section(anchor, heading, [none_recorded(place), *_proposed(place), html.Div(onward_links, className="gap")])
    articles = html.Div([choice_article(c) for c in place.choices], className="flow rows gap")
    example_notice = [html.Div(demonstration(), className="gap")] if place.is_example else []
    return section(
        anchor,
        f"Local priorities, {place.year}",
        [*example_notice, articles, *_proposed(place), html.Div(onward_links, className="gap")],
        say=_say(place),
    )


def none_recorded(place: PlaceChoices) -> Element:
    """That a borough's choices are not on record, what the last ones were, and how to record one."""
    last = latest_year(place.area.code)
    earlier: list[str | Element] = []
    if last and last != place.year:
        last_year_link = html.A(f"those for {last}", href=href("/priorities", year=last, area=place.area.code))
        earlier = ["The last on record are ", last_year_link, ". "]
    rules_link = html.A(HOW_RECORDED, href="/priorities#rules")
    return empty(
        f"No local priority of {place.area.name} is recorded here for {place.year}",
        ["None has been found on the public record, and none has been agreed in this register. ", *earlier, rules_link, "."],
    )


def _say(place: PlaceChoices) -> str:
    count = len(place.choices)
    ended = all(c.record.state not in CURRENT for c in place.choices)
    verb = "was" if ended and count == 1 else "were" if ended else "is" if count == 1 else "are"
    return f"{count_word(count).capitalize()} {'priority' if count == 1 else 'priorities'} {verb} chosen for {place.year}."


def _proposed(place: PlaceChoices) -> list[Element]:
    """What is proposed, and what was agreed before its notice had run: both may be commented on from here."""
    today = queries_register.today()
    from_this_year = [p for p in queries_register.borough_priorities(area_code=place.area.code) if p.financial_year >= place.year]
    agreed_under_notice = [
        p for p in from_this_year if p.state is State.AGREED and (ends := notice_ends(p)) is not None and ends >= today
    ]
    open_for_comment = [*(p for p in from_this_year if p.state is State.PROPOSED), *agreed_under_notice]
    return [proposals_list(open_for_comment, today)] if open_for_comment else []


def _shown_year(area: Area) -> str:
    """The year of the choices now in force; this year where none is."""
    current = [p.financial_year for p in queries_register.borough_priorities(area_code=area.code) if p.state in CURRENT]
    return max((y for y in current if y <= year_now()), default=year_now())
