-- Populations of focus 4: model workers, skills, safety, hotline, accidents. Written like sets.sql, which says what `period`
-- and `setting` are; trainees, event_people come from sets_service.sql. Settings used here (705_indicators_safety.toml):
--   min_gap_days         30 (default)                     days between two inspections that both count
--   model_worker_base    without_sick (default) | all     whether the sick stand in the base of the participation rate
--   cert_rate_base       contest (default) | trained      what the certificates are divided by
-- and of 704_indicators_service.toml: staff_base (whose employees the rates divide by), participation_rule (events without
-- a list of names). A person is one identity number, or one record where there is none.

-- population: model_workers
-- One row per person and honour; the figure counts persons. in_base: honoured by the year of the cutoff, at work or retired
-- then (who fell ill, died or moved away after the cutoff was still there); a certificate given to a team is nobody's.
-- took_part: on the list of an event of kind 8, or a day of service or visit (kinds 4, 5), in the year.
-- source: 新东城报 2017 聚焦4; domain handbook 7.1, reading rule 7
-- ledger: model_worker
WITH active (person_key) AS (
  SELECT person_key FROM event_people WHERE kind = '8' AND in_year
  UNION
  SELECT coalesce(q.id_no, w.person_id)
  FROM model_service s JOIN model_worker w ON w.id = s.parent_id LEFT JOIN person q ON q.id = w.person_id, period p
  WHERE s.kind IN ('4', '5') AND s.happened_on BETWEEN p.year_begins AND p.cutoff AND w.person_id IS NOT NULL
)
SELECT w.id AS record, coalesce(q.id_no, w.person_id) AS person_key, w.unit_id AS unit_id, u.community_code AS community,
       w.honour AS honour, w.status AS status, coalesce(w.hardship, '0') AS hardship,
       coalesce(w.person_id IS NOT NULL AND w.honour <> '4' AND w.honour_year <= p.year
                AND (w.status IN ('1', '2') OR w.status_from > p.cutoff
                     OR w.status = '3' AND (SELECT value FROM setting WHERE key = 'model_worker_base') = 'all'), 0) AS in_base,
       coalesce(coalesce(q.id_no, w.person_id) IN (SELECT person_key FROM active), 0) AS took_part
FROM model_worker w, period p LEFT JOIN person q ON q.id = w.person_id LEFT JOIN unit u ON u.id = w.unit_id;

-- population: model_services
-- One row per service done for or with a model worker.
-- source: domain handbook 7.1
-- ledger: model_service
SELECT s.id AS record, s.kind AS kind, s.happened_on AS happened_on, u.community_code AS community, coalesce(s.amount, 0) AS amount
FROM model_service s LEFT JOIN model_worker w ON w.id = s.parent_id LEFT JOIN unit u ON u.id = w.unit_id;

-- population: nominations
-- One row per nomination of the year. is_front: workers, migrant workers too.
-- source: domain handbook 7.1
-- ledger: medal_nomination
SELECT m.id AS record, m.kind AS kind, u.community_code AS community, m.category IN ('1', '4') AS is_front,
       coalesce(m.category = '3', 0) AS is_manager
FROM medal_nomination m LEFT JOIN unit u ON u.id = m.unit_id
WHERE m.year = (SELECT year FROM period);

-- population: innovation_results
-- One row per result of innovation.
-- source: 新东城报 2017 聚焦4; domain handbook 7.1
-- ledger: innovation_result
SELECT r.id AS record, r.achieved_on AS achieved_on, u.community_code AS community, coalesce(r.benefit, 0) AS benefit
FROM innovation_result r LEFT JOIN innovation_studio s ON s.id = r.studio_id LEFT JOIN unit u ON u.id = s.unit_id;

