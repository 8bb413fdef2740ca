"""Crown Court receipts, disposals and open cases, England and Wales to observations."""

from etl.files import quarterly
from etl.files.table import Reading, Table

LAYOUT = quarterly.Layout(
    form="extract",
    series={
        "receipts": "crown_receipts",
        "disposals": "crown_disposals",
        "open": "open_crown_cases",
        "net_flow": "crown_net_flow",
    },
    by_region=False,
    whole=frozenset({"crown_receipts", "crown_disposals", "open_crown_cases", "crown_net_flow"}),
    signed=frozenset({"crown_net_flow"}),
    differences={"crown_net_flow": ("crown_receipts", "crown_disposals")},
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
