"""Area codes the register speaks of: the police force area of London and its boroughs."""

from etl.core.areas import CITY_OF_LONDON, LONDON

BOROUGHS = tuple(f"E09{number:06d}" for number in range(1, 34))
# The City has its own police: the Mayor's plan and MOPAC's agreements do not reach it.
POLICED_BY_THE_MET = tuple(code for code in BOROUGHS if code != CITY_OF_LONDON)


def is_area(code: str) -> bool:
    """True for London or one of its 33 boroughs."""
    return code == LONDON or code in BOROUGHS
