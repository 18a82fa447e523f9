-- Populations of elections, ballots, evaluations and honours. Written like sets.sql; the readings used here are the
-- settings of 702_indicators_honour.toml. Shares stay whole numbers: satisfied of voted, valid of eligible.

-- population: ballots
-- One row per member ballot of the year held by the cutoff. is_last: the newest of its union, the one that counts after a
-- re-ballot. is_valid: the votes reach the street's share of the eligible. satisfied of voted follows the chosen reading
-- (half weight doubles both). passed: 80 per cent satisfied, no_titles: under 60 per cent, both decided on whole numbers.
-- source: domain handbook 9.2
-- ledger: home_ballot
WITH turnout (part, whole) AS (
  SELECT CASE WHEN instr(v, '/') THEN CAST(substr(v, 1, instr(v, '/') - 1) AS INTEGER) ELSE CAST(v AS INTEGER) END,
         CASE WHEN instr(v, '/') THEN CAST(substr(v, instr(v, '/') + 1) AS INTEGER) ELSE 100 END
  FROM (SELECT coalesce((SELECT value FROM setting WHERE key = 'ballot_turnout'), '2/3') AS v)
), chosen (reading) AS (SELECT coalesce((SELECT value FROM setting WHERE key = 'ballot_satisfaction'), 'both')),
counted (id, union_id, round, held_on, eligible, valid, is_last, is_valid, satisfied, voted) AS (
  SELECT b.id, b.union_id, b.round, b.held_on, b.eligible, b.valid,
         row_number() OVER (PARTITION BY b.union_id ORDER BY b.held_on DESC, b.round DESC, b.id DESC) = 1,
         coalesce(b.eligible > 0 AND t.whole * b.valid >= t.part * b.eligible, 0),
         CASE c.reading WHEN 'strict' THEN b.satisfied WHEN 'half' THEN 2 * b.satisfied + b.basic ELSE b.satisfied + b.basic END,
         CASE c.reading WHEN 'half' THEN 2 * b.valid ELSE b.valid END
  FROM home_ballot b, turnout t, chosen c, period p
  WHERE b.year = p.year AND b.held_on <= p.cutoff
)
SELECT n.id AS record, n.union_id AS union_id, u.community_code AS community, n.round AS round, n.held_on AS held_on,
       n.eligible AS eligible, n.valid AS valid, n.is_last AS is_last, n.is_valid AS is_valid,
       n.satisfied AS satisfied, n.voted AS voted,
       coalesce(n.is_valid AND n.voted > 0 AND n.satisfied * 100 >= n.voted * 80, 0) AS passed,
       coalesce(n.is_valid AND n.voted > 0 AND n.satisfied * 100 < n.voted * 60, 0) AS no_titles
FROM counted n LEFT JOIN union_org o ON o.id = n.union_id LEFT JOIN unit u ON u.id = o.unit_id;

-- population: home_standing
-- One row per union alive at the cutoff: what became of its home this year. evaluated: a final score is there; inspected:
-- an inspection with a conclusion; graded: the evaluation reached its grade (定级 or 报区).
-- source: domain handbook 9.1, 9.3
-- ledger: union_org
SELECT u.record AS record, n.community_code AS community, e.final AS final, e.grade AS grade,
       coalesce(e.final IS NOT NULL, 0) AS evaluated,
       coalesce(e.status IN ('5', '6'), 0) AS graded,
       coalesce(e.status IN ('5', '6') AND e.grade IN ('model', 'advanced', 'qualified'), 0) AS passed,
       coalesce(e.status IN ('5', '6') AND e.grade IN ('model', 'advanced'), 0) AS advanced,
       coalesce(abs(e.self_total - e.inspect_total) > 100, 0) AS gap_flagged,
       u.record IN (SELECT i.union_id FROM home_inspection i, period p
                    WHERE i.year = p.year AND i.inspected_on <= p.cutoff AND i.conclusion IS NOT NULL) AS inspected
