"""For pages: who is reading, a session to read the register with, and links to what this reader may do here.

A page that uses any of this says `is_fresh=True`: it differs from reader to reader and is never kept.
"""

from contextlib import AbstractContextManager
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from dashboard.register import comments, permissions
from dashboard.register.models import ActionState
from dashboard.register.permissions import Actor, Kind, Move, Role, State
from dashboard.register.records import ActionRecord, AnyPriorityRecord, RecommendationRecord
from dashboard.register.years import financial_year, london_date, year_after
from dashboard.ui.links import Link
from dashboard.web import site_register
from dashboard.web.sessions import signed
from etl.core.areas import LONDON

MOVE_PATHS = {
    "edit": ("Edit", "edit"),
    "propose": ("Propose", "propose"),
    "agree": ("Agree", "agree"),
    "bring into force": ("Bring into force", "bring-into-force"),
    "amend": ("Move the review", "review"),
    "end": ("End", "end"),
    "score": ("Score the year", "score"),
    "withdraw": ("Withdraw", "withdraw"),
}
"""Each move of the register's table that starts from a record: its words and the end of its address."""


def viewer() -> Actor:
    """Who is reading; the public where nobody is signed in."""
    return signed().actor


def reading() -> AbstractContextManager[Session]:
    """A session over the register, to give to the register's reading functions together with `viewer()`."""
    return site_register.reading()


def account_links() -> tuple[Link, ...]:
    """The links of the account: whose work, and the way out; the way in where nobody is signed in."""
    who = viewer()
    if who.account_id is None:
        return (("Sign in", "/sign-in"),)
    return ((f"My work ({who.name})", "/my-work"), ("Change password", "/account/password"), ("Sign out", "/sign-out"))


def moves(priority: AnyPriorityRecord) -> tuple[Move, ...]:
    """What the register's table allows this reader to do with a priority now; () for the public."""
    who = viewer()
    is_author = who.account_id is not None and priority.author_id == who.account_id
    open_to = permissions.moves_open_to(who, priority.kind, priority.state, priority.area_code, is_author=is_author)
    return tuple(move for move in open_to if move.name != "agree" or _may_sign(who, priority))


def priority_address(priority_id: str) -> str:
    """The page of one priority: what it says, where it stands, its history."""
    return f"/priority/{priority_id}"


def say_address(priority_id: str) -> str:
    """Where anyone may say what they think of a proposal, without an account."""
    return f"{priority_address(priority_id)}/say"


def priority_links(priority: AnyPriorityRecord) -> tuple[Link, ...]:
    """What this reader may do with a priority, as links to the forms; () for examples. The public may comment on what is open."""
    if priority.is_example:
        return ()
    here = priority_address(priority.id)
    if viewer().account_id is None:
        return (
            (("Say what you think of it", say_address(priority.id)),) if comments.is_open(priority, site_register.now()) else ()
        )
    allowed = {move.name for move in moves(priority)}
    links = [(words, f"{here}/{end}") for name, (words, end) in MOVE_PATHS.items() if name in allowed]
    is_public = priority.published_at is not None
    if is_public and priority.state is State.PROPOSED and permissions.may(viewer(), "comment", priority.area_code):
        links.insert(0, ("Comment", f"{here}/comment"))
    return (*links, *_carry_links(priority))


def _carry_links(priority: AnyPriorityRecord) -> tuple[Link, ...]:
    """The form for the year after, filled from this one; () where this reader may not propose, or that year has gone by too."""
    if priority.financial_year is None or priority.state not in (State.IN_FORCE, State.ENDED):
        return ()
    after = year_after(priority.financial_year)
    if after < financial_year(london_date(site_register.now())) or not _may_begin("draft", priority.area_code):
        return ()
    return ((f"Carry it forward to {after}", f"{propose_address(after, priority.area_code)}?{urlencode({'from': priority.id})}"),)


def propose_address(financial_year: str, area_code: str) -> str:
    """Where a priority is proposed for a borough, or for London, and a year such as "2027/28"."""
    return f"/priorities/{financial_year.replace('/', '-')}/{area_code}/propose"


def area_links(financial_year: str, area_code: str) -> tuple[Link, ...]:
    """What this reader may begin for an area and year: propose a priority; () where nothing."""
    return (
        ((f"Propose a priority for {financial_year}", propose_address(financial_year, area_code)),)
        if _may_begin("draft", area_code)
        else ()
    )


def record_links(financial_year: str, area_code: str) -> tuple[Link, ...]:
    """The link by which this reader may record a past year's choice found on the public record; () where they may not."""
    address = f"/priorities/{financial_year.replace('/', '-')}/{area_code}/record"
    return ((f"Record a choice of {financial_year}", address),) if _may_begin("record", area_code) else ()


def recommendation_links(recommendation: RecommendationRecord) -> tuple[Link, ...]:
    """What this reader may say about a recommendation; () for the public."""
    who, here = viewer(), f"/recommendation/{recommendation.id}"
    links: list[Link] = []
    if permissions.may(who, "judge a recommendation", LONDON):
        links.append(("Record where it stands", f"{here}/status"))
    elif permissions.may(who, "answer a recommendation", LONDON):
        links.append(("Answer it", f"{here}/status"))
    if permissions.may(who, "raise an action", LONDON):
        links.append(("Raise an action", f"/actions/new?{urlencode({'recommendation': recommendation.id, 'area': LONDON})}"))
    if permissions.may(who, "make recommendations", LONDON) and not recommendation.is_example:
        links.append(("Add another recommendation of this set", f"/recommendation-sets/{recommendation.set_id}/add"))
    return tuple(links)


def action_links(action: ActionRecord) -> tuple[Link, ...]:
    """What this reader may do with an action: change it, close it; () where nothing."""
    who = viewer()
    if action.state is not ActionState.OPEN or not permissions.may(who, "close an action", action.area_code):
        return ()
    if who.role is Role.BOROUGH_LEAD and who.account_id not in (action.owner_id, action.raised_by_id):
        return ()
    return (("Change it", f"/action/{action.id}/change"), ("Close it", f"/action/{action.id}/close"))


def _may_begin(move_name: str, area_code: str) -> bool:
    kind = Kind.PAN_LONDON if area_code == LONDON else Kind.BOROUGH
    open_to = permissions.moves_open_to(viewer(), kind, None, area_code, is_author=True)
    return any(move.name == move_name for move in open_to)


def _may_sign(who: Actor, priority: AnyPriorityRecord) -> bool:
    # The register refuses a second signature of one side; a button that can only be refused is not shown.
    if who.body is None:
        return False
    signed_already = {permissions.side(signature.body, priority.kind) for signature in priority.standing_signatures}
    return permissions.side(who.body, priority.kind) not in signed_already
