"""The Confidence page in sentences: how many agree, what a sample can show, what a goal of long ago said."""

from collections.abc import Sequence

from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui.html import Element
from dashboard.words.facts import share_words
from dashboard.words.lateness import nothing_since, unknown_sentence
from etl.core.period import year_before
from etl.core.state import State
from etl.core.written import count_word, in_period, listed, month, number, percent
from etl.definitions.calendar import Gap

SHARE_WORDS = ((0.5, "Fewer than half"), (1.01, "More than half"))
CHANGE_SENTENCES = {
    State.NO_CHANGE: "No clear change in a year",
    State.BETTER: "More than a year before, by more than chance",
    State.WORSE: "Fewer than a year before, by more than chance",
}


def confidence_headline(series: MeasureSeries, verdict: Verdict | None, gap: Gap | None) -> str:
    """How many Londoners agree, whether that changed, and to when it is known: a heading without its last full stop."""
    last = newest(series)
    if last is None or last.value is None:
        return "No survey figure is held"
    share = "Half" if round(last.value * 100) == 50 else next(words for limit, words in SHARE_WORDS if last.value < limit)  # noqa: PLR2004
    title = series.measure.title
    when = in_period(last.period, "rolling_year")
    agree_sentence = f"{share} of Londoners asked {when} said {title[:1].lower()}{title[1:]}"
    change_sentence = CHANGE_SENTENCES.get(verdict.state) if verdict else None
    agree_and_change = f"{agree_sentence}. {change_sentence}" if change_sentence else agree_sentence
    return f"{agree_and_change}{nothing_since(gap)}"


def headline_facts(series: MeasureSeries, verdict: Verdict | None) -> str:
    """The newest year with its interval, the year before, the highest held, and what London's sample can see."""
    last = newest(series)
    if last is None or last.value is None:
        return ""
    measure = series.measure
    before = at(series, year_before(last.period))
    sentence = f"{share_words(last, measure)} {in_period(last.period, 'rolling_year')}"
    if before is not None and before.value is not None:
        sentence += f"; {share_words(before, measure)} in the 12 months before"
    # The first of the highest: later ones share its interviews.
    highest = max(series.known, key=lambda p: (p.value or 0.0, -p.start.toordinal()))
    sentence += f"; {share_words(highest, measure)} at its highest, {in_period(highest.period, 'rolling_year')}."
    if verdict and verdict.visible_change is not None:
        points = number(verdict.visible_change * 100, 1)
        sentence += f" London’s sample can show a change of about {points} points between two separate years."
    return sentence


def apart_headline(sides: Sequence[str | None], period: str) -> str:
    """How many boroughs can be told from London: "10 of 32 boroughs can be told apart from London in the 12 months to ..."."""
    sides_known = [s for s in sides if s is not None]
    told_apart = sum(1 for s in sides_known if s != "cannot tell")
    period_words = in_period(period, "rolling_year")
    if not told_apart:
        return f"No borough could be told apart from London {period_words}"
    return f"{number(told_apart)} of {number(len(sides_known))} boroughs could be told apart from London {period_words}"


def sample_limits_sentence(
    beside_london: Sequence[str | None], beside_before: Sequence[str | None], names: Sequence[str] = ()
) -> str:
    """What the boroughs' samples could not show, in numbers, and how many signs chance alone would give.

    `names` go with `beside_before`: with them, those that differ from their own year before are named.
    """
    known_beside_london = [s for s in beside_london if s is not None]
    known_beside_before = [s for s in beside_before if s is not None]
    unclear_count = sum(1 for s in known_beside_london if s == "cannot tell")
    moved_count = sum(1 for s in known_beside_before if s != "cannot tell")
    sentence = (
        f"For the other {count_word(unclear_count)} the sample cannot tell."
        if unclear_count < len(known_beside_london)
        else "For none can the sample tell."
    )
    by_chance = max(1, round(len(known_beside_london) * 0.05))
    sentence += f" About {count_word(by_chance)} would seem apart by chance alone."
    if known_beside_before:
        count_words = count_word(moved_count)
        sentence += (
            f" {count_words[:1].upper()}{count_words[1:]} differ{'s' if moved_count == 1 else ''} from "
            f"{'its' if moved_count == 1 else 'their'} own year before by more than the sample allows"
        )
        moved_names = [
            f"{name} ({side})"
            for name, side in zip(names, beside_before, strict=False)
            if side is not None and side != "cannot tell"
        ]
        sentence += f": {listed(tuple(moved_names))}." if moved_names else "."
    return sentence


