-- One row for each of $areas: the newest estimate of its residents for $year or before (year, residents, cell, edition).
SELECT o.period, o.value, o.sheet_column || o.sheet_row, o.edition_id
FROM observation o
JOIN edition e USING (edition_id)
WHERE o.series = $population AND list_contains($areas, o.area_code) AND o.period::INTEGER <= $year
QUALIFY
    row_number() OVER (
        PARTITION BY o.area_code
        ORDER BY o.period::INTEGER DESC, e.published_on DESC, o.edition_id DESC
    ) = 1
ORDER BY o.sheet_row
