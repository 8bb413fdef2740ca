"""Annual statistics: one figure a year and area, as published: a rate in its publisher's own terms, a count or a share."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="annual",
    what="an annual statistic",
    periods=("year",),
    requires=("series",),
    forbids=("published",),
    forms=("value",),
    is_added_up=False,
    has_limits=False,
    is_newest_provisional=False,
    judged=Judging.NONE,
    not_judged_because="one figure a year is too few to tell a change from chance",
)
