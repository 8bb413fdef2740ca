-- Measures whose newest month in London lies far outside the year before it in the same edition.
-- Parameters: $source, $london, $fewest offences in that year, and the bounds $above and $below.
WITH month AS (
    SELECT
        v.edition_id, v.measure_id, v.period, v.value,
        v.period = e.last_period AS is_newest,
        max(v.value) OVER year AS most,
        min(v.value) OVER year AS least,
        sum(v.value) OVER year AS offences,
        count(*) OVER year AS months
    FROM edition_value v
    JOIN edition e USING (edition_id)
    JOIN added_up_measure USING (measure_id)
    WHERE v.area_code = $london AND e.source_id = $source
    -- The twelve months before; a frame takes no parameter.
    WINDOW year AS (PARTITION BY v.edition_id, v.measure_id ORDER BY v.period ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING)
)
SELECT edition_id, measure_id, period, value, most, least
FROM month
WHERE is_newest AND months = 12 AND offences >= $fewest AND (value > $above * most OR value < $below * least)
ORDER BY ALL
