"""Where things have their pages, so that no component spells an address twice."""

from dashboard.figures.view import href

PLACE = "/borough/<code>"
MEASURE = "/measure/<measure>"
PRIORITY = "/priority/<priority>"
PROPOSE = "/priorities/<year>/<code>/propose"
EVIDENCE = "/priorities/evidence/<code>"
OPERATIONAL_CHANGES = "/operational-changes"
EXPLANATION, EXPLAIN = "/commentary/<note>", "/commentary/new"
ACTION, ACTIONS, RAISE = "/action/<action>", "/actions", "/actions/new"


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


def explanation_address(note_id: str) -> str:
    """One signed explanation."""
    return href(EXPLANATION, {"note": note_id})


def explain_address(measure_id: str, code: str, first: str, last: str) -> str:
    """Where a figure is explained, its months filled in; it asks for an account."""
    return href(EXPLAIN, measure=measure_id, area=code, period=first, until=last)


def action_address(action_id: str) -> str:
    """One action: who is to do it, by when, and what came of it."""
    return href(ACTION, {"action": action_id})


def raise_address(measure_id: str, code: str, chart: str) -> str:
    """Where an action is raised about a figure; it asks for an account. `chart`: the address of the page it stands on."""
    return href(RAISE, measure=measure_id, area=code, chart=chart)
