"""Where things have their pages, so that no component spells an address twice."""

from dashboard.url import href

PLACE = "/borough/<code>"
MEASURE = "/measure/<measure>"


def place_address(code: str) -> str:
    """The page of a borough or command: its code never changes, so the address may be kept."""
    return href(PLACE, {"code": code})


def measure_address(base: str) -> str:
    """The page of a measure, by the id all its forms share."""
    return href(MEASURE, {"measure": base})
