"""Check of an edition's newest month, measure by measure, against the twelve months before it.

An offence doubled or halved all over London keeps every borough in step, so the other checks miss it. No edition before has
that month, so it can be compared only with the year before it in the same file.
"""

import duckdb

from etl.checks.edition_rules import FEWEST_TO_COMPARE, LargeMove
from etl.core.areas import LONDON
from etl.core.sql_text import sql
from etl.definitions import catalogue, reference


def large_moves(connection: duckdb.DuckDBPyConnection) -> list[LargeMove]:
    """Each measure whose newest month in London lies far outside the twelve months before it.

    A month that is left out of baselines (a lockdown) may be as low or as high as it is.

    Args:
        connection: where `edition`, `edition_value` and `added_up_measure` are.
    """
    moves = []
    for source in catalogue.sources().values():
        bounds = source.checks
        if "newest_measure_above_year" not in bounds:
            continue
        above, below = bounds["newest_measure_above_year"], bounds["newest_measure_below_year"]
        parameters = {
            "source": source.id,
            "london": LONDON,
            "fewest": FEWEST_TO_COMPARE,
            "above": above,
            "below": below,
        }
        for edition_id, measure_id, period, value, highest, lowest in connection.execute(
            sql(__file__, "newest_month"), parameters
        ).fetchall():
            if reference.is_left_out(measure_id, period):
                continue
            beside = (
                f"at most {highest:,.0f} in the twelve months before (expected {above:g} times that at most)"
                if value > highest
                else f"at least {lowest:,.0f} in the twelve months before (expected {below:g} times that or more)"
            )
            sentence = f"{measure_id} in London, {period}: {value:,.0f} offences, against {beside}"
            moves.append(LargeMove(edition_id, edition_id, sentence))
    return moves
