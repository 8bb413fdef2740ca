"""What calibration says, in sentences for someone who never studied statistics; what is not reached is said to be NOT reached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.judgement_records import Calibrated, CalibrationFigure, CalibrationMade
from etl.core.written import counted, listed, month, number, percent
from etl.definitions import catalogue

BOROUGHS, LONDON = "boroughs", "London"
PLANTED_CHANGE = re.compile(r"(?P<sign>[+-])(?P<size>\d+%)(?P<later> from month 4)?")
TENTH_NAME = re.compile(r"(?P<low>[\d.]+) to (?P<high>[\d.]+)")
"""How the table of the calibration names a planted change, and a tenth of the probability."""
PLACES = {BOROUGHS: "Boroughs", LONDON: "London"}
"""In the order of columns and groups."""
ALL = "all"
SETS = {ALL: "2023 to 2025, kept back", "each year kept back in turn": "Each year kept back in turn", "13 months of history": ""}
SETS["13 months of history"] = "2023 to 2025, histories cut to 13 months"
FITTED, TESTED = (2012, 2019), (2023, 2025)
"""First and last year of the windows that ranges and chances were fitted on, and of those they were tested on."""
FALLS = ("-10%", "-20%", "-30%", "-20% from month 4")
RISES = ("+20%", "+30%", "+20% from month 4")
FIFTH_FEWER = "-20%"
PLANTED = "20 and 30%"
LEAST_FOR_SHARE = 100
"""A share of fewer windows is told as so many of so many."""
WORST = 3
"""How many of the groups in which a range holds least are named where all reach the aim."""
NOT_REACHED = "NOT reached"
NOT_MEASURED = "not measured"
NOT_WORKED_OUT = "How sure verdicts are has not been worked out in this copy"
SIZE_GROUP = re.compile(r"(\d+) to (\d+|inf) a month")


@dataclass(frozen=True)
class TenthOfChance:
    """One tenth of probability in one kind of place; what was forecast and what lasted are None where they were not stored."""

    group: str
    windows: int
    forecast: float | None
    lasted: float | None
    off: float
    is_met: bool | None


def years(ends: tuple[int, int]) -> str:
    """The first and the last year of some windows, "2012 to 2019"."""
    return f"{ends[0]} to {ends[1]}"


def headline(rows: Sequence[CalibrationFigure]) -> str:
    """How many borough totals of years kept back lay inside their range, and how many aims are not reached."""
    coverage = picked(rows, Calibrated.COVERAGE, BOROUGHS, ALL)
    if coverage is None or coverage.value is None:
        return NOT_WORKED_OUT
    aims = [row for row in rows if row.is_met is not None]
    missed = sum(row.is_met is False for row in aims)
    outcome = f"{missed} of {len(aims)} aims are {NOT_REACHED}" if missed else "every aim is reached"
    return f"{percent(share_of(coverage))} of borough totals lay inside their 95% range; {outcome}"


def measured_on(made: CalibrationMade | None) -> str:
    """On which years the judging was tested and fitted, and whether it is the judging of this release."""
    windows = (
        f"Tested on April to December of {years(TESTED)}, each judged on what its March knew, with ranges and chances fitted on "
        f"{years(FITTED)}."
    )
    if made is None:
        return windows
    step = (
        "The judging and the breaks are those of this release."
        if made.is_in_step
        else "The judging or the breaks have changed since: it is due to be measured again."
    )
    return f"{windows} {step}"


CAUTION = (
    "The years tested on had been looked at before ranges were made a little wider and chances more cautious, so they prove less "
    "than years still to come will."
)


def how_measured(made: CalibrationMade | None) -> list[tuple[str, str]]:
    """(what, how) of the measuring, for whoever wants to repeat it."""
    extent = f" {number(made.measures)} measures, to {month(made.data_to)}." if made else ""
    return [
        (
            "Windows",
            "Real months, April to December of a year outside Covid, in London and its boroughs; those across a listed break, or "
            f"with less than two unbroken years before them, are left out.{extent}",
        ),
        ("Fitted on", f"{years(FITTED)}: the width of ranges, the ranks of moves, and how likely a move is to last."),
        ("Tested on", f"{years(TESTED)}; whether moves lasted, on those whose next twelve months are known."),
        ("In use", "What this site judges by is fitted on all of these years, once the test was done."),
        (
            "Each year kept back",
            "Every year in turn is judged by what all the others taught, later ones too.",
        ),
        (
            "Power",
            "Counted on all years, with what is in use: found is what moved further than the furthest 5% of the same windows "
            "left alone. So it is no test on years kept back.",
        ),
        (
            "Planted changes",
            "Offences taken away or added by chance, in one area at a time: London’s sum does not move with it. For power, in "
            "series of ten or more a month. For alarms, one series in ten is changed by 20 or 30%, and each year’s list is "
            "looked at as one.",
        ),
        (
            "Changes together",
            "Where a tenth of a measure’s boroughs were changed at once, and London with them, 2.5 to 5% of the others were "
            "named as changed. That was tried apart.",
        ),
        (
            "Score",
            "The interval score of the 95% range: its width and forty times what a total lies outside it, over the root of the "
            "total.",
        ),
        (
            "Steps of recording",
            "Where the recording of a measure steps in every borough at once, its totals leave the range together. No range is "
            "widened to hide that.",
        ),
        ("To last", "To be on the same side of the same expectation over the twelve months that follow."),
    ]


def ranges_sentence(rows: Sequence[CalibrationFigure]) -> str:
    """How many totals lay inside their range, in boroughs and London, and the measures and size where fewest did."""
    parts = []
    for place, of_whom in ((BOROUGHS, "of boroughs’ {} totals of nine months"), (LONDON, "of London’s {}")):
        row = picked(rows, Calibrated.COVERAGE, place, ALL)
        if row is not None and row.value is not None:
            parts.append(f"{percent(share_of(row), 1)} {of_whom.format(number(row.windows))}{aim_after(row)}")
    if not parts:
        return ""
    inside = f"Inside the 95% range lay {' and '.join(parts)}"
    return ". ".join(part for part in (inside, _worst_measures(rows), _worst_size(rows)) if part) + "."


def scores_sentence(rows: Sequence[CalibrationFigure]) -> str:
    """How narrow and how right the ranges are together, in boroughs and London."""
    scores = [(head, picked(rows, Calibrated.SCORE, place, ALL)) for place, head in PLACES.items()]
    named = [f"{head} {number(row.value, 1)}{aim_after(row)}" for head, row in scores if row and row.value is not None]
    return f"Score of the range, lower is better: {', '.join(named)}." if named else ""


def power_sentence(rows: Sequence[CalibrationFigure]) -> str:
    """How often a fall of a fifth is found, in a borough and in London."""
    parts = []
    for place, where in ((BOROUGHS, "of borough series"), (LONDON, "of London’s")):
        row = picked(rows, Calibrated.POWER, place, FIFTH_FEWER)
        if row is not None and row.value is not None:
            parts.append(f"{percent(share_of(row), 1)} {where}{aim_after(row)}")
    if not parts:
        return ""
    return f"A fall of a fifth from April on is found by December in {' and '.join(parts)}."


def flags_sentence(rows: Sequence[CalibrationFigure]) -> str:
    """How often a series left alone is named as changed, and how often a move of 20 to 30% is called no clear change."""
    flags = [(place, picked(rows, Calibrated.UNPROVOKED, place, ALL)) for place in PLACES]
    named = [
        f"{share_cell(row)} in {'boroughs' if place == BOROUGHS else LONDON}{aim_after(row)}"
        for place, row in flags
        if row is not None and row.value is not None
    ]
    parts = [f"Of series left alone, {' and '.join(named)} were named as changed"] if named else []
    nothing = picked(rows, Calibrated.CALLED_NOTHING, BOROUGHS, ALL)
    if nothing is not None and nothing.value is not None:
        parts.append(
            f"Of borough totals 20 to 30% from what was expected, {percent(share_of(nothing), 1)} are called no clear "
            f"change{aim_after(nothing)}"
        )
    return ". ".join(parts) + "." if parts else ""


def lasting_sentence(rows: Sequence[CalibrationFigure]) -> str:
    """Whether what was forecast to last did, in the tenths of boroughs that have enough windows, and on which side it errs."""
    counted_tenths = [t for t in tenths(rows, BOROUGHS) if t.is_met is not None]
    if not counted_tenths:
        return ""
    missed = [t for t in counted_tenths if not t.is_met]
    too_sure = sum(t.off > 0 for t in counted_tenths)
    failed = f" ({NOT_REACHED}: {listed(tuple(_tenth_off(t) for t in missed))})" if missed else ""
    within = _of(len(counted_tenths) - len(missed), len(counted_tenths))
    return (
        f"In {within} tenths of boroughs with 50 windows or more, the share of moves that lasted is within 5 points of the "
        f"forecast{failed}; in {_of(too_sure, len(counted_tenths))} fewer lasted than was forecast."
    )


def london_lasting(rows: Sequence[CalibrationFigure]) -> str:
    """Why London's tenths prove nothing; "" where one has windows enough."""
    london = tenths(rows, LONDON)
    if not london or any(t.is_met is not None for t in london):
        return ""
    return f"London’s {counted(sum(t.windows for t in london), 'windows')} are too few in every tenth to prove anything."


