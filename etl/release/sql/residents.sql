-- Residents at mid-year, one row an area and year: by the estimates out by $last (a day), or the first ones where none was.
-- A BCU has its boroughs' residents, London ($london) those of the 32 boroughs the force polices.
WITH
    estimate AS (
        SELECT o.area_code, o.period::INTEGER AS year, o.value, e.published_on, e.edition_id
        FROM observation o
        JOIN edition e USING (edition_id)
        WHERE o.series = $population
    ),
    newest AS (
        SELECT area_code, year, arg_max(value, (published_on, edition_id)) AS residents
        FROM estimate
        WHERE published_on <= greatest($last, (SELECT min(published_on) FROM estimate))
        GROUP BY 1, 2
    )
SELECT area_code, year, residents
FROM newest
WHERE area_code <> $london
UNION ALL
SELECT m.group_code, n.year, sum(n.residents)
FROM newest n
JOIN member m USING (area_code)
GROUP BY 1, 2
UNION ALL
SELECT $london, n.year, sum(n.residents)
FROM newest n
JOIN force_member USING (area_code)
GROUP BY 2