FROM unions u JOIN union_org o ON o.id = u.record LEFT JOIN unit n ON n.id = o.unit_id
  LEFT JOIN (SELECT v.union_id, min(v.id) AS id FROM home_evaluation v, period p WHERE v.year = p.year GROUP BY v.union_id) k
    ON k.union_id = u.record
  LEFT JOIN home_evaluation e ON e.id = k.id
WHERE u.is_normal = 1;

-- population: terms
-- One row per union whose term ended in the year: the end stands in the election that followed it, or, while there is none,
-- in the union itself. held_on: the first new-term assembly held by the cutoff for that end. on_time follows the setting:
-- by the day the term ended, by the day an approved extension ended, or within half a year.
-- source: domain handbook 4.16
-- ledger: union_org
WITH ended (union_id, due) AS (
  SELECT e.union_id, e.prev_term_end FROM election e, period p
  WHERE e.kind = '2' AND e.prev_term_end BETWEEN p.year_begins AND p.cutoff AND e.union_id IS NOT NULL
  UNION
  SELECT o.id, o.term_end FROM union_org o, period p
  WHERE o.term_end BETWEEN p.year_begins AND p.cutoff AND coalesce(o.status, '') <> '1'
), held (union_id, due, held_on, extended_to) AS (
  SELECT d.union_id, d.due,
         (SELECT min(e.held_on) FROM election e WHERE e.union_id = d.union_id AND e.kind IN ('2', '5') AND e.held_on <= p.cutoff
            AND (e.prev_term_end = d.due OR e.prev_term_end IS NULL AND e.held_on >= date(d.due, '-6 months'))),
         (SELECT max(e.extended_to) FROM election e WHERE e.union_id = d.union_id AND e.kind = '4' AND e.prev_term_end = d.due
            AND e.result_approved_on IS NOT NULL OR e.union_id = d.union_id AND e.kind = '4' AND e.prev_term_end = d.due
            AND e.approved_on IS NOT NULL)
  FROM ended d, period p
), rule (word) AS (SELECT coalesce((SELECT value FROM setting WHERE key = 'election_due_rule'), 'due'))
SELECT h.union_id AS record, n.community_code AS community, h.due AS due, h.held_on AS held_on,
       coalesce(h.held_on IS NOT NULL, 0) AS held,
       coalesce(h.held_on <= CASE r.word WHEN 'extended' THEN coalesce(h.extended_to, h.due)
                                         WHEN 'half_year' THEN date(h.due, '+6 months') ELSE h.due END, 0) AS on_time,
       coalesce(coalesce(h.held_on, p.cutoff) > date(h.due, '+180 days'), 0) AS long_overdue
FROM held h JOIN union_org o ON o.id = h.union_id LEFT JOIN unit n ON n.id = o.unit_id, rule r, period p
WHERE (o.dissolved_on IS NULL OR o.dissolved_on > h.due) AND o.founded_on <= p.cutoff;