def runs_sentence(gap: Gap, boroughs_to: str, stopped_questions: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """How far the survey runs, which questions stop sooner, and what is not known today: (what is the case, what follows).

    `gap` is London's.
    """
    case = f"The survey runs to {month(gap.held_to)} for London and to {month(boroughs_to)} for boroughs."
    if not stopped_questions:
        return case, unknown_sentence(gap)
    last = max(period for _, period in stopped_questions)
    names = listed(tuple(f"“{title}”" for title, _ in stopped_questions))
    return (
        case,
        f"For London {names} {'stops' if len(stopped_questions) == 1 else 'stop'} at {month(last)}. {unknown_sentence(gap)}",
    )


def goal_sentences(series: MeasureSeries, ended_on: str, goal: float) -> tuple[str, ...]:
    """What the survey held says of a goal that ended in a month: earliest held, at the end, highest, newest."""
    first, last = series.known[0], newest(series)
    if last is None or last.value is None or first.value is None:
        return ("No figure of that time is held.",)
    measure = series.measure
    sentences = [f"The earliest figure held is {share_words(first, measure)}, {in_period(first.period, 'rolling_year')}."]
    points_by_then = [p for p in series.known if p.period <= ended_on]
    if points_by_then and points_by_then[-1].value is not None:
        sentences.append(
            f"When the plan ended it was {share_words(points_by_then[-1], measure)}, "
            f"{in_period(points_by_then[-1].period, 'rolling_year')}."
        )
    highest = max(series.known, key=lambda p: p.value or 0.0)
    outcome = "was reached" if (highest.value or 0.0) >= goal else "was not reached in any year held"
    sentences.append(f"{percent(goal)} {outcome}; the highest was {share_words(highest, measure)}.")
    sentences.append(f"The newest is {share_words(last, measure)}, {in_period(last.period, 'rolling_year')}.")
    return tuple(sentences)


def then_and_now_sentence(series: MeasureSeries, period_then: str) -> str:
    """What a question gave in the newest year out by a month, and in the newest of all."""
    points_by_then = [p for p in series.known if p.period <= period_then and p.value is not None]
    last = newest(series)
    if not points_by_then or last is None or last.value is None:
        return f"On the question “{series.measure.title}” no figure of that time is held."
    last_then = points_by_then[-1]
    then_words = f"{share_words(last_then, series.measure)} {in_period(last_then.period, 'rolling_year')}"
    now_words = f"{share_words(last, series.measure)} {in_period(last.period, 'rolling_year')}, the newest held"
    return f"Beside it, on the question “{series.measure.title}”: {then_words}; {now_words}."


ROUNDED = "Published as whole percentages, so a change of one point may be rounding."
METHOD = (
    "Shares are as published, for rolling twelve months; only years that share no interview are compared. Intervals are "
    "worked out from "
    "about 12,800 Londoners asked a year, about 400 in each borough, with a design effect of 1.5 for weighting and clustering."
)
GROUP_GAPS: list[str | Element] = [
    "The files give no age, sex, ethnic group or area of deprivation, so no gap can be shown. Lewisham’s councillors were "
    "told on 17 January "
    "2017 that people in more deprived areas, and Black and mixed respondents to this survey, report more negative views. "
    "Whether that has "
    "changed cannot be shown here. Ask the Mayor’s Office for Policing and Crime, whose survey it is."
]
