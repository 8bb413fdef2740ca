"""What may be said of what followed operational changes, in sentences."""

from collections.abc import Sequence

from dashboard.figures.effects import OperationalEffect, PlaceboShare
from etl.core.effect_words import between_words, size_words
from etl.core.written import count_word, listed, number, percent, signed
from etl.definitions.did_it_work import FEW_COMPARED, Outcome

OUTCOMES = {
    Outcome.FEWER: "Fewer than in similar boroughs",
    Outcome.MORE: "More than in similar boroughs",
    Outcome.CANNOT_TELL: "Cannot tell",
    Outcome.NOT_COMPARED: "Not compared",
}
SHORT = {Outcome.FEWER: "fewer", Outcome.MORE: "more", Outcome.CANNOT_TELL: "cannot tell", Outcome.NOT_COMPARED: "not compared"}
CANNOT_BE_TOLD = (
    (
        "How fast the police came",
        "No figures of response times are loaded, and the mergers were argued about for their response times most of "
        "all. Ask the "
        "Metropolitan Police for them by borough, before and after.",
    ),
    (
        "What would have been without any merger",
        "Every borough was merged between December 2016 and April 2019, so none was left as it was. Ten of the twelve "
        "commands can "
        "only be set beside the five boroughs merged first. One odd year in those five would show in all ten: where "
        "many commands "
        "point the same way, ask about the five.",
    ),
    (
        "On which day most of them began",
        "Only two commands have a day on record. For the others the months in which it may have happened are on neither side.",
    ),
    (
        "Whether less was recorded or less happened",
        "These are offences the police recorded. A merger may change who picks up the telephone, and so what is recorded.",
    ),
    (
        "What residents thought",
        "The survey asks about 400 people in a borough a year: too few to tell a change of less than eight points.",
    ),
)
LIMITS = (
    "Limits are 95%: as wide as 19 in 20 places part by themselves in as many months, measured on made-up dates where "
    "nothing was "
    "done. A change inside them is no evidence of an effect, nor of none."
)
NOT_PROOF = "What followed a merger is not shown to come from it."


def headline(effects: Sequence[OperationalEffect], name: str) -> str:
    """Of the commands together: in how many the chosen crime parted from similar boroughs."""
    clear = [e for e in effects if e.is_clear]
    compared = [e for e in effects if e.outcome is not Outcome.NOT_COMPARED]
    if not compared:
        return f"{name} after boroughs’ police were merged cannot be compared with anything"
    lowered = f"{name[:1].lower()}{name[1:]}"
    if not clear:
        return f"Whether merging boroughs’ police changed {lowered} cannot be told in any of {count_word(len(compared))} commands"
    more = sum(1 for e in clear if e.outcome is Outcome.MORE)
    ways = [f"more in {count_word(more)}"] if more else []
    ways += [f"fewer in {count_word(len(clear) - more)}"] if more < len(clear) else []
    rest = len(compared) - len(clear)
    untold = f"; in {count_word(rest)} nobody can tell" if rest else ""
    return (
        f"{name} after boroughs’ police were merged: {' and '.join(ways)} of {count_word(len(compared))} commands than "
        "in similar "
        f"boroughs{untold}"
    )


def list_sentence(effects: Sequence[OperationalEffect]) -> str:
    """Over every measure and command: how many are clear, how many by accident alone, and on what most rest."""
    compared = [e for e in effects if e.outcome is not Outcome.NOT_COMPARED]
    clear = [e for e in compared if e.is_clear]
    few = sum(1 for e in clear if len(e.compared_with) <= FEW_COMPARED + 1)
    accident = max(1, round(len(compared) * 0.05))
    return (
        f"Of {number(len(compared))} comparisons of a command and a crime, {number(len(clear))} are outside their limits; about "
        f"{number(accident)} would be by accident. {number(few)} of the {number(len(clear))} rest on the same five boroughs, so "
        "they stand or fall together."
    )


def change_words(effect: OperationalEffect) -> str:
    """The change and its limits: "8% more (3% to 12% more)"; a dash where nothing was compared."""
    if effect.change is None or effect.change_lower is None or effect.change_upper is None:
        return "–"
    return f"{size_words(effect.change)} ({between_words(effect.change_lower, effect.change_upper)})"


def step_words(effect: OperationalEffect) -> str:
    """What the place's own months say by themselves."""
    if effect.step is None or effect.step_lower is None or effect.step_upper is None:
        return "not worked out"
    return f"{size_words(effect.step)} ({between_words(effect.step_lower, effect.step_upper)})"


def together_words(effect: OperationalEffect) -> str:
    """Here and next door together, in offences."""
    if effect.together is None or effect.together_lower is None or effect.together_upper is None:
        return "cannot be told: those next door were merged too"
    limits = f"{signed(round(effect.together_lower))} to {signed(round(effect.together_upper))}"
    return f"{signed(round(effect.together))} offences ({limits})"


def anyway_words(effect: OperationalEffect) -> str:
    """Regression to the mean: how far above its usual level it began, and what such boroughs did."""
    if effect.start is None or effect.anyway is None:
        return "too few unmerged boroughs"
    side = "above" if effect.start >= 0 else "below"
    return f"began {percent(abs(effect.start))} {side} its usual share; that alone gives {size_words(effect.anyway)}"


def placebo_sentence(shares: Sequence[PlaceboShare]) -> str:
    """How often the comparison finds something on made-up dates; empty where that was not measured."""
    whole = [s for s in shares if s.group == "all" and s.excluded is not None]
    both_kinds = [s for s in whole if s.kind == "both"]
    if not both_kinds or both_kinds[0].excluded is None:
        return ""
    return (
        f"Asked of {number(both_kinds[0].windows)} made-up dates since 2022, where nothing is known to have been done, it found "
        f"something in {percent(both_kinds[0].excluded, 1)}."
    )


def places_words(names: Sequence[str]) -> str:
    """The boroughs compared with, as a list."""
    return listed(tuple(names))
