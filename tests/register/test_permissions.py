"""The table of moves, tried over every role, state, kind and reach, against the same rules written out by hand."""

from itertools import product

import pytest

from dashboard.register.errors import NotAllowed
from dashboard.register.permissions import (
    ACTS,
    MOVES,
    PUBLIC,
    Actor,
    Body,
    Kind,
    Role,
    State,
    command,
    may,
    moves_open_to,
    require_move,
    side,
)

LEAD, OFFICER, MAYOR, CLERK, ADMIN = Role
OWN, OTHER, LONDON = "E09000023", "E09000006", "E12000007"
BODIES = {LEAD: Body.COUNCIL, OFFICER: Body.MOPAC, MAYOR: Body.DEPUTY_MAYOR, CLERK: Body.ASSEMBLY, ADMIN: Body.MOPAC}

# (kind, from) -> {move: (to, who in their own borough, who anywhere, only the author)}, from the product's words:
# a lead writes in their own borough, MOPAC anywhere; the Deputy Mayor's office signs off; only City Hall drops a London one.
WRITERS = ({LEAD}, {OFFICER})
EXPECTED = {
    ("borough", None): {"draft": ("draft", *WRITERS, False), "record": ("ended", set(), {OFFICER}, False)},
    ("borough", "draft"): {
        "edit": ("draft", *WRITERS, True),
        "propose": ("proposed", *WRITERS, True),
        "withdraw": ("withdrawn", *WRITERS, True),
    },
    ("borough", "proposed"): {
        "edit": ("proposed", *WRITERS, False),
        "withdraw": ("withdrawn", *WRITERS, False),
        "agree": ("agreed", {LEAD}, {OFFICER, MAYOR}, False),
    },
    ("borough", "agreed"): {
        "withdraw": ("withdrawn", set(), {MAYOR}, False),
        "bring into force": ("in force", set(), {MAYOR}, False),
    },
    ("borough", "in force"): {
        "amend": ("in force", set(), {OFFICER}, False),
        "end": ("ended", set(), {OFFICER, MAYOR}, False),
        "score": ("in force", set(), {OFFICER}, False),
    },
    ("borough", "ended"): {"score": ("ended", set(), {OFFICER}, False)},
    ("borough", "withdrawn"): {},
    ("pan-London", None): {"draft": ("draft", set(), {OFFICER, MAYOR}, False)},
    ("pan-London", "draft"): {
        "edit": ("draft", set(), {OFFICER, MAYOR}, True),
        "propose": ("proposed", set(), {OFFICER, MAYOR}, True),
        "withdraw": ("withdrawn", set(), {OFFICER, MAYOR}, True),
    },
    ("pan-London", "proposed"): {
        "edit": ("proposed", set(), {OFFICER, MAYOR}, False),
        "withdraw": ("withdrawn", set(), {OFFICER, MAYOR}, False),
        "agree": ("agreed", set(), {OFFICER, MAYOR}, False),
    },
    ("pan-London", "agreed"): {
        "withdraw": ("withdrawn", set(), {MAYOR}, False),
        "bring into force": ("in force", set(), {MAYOR}, False),
    },
    ("pan-London", "in force"): {
        "amend": ("in force", set(), {OFFICER}, False),
        "end": ("ended", set(), {MAYOR}, False),
        "score": ("in force", set(), {OFFICER}, False),
    },
    ("pan-London", "ended"): {"score": ("ended", set(), {OFFICER}, False)},
    ("pan-London", "withdrawn"): {},
}
NAMES = sorted({move.name for move in MOVES})


def actor(role):
    return Actor("someone", "Some One", role, BODIES[role], OWN if role is LEAD else None)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("start", [None, *State])
@pytest.mark.parametrize("role", list(Role))
def test_every_move_is_open_to_exactly_those_the_rules_name(kind, start, role):
    areas = (OWN, OTHER) if kind is Kind.BOROUGH else (LONDON,)
    rules = EXPECTED[kind.value, start.value if start else None]
    for area, is_author, name in product(areas, (True, False), NAMES):
        rule = rules.get(name)
        allowed = rule is not None and (role in rule[2] or (role in rule[1] and area == OWN)) and (is_author or not rule[3])
        if allowed:
            move = require_move(actor(role), kind, start, name, area, is_author=is_author)
            assert move.end.value == rule[0]
        else:
            with pytest.raises(NotAllowed):
                require_move(actor(role), kind, start, name, area, is_author=is_author)


def test_the_permission_table_has_no_row_that_the_rules_do_not_name():
    rows = {(move.kind.value, move.start.value if move.start else None, move.name) for move in MOVES}
    named = {(*key, name) for key, moves in EXPECTED.items() for name in moves}
    assert rows == named
    assert len(rows) == len(MOVES)


@pytest.mark.parametrize("who", [PUBLIC, command("seed"), Actor(None, "nobody", Role.MOPAC_OFFICER, Body.MOPAC, None)])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("start", [None, *State])
def test_without_an_account_no_move_is_open(who, kind, start):
    assert moves_open_to(who, kind, start, LONDON, is_author=True) == ()
    assert moves_open_to(who, kind, start, OWN, is_author=True) == ()


def test_no_borough_may_do_anything_to_a_london_wide_priority():
    lead = actor(LEAD)
    for start in (None, *State):
        assert moves_open_to(lead, Kind.PAN_LONDON, start, LONDON, is_author=True) == ()
        assert moves_open_to(lead, Kind.PAN_LONDON, start, OWN, is_author=True) == ()


ACTS_EXPECTED = {
    "comment": ({LEAD}, {OFFICER, MAYOR, CLERK}),
    "decide on comments": ({LEAD}, {OFFICER}),
    "make recommendations": (set(), {CLERK}),
    "judge a recommendation": (set(), {CLERK}),
    "answer a recommendation": (set(), {OFFICER, MAYOR}),
    "raise an action": ({LEAD}, {OFFICER, MAYOR, CLERK}),
    "close an action": ({LEAD}, {OFFICER, MAYOR, CLERK}),
    "sign commentary": ({LEAD}, {OFFICER}),
    "arrange meetings": (set(), {OFFICER, CLERK}),
    "freeze an edition": (set(), {OFFICER, CLERK}),
    "manage accounts": (set(), {ADMIN}),
}


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("area", [OWN, OTHER, LONDON])
def test_every_other_act_is_open_to_exactly_those_the_rules_name(act, role, area):
    own, anywhere = ACTS_EXPECTED[act]
    assert may(actor(role), act, area) == (role in anywhere or (role in own and area == OWN))
    assert not may(PUBLIC, act, area)


def test_mopac_and_the_deputy_mayor_are_one_side_for_a_borough_and_two_for_london():
    assert side(Body.DEPUTY_MAYOR, Kind.BOROUGH) == side(Body.MOPAC, Kind.BOROUGH)
    assert side(Body.DEPUTY_MAYOR, Kind.PAN_LONDON) != side(Body.MOPAC, Kind.PAN_LONDON)
    assert side(Body.COUNCIL, Kind.BOROUGH) != side(Body.POLICE, Kind.BOROUGH)
