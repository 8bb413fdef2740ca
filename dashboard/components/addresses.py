"""Where things have their pages, so that no component spells an address twice."""

from dashboard.url import href

PLACE = "/borough/<code>"
MEASURE = "/measure/<measure>"
PRIORITY = "/priority/<priority>"
PROPOSE = "/priorities/<year>/<code>/propose"
EVIDENCE = "/priorities/evidence/<code>"


def place_address(code: str) -> str:
    """The page of a borough or command: its code never changes, so the address may be kept."""
    return href(PLACE, {"code": code})


def measure_address(base: str) -> str:
    """The page of a measure, by the id all its forms share."""
    return href(MEASURE, {"measure": base})


def priority_address(priority_id: str) -> str:
    """The page of one priority with its comments and its history."""
    return href(PRIORITY, {"priority": priority_id})


def propose_address(financial_year: str, code: str) -> str:
    """Where a priority is proposed for a borough and a year such as 2027/28; it asks for an account."""
    return href(PROPOSE, {"year": financial_year.replace("/", "-"), "code": code})


def evidence_address(code: str) -> str:
    """The evidence sheet for a borough's next choice."""
    return href(EVIDENCE, {"code": code})
