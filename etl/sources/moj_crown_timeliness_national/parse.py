"""Crown Court timeliness, England and Wales to observations."""

from etl.files import quarterly
from etl.files.table import Reading, Table

LAYOUT = quarterly.Layout(
    form="extract",
    series={
        "offence_to_completion_mean": "offence_to_completion_mean",
        "offence_to_completion_median": "offence_to_completion_median",
        "charge_to_completion_at_the_crown_court_mean": "charge_to_completion_mean",
        "charge_to_completion_at_the_crown_court_median": "charge_to_completion_median",
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
