"""Age of open Crown Court cases by region to observations."""

from etl.files import quarterly
from etl.files.table import Reading, Table

LAYOUT = quarterly.Layout(
    form="extract",
    series={
        "valid_cases": "open_crown_cases_of_known_age",
        "open_1yr_plus": "open_crown_cases_over_1_year",
        "share_1yr_plus": "open_crown_cases_over_1_year_share",
    },
    by_region=True,
    whole=frozenset({"open_crown_cases_of_known_age", "open_crown_cases_over_1_year"}),
    shares={"open_crown_cases_over_1_year_share": ("open_crown_cases_over_1_year", "open_crown_cases_of_known_age")},
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
