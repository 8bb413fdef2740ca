-- Where a measure begins to count anew: those written down (`written_restart`), and wherever two category schemes meet (`seam`).
-- `begins` is the first month that has any of the new counting, `whole_from` the first that has nothing else, as month numbers;
-- `area_code` may be * for every area. Expects the tables `written_restart` and `seam`.
WITH
    every_restart AS (
        SELECT measure_id, area_code, starts, short FROM written_restart
        UNION ALL
        SELECT measure_id, '*', (period || '-01')::DATE, 'old categories end' FROM seam
    )
SELECT
    measure_id, area_code, short, starts,
    year(starts) * 12 + month(starts) - 1 AS begins,
    year(starts) * 12 + month(starts) - CASE WHEN day(starts) = 1 THEN 1 ELSE 0 END AS whole_from
FROM every_restart
