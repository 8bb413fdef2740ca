"""Who may do what. Two tables, MOVES for priorities and ACTS for the rest; anything not in them is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dashboard.register.errors import NotAllowed


class Role(StrEnum):
    """What an account is for."""

    BOROUGH_LEAD = "borough lead"
    MOPAC_OFFICER = "MOPAC officer"
    DEPUTY_MAYOR = "Deputy Mayor's office"
    CLERK = "committee clerk"
    ADMINISTRATOR = "administrator"


class Body(StrEnum):
    """Whom a person speaks for when they sign."""

    COUNCIL = "council"
    POLICE = "police"
    MOPAC = "MOPAC"
    DEPUTY_MAYOR = "Deputy Mayor's office"
    ASSEMBLY = "London Assembly"


class State(StrEnum):
    """Where a priority stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_FORCE = "in force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """Set by the Mayor for all London, or chosen by one borough."""

    PAN_LONDON = "pan-London"
    BOROUGH = "borough"


class Reach(StrEnum):
    """How far a grant goes."""

    OWN = "own borough"
    ANY = "any area"


Grants = Mapping[Role, Reach]

ROLE_BODIES: Mapping[Role, tuple[Body, ...]] = MappingProxyType(
    {
        Role.BOROUGH_LEAD: (Body.COUNCIL, Body.POLICE),
        Role.MOPAC_OFFICER: (Body.MOPAC,),
        Role.DEPUTY_MAYOR: (Body.DEPUTY_MAYOR,),
        Role.CLERK: (Body.ASSEMBLY,),
        Role.ADMINISTRATOR: (Body.MOPAC,),
    }
)


@dataclass(frozen=True)
class Actor:
    """The person asking. `account_id` is None for the public and for the command line."""

    account_id: str | None
    name: str
    role: Role | None
    body: Body | None
    area_code: str | None


PUBLIC = Actor(None, "the public", None, None, None)


def command(name: str) -> Actor:
    """The command line as an actor, for the audit. It holds no grant: it seeds, restores and imports only."""
    return Actor(None, f"command line: {name}", None, None, None)


@dataclass(frozen=True)
class Move:
    """One row of the table: from where to where, and who. `start` None: nothing is there yet."""

    name: str
    kind: Kind
    start: State | None
    end: State
    grants: Grants
    author_only: bool = False


def _grants(own: tuple[Role, ...] = (), anywhere: tuple[Role, ...] = ()) -> Grants:
    return MappingProxyType(dict.fromkeys(own, Reach.OWN) | dict.fromkeys(anywhere, Reach.ANY))


_LEAD, _OFFICER, _MAYOR, _CLERK, _ADMIN = Role
_B, _P = Kind.BOROUGH, Kind.PAN_LONDON
_WRITES_LOCAL = _grants(own=(_LEAD,), anywhere=(_OFFICER,))
_SIGNS_LOCAL = _grants(own=(_LEAD,), anywhere=(_OFFICER, _MAYOR))
_LONDON = _grants(anywhere=(_OFFICER, _MAYOR))
_OFFICERS = _grants(anywhere=(_OFFICER,))
_SIGN_OFF = _grants(anywhere=(_MAYOR,))

# No borough role appears in a pan-London row: a borough cannot drop what every borough carries.
MOVES: tuple[Move, ...] = (
    Move("draft", _B, None, State.DRAFT, _WRITES_LOCAL),
    Move("edit", _B, State.DRAFT, State.DRAFT, _WRITES_LOCAL, author_only=True),
    Move("propose", _B, State.DRAFT, State.PROPOSED, _WRITES_LOCAL, author_only=True),
    Move("withdraw", _B, State.DRAFT, State.WITHDRAWN, _WRITES_LOCAL, author_only=True),
    Move("edit", _B, State.PROPOSED, State.PROPOSED, _WRITES_LOCAL),
    Move("withdraw", _B, State.PROPOSED, State.WITHDRAWN, _WRITES_LOCAL),
    Move("agree", _B, State.PROPOSED, State.AGREED, _SIGNS_LOCAL),
    Move("withdraw", _B, State.AGREED, State.WITHDRAWN, _SIGN_OFF),
    Move("bring into force", _B, State.AGREED, State.IN_FORCE, _SIGN_OFF),
    Move("amend", _B, State.IN_FORCE, State.IN_FORCE, _OFFICERS),
    Move("end", _B, State.IN_FORCE, State.ENDED, _LONDON),
    Move("score", _B, State.IN_FORCE, State.IN_FORCE, _OFFICERS),
    Move("score", _B, State.ENDED, State.ENDED, _OFFICERS),
    Move("record", _B, None, State.ENDED, _OFFICERS),
    Move("draft", _P, None, State.DRAFT, _LONDON),
    Move("edit", _P, State.DRAFT, State.DRAFT, _LONDON, author_only=True),
    Move("propose", _P, State.DRAFT, State.PROPOSED, _LONDON, author_only=True),
    Move("withdraw", _P, State.DRAFT, State.WITHDRAWN, _LONDON, author_only=True),
    Move("edit", _P, State.PROPOSED, State.PROPOSED, _LONDON),
    Move("withdraw", _P, State.PROPOSED, State.WITHDRAWN, _LONDON),
    Move("agree", _P, State.PROPOSED, State.AGREED, _LONDON),
    Move("withdraw", _P, State.AGREED, State.WITHDRAWN, _SIGN_OFF),
    Move("bring into force", _P, State.AGREED, State.IN_FORCE, _SIGN_OFF),
    Move("amend", _P, State.IN_FORCE, State.IN_FORCE, _OFFICERS),
    Move("end", _P, State.IN_FORCE, State.ENDED, _SIGN_OFF),
    Move("score", _P, State.IN_FORCE, State.IN_FORCE, _OFFICERS),
    Move("score", _P, State.ENDED, State.ENDED, _OFFICERS),
)

# Everything that is not a priority's move. A role that is not named may not.
ACTS: Mapping[str, Grants] = MappingProxyType(
    {
        "comment": _grants(own=(_LEAD,), anywhere=(_OFFICER, _MAYOR, _CLERK)),
        "decide on comments": _grants(own=(_LEAD,), anywhere=(_OFFICER,)),
        "make recommendations": _grants(anywhere=(_CLERK,)),
        "judge a recommendation": _grants(anywhere=(_CLERK,)),
        "answer a recommendation": _grants(anywhere=(_OFFICER, _MAYOR)),
        "raise an action": _grants(own=(_LEAD,), anywhere=(_OFFICER, _MAYOR, _CLERK)),
        "close an action": _grants(own=(_LEAD,), anywhere=(_OFFICER, _MAYOR, _CLERK)),
        "sign commentary": _grants(own=(_LEAD,), anywhere=(_OFFICER,)),
        "arrange meetings": _grants(anywhere=(_OFFICER, _CLERK)),
        "freeze an edition": _grants(anywhere=(_OFFICER, _CLERK)),
        "manage accounts": _grants(anywhere=(_ADMIN,)),
    }
)


def moves_open_to(actor: Actor, kind: Kind, start: State | None, area_code: str, *, is_author: bool) -> tuple[Move, ...]:
    """The rows of the table this person may use on this record now; empty means none."""
    return tuple(
        move
        for move in MOVES
        if move.kind is kind
        and move.start is start
        and _reaches(actor, move.grants, area_code)
        and (is_author or not move.author_only)
    )


def require_move(actor: Actor, kind: Kind, start: State | None, name: str, area_code: str, *, is_author: bool) -> Move:
    """The row that allows this move.

    Raises:
        NotAllowed: no row does.
    """
    for move in moves_open_to(actor, kind, start, area_code, is_author=is_author):
        if move.name == name:
            return move
    here = f"from {start}" if start else "here"
    raise NotAllowed(f"{actor.role or actor.name} may not {name} this {kind} priority {here}.")


def may(actor: Actor, act: str, area_code: str) -> bool:
    """True where this person may do this act in this area. Raises KeyError for an act that is not in the table."""
    return _reaches(actor, ACTS[act], area_code)


def require(actor: Actor, act: str, area_code: str) -> None:
    """Nothing, if this person may do this act in this area.

    Raises:
        NotAllowed: they may not.
    """
    if not may(actor, act, area_code):
        raise NotAllowed(f"{actor.role or actor.name} may not {act} for {area_code}.")


def side(body: Body, kind: Kind) -> str:
    """Whom a signature counts for when two different bodies must agree.

    For a borough's priority the Deputy Mayor's office and MOPAC are one side, so two people at City Hall cannot
    agree a borough's priority without its council or its police.
    """
    if kind is Kind.BOROUGH and body is Body.DEPUTY_MAYOR:
        return Body.MOPAC.value
    return body.value


def _reaches(actor: Actor, grants: Grants, area_code: str) -> bool:
    if actor.role is None or actor.account_id is None:
        return False
    reach = grants.get(actor.role)
    return reach is Reach.ANY or (reach is Reach.OWN and actor.area_code == area_code)
