-- One row for each cell of a borough far above all others of its row, or, in the newest month, far below them all: the cell, its
-- area, series, period and value, the nearest of the others, and whether it is above. Newest month first.
-- Parameters: $newest (a month); $fewest_months for a row to say what is usual; $high, $newest_high, $newest_low, the distances;
-- $newest_times, so many times the highest of the row (and one), for a newest cell of $newest_fewest offences or more.
WITH
    beside AS (
        SELECT
            *,
            count(*) OVER whole_row AS months,
            max(value) OVER other_months AS most,
            min(value) OVER other_months AS least
        FROM crime_observation
        WINDOW
            whole_row AS (PARTITION BY series, area_code),
            other_months AS (
                PARTITION BY series, area_code
                ORDER BY period
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW
            )
    )
SELECT
    sheet_column || sheet_row, area_code, series, period, value,
    CASE WHEN value > most THEN most ELSE least END,
    value > most
FROM beside
WHERE
    months > $fewest_months AND area_code LIKE 'E09%'
    AND (
        (value - most) / sqrt(most + 1) > CASE WHEN period = $newest THEN $newest_high ELSE $high END
        OR period = $newest AND value >= $newest_fewest AND value > $newest_times * (most + 1)
        OR (least - value) / sqrt(least + 1) > $newest_low AND period = $newest
    )
ORDER BY period DESC, sheet_row
