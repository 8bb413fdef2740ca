-- Rows of `shared_cell` that fit the edition before better one month along: figures pasted a column too far.
-- Parameters: $fewest_months, $smallest_row (a month) for a row to have a shape; $bound, the share of its own distance.
WITH
    beside AS (
        SELECT *, lead(other) OVER months AS later, lag(other) OVER months AS earlier
        FROM shared_cell
        WINDOW months AS (PARTITION BY edition_id, other_id, series, area_code ORDER BY period)
    ),
    whole AS (
        SELECT
            edition_id, other_id, series, area_code,
            min(cell) AS cell,
            sum(abs(value - other)) AS own,
            least(sum(abs(value - later)), sum(abs(value - earlier))) AS displaced
        FROM beside
        WHERE later IS NOT NULL AND earlier IS NOT NULL
        GROUP BY ALL
        HAVING count(*) >= $fewest_months AND sum(value) >= $smallest_row * count(*)
    )
SELECT edition_id, other_id, cell, area_code, series
FROM whole
WHERE own > 0 AND displaced < $bound * own
-- In the order of the sheet's rows: the digits of a cell's name.
ORDER BY edition_id, other_id, nullif(regexp_extract(cell, '[0-9]+'), '')::INTEGER, area_code, series