-- population: skill_units
-- One row per unit with its people of the year, each person once and at one unit (the latest). trained: skill classes
-- (training kind 3, enough of the hours; skill event 4); contested: contests, on-the-job training, matches (kinds 1-3).
-- Events without a list of names: persons of several events cannot be told apart, so the unit's best attended one counts,
-- never their sum. cert_base: what the rate of certificates divides by, in the chosen reading.
-- source: 新东城报 2017 聚焦4; domain handbook 2.5, 7.2
-- ledger: unit
WITH seen (topic, person_key, unit_id, latest) AS (
  SELECT CASE e.kind WHEN '4' THEN 't' ELSE 'c' END, coalesce(q.id_no, n.person_id), n.unit_id, max(e.held_on || n.id)
  FROM skill_entrant n JOIN skill_event e ON e.id = n.parent_id LEFT JOIN person q ON q.id = n.person_id, period p
  WHERE e.held_on BETWEEN p.year_begins AND p.cutoff AND n.person_id IS NOT NULL AND n.unit_id IS NOT NULL
  GROUP BY 1, 2
  UNION ALL
  SELECT 't', person_key, unit_id, max(ended_on || record) FROM trainees
  WHERE kind = '3' AND in_year AND trained AND unit_id IS NOT NULL GROUP BY person_key
), once (topic, person_key, unit_id, latest) AS (
  SELECT topic, person_key, unit_id, max(latest) FROM seen GROUP BY topic, person_key
), named (unit_id, trained, contested) AS (
  SELECT unit_id, sum(topic = 't'), sum(topic = 'c') FROM once GROUP BY unit_id
), best (unit_id, trained, contested) AS (
  SELECT e.unit_id, max(CASE WHEN e.kind = '4' THEN e.participants END), max(CASE WHEN e.kind <> '4' THEN e.participants END)
  FROM skill_event e, period p
  WHERE e.held_on BETWEEN p.year_begins AND p.cutoff AND e.id NOT IN (SELECT parent_id FROM skill_entrant WHERE parent_id IS NOT NULL)
    AND (SELECT value FROM setting WHERE key = 'participation_rule') <> 'listed'
  GROUP BY e.unit_id
), counted (unit_id, trained, contested) AS (
  SELECT n.record, max(coalesce(a.trained, 0), coalesce(b.trained, 0)), max(coalesce(a.contested, 0), coalesce(b.contested, 0))
  FROM units n LEFT JOIN named a ON a.unit_id = n.record LEFT JOIN best b ON b.unit_id = n.record
)
SELECT n.record AS record, u.community_code AS community,
       n.is_alive AND (n.is_unionised OR (SELECT value FROM setting WHERE key = 'staff_base') <> 'unionised') AS in_base,
       coalesce(n.employees, 0) AS employees, c.trained AS trained, c.contested AS contested,
       CASE WHEN (SELECT value FROM setting WHERE key = 'cert_rate_base') = 'trained' THEN c.trained ELSE c.contested END AS cert_base
FROM units n JOIN unit u ON u.id = n.record JOIN counted c ON c.unit_id = n.record;

