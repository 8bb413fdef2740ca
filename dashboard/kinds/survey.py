"""A survey on its page: shares of people asked, boroughs as tiles and beside London."""

from dashboard.kinds.telling import Beside, Section, Telling
from etl.core.areas import LONDON
from etl.kinds import survey

TELLING = Telling(
    kind=survey.KIND,
    places=("borough",),
    wider=(LONDON,),
    sections=(Section.TILES, Section.BESIDE_LONDON),
    method="As published: the share of people asked over twelve months. Each series is taken whole from its newest edition.",
    shown_as="as published",
    periods_drawn="Months drawn",
    starts_in=3,
    is_alike_everywhere=True,
    beside=Beside.DOTTED,
    uncertainty="each could be out as far as its interval says",
)
