"""The measures of the register as choices in a form, with the words the site calls them by."""

from dashboard.figures import queries
from dashboard.register import areas
from dashboard.register.measures import candidates
from dashboard.ui.forms import Choice
from etl import kinds
from etl.core.areas import LONDON
from etl.kinds.kind import Judging

GROUPS = ("Offences, mostly counted by volume", "Offences of high harm", "Confidence", "Courts", "Other and retired")
LONDON_WIDE = "London"


def measure_words(measure_id: str) -> str:
    """What the site calls a measure; its id in plain words where this release does not hold it."""
    try:
        return queries.measure(measure_id).title
    except LookupError:
        return measure_id.replace("_", " ").capitalize()


def area_words(code: str) -> str:
    """What the site calls an area; its code where this release does not hold it."""
    if code == LONDON:
        return LONDON_WIDE
    try:
        return queries.area(code).name
    except LookupError:
        return code


def choosable() -> tuple[Choice, ...]:
    """What a borough may choose, and the answer that no published measure reads its priority."""
    measures = candidates()
    return (
        Choice("", "None: no published measure reads it"),
        *(Choice(measure, measure_words(measure), "By volume") for measure in measures.volume),
        *(Choice(measure, measure_words(measure), "Of high harm") for measure in measures.harm),
    )


def known() -> tuple[Choice, ...]:
    """Every measure a success statement or a basket may name, in groups."""
    by_group = sorted((GROUPS.index(_group(measure)), place, measure) for place, measure in enumerate(candidates().known))
    return tuple(Choice(measure, measure_words(measure), GROUPS[group]) for group, _, measure in by_group)


def areas_to_choose() -> tuple[Choice, ...]:
    """London and its boroughs, London first."""
    named = sorted((area_words(code), code) for code in areas.BOROUGHS)
    return (Choice(LONDON, LONDON_WIDE), *(Choice(code, name) for name, code in named))


def _group(measure_id: str) -> str:
    measures = candidates()
    if measure_id in measures.harm:
        return GROUPS[1]
    if measure_id in measures.volume:
        return GROUPS[0]
    try:
        measure = queries.measure(measure_id)
    except LookupError:
        return GROUPS[4]
    judged = kinds.of(measure).judged
    if judged is Judging.SURVEY_YEARS:
        return GROUPS[2]
    return GROUPS[3] if judged is Judging.QUARTERS else GROUPS[4]
