"""Outcomes of offences: what became of them, by month and borough, added up by category. No residents are set beside them."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="outcomes",
    what="a measure of outcomes",
    periods=("month",),
    requires=("published",),
    forbids=("series",),
    forms=("count", "rolling_year"),
    is_added_up=True,
    has_limits=False,
    is_newest_provisional=False,
    judged=Judging.NONE,
    not_judged_because="outcomes follow offences by months, and how many offences there were is in no one figure of them",
    counted="Outcomes of the categories named in each edition's form, added up; a borough and outcome with no row had none.",
    is_always_percentage=False,
)
