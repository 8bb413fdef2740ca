"""What the retired targets said, and what may be said now, in sentences."""

from collections.abc import Sequence

from dashboard.features.mopac7.view_model import BASE, LAST, TargetLine, Targets
from dashboard.figures.records import LONDON
from dashboard.register.records import StatedFactRecord
from etl.core.written import count_word, listed, number, percent, signed

RANGE = (
    "Range: 2015/16 against the two years to March 2013, the last before the targets began, season taken out; it holds 99 of "
    "100 such years where nothing changed. Intervals of the change are 95%, so one may leave out nought and still be no "
    "significant change. A count outside its range is called changed only where it still stands out once every crime and "
    "place is looked at together."
)
UNWATCHED = (
    "The seven are counted on the classification of the time. What no target watched is counted on today’s, so that it can be "
    "followed to this day: some of its counts are not those published then."
)
TWO_QUESTIONS = (
    "The target asks: is the count of 2015/16 a fifth below that of 2011/12? The range asks: is it lower than its own history "
    "would give? A target can be met by chance in a small borough, and missed by a large fall that is no chance at all."
)
ONE_TARGET = "The target was London’s. Here the same fall of a fifth is asked of each borough."


def target_word(line: TargetLine) -> str:
    """Met, missed, or why neither."""
    if not line.has_target:
        return "No target"
    return "Not held" if line.is_met is None else "Met" if line.is_met else "Missed"


def headline(found: Targets) -> str:
    """What the seven did together, how many met the target, and what no target watched."""
    met = sum(1 for x in found.seven if x.is_met)
    where = "" if found.area.code == LONDON else f" in {found.area.name}"
    together = f"The seven {moved(found.together)}{where} from {BASE} to {LAST}; {count_word(met)} of seven met the target"
    rose = [x for x in found.unwatched if x.change is not None and x.verdict and x.verdict.state == "C" and x.change > 0]
    if not rose:
        return together
    told = listed(tuple(f"{lowered(x.name)} {moved(x)}" for x in rose[:2]))
    return f"{together}. In the same years recorded {told}, which no target watched"


def chart_headline(found: Targets) -> str:
    """What the picture shows: how many met the target, and how many that no target watched rose."""
    met = sum(1 for x in found.seven if x.is_met)
    known = [x for x in found.unwatched if x.change is not None]
    rose = sum(1 for x in known if (x.change or 0) > 0)
    said = f"{count_word(met) if met else 'none'} of the seven met the target"
    opening = f"{said[:1].upper()}{said[1:]}"
    if not known:
        return opening
    many = (
        f"all {count_word(len(known))}"
        if rose == len(known)
        else f"{count_word(rose) if rose else 'none'} of {count_word(len(known))}"
    )
    return f"{opening}; {many} that no target watched rose"


def moved(line: TargetLine) -> str:
    """How a count changed: "fell 19%", "rose 67%"."""
    if line.change is None:
        return "cannot be compared"
    return f"{'fell' if line.change < 0 else 'rose'} {percent(abs(line.change))}" if round(line.change, 3) else "did not move"


def signal_sentence(found: Targets) -> str:
    """Which of the seven were signal and which noise, and where the target called it otherwise."""
    fell = found.called(True, "B") + found.called(False, "B")
    still = [x for x in found.seven if x.verdict and x.verdict.state == "N"]
    rose = [x for x in found.seven if x.verdict and x.verdict.state == "W"]
    said = []
    if fell:
        said.append(f"{count_word(len(fell))} fell by more than chance")
    if still:
        said.append(f"{count_word(len(still))} did not change by more than chance ({_names(still)})")
    if rose:
        said.append(f"{count_word(len(rose))} rose ({_names(rose)})")
    text = f"Of the seven, {'; '.join(said)}." if said else "None of the seven can be judged."
    lucky, unlucky = found.called(True, "N"), found.called(False, "B")
    if lucky:
        text += f" Called met, though chance would do as much: {_names(lucky)}."
    if unlucky:
        text += f" Called missed, though the fall was no chance: {_names(unlucky)}."
    return text


def boroughs_sentence(every: Sequence[Targets]) -> str:
    """Over all boroughs: how many targets were met, and how many of those were no more than chance."""
    calls = [x for t in every for x in t.seven if x.is_met is not None]
    met = [x for x in calls if x.is_met]
    noise = sum(len(t.called(True, "N")) for t in every)
    missed = sum(len(t.called(False, "B")) for t in every)
    return (
        f"Asked of each borough, {number(len(met))} of {number(len(calls))} targets were met. {number(noise)} of those met "
        f"changed no more than chance would. {number(missed)} were called missed though the fall was no chance."
    )


def published_sentence(found: Targets, published: dict[tuple[str, str], StatedFactRecord]) -> str:
    """How the counts held now differ from those first published; empty where the place has none."""
    if found.area.code != LONDON:
        return ""
    said = []
    for place, year in ((0, "2011/12"), (1, "2012/13")):
        fact, count = published.get((found.together.measure_id, year)), found.together.counts[place]
        if fact and fact.value and count is not None:
            gap = percent(abs(count / fact.value - 1), 1)
            side = "below" if count < fact.value else "above"
            said.append(f"{number(count)} in {year}, {gap} {side} the {number(fact.value)} first published")
    if not said:
        return ""
    why = (
        "The counts held were published later: crimes are cancelled or classed again after a year is first counted, and the file "
        "holds boroughs only, so crimes without a borough are left out. How much each explains is not published."
    )
    return f"The seven together: {'; '.join(said)}. {why}"


def change_cell(line: TargetLine) -> str:
    """The change since 2011/12 in a table: "−18.6%"; why not, where there is none."""
    return "not held" if line.change is None else f"{signed(line.change * 100, 1)}%"


def lowered(name: str) -> str:
    """A crime inside a sentence."""
    return f"{name[:1].lower()}{name[1:]}"


def _names(lines: Sequence[TargetLine]) -> str:
    return listed(tuple(lowered(x.name) for x in lines))
