"""Recorded crime on its page: counts, rates by residents, boroughs as tiles, table, map and funnel."""

from dashboard.kinds.telling import Section, Telling
from etl.core.areas import LONDON
from etl.kinds import recorded_crime

TELLING = Telling(
    kind=recorded_crime.KIND,
    places=("borough",),
    wider=(LONDON,),
    sections=(Section.TILES, Section.BOROUGH_TABLE, Section.MAP, Section.FUNNEL),
    method=(
        "Each month is the newest edition’s figure; twelve months are added up and nothing is filled in. A borough and offence "
        "without a row had none. Rates divide by residents at mid-year; limits are exact Poisson below 10, Byar’s from 10. "
        "What is expected of a borough allows for how many of London’s offences have a borough on record that month; its counts "
        "are as published."
    ),
    shown_as="number of offences",
    periods_drawn="Months drawn",
    starts_in=4,
    has_commands=True,
)
