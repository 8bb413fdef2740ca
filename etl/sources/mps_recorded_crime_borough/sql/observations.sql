-- Rows to stage as observations: each count of `crime_long` with its area's code, its series, its month and its cell.
-- Expects `crime_key` (the row's area, group and offence as spelt), and what each spelling stands for.
SELECT
    s.series, a.area_code, '' AS breakdown, m.period, l.value::DOUBLE AS value, 'final' AS status,
    m.sheet_column, k.sheet_row
FROM crime_long l
JOIN crime_key k USING (row_id)
JOIN area_of_spelling a ON a.spelling = k.area
JOIN series_of_pair s ON s.category = k.category AND s.offence = k.offence
JOIN month_of_column m USING (month_id)
