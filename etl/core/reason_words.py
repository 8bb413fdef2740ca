"""Reasons in sentences: the one place where a code becomes words, for pages, downloads and the command line alike.

It stands on the ground floor because the pipeline's commands print the same sentences as the dashboard and may not import it.
"""

from collections.abc import Callable, Iterable, Sequence
from math import ceil

from etl.core.effect_words import EFFECT_SENTENCES
from etl.core.period import last_month_label, month_of_year, moved, year_of
from etl.core.reason import Code, Reason
from etl.core.written import MONTHS, any_period, count_word, months, percent

TEN = 10
"""Inside a sentence figures stand from ten up; a sentence opens with a word up to twelve."""
WHOLE_POINTS_FROM = 10 / 3
"""From so many points a visible change is said in whole points."""
PAIR = 2
ENOUGH_WINDOWS = 20
"""Fewer past moves than this are no record."""
WHOLE = 100
TO_LAST = {
    "almost certain": "almost certain to last",
    "highly likely": "highly likely to last",
    "likely": "likely to last",
    "realistic possibility": "not likely to last, though it may",
    "unlikely": "unlikely to last",
}
"""By grade."""
BESIDE_FORCE = {
    "with": "The rest of London moved alike.",
    "more": "It moved further than the rest of London.",
    "less": "It moved less far than the rest of London.",
    "against": "The rest of London moved the other way.",
    "above": "It lies above the path of the rest of London.",
    "below": "It lies below the path of the rest of London.",
}


def in_sentences(reasons: Iterable[Reason]) -> str:
    """Every reason in its sentence or two, one after the other; "" for none."""
    return " ".join(sentence(reason) for reason in reasons)


def sentence(reason: Reason) -> str:
    """One reason in words, with its full stop."""
    return SENTENCES[reason.code](reason)


def missing_figures(reason: Reason) -> str:
    """Which figures of a late series are not held, as a clause: "Seven later quarters should be out by now and are not held"."""
    missing = reason.count("missing")
    figures = _opening_count(missing, f"later {reason.text('noun')}")
    if reason.code is Code.LATE_HERE:
        return f"{figures} {'is' if missing == 1 else 'are'} held for other areas and not for this one"
    return f"{figures} should be out by now and are not held"


def _months_compared(r: Reason) -> str:
    restart = f", from counts since {any_period(r.text('restart'))}" if r.text("restart") else ""
    return (
        f"The {_count(r.count('count'), 'month')} {months(r.text('first'), r.text('last'))} are set beside what was expected of "
        f"them in {any_period(r.text('made'))}{restart}, allowing for the time of year."
    )


def _lasts(r: Reason) -> str:
    record = ""
    if r.count("windows") >= ENOUGH_WINDOWS:
        record = f": of {r.count('windows')} such moves in past years {percent(r.number('lasted'))} did"
    return f"It is {TO_LAST[r.text('grade')]}{record}."


def _ruled_out(r: Reason) -> str:
    fall, rise = (ceil(100 * max(r.number(name), 0.0) - 1e-9) for name in ("fall", "rise"))
    if fall >= WHOLE:
        return f"A rise of more than {rise}% can be ruled out."
    return f"A rise of more than {rise}% and a fall of more than {fall}% can be ruled out."


def _too_new(r: Reason) -> str:
    return f"{_are(r)} held but not judged yet: figures so new have been revised too much in past editions."


def _empty_months(r: Reason) -> str:
    each = " a month" if len(r.periods("months")) > 1 else ""
    return (
        f"Not one offence is recorded in {_stretches(r.periods('months'))}, where about {r.number('expected'):,.0f}{each} would "
        "be expected. That is more likely a fault in the figures than a change, so there is no verdict."
    )


def _needed(r: Reason, noun: str = "month", where: str = "") -> str:
    count = r.count("held")
    return (
        f"{_opening_count(count, noun)} {'is' if count == 1 else 'are'} held{where}; {r.count('needed')} are needed. "
        f"First honest review: after {any_period(r.text('review'))}."
    )


def _late(r: Reason) -> str:
    year = "the year to " if r.is_true("is_year") else ""
    return f"The newest figure held is for {year}{any_period(r.text('last'))}. {missing_figures(r)}, so there is no verdict."


def _survey_compared(r: Reason) -> str:
    points = r.number("visible") * 100
    size = f"{points:.0f} points" if points >= WHOLE_POINTS_FROM else f"{points:.1f} points"
    return (
        f"The year to {any_period(r.text('last'))} is set against the year to {any_period(r.text('before'))}: two separate "
        f"samples of about {r.number('people'):,.0f} people. Only a change of {size} or more would be visible."
    )


