-- One row for each base measure whose figures differ between the releases attached as `before` and `after`: how many periods
-- are new, lost, shared and moved; London's ($london) largest move, its period and both figures; how many cells, and moved.
WITH
    base AS (
        SELECT DISTINCT measure_id FROM after.edition_value
    ),
    old_value AS (
        SELECT measure_id, area_code, breakdown, period, value
        FROM before.measure_value
        WHERE measure_id IN (SELECT measure_id FROM base)
    ),
    new_value AS (
        SELECT measure_id, area_code, breakdown, period, value
        FROM after.measure_value
        WHERE measure_id IN (SELECT measure_id FROM base)
    ),
    cell AS (
        SELECT
            measure_id, area_code, period,
            o.value AS old,
            n.value AS new,
            o.measure_id IS NULL AS is_new,
            n.measure_id IS NULL AS is_lost
        FROM old_value o
        FULL JOIN new_value n USING (measure_id, area_code, breakdown, period)
    ),
    largest AS (
        SELECT
            measure_id,
            arg_max(period, (abs(new - old), period)) AS period,
            arg_max(old, (abs(new - old), period)) AS old,
            arg_max(new, (abs(new - old), period)) AS new
        FROM cell
        WHERE area_code = $london AND old <> new
        GROUP BY 1
    )
SELECT
    c.measure_id,
    count(DISTINCT c.period) FILTER (is_new),
    min(c.period) FILTER (is_new),
    max(c.period) FILTER (is_new),
    count(DISTINCT c.period) FILTER (is_lost),
    count(DISTINCT c.period) FILTER (NOT is_new AND NOT is_lost),
    count(DISTINCT c.period) FILTER (c.old <> c.new),
    any_value(l.period),
    any_value(l.old),
    any_value(l.new),
    count(*) FILTER (NOT is_new AND NOT is_lost),
    count(*) FILTER (c.old IS DISTINCT FROM c.new AND NOT is_new AND NOT is_lost)
FROM cell c
LEFT JOIN largest l ON l.measure_id = c.measure_id
GROUP BY c.measure_id
HAVING count(*) FILTER (is_new OR is_lost OR c.old IS DISTINCT FROM c.new) > 0
ORDER BY 1