-- population: honours
-- One row per recommendation of the year with what its conditions rest on: the evaluation and the last ballot of the same
-- union and year, its members, the lower title, the officer's years. Each *_ok is one condition; a lower title is asked for
-- from the city's level on, the three further ones of the national level only there. titles_ok: no ballot under 60 per cent in the two years before. kind_of_unit: whose quota it counts to.
-- source: domain handbook 9.4; the thresholds are settings
-- ledger: honour_recommendation
WITH asked (score, ballot, months, years) AS (
  SELECT CAST(coalesce((SELECT value FROM setting WHERE key = 'honour_score'), '90') AS INTEGER) * 10,
         CAST(coalesce((SELECT value FROM setting WHERE key = 'honour_ballot'), '90') AS INTEGER),
         '+' || CAST(coalesce((SELECT value FROM setting WHERE key = 'honour_lower_months'), '12') AS INTEGER) || ' months',
         '+' || CAST(coalesce((SELECT value FROM setting WHERE key = 'honour_officer_years'), '3') AS INTEGER) || ' years'
), poor (union_id, held_on) AS (
  SELECT b.union_id, b.held_on FROM home_ballot b, (SELECT coalesce((SELECT value FROM setting WHERE key = 'ballot_satisfaction'), 'both') AS word) r
  WHERE 3 * b.valid >= 2 * b.eligible AND b.valid > 0
    AND 100 * (CASE r.word WHEN 'strict' THEN 2 * b.satisfied WHEN 'half' THEN 2 * b.satisfied + b.basic ELSE 2 * (b.satisfied + b.basic) END) < 60 * 2 * b.valid
), judged (union_id, final, grade, veto) AS (
  SELECT e.union_id, e.final, e.grade, e.veto_code FROM home_evaluation e, period p
  WHERE e.year = p.year GROUP BY e.union_id HAVING e.id = min(e.id)
)
SELECT h.id AS record, h.kind AS kind, h.level AS level, h.year AS year, h.union_id AS union_id, h.status AS status,
       h.person_id AS person_id, n.community_code AS community, h.awarded_on AS awarded_on, h.applied_on AS applied_on,
       CASE WHEN o.unit_id IS NULL THEN '5'
            WHEN n.unit_type IN ('400', '500') THEN '3'
            WHEN n.unit_type IN ('110', '120', '151', '161') OR n.unit_type BETWEEN '110' AND '300' AND n.holding IN ('1', '2', '3', '4') THEN '1'
            WHEN n.unit_type BETWEEN '110' AND '300' THEN '2' ELSE '4' END AS kind_of_unit,
       j.final AS final, j.grade AS grade, j.veto AS veto, b.satisfied AS satisfied, b.voted AS voted,
       coalesce(f.members, 0) AS members, f.employees AS employees,
       h.status <> '9' AS running,
       coalesce(j.final >= a.score, 0) AS score_ok,
       coalesce(j.final IS NOT NULL AND j.veto IS NULL AND j.grade <> 'failed', 0) AS veto_ok,
       coalesce(b.is_valid AND b.voted > 0 AND b.satisfied * 100 >= b.voted * a.ballot, 0) AS ballot_ok,
       coalesce(h.level = '1' OR date(h.lower_title_on, a.months) <= coalesce(h.applied_on, p.cutoff), 0) AS lower_ok,
       coalesce(h.kind <> '3' OR date(h.union_work_from, a.years) <= coalesce(h.applied_on, p.cutoff), 0) AS years_ok,
       coalesce(h.votes_for * 2 > h.votes_total, 0) AS vote_ok,
       NOT EXISTS (SELECT 1 FROM poor x WHERE x.union_id = h.union_id AND x.held_on <= coalesce(h.applied_on, p.cutoff)
                   AND x.held_on > date(coalesce(h.applied_on, p.cutoff), '-2 years')) AS titles_ok,
       coalesce(h.level <> '3' OR f.members * 100 >= f.employees * 90, 0) AS rate_ok
FROM honour_recommendation h JOIN period p ON h.year = p.year
  LEFT JOIN union_org o ON o.id = h.union_id LEFT JOIN unit n ON n.id = o.unit_id
  LEFT JOIN judged j ON j.union_id = h.union_id
  LEFT JOIN ballots b ON b.union_id = h.union_id AND b.is_last = 1
  LEFT JOIN union_facts f ON f.record = h.union_id, asked a;

