-- One row wherever two category schemes meet in a measure of London ($london): the first month of the new one, both forms.
-- Expects the table `base_value`.
WITH
    london AS (
        SELECT v.measure_id, v.period, e.form, e.source_id
        FROM base_value v
        JOIN edition e USING (edition_id)
        WHERE
            v.area_code = $london AND v.breakdown = ''
            AND v.measure_id IN (SELECT measure_id FROM added_up_measure)
    ),
    link_of_form AS (
        SELECT DISTINCT measure_id, source_id, form, link FROM concordance
    ),
    month_before AS (
        SELECT
            measure_id, period, form, link,
            lag(link) OVER months AS link_before,
            lag(form) OVER months AS form_before
        FROM london
        JOIN link_of_form USING (measure_id, source_id, form)
        WINDOW months AS (PARTITION BY measure_id ORDER BY period)
    )
SELECT measure_id, period, form_before, form AS form_after
FROM month_before
WHERE link_before IS NOT NULL AND link_before <> link
