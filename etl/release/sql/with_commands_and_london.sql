-- Rows of `edition_value`: those of `place_period`, then the sums of each BCU and of London.
-- A BCU has a row only where all its boroughs are there; London ($london) is the sum of everything in the file.
WITH
    command AS (
        SELECT group_code, count(*) AS boroughs FROM member GROUP BY 1
    )
SELECT * FROM place_period
UNION ALL BY NAME
SELECT
    p.measure_id, m.group_code AS area_code, '' AS breakdown, p.period, p.edition_id,
    sum(p.value) AS value,
    'final' AS status,
    'sum of ' || count(*) || ' boroughs' AS cells
FROM place_period p
JOIN member m USING (area_code)
JOIN command c USING (group_code)
GROUP BY p.measure_id, m.group_code, p.period, p.edition_id, c.boroughs
HAVING count(*) = c.boroughs
UNION ALL BY NAME
SELECT
    measure_id, $london AS area_code, '' AS breakdown, period, edition_id,
    sum(value) AS value,
    'final' AS status,
    'sum of ' || count(*) || ' areas in the file' AS cells
FROM place_period
GROUP BY measure_id, period, edition_id
