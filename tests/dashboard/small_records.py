"""Small hand-made records for the tests of words, components and pages; figures counted by hand from the published files."""

from dataclasses import replace
from datetime import date

from dashboard.figures.records import Area, Break, Citation, Measure, MeasureSeries, Point, Verdict
from etl.core.areas import LONDON
from etl.core.period import bounds
from etl.core.reason import Code, Reason

LONDON_AREA = Area(LONDON, "London", "force")
BROMLEY = Area("E09000006", "Bromley", "borough", parent="BCU-SN")
SOUTH = Area("BCU-SN", "South Area", "bcu", members=("E09000006", "E09000008", "E09000029"))
JANUARY_2026 = Citation(
    edition="mps_recorded_crime_borough/2026-01/recent",
    source="mps_recorded_crime_borough",
    title="Recorded crime by borough",
    publisher="Metropolitan Police Service",
    landing_page="https://data.london.gov.uk/dataset/mps-recorded-crime-geographic-breakdown",
    licence="Open Government Licence v3.0",
    label="January 2026",
    published_on=date(2026, 1, 31),
    published_basis="inferred",
    file_name="MPS Borough Level Crime (most recent 24 months).csv",
    sha256="a" * 64,
    first_period="2024-01",
    last_period="2025-12",
)
CRIME_SYSTEM = Break(date(2024, 2, 28), None, "The crime system changed", "system", "restart", "the published counts")
ROBBERY = Measure(
    id="robbery_personal",
    base="robbery_personal",
    form="count",
    kind="recorded_crime",
    title="Personal robbery",
    noun="robberies",
    unit="offences",
    theme="Volume crime",
    period="month",
    decimals=0,
    better="lower",
    better_note="Fewer is better.",
    definition="Robberies of personal property recorded.",
    counts="Offences recorded in the month.",
    leaves_out="Robbery of businesses.",
    gamed_by="Recording as theft from the person.",
    counter_measure="Read beside theft from the person.",
    read_beside=("theft_from_person",),
    owner=None,
    reviewed="2026-01-31",
    next_review="2027-01-31",
    caveats=("Counts where the offence happened.",),
    published_as=(("C2", "ROBBERY OF PERSONAL PROPERTY"),),
    source="mps_recorded_crime_borough",
)
ROLLING = replace(ROBBERY, id="robbery_personal_rolling_year", form="rolling_year", period="rolling_year", is_rolling=True)
ROLLING_RATE = replace(
    ROLLING, id="robbery_personal_rolling_year_rate", form="rolling_year_rate", unit="offences per 1,000 residents", decimals=1
)
TOTAL = replace(ROLLING, id="total_recorded_crime_rolling_year", base="total_recorded_crime", title="All crime", noun="offences")
GOOD_JOB = replace(
    ROBBERY,
    id="good_job_local",
    base="good_job_local",
    form="value",
    kind="survey",
    title="Police do a good job in the local area",
    noun="people asked",
    unit="%",
    theme="Confidence",
    period="rolling_year",
    better="higher",
    is_percentage=True,
    is_rolling=True,
    source="mopac_public_attitude_survey",
)
MEDIAN_DAYS = replace(
    ROBBERY,
    id="offence_to_completion_median",
    form="value",
    kind="courts",
    title="Offence to completion, median",
    noun="days",
    unit="days",
    theme="Justice",
    period="quarter",
    source="moj_criminal_courts",
)


def point(period: str, value: float | None, kind: str = "month", **named: object) -> Point:
    """A point with the passport a test does not look at."""
    plain = Point(
        period=period,
        start=bounds(period, kind)[0],
        value=value,
        numerator=None,
        denominator=None,
        lower=None,
        upper=None,
        status="final" if value is not None else "unavailable",
        edition=JANUARY_2026.edition,
        cell="Y312",
    )
    return replace(plain, **named)  # type: ignore[arg-type]


def series(
    measure: Measure, area: Area, values: dict[str, float | None], breaks: tuple[Break, ...] = (), **named: object
) -> MeasureSeries:
    """A series of plain points, oldest first."""
    points = tuple(point(period, value, measure.period, **named) for period, value in sorted(values.items()))
    return MeasureSeries(measure, area, points, (JANUARY_2026,), breaks)


def verdict(state: str, **named: object) -> Verdict:
    """A verdict on personal robbery in London, April to December 2025."""
    plain = Verdict(
        measure="robbery_personal",
        area=LONDON,
        state=state,
        since="2025-04",
        window=("2025-04", "2025-12"),
        observed=17812,
        expected=20241,
        expected_lower=19000,
        expected_upper=21990,
        ratio=0.88,
        ratio_lower=0.81,
        ratio_upper=0.94,
        q_value=0.001,
        visible_change=None,
        rule="year to date",
        reason=(),
        would_change=(Reason.of(Code.COUNT_OUTSIDE, low=0.0, high=21990.0, first="2025-04", last="2025-12"),),
    )
    return replace(plain, **named)  # type: ignore[arg-type]
