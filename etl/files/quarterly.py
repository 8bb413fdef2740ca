"""What every quarterly court table shares: quarters, the regions of the courts, and when its edition came out."""

import re
from collections.abc import Sequence

from etl.core.areas import LONDON, WALES
from etl.core.period import last_month_label, moved
from etl.definitions import reference
from etl.files import long
from etl.files.long import Observation
from etl.files.table import Reading

KINDS = ("force", "region", "nation")
REGIONS = (
    LONDON,
    "HMCTS-MIDLANDS",
    "HMCTS-NORTH-EAST",
    "HMCTS-NORTH-WEST",
    "HMCTS-SOUTH-EAST",
    "HMCTS-SOUTH-WEST",
    WALES,
)
PUBLICATION_LAG_MONTHS = 3
LONDON_NOTICE = "London is the courts service's London region: it includes the City of London."


def reading(
    observations: Sequence[Observation],
    notices: tuple[str, ...],
    checks: tuple[tuple[str, str, str], ...],
    rejected: tuple[tuple[str, str, str], ...],
) -> Reading:
    """A reading of a quarterly table: its edition taken as three months after its last quarter, as these releases have come."""
    first, last = min(o.period for o in observations), max(o.period for o in observations)
    return Reading(
        observations=long.frame(observations),
        first_period=first,
        last_period=last,
        edition_label=moved(last_month_label(last), PUBLICATION_LAG_MONTHS),
        edition_basis=f"taken as three months after its last quarter, {last}",
        part="whole",
        notices=notices,
        checks=checks,
        rejected=rejected,
    )


def area(text: str) -> str | None:
    """Code of a court region or nation by the publisher's name."""
    return reference.area_code(text, KINDS)


def unknown_area(cell: str, text: str) -> str:
    """The sentence that refuses a region nobody knows, naming the nearest."""
    near = reference.nearest_area(text, KINDS)
    return f"{cell}: unknown region {text!r}" + (f"; the nearest known is {near!r}" if near else "")


def quarter(year: str, name: str) -> str | None:
    """2016-Q1 from a year and Q1 (or 1); None for anything else."""
    match = re.fullmatch(r"[Qq]?([1-4])", name)
    return f"{year}-Q{match[1]}" if match and re.fullmatch(r"(19|20)\d\d", year) else None