-- population: skill_certs
-- One row per certificate. is_new: not a renewal or replacement, and the person's first in this trade and level.
-- source: 新东城报 2017 聚焦4 取证率; domain handbook 7.2, Appendix B L28
-- ledger: skill_cert
SELECT c.id AS record, coalesce(q.id_no, c.person_id) AS person_key, c.unit_id AS unit_id, u.community_code AS community,
       c.trade AS trade, c.level AS grade, c.issued_on AS issued_on,
       coalesce(c.issued_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year,
       coalesce(c.replaces, 0) = 0 AND row_number() OVER (
         PARTITION BY coalesce(q.id_no, c.person_id), name_key(c.trade), c.level ORDER BY c.issued_on, c.id) = 1 AS is_new
FROM skill_cert c, period p LEFT JOIN person q ON q.id = c.person_id LEFT JOIN unit u ON u.id = c.unit_id;

-- population: ankang_entries
-- One row per unit's entry of the year.
-- source: 新东城报 2017 聚焦4; domain handbook 7.3
-- ledger: ankang_entry
SELECT a.id AS record, a.unit_id AS unit_id, u.community_code AS community, a.result AS result, coalesce(a.teams, 0) AS teams,
       coalesce(a.persons, 0) AS persons, coalesce(a.quiz_persons, 0) AS quiz_persons, coalesce(a.quiz_pass, 0) AS quiz_pass,
       coalesce(a.injuries, 0) AS injuries, a.self_score AS self_score, a.check_score AS check_score
FROM ankang_entry a LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.year = (SELECT year FROM period);

-- population: safety_people
-- One row per person and safety post. serving: in post at the cutoff, in a unit in scope. is_trained: passed a safety class
-- (training kind 4) that ended in the year. cert_valid: the certificate runs at the cutoff.
-- source: 新东城报 2017 聚焦4 培训企业安全生产负责人、企业安全员达到100%; domain handbook 7.4
-- ledger: safety_person
SELECT s.id AS record, coalesce(q.id_no, s.person_id) AS person_key, s.unit_id AS unit_id, u.community_code AS community,
       s.role AS role, coalesce(s.role IN ('1', '2'), 0) AS is_principal, coalesce(s.role IN ('3', '4'), 0) AS is_officer,
       coalesce(s.begins_on <= p.cutoff, 0) AND (s.ends_on IS NULL OR s.ends_on > p.cutoff) AND coalesce(n.in_scope, 0) AS serving,
       coalesce(coalesce(q.id_no, s.person_id) IN (SELECT person_key FROM trainees WHERE kind = '4' AND in_year AND passed), 0) AS is_trained,
       coalesce(s.cert_valid_to >= p.cutoff, 0) AS cert_valid
FROM safety_person s, period p LEFT JOIN person q ON q.id = s.person_id LEFT JOIN unit u ON u.id = s.unit_id
  LEFT JOIN safety_units n ON n.record = s.unit_id;

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
  SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'min_gap_days'
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
SELECT n.id AS record, n.community_code AS community,
       coalesce(n.safety_scope, n.id IN (SELECT record FROM union_units)) = 1
         AND NOT (coalesce(n.biz_status IN ('3', '4'), 0)
                  AND coalesce(n.status_from, '') <= (SELECT cutoff FROM period)) AS in_scope,
       coalesce(v.n, 0) AS inspections_valid
FROM unit n LEFT JOIN visits v ON v.unit_id = n.id;

-- population: hazards
-- One row per hazard found by the cutoff. closed: struck off by the cutoff. overdue: its time is over and it is neither
-- struck off nor mended on the spot. Recheck facts are as of the cutoff too. A hazard told by the hotline or a worker has no
-- inspection and names its unit itself.
-- source: domain handbook 7.5
-- ledger: hazard
SELECT h.id AS record, coalesce(i.unit_id, h.unit_id) AS unit_id, u.community_code AS community,
       coalesce(h.found_on, i.inspected_on) AS found_on, h.grade AS grade, h.source AS source, h.mode AS mode,
       h.due_on AS due_on, h.closed_on AS closed_on,
       coalesce(h.closed_on <= (SELECT cutoff FROM period), h.status = '50', 0) AS closed,
       coalesce(h.closed_on <= (SELECT cutoff FROM period) AND h.closed_on <= h.due_on, 0) AS closed_on_time,
       coalesce(h.due_on <= (SELECT cutoff FROM period), 0) AS is_due,
       coalesce(h.due_on < (SELECT cutoff FROM period), 0)
         AND NOT coalesce(h.closed_on <= (SELECT cutoff FROM period), h.status IN ('50', '60'), 0) AS overdue,
       coalesce(h.rechecked_on <= (SELECT cutoff FROM period) AND h.recheck_result IS NOT NULL, 0) AS rechecked,
       coalesce(h.recheck_result = '1' AND coalesce(h.rounds, 0) = 0, 0) AS passed_first
FROM hazard h LEFT JOIN safety_inspection i ON i.id = h.parent_id LEFT JOIN unit u ON u.id = coalesce(i.unit_id, h.unit_id)
WHERE coalesce(h.found_on, i.inspected_on, '') <= (SELECT cutoff FROM period);

-- population: hotline
-- One row per report of the 12351 hotline that came in by the cutoff. Without a typed limit the default of five working
-- days is taken as a week. is_due: its limit lies in the year, by the cutoff. rated: asked back in the year.
-- source: domain handbook 7.6
-- ledger: hotline_report
SELECT r.id AS record, r.category AS category, r.unit_id AS unit_id, u.community_code AS community, date(r.received_at) AS received_on,
       coalesce(r.due_on, date(r.received_at, '+7 days')) AS due_on, r.replied_on AS replied_on,
       coalesce(r.due_on, date(r.received_at, '+7 days')) BETWEEN p.year_begins AND p.cutoff AS is_due,
       coalesce(r.status IN ('4', '5') AND r.replied_on <= p.cutoff
                AND r.replied_on <= coalesce(r.due_on, date(r.received_at, '+7 days')), 0) AS on_time,
       coalesce(r.satisfaction IS NOT NULL AND r.replied_on BETWEEN p.year_begins AND p.cutoff, 0) AS rated,
       coalesce(r.satisfaction IN ('1', '2'), 0) AS satisfied
FROM hotline_report r, period p LEFT JOIN unit u ON u.id = r.unit_id
WHERE date(r.received_at) <= p.cutoff;

-- population: accidents
-- One row per accident.
-- source: domain handbook 7.9
-- ledger: accident
SELECT a.id AS record, a.unit_id AS unit_id, u.community_code AS community, date(a.occurred_at) AS happened_on, a.grade AS grade,
       coalesce(a.deaths, 0) AS deaths, coalesce(a.serious, 0) AS serious, coalesce(a.minor, 0) AS minor
FROM accident a LEFT JOIN unit u ON u.id = a.unit_id;

-- population: backtrace
-- One row per question traced back from an accident. answer: what the ledgers hold on it, at the day of the accident and in
-- the twelve months before it, in words an officer can check; the finding itself is the officer's.
-- source: 新东城报 2017 聚焦4 建立安全生产事故倒追制度; domain handbook 7.9
-- ledger: backtrace_item
WITH cases (id, unit_id, hazard_id, happened_on, since) AS (
  SELECT id, unit_id, hazard_id, date(occurred_at), date(occurred_at, '-12 months') FROM accident
), visit (accident_id, id, day, inspectors, escort, is_sound) AS (
  SELECT c.id, i.id, i.inspected_on, i.inspectors, i.accompanied_by,
         coalesce(i.conclusion IS NOT NULL AND i.sign_unit = 1 AND i.sign_team = 1, 0)
  FROM cases c JOIN safety_inspection i ON i.unit_id = c.unit_id
  WHERE i.kind IN ('1', '2', '3', '4') AND i.inspected_on BETWEEN c.since AND c.happened_on
), visits (accident_id, n, sound) AS (SELECT accident_id, count(*), sum(is_sound) FROM visit GROUP BY accident_id
), last (accident_id, day, inspectors, escort) AS (
  SELECT c.id, max(i.inspected_on), i.inspectors, i.accompanied_by
  FROM cases c JOIN safety_inspection i ON i.unit_id = c.unit_id AND i.inspected_on <= c.happened_on GROUP BY c.id
), open (accident_id, n, late) AS (
  SELECT c.id, count(*), sum(coalesce(h.due_on < c.happened_on, 0))
  FROM cases c JOIN hazard h LEFT JOIN safety_inspection i ON i.id = h.parent_id
  WHERE coalesce(i.unit_id, h.unit_id) = c.unit_id AND coalesce(h.found_on, i.inspected_on) <= c.happened_on
    AND (h.closed_on > c.happened_on OR h.closed_on IS NULL AND coalesce(h.status, '') NOT IN ('50', '60'))
  GROUP BY c.id
), staff (accident_id, n, trained) AS (
  SELECT c.id, count(*), sum(EXISTS (
           SELECT 1 FROM trainees t WHERE t.kind = '4' AND t.passed AND t.ended_on BETWEEN c.since AND c.happened_on
             AND t.person_key = coalesce(q.id_no, s.person_id)))
  FROM cases c JOIN safety_person s ON s.unit_id = c.unit_id LEFT JOIN person q ON q.id = s.person_id
  WHERE s.role IN ('1', '2', '3', '4') AND s.begins_on <= c.happened_on AND (s.ends_on IS NULL OR s.ends_on > c.happened_on)
  GROUP BY c.id
), told (accident_id, n, safety) AS (
  SELECT c.id, count(*), sum(coalesce(r.category = '5', 0))
  FROM cases c JOIN hotline_report r ON r.unit_id = c.unit_id AND date(r.received_at) BETWEEN c.since AND c.happened_on GROUP BY c.id
), good (accident_id, section, n) AS (
  SELECT v.accident_id, substr(k.item_code, 1, 1), count(*)
  FROM visit v JOIN checklist_result k ON k.parent_id = v.id AND k.result = '1' GROUP BY 1, 2
)
SELECT b.id AS record, b.parent_id AS accident_id, c.unit_id AS unit_id, u.community_code AS community, b.question AS question,
       c.happened_on AS happened_on, b.due_on AS due_on, b.done_on AS done_on,
       coalesce(b.due_on <= p.cutoff, 0) AS is_due, coalesce(b.done_on <= p.cutoff, 0) AS is_done,
       b.finding IS NULL AS is_open,
       CASE b.question
         WHEN 'a' THEN words('事故前12个月检查 {visits} 次，其中有结论和双方签字的 {sound} 次', coalesce(v.n, 0), coalesce(v.sound, 0))
         WHEN 'b' THEN words('事故当日未销号的隐患 {open} 条，其中逾期 {late} 条', coalesce(o.n, 0), coalesce(o.late, 0))
         WHEN 'c' THEN words('事故当日在任的负责人和安全员 {staff} 人，12个月内安全培训合格的 {trained} 人', coalesce(s.n, 0), coalesce(s.trained, 0))
         WHEN 'd' THEN CASE WHEN l.day IS NULL THEN '事故前没有检查记录'
                       ELSE words('最近一次检查在 {day}，检查人：{inspectors}，陪同人：{escort}', l.day,
                                  coalesce(l.inspectors, '没有填写'), coalesce(l.escort, '没有填写')) END
         WHEN 'e' THEN words('事故前12个月12351热线反映 {told} 件，其中安全隐患 {safety} 件', coalesce(t.n, 0), coalesce(t.safety, 0))
         WHEN 'f' THEN CASE WHEN h.item_code IS NULL THEN '事故没有选相关隐患，对照不了检查项'
                       ELSE words('相关隐患是 {item} 项，事故前12个月同类检查项记为合格的有 {times} 项次', h.item_code, coalesce(g.n, 0)) END
         ELSE '没有可以自动对照的台账' END AS answer
FROM backtrace_item b JOIN cases c ON c.id = b.parent_id, period p LEFT JOIN unit u ON u.id = c.unit_id
  LEFT JOIN visits v ON v.accident_id = c.id LEFT JOIN last l ON l.accident_id = c.id LEFT JOIN open o ON o.accident_id = c.id
  LEFT JOIN staff s ON s.accident_id = c.id LEFT JOIN told t ON t.accident_id = c.id LEFT JOIN hazard h ON h.id = c.hazard_id
  LEFT JOIN good g ON g.accident_id = c.id AND g.section = substr(h.item_code, 1, 1);
