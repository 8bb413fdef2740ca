"""The courts: cases, days and shares of a quarter, as published, for court regions and England and Wales."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="courts",
    what="a measure of the courts",
    periods=("quarter",),
    requires=("series",),
    forbids=("published",),
    forms=("value",),
    is_added_up=False,
    has_limits=False,
    is_newest_provisional=False,
    judged=Judging.QUARTERS,
)
