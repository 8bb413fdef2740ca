"""What many verdicts say together: how many changed, how many would by chance, and which."""

import re
from collections.abc import Mapping, Sequence

from dashboard.figures.records import Verdict
from dashboard.words.facts import lowered
from dashboard.words.lateness import nothing_since
from dashboard.words.moves import is_up
from etl.core.state import CHANGES, JUDGED, LEANS, State
from etl.core.written import count_word, listed, month, months, number
from etl.definitions.calendar import Gap
from etl.definitions.overlaps import folded

FEW = 4
"""More boroughs, or crimes, than this are told by their number."""
MOST_NAMED = 3
PLACE_NAMED = 2
"""Crimes named each way in the heading of a place, before the rest are counted."""
HEAD = re.compile(r" (?:from|of|with|without|in|and) ")
SIDES = {
    State.BETTER: "better",
    State.WORSE: "worse",
    State.CHANGED: "where neither way is better",
    State.APART: "apart from London",
}
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


def list_headline(verdicts: Sequence[Verdict], titles: Mapping[str, str], places: Mapping[str, str], gap: Gap | None) -> str:
    """What moved where, of a list of boroughs, each crime named.

    "Violence without injury is up in Lambeth, Redbridge and Southwark; bicycle theft is down in eight boroughs": the moves most
    boroughs share first. What only leans is named where nothing is proven. Once newer months are late, nothing is known since.

    Args:
        verdicts: of one list.
        titles: of the measures, by id.
        places: names of the areas, by code.
        gap: how far behind today the figures are.
    """
    proven, leaning = (one_finding_each(verdicts, states, titles) for states in (CHANGES, LEANS))
    clauses = named_moves(proven or leaning, titles, places, "is" if proven else "may be")[:MOST_NAMED]
    if not clauses:
        return f"No crime moved clearly in any borough {when_judged(verdicts)}{nothing_since(gap)}"
    return f"{_capital('; '.join(clauses))} {when_judged(verdicts)}{nothing_since(gap)}"


def one_finding_each(verdicts: Sequence[Verdict], states: tuple[State, ...], titles: Mapping[str, str]) -> list[Verdict]:
    """The verdicts in some states, of measures that count the same offences only the first: a move in both is one finding."""
    members = [v for v in verdicts if v.state in states and v.ratio is not None and v.measure in titles]
    return [one.leader for one in folded(members, lambda v: v.measure, lambda v: (v.area, is_up(v)))]


def named_moves(moves: Sequence[Verdict], titles: Mapping[str, str], places: Mapping[str, str], verb: str) -> list[str]:
    """Each crime with where it is up and where down, the one most boroughs share first.

    "drug trafficking is up in Brent, Ealing and Islington and down in Croydon and Southwark".
    """
    of_measure: dict[str, list[Verdict]] = {}
    for v in moves:
        of_measure.setdefault(v.measure, []).append(v)
    clauses = []
    for measure, members in sorted(of_measure.items(), key=lambda one: (-len(one[1]), titles[one[0]])):
        ways = [
            f"{way} in {where_words(tuple(places[v.area] for v in members if is_up(v) == (way == 'up')))}"
            for way in ("up", "down")
            if any(is_up(v) == (way == "up") for v in members)
        ]
        clauses.append(f"{lowered(titles[measure])} {_plural(titles[measure], verb)} {' and '.join(ways)}")
    return clauses


def where_words(names: Sequence[str]) -> str:
    """A few boroughs by name, more by their number: "Brent and Camden", "eight boroughs"."""
    return listed(tuple(sorted(names))) if len(names) <= FEW else f"{count_word(len(names))} boroughs"


def counts_sentence(verdicts: Sequence[Verdict], not_lasting: float, noun: str) -> str:
    """How many of a list moved, how many lean, and how many there are: "13 of 836 borough series moved: 3 better, ..."."""
    count = {state: sum(1 for v in verdicts if v.state == state) for state in JUDGED}
    judged, changed = sum(count.values()), sum(count[state] for state in CHANGES)
    sentences = [f"None of {number(judged)} {noun} moved clearly."]
    if changed:
        sides = [f"{number(count[state])} {word}" for state, word in SIDES.items() if count[state]]
        few = f"{chance(not_lasting)} of these {number(changed)} {'is' if not_lasting < 2 else 'are'} expected not to last."
        sentences = [f"{number(changed)} of {number(judged)} {noun} moved: {listed(tuple(sides))}.", few]
    leaning = sum(count[state] for state in LEANS)
    if leaning:
        newest = f", {number(count[State.PROVISIONAL])} of them on the newest month alone" if count[State.PROVISIONAL] else ""
        more = " more" if changed else ""
        lean = "leans one way and is" if leaning == 1 else "lean one way and are"
        sentences.append(f"{number(leaning)}{more} {lean} not proven{newest}.")
    if count[State.ON_YEAR]:
        are = "is" if count[State.ON_YEAR] == 1 else "are"
        sentences.append(f"{number(count[State.ON_YEAR])} {are} up or down on the year, as expected.")
    if count[State.NO_CHANGE]:
        sentences.append(f"No clear change in {number(count[State.NO_CHANGE])}.")
    refused = {state: sum(1 for v in verdicts if v.state == state) for state in NOT_JUDGED}
    sentences += [f"{number(many)} more {NOT_JUDGED[state][many > 1]}." for state, many in refused.items() if many]
    return " ".join(sentences)


