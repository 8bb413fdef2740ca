"""What the retired targets said, and what may be said now, in sentences."""

from collections.abc import Sequence

from dashboard.features.mopac7.view_model import BASE, LAST, TargetLine, Targets
from dashboard.register.records import StatedFactRecord
from etl.core.areas import LONDON
from etl.core.state import LEANS, QUIET, State
from etl.core.written import count_word, listed, number, percent, signed

RANGE_NOTE = (
    "Range: 2015/16 against the two years to March 2013, the last before the targets began, season taken out; it holds 99 of "
    "100 such years where nothing changed. Intervals of the change are 95%, so one may leave out nought and still be no "
    "significant change. A count outside its range is called changed only where it still stands out once every crime and "
    "place is looked at together."
)
UNWATCHED_NOTE = (
    "The seven are counted on the classification of the time. What no target watched is counted on today’s, so that it can be "
    "followed to this day: some of its counts are not those published then."
)
TARGET_AND_RANGE_ASK = (
    "The target asks: is the count of 2015/16 a fifth below that of 2011/12? The range asks: is it lower than its own history "
    "would give? A target can be met by chance in a small borough, and missed by a large fall that is no chance at all."
)
TARGET_WAS_LONDONS = "The target was London’s. Here the same fall of a fifth is asked of each borough."


def target_word(line: TargetLine) -> str:
    """Met, missed, or why neither."""
    if not line.has_target:
        return "No target"
    return "Not held" if line.is_met is None else "Met" if line.is_met else "Missed"


def headline(targets: Targets) -> str:
    """What the seven did together, how many met the target, and what no target watched."""
    met = sum(1 for x in targets.seven if x.is_met)
    where = "" if targets.area.code == LONDON else f" in {targets.area.name}"
    total_sentence = (
        f"The seven {change_words(targets.together)}{where} from {BASE} to {LAST}; {count_word(met)} of seven met the target"
    )
    rising = [
        x for x in targets.unwatched if x.change is not None and x.verdict and x.verdict.state == State.CHANGED and x.change > 0
    ]
    if not rising:
        return total_sentence
    rising_words = listed(tuple(f"{lowered(x.name)} {change_words(x)}" for x in rising[:2]))
    return f"{total_sentence}. In the same years recorded {rising_words}, which no target watched"


def chart_headline(targets: Targets) -> str:
    """What the picture shows: how many met the target, and how many that no target watched rose."""
    met = sum(1 for x in targets.seven if x.is_met)
    known_changes = [x for x in targets.unwatched if x.change is not None]
    rose_count = sum(1 for x in known_changes if (x.change or 0) > 0)
    met_words = f"{count_word(met) if met else 'none'} of the seven met the target"
    met_sentence = f"{met_words[:1].upper()}{met_words[1:]}"
    if not known_changes:
        return met_sentence
    rose_words = (
        f"all {count_word(len(known_changes))}"
        if rose_count == len(known_changes)
        else f"{count_word(rose_count) if rose_count else 'none'} of {count_word(len(known_changes))}"
    )
    return f"{met_sentence}; {rose_words} that no target watched rose"


def change_words(line: TargetLine) -> str:
    """How a count changed: "fell 19%", "rose 67%"."""
    if line.change is None:
        return "cannot be compared"
    return f"{'fell' if line.change < 0 else 'rose'} {percent(abs(line.change))}" if round(line.change, 3) else "did not move"


def signal_sentence(targets: Targets) -> str:
    """Which of the seven moved clearly and which did not, and where the target called it otherwise."""
    fell = targets.called(True, State.BETTER) + targets.called(False, State.BETTER)
    unchanged = [x for x in targets.seven if x.verdict and x.verdict.state in (*QUIET, *LEANS)]
    rose = [x for x in targets.seven if x.verdict and x.verdict.state == State.WORSE]
    clauses = []
    if fell:
        clauses.append(f"{count_word(len(fell))} fell clearly")
    if unchanged:
        clauses.append(f"{count_word(len(unchanged))} did not move clearly ({_names(unchanged)})")
    if rose:
        clauses.append(f"{count_word(len(rose))} rose ({_names(rose)})")
    text = f"Of the seven, {'; '.join(clauses)}." if clauses else "None of the seven can be judged."
    met_by_chance, missed_beyond_chance = targets.called(True, *QUIET, *LEANS), targets.called(False, State.BETTER)
    if met_by_chance:
        text += f" Called met, though the change is not proven: {_names(met_by_chance)}."
    if missed_beyond_chance:
        text += f" Called missed, though the fall was clear: {_names(missed_beyond_chance)}."
    return text


def boroughs_sentence(borough_targets: Sequence[Targets]) -> str:
    """Over all boroughs: how many targets were met, and how many of those show no clear change."""
    judged_lines = [x for t in borough_targets for x in t.seven if x.is_met is not None]
    met = [x for x in judged_lines if x.is_met]
    met_by_chance = sum(len(t.called(True, *QUIET, *LEANS)) for t in borough_targets)
    missed = sum(len(t.called(False, State.BETTER)) for t in borough_targets)
    return (
        f"Asked of each borough, {number(len(met))} of {number(len(judged_lines))} targets were met. "
        f"{number(met_by_chance)} of those met show no clear change. "
        f"{number(missed)} were called missed though the fall was clear."
    )


def published_sentence(targets: Targets, published: dict[tuple[str, str], StatedFactRecord]) -> str:
    """How the counts held now differ from those first published; empty where the place has none."""
    if targets.area.code != LONDON:
        return ""
    clauses = []
    for index, year in ((0, "2011/12"), (1, "2012/13")):
        fact, count = published.get((targets.together.measure_id, year)), targets.together.counts[index]
        if fact and fact.value and count is not None:
            difference = percent(abs(count / fact.value - 1), 1)
            side = "below" if count < fact.value else "above"
            clauses.append(f"{number(count)} in {year}, {difference} {side} the {number(fact.value)} first published")
    if not clauses:
        return ""
    explanation = (
        "The counts held were published later: crimes are cancelled or classed again after a year is first counted, and the file "
        "holds boroughs only, so crimes without a borough are left out. How much each explains is not published."
    )
    return f"The seven together: {'; '.join(clauses)}. {explanation}"


def change_cell(line: TargetLine) -> str:
    """The change since 2011/12 in a table: "−18.6%"; why not, where there is none."""
    missing = "not comparable" if line.is_parted else "not held"
    return missing if line.change is None else f"{signed(line.change * 100, 1)}%"


def lowered(name: str) -> str:
    """A crime inside a sentence."""
    return f"{name[:1].lower()}{name[1:]}"


def _names(lines: Sequence[TargetLine]) -> str:
    return listed(tuple(lowered(x.name) for x in lines))
