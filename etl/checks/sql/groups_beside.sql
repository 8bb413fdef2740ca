-- How the figures of each pair of editions moved, whole and by area, series and period: one row a group.
-- Reads `cell_beside`. `axis` is all | area | series | period, `key` the group.
SELECT
    edition_id, other_id, any_value(source_id) AS source_id,
    CASE
        WHEN grouping(area_code) = 0 THEN 'area'
        WHEN grouping(series) = 0 THEN 'series'
        WHEN grouping(period) = 0 THEN 'period'
        ELSE 'all'
    END AS axis,
    coalesce(area_code, series, period, '') AS key,
    count(*) FILTER (is_counted_moved) AS settled,
    count(*) FILTER (is_counted_moved AND is_moved) AS settled_moved,
    count(*) FILTER (far IS NOT NULL AND (scale <> 'count' OR greatest(value, other) >= 5)) AS figures,
    sqrt(avg(far * far) FILTER (scale <> 'count' OR greatest(value, other) >= 5)) AS far,
    coalesce(sum(value), 0) AS total,
    coalesce(sum(other), 0) AS other_total,
    count(*) FILTER (had AND other IS NOT NULL AND cell IS NULL AND is_same_form) AS gone,
    count(other) FILTER (had) AS had,
    -- Figures of twenty and more, and how many of them are tens in the new edition and in the old.
    count(*) FILTER (least(value, other) >= 20) AS large,
    count(*) FILTER (least(value, other) >= 20 AND value % 10 = 0) AS tens,
    count(*) FILTER (least(value, other) >= 20 AND other % 10 = 0) AS tens_before
FROM cell_beside
JOIN (SELECT source, scale FROM revision_bound) ON source = source_id
GROUP BY GROUPING SETS ((edition_id, other_id), (edition_id, other_id, area_code), (edition_id, other_id, series),
    (edition_id, other_id, period))
ORDER BY ALL
