"""Annual statistics on a page: one rate or share a year, boroughs as tiles and beside London."""

from dashboard.kinds.telling import Beside, Section, Telling
from etl.core.areas import LONDON
from etl.kinds import annual

TELLING = Telling(
    kind=annual.KIND,
    places=("borough",),
    wider=(LONDON,),
    sections=(Section.TILES, Section.BESIDE_LONDON),
    method="As published: one figure a year. Nothing is added up and nothing is filled in.",
    shown_as="as published",
    periods_drawn="Years drawn",
    starts_in=None,
    is_alike_everywhere=True,
    beside=Beside.DOTTED,
    uncertainty="how far each could be out by chance is not published",
)
