"""How long a change of a given size takes to be seen at an area's volume: the first honest review of a priority."""

import numpy as np
import pandas as pd

from etl.judging.evidence import SIGNIFICANT, Evidence
from etl.judging.panel import Panel
from etl.methods.level_change import months_to_see

CHANGES = (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)


def times_to_see(panel: Panel, evidence: Evidence) -> pd.DataFrame:
    """Rows of `time_to_see`: months until falls and rises of 10, 20 and 30% are seen four times in five."""
    frames = []
    for kind, drift in evidence.drifts.items():
        rows = [i for i, k in enumerate(panel.kinds) if k == kind and np.isfinite(evidence.change.level[i])]
        every = [i for i, k in enumerate(panel.kinds) if k == kind]
        place = [every.index(row) for row in rows]
        own = drift._replace(own=drift.own[place], freedom=drift.freedom[place])
        for change in CHANGES:
            months = months_to_see(evidence.change.level[rows], own, change, significant=SIGNIFICANT)
            areas = [panel.areas[row] for row in rows]
            frames.append(pd.DataFrame({"measure_id": panel.measure, "area_code": areas, "change": change, "months": months}))
    frame = pd.concat(frames, ignore_index=True)
    frame["months"] = frame["months"].astype("Int64")
    return frame
