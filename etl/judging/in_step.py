"""What the calibration rests on: the number of the methods, and the breaks in series that change a verdict.

A calibration that was measured with other judging or other breaks says nothing of this one, so both are stored with it, and
every release says whether it is in step. A break that is only marked changes no verdict, so it does not count.
"""

import csv
import hashlib

from etl.core.versions import JUDGED_THE_SAME_SINCE
from etl.definitions.reference import REFERENCE

BREAKS = "breaks.csv"
TREATMENTS_THAT_COUNT = ("restart", "do_not_compare", "leave_out")
PARTS_THAT_COUNT = ("measures", "areas", "start", "end", "treatment")


def breaks_sha256() -> str:
    """Hex SHA-256 of every break the numbers of the calibration depend on, whatever its words and its place in the table."""
    with (REFERENCE / BREAKS).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["treatment"] in TREATMENTS_THAT_COUNT]
    counted = sorted("|".join(row[part] for part in PARTS_THAT_COUNT) for row in rows)
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()


def is_in_step(methods: int, breaks: str) -> bool:
    """Whether a calibration measured with this number of the methods and these breaks holds for today's judging."""
    return methods >= JUDGED_THE_SAME_SINCE and breaks == breaks_sha256()
