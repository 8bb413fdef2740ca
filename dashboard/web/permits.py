"""What a person must hold to reach a route. The grants are those of the register's two tables; nothing is granted here."""

from dataclasses import dataclass

from dashboard.register.permissions import ACTS, MOVES, Actor, Grants, Reach, Role


@dataclass(frozen=True)
class Permit:
    """Who may pass. `grants` empty: anyone who is signed in; `is_open`: anyone at all.

    A grant for one's own borough passes anywhere here unless the route says which area it is about (`guard`); the register
    asks again with the record in hand.
    """

    words: str
    grants: tuple[Grants, ...] = ()
    is_open: bool = False

    def allows(self, actor: Actor, area_code: str | None) -> bool:
        """Whether this person may pass; about this area, where one is known."""
        if self.is_open:
            return True
        if actor.account_id is None or actor.role is None:
            return False
        return not self.grants or any(_reaches(actor, actor.role, grants, area_code) for grants in self.grants)


OPEN = Permit("anyone", is_open=True)
SIGNED_IN = Permit("anyone who is signed in")


def to_act(*names: str) -> Permit:
    """A permit for one of these acts of the register. Raises KeyError for one that is not in its table."""
    return Permit(" or ".join(names), tuple(ACTS[name] for name in names))


def to_move(name: str) -> Permit:
    """A permit for a move of a priority. Raises ValueError for one that is not in the register's table."""
    grants = tuple(move.grants for move in MOVES if move.name == name)
    if not grants:
        raise ValueError(f"the register knows no move {name!r}")
    return Permit(name, grants)


def _reaches(actor: Actor, role: Role, grants: Grants, area_code: str | None) -> bool:
    reach = grants.get(role)
    return reach is Reach.ANY or (reach is Reach.OWN and area_code in (None, actor.area_code))