def _quarters_compared(r: Reason) -> str:
    first, last = moved(last_month_label(r.text("first")), -2), last_month_label(r.text("last"))
    return (
        f"The {_count(r.count('count'), 'quarter')} {months(first, last)} are set against the usual movement of the "
        f"{r.count('before')} quarters before them, Covid left out, allowing for one quarter being like the next."
    )


def _step_everywhere(r: Reason) -> str:
    changed, judged = r.count("changed"), r.count("judged")
    many = f"All {judged}" if changed == judged else f"{changed} of {judged}"
    return (
        f"{many} boroughs {'rose' if r.is_true('is_rise') else 'fell'}, most of them from {any_period(r.text('month'))}: a step "
        "that so many take in one month is more often a change in how crime is recorded than in crime."
    )


def _next_month(r: Reason) -> str:
    newest = any_period(r.text("month"))
    return f"The next month: if it is as far out, {newest} was no accident; if not, or if {newest} is revised, it was."


def _count_outside(r: Reason) -> str:
    below = f"Fewer than {_size(r, 'low')} or more" if r.number("low") >= 1 else "More"
    return f"{below} than {_size(r, 'high')} {_when(r)} would have been called leaning at least."


def _stronger(r: Reason) -> str:
    return (
        f"Stronger evidence, or fewer {r.text('noun')} looked at together: by itself it lies outside the range of chance already."
    )


SENTENCES: dict[Code, Callable[[Reason], str]] = {
    **EFFECT_SENTENCES,
    Code.MONTHS_COMPARED: _months_compared,
    Code.MONTHS_NOT_HELD: lambda r: f"{_are(r)} not held and left out.",
    Code.MONTHS_LEFT_OUT: lambda r: f"{_are(r)} left out of every comparison.",
    Code.MONTHS_TOO_NEW: _too_new,
    Code.LASTS: _lasts,
    Code.RESTS_ON_MONTH: lambda r: f"Without {_month(r)} nothing would stand out.",
    Code.LEANS_OUTSIDE: lambda _: (
        "The count lies outside the range expected. That alone proves nothing: among so many series some do by chance."
    ),
    Code.LEANS_INSIDE: lambda _: (
        "The count lies within the range expected; moves like it have mostly lasted, so it leans and is not proven."
    ),
    Code.RULED_OUT: _ruled_out,
    Code.AGAINST_FORCE: lambda r: BESIDE_FORCE[r.text("how")],
    Code.NO_FIGURE: lambda _: "No figure is held.",
    Code.NO_MONTH_JUDGED: lambda _: "No month of it can be judged yet.",
    Code.TOO_FEW_OFFENCES: lambda _: "So few offences were recorded in these months that no change could be told from chance.",
    Code.EMPTY_MONTHS: _empty_months,
    Code.NEWEST_LEFT_OUT: lambda r: f"The newest months are left out of every comparison. {r.text('what')}",
    Code.TOO_FEW_MONTHS: _needed,
    Code.TOO_FEW_MONTHS_SINCE: lambda r: f"Counts start again in {any_period(r.text('since'))}. {_needed(r, where=' since')}",
    Code.NOT_COMPARABLE: lambda r: (
        f"Counts before and after {any_period(r.text('since'))} cannot be compared. {r.text('what')} {_needed(r, where=' since')}"
    ),
    Code.LATE: _late,
    Code.LATE_HERE: _late,
    Code.YEAR_BEFORE_NOT_HELD: lambda r: (
        f"The year to {any_period(r.text('before'))}, which the newest would be set against, is not held."
    ),
    Code.SURVEY_YEARS_COMPARED: _survey_compared,
    Code.SAMPLE_TOO_SMALL: lambda r: (
        f"With so few asked, the figure cannot tell whether this {'borough' if r.is_true('is_borough') else 'area'} changed."
    ),
    Code.SMALLER_THAN_VISIBLE: lambda _: "The difference is smaller than that.",
    Code.LARGER_THAN_VISIBLE: lambda _: "The difference is larger than that.",
    Code.CHANCE_IN_FIGURES: lambda _: "Among so many figures looked at together, one as large comes by chance too often.",
    Code.NEITHER_WAY_BETTER: lambda _: "Neither way is better by itself.",
    Code.TOO_FEW_QUARTERS: lambda r: _needed(r, "quarter", " outside the Covid months"),
    Code.QUARTERS_COMPARED: _quarters_compared,
    Code.QUARTERS_WITHIN: lambda _: "They keep within it.",
    Code.QUARTERS_ON_ONE_SIDE: lambda _: "All four lie on one side, at least two of them near the edge of the range.",
    Code.NEWEST_QUARTER_OUTSIDE: lambda _: "The newest quarter lies outside the range.",
    Code.TRIAL_LIMITS: lambda r: f"These are trial limits: they rest on {r.count('quarters')} quarters.",
    Code.YEAR_COMPARED: lambda r: (
        f"The year {any_period(r.text('first'))} to {any_period(r.text('last'))} is set beside what was expected of it in "
        f"{any_period(r.text('made'))}."
    ),
    Code.YEAR_NOT_WHOLE: lambda _: "Not every month of this year is held.",
    Code.TOO_FEW_MONTHS_BEFORE: lambda r: (
        f"{_opening_number(r.count('held'))} months are held before this year; {r.count('needed')} are needed."
    ),
    Code.YEAR_PARTED: lambda r: r.text("what"),
    Code.TOO_FEW_IN_YEAR: lambda _: "Too few offences to tell a change from chance.",
    Code.STEP_EVERYWHERE: _step_everywhere,
    Code.LATER_FIGURES: lambda _: "The later figures, once they are held.",
    Code.TIME: lambda _: "Time: the verdict comes when enough months are held to compare.",
    Code.NEXT_MONTH: _next_month,
    Code.EMPTY_MONTHS_EXPLAINED: lambda _: "Figures for the empty months, or the publisher's word that they were truly empty.",
    Code.MORE_OFFENCES: lambda _: "More offences, or more months of them, than have been recorded.",
    Code.MONTHS_RETURN: lambda _: "Later months that return to what was expected, or a revision of these.",
    Code.MORE_MONTHS: lambda _: "More months on the same side would prove it; months back at what was expected would end it.",
    Code.COUNT_OUTSIDE: _count_outside,
    Code.STRONGER_EVIDENCE: _stronger,
    Code.TWO_YEARS_NEEDED: lambda _: "Two separate years of it.",
    Code.YEARS_CLOSER: lambda r: f"Two separate years less than {_points(r)} apart would not have been called a change.",
    Code.YEARS_FURTHER: lambda r: f"Two separate years further than {_points(r)} apart.",
    Code.MORE_QUARTERS: lambda _: "More quarters.",
    Code.QUARTERS_RETURN: lambda r: (
        f"Quarters that return to the range of {_size(r, 'low')} to {_size(r, 'high')}, on both sides of its middle."
    ),
    Code.QUARTERS_LEAVE: lambda r: (
        f"A quarter below {_size(r, 'low')} or above {_size(r, 'high')}, "
        "or four on one side of the middle with two near the edge."
    ),
}