def chance(expected: float) -> str:
    """How many are expected, opening a sentence: "Fewer than 1", "About 4"."""
    return "Fewer than 1" if expected < 1 else f"About {number(expected)}"


def late_sentence(feeds: int) -> str:
    """How many feeds have fallen too far behind: "Two feeds are late enough to carry no verdict."; empty where none has."""
    sentence = f"{count_word(feeds)} feed{' is' if feeds == 1 else 's are'} late enough to carry no verdict."
    return f"{sentence[:1].upper()}{sentence[1:]}" if feeds else ""


def place_headline(place: str, verdicts: Sequence[Verdict], titles: Mapping[str, str], gap: Gap | None) -> str:
    """The sentence over a place: "In Bromley shoplifting is up; burglary is down"; what leans where nothing is proven."""
    proven, leaning = (one_finding_each(verdicts, states, titles) for states in (CHANGES, LEANS))
    when = f"{when_judged(verdicts)}{nothing_since(gap)}"
    if proven:
        return f"In {place} {_ways(proven, titles, 'is')} {when}"
    if leaning:
        return f"In {place} {_ways(leaning, titles, 'may be')}; nothing is proven {when}"
    return f"In {place} no crime moved clearly {when}"


def _ways(moves: Sequence[Verdict], titles: Mapping[str, str], verb: str) -> str:
    """Each way with its crimes: "shoplifting is up; burglary and robbery are down"; the surest few, then how many more."""
    surest = sorted(moves, key=lambda v: (-(v.probability or 0.0), v.measure))
    parts = []
    for way in ("up", "down"):
        members = [v for v in surest if is_up(v) == (way == "up")]
        most = PLACE_NAMED if len(members) > PLACE_NAMED + 1 else len(members)
        names = [lowered(titles[v.measure]) for v in members[:most]]
        if len(members) > most:
            names.append(f"{count_word(len(members) - most)} more")
        if names:
            form = verb if verb != "is" else "are" if len(names) > 1 else _plural(names[0], "is")
            parts.append(f"{listed(tuple(names))} {form} {way}")
    return "; ".join(parts)


def which_sentence(verdicts: Sequence[Verdict], titles: Mapping[str, str]) -> str:
    """Which measures of a place moved, by state, each named; empty when none did."""
    openings = {
        State.WORSE: "Worse",
        State.BETTER: "Better",
        State.CHANGED: "Changed, direction not judged",
        State.APART: "Apart from London",
        State.LEANING: "Leaning, not proven",
        State.PROVISIONAL: "Provisional, resting on the newest month alone",
    }
    sentences = []
    for state, opening in openings.items():
        names = tuple(
            f"{lowered(titles[v.measure])} {'up' if is_up(v) else 'down'}"
            for v in verdicts
            if v.state == state and v.measure in titles
        )
        if names:
            sentences.append(f"{opening}: {listed(names)}.")
    return " ".join(sentences)


def family_sentence(changed: int, not_lasting: float, family: str) -> str:
    """How many of a list's moves are not expected to last: "Of the 13 moves in all boroughs, fewer than 1 is expected ..."."""
    many = chance(not_lasting)
    verb = "is" if not_lasting < 2 else "are"
    return (
        f"Of the {number(changed)} moves in all {family}, {many[:1].lower()}{many[1:]} {verb} expected not to last."
        if changed
        else ""
    )


def _plural(title: str, verb: str) -> str:
    """The verb that goes with a crime's name: "bicycle theft is", "weapons offences are", "theft from vehicles is"."""
    head = HEAD.split(title)[0]
    is_plural = head.endswith("s") and not head.endswith("ss")
    return "are" if verb == "is" and is_plural else verb


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
