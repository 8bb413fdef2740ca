"""Recorded or happened? What points to recording and what to crime, a sentence each."""

from dashboard.figures.recorded_or_happened import Pointers
from dashboard.words.facts import break_reason, break_sentence
from etl.core.written import month, percent

TITLE = "Recorded or happened?"
NOT_LOADED = "A survey of victims by borough, which could tell them apart, is not loaded."
OPEN = "Nothing here settles it: ask what changed in how it is policed and recorded."


def to_recording(known: Pointers) -> list[str]:
    """What points to how it is recorded or policed; none where nothing does."""
    sentences = []
    if known.is_found_by_police:
        sentences.append("It counts what police look for: more can mean more searching.")
    if known.is_step and known.month is not None:
        sentences.append(
            f"{known.same_month} of the {known.alike} boroughs that moved this way did so from {month(known.month)}: a step that "
            "many take in one month is more often a change in recording."
        )
    sentences += [
        f"From {month(f'{b.start:%Y-%m}')}: {break_reason(b)}." if b.treatment == "mark" else break_sentence(b)
        for b in known.breaks
    ]
    for step in known.steps:
        way = "rose" if step.size > 0 else "fell"
        sentences.append(
            f"In {month(step.month)} it {way} {percent(abs(step.size))} in one month, in {percent(step.together)} of boroughs. "
            "Nobody has decided yet whether that is crime or its recording."
        )
    return sentences


def to_crime(known: Pointers) -> list[str]:
    """What points to crime itself; none where nothing does."""
    if not known.judged:
        return []
    if not known.is_shared:
        return [
            f"{known.alike} of {known.judged} boroughs moved this way. A change of recording for all London would show in most."
        ]
    if not known.is_step:
        return ["The boroughs that moved this way did not do so in one month, as they would after a change of recording."]
    return []
