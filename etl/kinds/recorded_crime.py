"""Recorded crime: offences by month and borough, added up by the concordance of categories, also beside residents."""

from etl.kinds.kind import Judging, Kind

KIND = Kind(
    id="recorded_crime",
    what="a measure of recorded crime",
    periods=("month",),
    requires=("published",),
    forbids=("series",),
    forms=("count", "rate", "rolling_year", "rolling_year_rate"),
    is_added_up=True,
    has_limits=True,
    is_newest_provisional=True,
    judged=Judging.MONTHLY_COUNTS,
    family="",
    counted="Offences of the categories named in each edition's form, added up; a borough and offence with no row had none.",
    is_always_percentage=False,
)
