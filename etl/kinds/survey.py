"""A survey: shares of people asked over twelve months, each within an interval as wide as its sample makes it."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="survey",
    what="a survey",
    periods=("rolling_year",),
    requires=("series",),
    forbids=("published",),
    forms=("value",),
    is_added_up=False,
    has_limits=False,
    is_newest_provisional=False,
    judged=Judging.SURVEY_YEARS,
    family="survey",
    is_always_percentage=True,
)

YEARS_INTERVIEWS = 12_800
"""Londoners asked a year, from the survey's published description; boroughs are asked alike, about 400 each."""
BOROUGHS = 32
DESIGN_EFFECT = 1.5
"""Weighting and clustering: not published; 1.5 is the cautious end of what such designs have."""


def interviews(kind: str, members: int = 1) -> float:
    """People asked in twelve months in an area of this kind."""
    return YEARS_INTERVIEWS if kind == "force" else YEARS_INTERVIEWS / BOROUGHS * members
