"""What many verdicts say together: how many changed, how many would by chance, and which."""

from collections.abc import Sequence

from dashboard.figures.records import Verdict
from dashboard.words.lateness import nothing_since
from etl.core.state import CHANGES, JUDGED, State
from etl.core.written import count_word, listed, month, months, number
from etl.definitions.calendar import Gap

NOT_JUDGED = {
    State.TOO_EARLY: ("is too early to judge", "are too early to judge"),
    State.BREAK: ("is parted by a break", "are parted by a break"),
    State.CANNOT_TELL: ("has too few offences to tell", "have too few offences to tell"),
}
"""What is said of the series of a list that could not be judged, one and many; late ones are told as feeds."""


def when_judged(verdicts: Sequence[Verdict]) -> str:
    """The months most of the judged ones are: "from April to December 2025", "in April 2026"; empty when nothing is judged."""
    window = usual_window(verdicts)
    return window_words(*window) if window else ""


def window_words(first: str, last: str) -> str:
    """Months judged, with their preposition: "from April to December 2025", "in April 2026"."""
    return f"{'in' if first == last else 'from'} {months(first, last)}"


def usual_window(verdicts: Sequence[Verdict]) -> tuple[str, str] | None:
    """The months that most of the monthly verdicts speak of; None when nothing is judged."""
    windows = [v.window for v in verdicts if v.state in JUDGED and v.window and "Q" not in v.window[0]]
    return max(set(windows), key=windows.count) if windows else None


def other_months(verdict: Verdict, usual: tuple[str, str] | None) -> str:
    """What a number in a table needs where it is of other months than the rest: " (December 2025)"; else empty."""
    is_other = verdict.window is not None and verdict.state in JUDGED and verdict.window != usual
    return f" ({months(*verdict.window)})" if is_other and verdict.window else ""


def since_words(verdict: Verdict) -> str:
    """The month a change is seen from, for a table: "May 2025", "April 2025 or before"; the last month judged where none is."""
    if verdict.window is None:
        return month(verdict.since) if verdict.since else ""
    first, last = verdict.window
    if verdict.since is None:
        return month(last)
    return month(verdict.since) if verdict.since >= first else f"{month(first)} or before"


def list_headline(tested: int, changed: int, by_chance: float, verdicts: Sequence[Verdict], noun: str, gap: Gap | None) -> str:
    """How many of a list changed, in which months, and whether anything is known since.

    "26 of 384 borough series changed from April to December 2025. Fewer than 1 would by chance"; once newer months are late,
    "26 of 384 borough series changed from April to December 2025; nothing is known since. Fewer than 1 would by chance".
    """
    when = f"{when_judged(verdicts)}{nothing_since(gap)}"
    if not changed:
        return f"None of {number(tested)} {noun} changed by more than chance {when}"
    return f"{number(changed)} of {number(tested)} {noun} changed {when}. {chance(by_chance)} would by chance"


def chance(by_chance: float) -> str:
    """How many chance would give, opening a sentence: "Fewer than 1", "About 4"."""
    return "Fewer than 1" if by_chance < 1 else f"About {number(by_chance)}"


def states_sentence(verdicts: Sequence[Verdict], newest_by_chance: float) -> str:
    """What the changed ones are, in numbers; the last sentence says how many did not change.

    Args:
        verdicts: of one list.
        newest_by_chance: how many of them would have a newest month outside its range by chance.
    """
    count = {state: sum(1 for v in verdicts if v.state == state) for state in JUDGED}
    sentences = [f"{number(count[State.BETTER])} {_are(count[State.BETTER])} better, {number(count[State.WORSE])} worse."]
    if count[State.CHANGED]:
        why = "because they count what police look for or what people feel able to report"
        sentences.append(f"{number(count[State.CHANGED])} changed in a way that is neither, {why}.")
    if count[State.PROVISIONAL]:
        many = chance(newest_by_chance)
        rest = (
            f"{number(count[State.PROVISIONAL])} {'rests' if count[State.PROVISIONAL] == 1 else 'rest'} on the newest month alone"
        )
        sentences.append(f"{rest}; {many[:1].lower()}{many[1:]} would by chance.")
    if count[State.NO_CHANGE]:
        sentences.append(f"In the other {number(count[State.NO_CHANGE])} there is no significant change.")
    refused = {state: sum(1 for v in verdicts if v.state == state) for state in NOT_JUDGED}
    sentences += [f"{number(many)} more {NOT_JUDGED[state][many > 1]}." for state, many in refused.items() if many]
    return " ".join(sentences)


def late_sentence(feeds: int) -> str:
    """How many feeds have fallen too far behind: "Two feeds are late enough to carry no verdict."; empty where none has."""
    sentence = f"{count_word(feeds)} feed{' is' if feeds == 1 else 's are'} late enough to carry no verdict."
    return f"{sentence[:1].upper()}{sentence[1:]}" if feeds else ""


def place_headline(place: str, verdicts: Sequence[Verdict], gap: Gap | None) -> str:
    """The sentence over a place: "Nothing in Bromley changed by more than chance from April to December 2025"."""
    judged = [v for v in verdicts if v.state in JUDGED]
    changed = sum(1 for v in judged if v.state in CHANGES)
    if not changed:
        return f"Nothing in {place} changed by more than chance {when_judged(judged)}{nothing_since(gap)}"
    return f"{number(changed)} of {number(len(judged))} measures in {place} changed {when_judged(judged)}{nothing_since(gap)}"


def which_sentence(verdicts: Sequence[Verdict], titles: dict[str, str]) -> str:
    """Which measures of a place changed, by state, each named; empty when none did."""
    openings = {
        State.WORSE: "Worse",
        State.BETTER: "Better",
        State.CHANGED: "Changed, direction not judged",
        State.PROVISIONAL: "Provisional, resting on the newest month alone",
    }
    sentences = []
    for state, opening in openings.items():
        names = tuple(titles[v.measure].lower() for v in verdicts if v.state == state and v.measure in titles)
        if names:
            sentences.append(f"{opening}: {listed(names)}.")
    return " ".join(sentences)


def family_sentence(changed: int, by_chance: float, family: str) -> str:
    """What chance would give of a list: "Of the 81 changes in all boroughs, about 4 would come by chance."."""
    many = chance(by_chance)
    return f"Of the {number(changed)} changes in all {family}, {many[:1].lower()}{many[1:]} would come by chance."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