def aim_after(row: CalibrationFigure) -> str:
    """What was aimed at, in brackets, and whether it is reached; "" where nothing was."""
    if row.target is None:
        return ""
    return f" ({row.target} aimed at)" if row.is_met else f" ({NOT_REACHED}: {row.target})"


def aim_cell(row: CalibrationFigure) -> str:
    """The same for a cell of a table."""
    if row.target is None:
        return "none set"
    return f"{row.target}: reached" if row.is_met else f"{row.target}: {NOT_REACHED}"


def share_of(row: CalibrationFigure) -> float:
    """The share as so many of so many: stored to four places, it would be rounded twice.

    Raises:
        ValueError: it was not measured.
    """
    if row.value is None:
        raise ValueError(f"{row.figure}, {row.kind}, {row.group} was not measured")
    return round(row.value * row.windows) / row.windows if row.windows else row.value


def share_cell(row: CalibrationFigure | None) -> str:
    """A share with what it is of; of a few windows, how many of how many."""
    if row is None or row.value is None:
        return NOT_MEASURED
    if row.windows < LEAST_FOR_SHARE:
        return f"{round(row.value * row.windows)} of {row.windows}"
    return f"{percent(share_of(row), 1)} of {number(row.windows)}"


def change_words(group: str) -> str:
    """A planted change in words: "-20% from month 4" is "20% fewer from July"."""
    planted = PLANTED_CHANGE.fullmatch(group)
    if planted is None:
        raise ValueError(f"{group!r} is no planted change")
    way = "fewer" if planted["sign"] == "-" else "more"
    return f"{planted['size']} {way} from {'July' if planted['later'] else 'April'}"