-- population: union_home
-- One row per union alive at the cutoff: what further items and vetoes of the home evaluation rest on, over its own and covered
-- units. cert_lacking: no certificate in force; cert_differs: it names another legal representative than the chair in office.
-- chair_untrained: a chair in office who finished no class this year; fulltime_missing: 200 employees and no full-time chair.
-- joined, employees: people at culture and sport, each unit at most its own headcount. fatal: a death or three serious injuries
-- this year (whether the unit is to blame the officer decides); fees_overdue: dues of a month more than a year back unpaid.
-- source: domain handbook 9.1 (A5, A6, C4, C5, E1, E2, V1, V3)
-- ledger: union_org
WITH belongs (union_id, unit_id) AS (SELECT DISTINCT union_id, record FROM union_units),
chair (union_id, person_id, name, trained) AS (
  SELECT c.union_id, c.person_id, q.name, c.person_id IN (SELECT t.person_id FROM trainees t WHERE t.in_year AND t.trained)
  FROM union_cadre c LEFT JOIN person q ON q.id = c.person_id, period p
  WHERE c.post = '1' AND coalesce(c.begins_on, '') <= p.cutoff AND (c.ends_on IS NULL OR c.ends_on > p.cutoff)
  GROUP BY c.union_id HAVING c.id = max(c.id)
), cert (union_id, legal_rep) AS (
  SELECT l.union_id, max(l.legal_rep) FROM legal_person_cert l, period p
  WHERE coalesce(l.status, '1') = '1' AND l.valid_to >= p.cutoff GROUP BY l.union_id
), people (union_id, employees, joined, skilled, contested) AS (
  SELECT b.union_id, sum(s.employees), sum(min(s.joined, s.employees)), sum(coalesce(k.trained, 0)), sum(coalesce(k.contested, 0))
  FROM belongs b JOIN service_units s ON s.record = b.unit_id LEFT JOIN skill_units k ON k.record = b.unit_id
  GROUP BY b.union_id
), hurt (union_id, fatal) AS (
  SELECT b.union_id, max(a.deaths > 0 OR a.serious >= 3) FROM belongs b JOIN accidents a ON a.unit_id = b.unit_id, period p
  WHERE a.happened_on BETWEEN p.year_begins AND p.cutoff GROUP BY b.union_id
), unpaid (union_id) AS (
  SELECT coalesce(f.union_id, o.id) FROM fees f LEFT JOIN union_org o ON o.unit_id = f.unit_id, period p
  WHERE f.is_counted AND f.paid < f.due AND date(f.month_on, '+13 months') <= p.cutoff
)
SELECT u.record AS record, NOT coalesce(c.is_valid, 0) AS cert_lacking,
       coalesce(c.is_valid AND x.legal_rep <> h.name, 0) AS cert_differs,
       CASE WHEN h.union_id IS NULL THEN NULL ELSE NOT h.trained END AS chair_untrained,
       coalesce(e.employees >= 200, 0) AND coalesce(o.chair_fulltime, 0) = 0 AS fulltime_missing,
       NOT EXISTS (SELECT 1 FROM mediation_org m JOIN belongs b ON b.unit_id = m.unit_id
                   WHERE b.union_id = u.record AND m.founded_on <= p.cutoff) AS mediation_missing,
       NOT EXISTS (SELECT 1 FROM legal_supervision_org s WHERE s.union_id = u.record AND s.founded_on <= p.cutoff) AS supervision_missing,
       CASE WHEN coalesce(e.employees, 0) > 0 THEN e.skilled * 100 < e.employees * 60 END AS skill_short,
       CASE WHEN coalesce(e.employees, 0) > 0 THEN e.contested = 0 END AS contest_missing,
       e.joined AS joined, e.employees AS employees, coalesce(d.fatal, 0) AS fatal,
       u.record IN (SELECT union_id FROM unpaid) AS fees_overdue
FROM unions u JOIN union_org o ON o.id = u.record, period p
  LEFT JOIN cert_unions c ON c.record = u.record LEFT JOIN cert x ON x.union_id = u.record
  LEFT JOIN chair h ON h.union_id = u.record LEFT JOIN people e ON e.union_id = u.record LEFT JOIN hurt d ON d.union_id = u.record
WHERE u.is_normal = 1;
