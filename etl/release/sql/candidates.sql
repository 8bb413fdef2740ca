-- Rows of `edition_value` out by $last (a day), of $measure (NULL for every one), each with what its edition is like.
-- `apart` is true where the form of the edition cannot be compared with the newest form.
WITH
    link_of_form AS (
        SELECT DISTINCT measure_id, source_id, form, link FROM concordance
    )
SELECT
    v.*, e.published_on, e.last_period, e.form, e.source_id,
    m.measure_id IS NOT NULL AS is_added_up,
    coalesce(l.link = 'not_comparable', false) AS apart
FROM edition_value v
JOIN edition e USING (edition_id)
LEFT JOIN added_up_measure m ON m.measure_id = v.measure_id
LEFT JOIN link_of_form l ON l.measure_id = v.measure_id AND l.source_id = e.source_id AND l.form = e.form
WHERE e.published_on <= $last AND ($measure::VARCHAR IS NULL OR v.measure_id = $measure)
