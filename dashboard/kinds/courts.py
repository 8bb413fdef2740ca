"""The courts on a page: quarters as published, London's court region beside England and Wales, court by court."""

from dashboard.kinds.telling import Beside, Section, Telling
from etl.core.areas import ENGLAND_AND_WALES
from etl.kinds import courts

TELLING = Telling(
    kind=courts.KIND,
    places=("force", "region", "nation"),
    wider=(ENGLAND_AND_WALES,),
    sections=(Section.COURTS, Section.REGIONS),
    method="As published. Each series is taken whole from its newest edition; figures of two releases are never joined.",
    shown_as="as published",
    periods_drawn="Quarters drawn",
    starts_in=3,
    beside=Beside.SECOND_LINE,
    theme="justice",
)
