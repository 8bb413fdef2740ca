-- Measures in London, and the total anywhere, that had offences in the edition before and have none now, over the shared months.
-- Parameters: $london, $total (the measure that counts everything), $fewest offences before.
WITH
    pair AS (
        SELECT DISTINCT edition_id, other_id, period FROM shared_cell
    ),
    added_up AS (
        SELECT v.measure_id, v.edition_id, v.area_code, v.period, v.value
        FROM edition_value v
        JOIN added_up_measure USING (measure_id)
    ),
    old_side AS (
        SELECT p.edition_id, p.other_id, c.measure_id, c.area_code, sum(c.value) AS other
        FROM pair p
        JOIN added_up c ON c.edition_id = p.other_id AND c.period = p.period
        GROUP BY ALL
    ),
    new_side AS (
        SELECT p.edition_id, p.other_id, c.measure_id, c.area_code, sum(c.value) AS value
        FROM pair p
        JOIN added_up c ON c.edition_id = p.edition_id AND c.period = p.period
        GROUP BY ALL
    )
SELECT edition_id, other_id, measure_id, area_code, other
FROM old_side
LEFT JOIN new_side USING (edition_id, other_id, measure_id, area_code)
WHERE (area_code = $london OR measure_id = $total) AND other >= $fewest AND coalesce(value, 0) = 0
ORDER BY ALL
