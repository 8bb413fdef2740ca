"""Records counted by month: one row of a file is one event. A month without a file is missing, never nought."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="records",
    what="a count of records",
    periods=("month",),
    requires=("series",),
    forbids=("published",),
    forms=("value",),
    is_added_up=False,
    has_limits=False,
    is_newest_provisional=False,
    judged=Judging.NONE,
    not_judged_because="the months held are single files, not a series without gaps",
    is_always_percentage=False,
)
