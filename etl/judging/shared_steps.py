"""A change that most boroughs make in one month: more often of how crime is recorded than of crime, and said to be so.

A category that is moved into another steps in every borough in the same month, and no break is known until its publisher says
so. Crime itself spreads: of the changes most boroughs made in the editions since 2019, shoplifting's rise of 2023 began in one
month in four boroughs of ten, business robbery's in one of five. Of a third of one crime moved to another from one month, 31 of
the 32 boroughs that fall, and 13 of the 19 that rise, are dated to it.
"""

from collections import Counter
from collections.abc import Sequence

from etl.core.reason import Code, Reason
from etl.core.state import MOVED
from etl.definitions import reference
from etl.judging.finding import MEAN, Finding

LEAST_BOROUGHS = 10
"""Fewer judged boroughs than this say nothing of "everywhere"."""
MOST = 0.5
SAME_MONTH = 0.6


def caveats(findings: Sequence[Finding]) -> dict[tuple[str, str], Reason]:
    """What must be said beside a change that is shared: a reason by (measure, area), for every area that changed that way.

    Args:
        findings: counts, once their lists have been looked at together.
    """
    kinds = {code: area.kind for code, area in reference.areas().items()}
    shared: dict[tuple[str, bool], list[Finding]] = {}
    judged: Counter[str] = Counter()
    for f in findings:
        if f.rule == MEAN and f.ratio is not None:
            judged[f.measure] += kinds[f.area] == "borough"
            if f.state in MOVED:
                shared.setdefault((f.measure, f.ratio > 1), []).append(f)
    beside: dict[tuple[str, str], Reason] = {}
    for (measure, rose), changed in shared.items():
        boroughs = [f for f in changed if kinds[f.area] == "borough"]
        if judged[measure] < LEAST_BOROUGHS or len(boroughs) < MOST * judged[measure]:
            continue
        month, alike = Counter(f.since for f in boroughs).most_common(1)[0]
        if month is None or alike < SAME_MONTH * len(boroughs):
            continue
        step = Reason.of(Code.STEP_EVERYWHERE, changed=len(boroughs), judged=judged[measure], is_rise=rose, month=month)
        beside |= {(measure, f.area): step for f in changed}
    return beside
