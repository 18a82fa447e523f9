-- Populations of focus 4: inspections, hazards, hotline. Written like sets.sql, which says what `period` and `setting` are.
--   min_gap_days         30 (default)                     days between two inspections that both count

-- population: inspections
-- One row per inspection that may count: kinds 1-4 (a re-inspection does not count), a conclusion, both signatures,
-- in the calendar year up to the cutoff. counted: taken greedily by date, each at least min_gap_days after the last
-- one taken, so days 0, 20 and 40 give two, not one and not three. The walk goes over all units in one pass.
-- source: 新东城报 2017 聚焦4 每年基层单位至少开展两次安全生产隐患排查; domain handbook 7.5
-- ledger: safety_inspection
WITH RECURSIVE dated (n, id, unit_id, inspected_on) AS (
  SELECT row_number() OVER (ORDER BY i.unit_id, i.inspected_on, i.id), i.id, i.unit_id, i.inspected_on
  FROM safety_inspection i, period p
  WHERE i.unit_id IS NOT NULL AND i.kind IN ('1', '2', '3', '4') AND i.conclusion IS NOT NULL
    AND i.sign_unit = 1 AND i.sign_team = 1 AND i.inspected_on BETWEEN p.year_begins AND p.cutoff
),
gap (days) AS (
  SELECT CAST(coalesce((SELECT value FROM setting WHERE key = 'min_gap_days'), '30') AS INTEGER)
),
walk (n, id, unit_id, inspected_on, taken, counted) AS (
  SELECT n, id, unit_id, inspected_on, inspected_on, 1 FROM dated WHERE n = 1
  UNION ALL
  SELECT d.n, d.id, d.unit_id, d.inspected_on,
         CASE WHEN d.unit_id <> w.unit_id OR d.inspected_on >= date(w.taken, '+' || g.days || ' days')
              THEN d.inspected_on ELSE w.taken END,
         d.unit_id <> w.unit_id OR d.inspected_on >= date(w.taken, '+' || g.days || ' days')
  FROM walk w JOIN dated d ON d.n = w.n + 1, gap g
)
SELECT id AS record, unit_id AS unit_id, inspected_on AS inspected_on, counted AS counted FROM walk;

-- population: safety_units
-- One row per unit. in_scope: marked for inspection (unmarked: unionised at the cutoff) and not struck off or moved away.
-- source: 新东城报 2017 聚焦4; domain handbook 3.1, 7.5
-- ledger: unit
WITH visits (unit_id, n) AS (SELECT unit_id, sum(counted) FROM inspections GROUP BY unit_id)
SELECT n.id AS record,
       coalesce(n.safety_scope, n.id IN (SELECT record FROM union_units)) = 1
         AND NOT (coalesce(n.biz_status IN ('3', '4'), 0)
                  AND coalesce(n.status_from, '') <= (SELECT cutoff FROM period)) AS in_scope,
       coalesce(v.n, 0) AS inspections_valid
FROM unit n LEFT JOIN visits v ON v.unit_id = n.id;

-- population: hazards
-- One row per hazard found by the cutoff. closed: struck off by the cutoff. overdue: its time is over and it is neither
-- struck off nor mended on the spot. Recheck facts are as of the cutoff too.
-- source: domain handbook 7.5
-- ledger: hazard
SELECT h.id AS record, i.unit_id AS unit_id, coalesce(h.found_on, i.inspected_on) AS found_on, h.grade AS grade, h.mode AS mode,
       h.due_on AS due_on, h.closed_on AS closed_on,
       coalesce(h.closed_on <= (SELECT cutoff FROM period), h.status = '50', 0) AS closed,
       coalesce(h.closed_on <= (SELECT cutoff FROM period) AND h.closed_on <= h.due_on, 0) AS closed_on_time,
       coalesce(h.due_on <= (SELECT cutoff FROM period), 0) AS is_due,
       coalesce(h.due_on < (SELECT cutoff FROM period), 0)
         AND NOT coalesce(h.closed_on <= (SELECT cutoff FROM period), h.status IN ('50', '60'), 0) AS overdue,
       coalesce(h.rechecked_on <= (SELECT cutoff FROM period) AND h.recheck_result IS NOT NULL, 0) AS rechecked,
       coalesce(h.recheck_result = '1' AND coalesce(h.rounds, 0) = 0, 0) AS passed_first
FROM hazard h LEFT JOIN safety_inspection i ON i.id = h.parent_id
WHERE coalesce(h.found_on, i.inspected_on, '') <= (SELECT cutoff FROM period);

-- population: hotline
-- One row per report of the 12351 hotline that came in by the cutoff. Without a typed limit the default of five working
-- days is taken as a week. is_due: its limit lies in the year, by the cutoff.
-- source: domain handbook 7.6
-- ledger: hotline_report
SELECT r.id AS record, r.category AS category, r.unit_id AS unit_id, r.received_at AS received_at,
       coalesce(r.due_on, date(r.received_at, '+7 days')) AS due_on, r.replied_on AS replied_on,
       coalesce(r.due_on, date(r.received_at, '+7 days')) BETWEEN p.year_begins AND p.cutoff AS is_due,
       coalesce(r.status IN ('4', '5') AND r.replied_on <= p.cutoff
                AND r.replied_on <= coalesce(r.due_on, date(r.received_at, '+7 days')), 0) AS on_time
FROM hotline_report r, period p
WHERE date(r.received_at) <= p.cutoff;
