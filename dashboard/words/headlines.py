"""The sentences that open a page: what was found, in words."""

from dashboard.figures.compare import is_parted_now, newest, year_on
from dashboard.figures.records import Area, MeasureSeries
from dashboard.words.facts import break_sentence, no_figure_sentence
from dashboard.words.lateness import nothing_since_month
from etl.core.written import in_period, listed, month, rounded
from etl.definitions.calendar import Gap

FORCE = "The Metropolitan Police"
NO_VERDICT = "These are counts. They do not say whether anything has moved clearly."
"""Said where nothing has been judged."""


def recorded_headline(rolling_total: MeasureSeries, where: str, gap: Gap | None) -> str:
    """What the force recorded in twelve months and the twelve before.

    Args:
        rolling_total: all offences over rolling years, for London or one place.
        where: "" for London (the force's whole area), " in Bromley" for a place.
        gap: what is not known of recorded crime today; None where the sentences round it say so.

    Returns:
        "The Metropolitan Police recorded 911,000 offences in the 12 months to December 2025; 935,000 in the 12 months
        before". One sentence without its full stop, or several with; the last says that nothing is known since, once newer months
        are late.
    """
    return f"{_recorded(rolling_total, where)}{nothing_since_month(gap)}"


def _recorded(rolling_total: MeasureSeries, where: str) -> str:
    pair = year_on(rolling_total)
    if is_parted_now(rolling_total):
        return no_figure_sentence(rolling_total).rstrip(".")
    if pair is None or pair.newest.value is None:
        return f"No recorded crime is held{where}"
    sentence = f"{FORCE} recorded {rounded(pair.newest.value)} offences{where} {in_period(pair.newest.period, 'rolling_year')}"
    if pair.parted_by:
        return f"{sentence}. {break_sentence(pair.parted_by)}"
    if pair.before is None or pair.before.value is None:
        return sentence
    return f"{sentence}; {rounded(pair.before.value)} in the 12 months before"


def newest_month_sentence(monthly_total: MeasureSeries) -> str:
    """The newest month and the same month a year before, as a second sentence."""
    pair = year_on(monthly_total)
    if pair is None or pair.newest.value is None:
        return ""
    sentence = f"In {month(pair.newest.period)} it recorded {rounded(pair.newest.value)}"
    if pair.before is None or pair.before.value is None or pair.parted_by:
        return f"{sentence}."
    return f"{sentence}; in {month(pair.before.period)}, {rounded(pair.before.value)}."


def place_line(area: Area, command: Area | None, others: tuple[str, ...]) -> str:
    """Where a place sits: "Bromley, in the South Area command with Croydon and Sutton"."""
    if area.kind == "bcu":
        return f"{area.name} command: {listed(others)}"
    if command is None:
        return area.name
    place = f"{area.name}, in the {command.name} command"
    return f"{place} with {listed(others)}" if others else place


def other_force_sentence(area: Area) -> str:
    """Why the City of London has no figures here."""
    return f"The {area.name} has its own police force, and the Metropolitan Police’s files hold nothing for it"


def unplaced_sentence(unknown: MeasureSeries, london: MeasureSeries) -> str | None:
    """How many of London's crimes carry no borough, newest month; None when none is held for that month.

    "Of 75,300 offences in December 2025, 151 have no borough on record and are counted in none."
    """
    last, total = newest(unknown), newest(london)
    if last is None or total is None or last.period != total.period or not last.value or not total.value:
        return None
    return (
        f"Of {rounded(total.value)} offences in {month(total.period)}, {rounded(last.value)} have no borough on record"
        " and are counted in none."
    )
