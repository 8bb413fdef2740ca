"""Outcomes of offences on a page: counts by month and borough. No rate, no map and no funnel: there are no residents in them."""

from dashboard.kinds.telling import Section, Telling
from etl.core.areas import LONDON
from etl.kinds import outcomes

TELLING = Telling(
    kind=outcomes.KIND,
    places=("borough",),
    wider=(LONDON,),
    sections=(Section.TILES, Section.BOROUGH_TABLE),
    method=(
        "Each month is the newest edition’s figure; twelve months are added up and nothing is filled in. London is the sum of "
        "every area in the file, those without a borough among them."
    ),
    shown_as="number, as counted by the publisher",
    periods_drawn="Months drawn",
    starts_in=4,
    has_commands=True,
)
