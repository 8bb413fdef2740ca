"""Counts of records on a page: one row of the file is one event, for London alone where the file names no borough."""

from dashboard.kinds.telling import Section, Telling
from etl.core.areas import LONDON
from etl.kinds import records

TELLING = Telling(
    kind=records.KIND,
    places=("borough",),
    wider=(LONDON,),
    sections=(Section.TILES,),
    method="The rows of the published file, counted by the month each happened in. A month whose file is not held is missing.",
    shown_as="number of records",
    periods_drawn="Months drawn",
    starts_in=None,
)