def group_name(group: str) -> str:
    """A group in words: the measure's title, a size by the month, or the name it is stored under."""
    size = SIZE_GROUP.fullmatch(group)
    if size:
        low, high = int(size[1]), size[2]
        if low == 0:
            return f"fewer than {high} a month"
        return f"{number(low)} a month and over" if high == "inf" else f"{number(low)} to {number(int(high))} a month"
    return catalogue.measures()[group].title if group in catalogue.measures() else group


def by_measure(rows: Sequence[CalibrationFigure], place: str) -> list[CalibrationFigure]:
    """How many totals of each measure lay inside their range, by title."""
    measures = [row for row in _coverage(rows, place) if row.group not in SETS and not SIZE_GROUP.fullmatch(row.group)]
    return sorted(measures, key=lambda row: group_name(row.group))


def by_size(rows: Sequence[CalibrationFigure], place: str) -> list[CalibrationFigure]:
    """How many totals of each size lay inside their range, the smallest first."""
    sizes = [(SIZE_GROUP.fullmatch(row.group), row) for row in _coverage(rows, place)]
    return [row for _, row in sorted(((int(size[1]), row) for size, row in sizes if size), key=lambda pair: pair[0])]


def tenths(rows: Sequence[CalibrationFigure], place: str) -> list[TenthOfChance]:
    """The tenths of probability that had forecasts, the least likely first."""
    out = []
    for row in sorted((r for r in rows if (r.figure, r.kind) == (Calibrated.TENTH, place)), key=lambda r: r.group):
        forecast, lasted = (picked(rows, figure, place, row.group) for figure in (Calibrated.FORECAST, Calibrated.LASTED))
        if row.value is not None:
            out.append(
                TenthOfChance(
                    row.group,
                    row.windows,
                    forecast.value if forecast else None,
                    share_of(lasted) if lasted and lasted.value is not None else None,
                    row.value,
                    row.is_met,
                )
            )
    return out


def tenth_words(group: str) -> str:
    """A tenth of probability in percent: "0.3 to 0.4" is "30 to 40%"."""
    tenth = TENTH_NAME.fullmatch(group)
    if tenth is None:
        raise ValueError(f"{group!r} is no tenth of probability")
    return f"{float(tenth['low']) * 100:.0f} to {float(tenth['high']) * 100:.0f}%"


def picked(rows: Sequence[CalibrationFigure], figure: Calibrated, place: str, group: str) -> CalibrationFigure | None:
    """One figure; None where it was not measured."""
    return next((row for row in rows if (row.figure, row.kind, row.group) == (figure, place, group)), None)


def _coverage(rows: Sequence[CalibrationFigure], place: str) -> list[CalibrationFigure]:
    return [row for row in rows if (row.figure, row.kind) == (Calibrated.COVERAGE, place) and row.value is not None]


def _worst_measures(rows: Sequence[CalibrationFigure]) -> str:
    measures = sorted(by_measure(rows, BOROUGHS), key=lambda row: row.value or 0.0)
    missed = [row for row in measures if row.is_met is False]
    if not measures:
        return ""
    named = listed(tuple(f"{_inside(group_name(row.group))} ({percent(share_of(row), 1)})" for row in missed or measures[:WORST]))
    aim = f"{NOT_REACHED} by measure ({missed[0].target}): " if missed else "Of measures it holds least for "
    return f"{aim}{named}"


def _worst_size(rows: Sequence[CalibrationFigure]) -> str:
    sizes = sorted(by_size(rows, BOROUGHS), key=lambda row: row.value or 0.0)
    if not sizes:
        return ""
    missed = [row for row in sizes if row.is_met is False]
    named = listed(tuple(f"{group_name(row.group)} ({percent(share_of(row), 1)})" for row in missed or sizes[:1]))
    return f"{NOT_REACHED} by size ({missed[0].target}): {named}" if missed else f"By size it holds least at {named}"


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]


def _of(part: int, whole: int) -> str:
    return f"all {number(whole)}" if part == whole else f"{number(part)} of {number(whole)}"


def _tenth_off(tenth: TenthOfChance) -> str:
    return f"{tenth_words(tenth.group)}, off by {abs(tenth.off) * 100:.1f} points"
