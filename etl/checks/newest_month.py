"""The newest month of an edition, measure by measure: an offence doubled or halved all over London keeps every borough in step.

No edition before has that month, so nothing else can be compared with it than the year before it in the same file.
"""

import duckdb

from etl.checks.edition_rules import FEWEST_TO_COMPARE, Strayed
from etl.core.areas import LONDON
from etl.definitions import catalogue, reference

YEAR = 12

_BESIDE_THE_YEAR = f"""
    WITH month AS (SELECT v.edition_id, v.measure_id, v.period, v.value, v.period = e.last_period AS is_newest,
                          max(v.value) OVER year AS most, min(v.value) OVER year AS least, sum(v.value) OVER year AS offences,
                          count(*) OVER year AS months
                   FROM edition_value v JOIN edition e USING (edition_id) JOIN added_up_measure USING (measure_id)
                   WHERE v.area_code = '{LONDON}' AND e.source_id = $source
                   WINDOW year AS (PARTITION BY v.edition_id, v.measure_id ORDER BY v.period
                                   ROWS BETWEEN {YEAR} PRECEDING AND 1 PRECEDING))
    SELECT edition_id, measure_id, period, value, most, least FROM month
    WHERE is_newest AND months = {YEAR} AND offences >= {FEWEST_TO_COMPARE} AND (value > $above * most OR value < $below * least)
    ORDER BY ALL"""


def strays(connection: duckdb.DuckDBPyConnection) -> list[Strayed]:
    """Each measure whose newest month in London lies far outside the twelve months before it.

    A month that is left out of baselines (a lockdown) may be as low or as high as it is.

    Args:
        connection: where `edition`, `edition_value` and `added_up_measure` are.
    """
    found = []
    for source in catalogue.sources().values():
        bounds = source.checks
        if "newest_measure_above_year" not in bounds:
            continue
        above, below = bounds["newest_measure_above_year"], bounds["newest_measure_below_year"]
        asked = {"source": source.id, "above": above, "below": below}
        for edition_id, measure_id, period, value, most, least in connection.execute(_BESIDE_THE_YEAR, asked).fetchall():
            if reference.is_left_out(measure_id, period):
                continue
            beside = (
                f"at most {most:,.0f} in the twelve months before (expected {above:g} times that at most)"
                if value > most
                else f"at least {least:,.0f} in the twelve months before (expected {below:g} times that or more)"
            )
            said = f"{measure_id} in London, {period}: {value:,.0f} offences, against {beside}"
            found.append(Strayed(edition_id, edition_id, said))
    return found