def _month(r: Reason) -> str:
    return any_period(r.text("month"))


def _are(r: Reason) -> str:
    """The months of a reason and their verb: "November and December 2025 are"."""
    named = r.periods("months")
    return f"{_stretches(named)} {'is' if len(named) == 1 else 'are'}"


def _when(r: Reason) -> str:
    first, last = r.text("first"), r.text("last")
    return f"from {months(first, last)}" if first != last else f"in {any_period(last)}"


def _points(r: Reason) -> str:
    return f"{r.number('visible') * 100:.1f} points"


def _size(r: Reason, name: str) -> str:
    value = r.number(name)
    if r.is_true("is_share"):
        return f"{value:.0%}"
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= TEN else f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}"


def _count(number: int, noun: str) -> str:
    """Inside a sentence: nine months, 24 months, one month."""
    return f"{count_word(number) if number < TEN else number} {noun}{'' if number == 1 else 's'}"


def _opening_count(number: int, noun: str) -> str:
    """At its beginning: Nine months, Ten months, 24 months."""
    return f"{_opening_number(number)} {noun}{'' if number == 1 else 's'}"


def _opening_number(number: int) -> str:
    return count_word(number).capitalize()


def _stretches(periods: Sequence[str]) -> str:
    """Months as one would say them: "July to December 2025", "May 2025 and August to October 2025"."""
    runs: list[list[str]] = []
    for period in periods:
        if runs and moved(runs[-1][-1], 1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    stretches = [_stretch(run) for run in runs]
    return stretches[0] if len(stretches) == 1 else f"{', '.join(stretches[:-1])} and {stretches[-1]}"


def _stretch(run: Sequence[str]) -> str:
    if len(run) != PAIR:
        return months(run[0], run[-1])
    first = MONTHS[month_of_year(run[0]) - 1] if year_of(run[0]) == year_of(run[1]) else any_period(run[0])
    return f"{first} and {any_period(run[1])}"
