"""Which borough an evidence sheet is for, and which boroughs it is compared with."""

from dashboard.figures import queries
from dashboard.figures.evidence import peers
from dashboard.figures.records import Area
from dashboard.figures.view import View
from etl.core.areas import CITY_OF_LONDON


def borough_of(view: View) -> Area:
    """The borough an address names.

    Raises:
        LookupError: it names something else, or the City of London, which the Mayor's plan does not reach.
    """
    area = queries.area(view.argument("code"))
    if area.kind != "borough" or area.code == CITY_OF_LONDON:
        raise LookupError(
            f"{area.name} chooses no priorities here. An evidence sheet is for one of the 32 boroughs the Met polices."
        )
    return area


def similar_to(area: Area) -> tuple[str, ...]:
    """The boroughs it is compared with, A to Z, where likeness was worked out; else ()."""
    codes, is_similar = peers(area)
    return tuple(sorted(queries.area(code).name for code in codes)) if is_similar else ()
