"""Crown Court waiting and hearing times, England and Wales to observations."""

from etl.files import quarterly
from etl.files.table import Reading, Table

LAYOUT = quarterly.Layout(
    form="extract",
    series={
        "waiting_median_weeks": "waiting_median_weeks",
        "waiting_mean_weeks": "waiting_mean_weeks",
        "hearing_median_hours": "hearing_median_hours",
        "hearing_mean_hours": "hearing_mean_hours",
        "hearing_mean_hearings": "hearing_mean_hearings",
    },
    by_region=False,
)


def recognise(table: Table) -> str | None:
    """`extract` if the table is this one; None if not."""
    return quarterly.recognise(table, LAYOUT)


def read(table: Table, form: str) -> Reading:
    """The table's figures.

    Raises:
        DataRejected: any cell, key, quarter or region is not as it must be; every one is listed.
    """
    return quarterly.read(table, LAYOUT)
