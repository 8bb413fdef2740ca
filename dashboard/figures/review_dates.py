"""How soon a fall could be told from chance where a priority is: its first honest review, from the live release."""

from dataclasses import dataclass
from datetime import date

from dashboard.figures import queries_judgement
from etl.core.period import bounds, moved
from etl.core.written import count_word

FIFTH = -0.2
"""The fall looked for: what the retired targets asked of everyone. Larger ones are named only where this one is never seen."""
NOT_WORKED_OUT = "How soon a change of it could be seen is not worked out."


@dataclass(frozen=True)
class Review:
    """The first day a fall of a fifth would be seen four times in five. `on` None: `because` says why there is none."""

    on: date | None
    because: str


def months_until_seen(measure_id: str, area_code: str) -> int | None:
    """Whole months after which a fall of a fifth is mostly seen at this volume; None: not in a year, or not worked out."""
    return _falls(measure_id, area_code).get(FIFTH)


def review(measure_id: str | None, area_code: str, in_force_from: date | None) -> Review:
    """The first honest review of a priority, or why there is none."""
    falls = _falls(measure_id, area_code) if measure_id else {}
    if not falls:
        return Review(None, NOT_WORKED_OUT)
    months = falls.get(FIFTH)
    if months is None:
        return Review(None, _never(falls))
    if in_force_from is None:
        return Review(None, f"A fall of a fifth would be proven after {count_word(months)} months.")
    return Review(after_months(in_force_from, months), "")


def after_months(in_force_from: date, months: int) -> date:
    """The first day after so many whole calendar months in force; a month begun late is not a whole one."""
    begun = f"{in_force_from.year}-{in_force_from.month:02d}"
    return bounds(moved(begun, months + (in_force_from.day > 1)), "month")[0]


def _never(falls: dict[float, int | None]) -> str:
    sentence = "At the numbers recorded here a fall of a fifth could not be proven within a year"
    larger = [(share, months) for share, months in sorted(falls.items(), reverse=True) if share < FIFTH and months is not None]
    if larger:
        share, months = larger[0]
        return f"{sentence}; a fall of {-share:.0%} could after {count_word(months)} months."
    return f"{sentence}, nor one of {-min(falls):.0%}."


def _falls(measure_id: str, area_code: str) -> dict[float, int | None]:
    try:
        months_by_change = queries_judgement.months_to_see(measure_id, area_code)
    except LookupError:
        return {}
    return {share: months for share, months in months_by_change.items() if share < 0}
