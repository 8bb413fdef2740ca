-- Cells that two editions of one source and one date of publication give differently.
-- Parameters: $zeros, the sources that leave out rows of noughts; $new, the editions being added (one of each pair is among them).
WITH
    pair AS (
        SELECT
            a.edition_id AS one,
            b.edition_id AS other,
            list_contains($zeros, a.source_id) AS zeros,
            -- The publisher never changes the name, so two files of one name are told apart by their hash.
            a.file_name || CASE WHEN a.file_name = b.file_name THEN ' (' || a.sha256[:8] || ')' ELSE '' END AS one_file,
            b.file_name || CASE WHEN a.file_name = b.file_name THEN ' (' || b.sha256[:8] || ')' ELSE '' END AS other_file
        FROM edition a
        JOIN edition b ON a.source_id = b.source_id AND a.published_on = b.published_on AND a.edition_id < b.edition_id
        WHERE list_contains($new, a.edition_id) OR list_contains($new, b.edition_id)
    ),
    period_of_edition AS (
        SELECT DISTINCT edition_id, period FROM observation
    ),
    shared AS (
        SELECT p.*, h.period
        FROM pair p
        JOIN period_of_edition h ON h.edition_id = p.one
        JOIN period_of_edition g ON g.edition_id = p.other AND g.period = h.period
    ),
    left_side AS (
        SELECT s.*, o.series, o.area_code, o.breakdown, o.value, o.sheet_column || o.sheet_row AS cell
        FROM shared s
        JOIN observation o ON o.edition_id = s.one AND o.period = s.period
    ),
    right_side AS (
        SELECT s.*, o.series, o.area_code, o.breakdown, o.value, o.sheet_column || o.sheet_row AS cell
        FROM shared s
        JOIN observation o ON o.edition_id = s.other AND o.period = s.period
    )
SELECT
    coalesce(l.one_file, r.one_file),
    l.cell,
    CASE WHEN l.cell IS NULL THEN 0 ELSE l.value END,
    coalesce(l.other_file, r.other_file),
    r.cell,
    CASE WHEN r.cell IS NULL THEN 0 ELSE r.value END,
    series, area_code, period
FROM left_side l
FULL JOIN right_side r USING (one, other, series, area_code, breakdown, period)
WHERE
    (l.cell IS NOT NULL AND r.cell IS NOT NULL OR coalesce(l.zeros, r.zeros))
    AND CASE WHEN l.cell IS NULL THEN 0 ELSE l.value END
        IS DISTINCT FROM CASE WHEN r.cell IS NULL THEN 0 ELSE r.value END
ORDER BY period, area_code, series, 1, 4
