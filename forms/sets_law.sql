-- Populations of focus 5: legal popularisation, supervision, mediation, legal aid, certificates of unions, tasks. Written
-- like sets.sql, which says what `period` and `setting` are. Settings used here (defined in 706_indicators_law.toml):
--   legal_staff_base     all (default) | unionised        whose employees T5-02 divides by
--   concluded_rule       agreed (default) | arbitration   whether cases gone to arbitration count as concluded
--   subcentre_rule       sum (default) | each             T5-04: all streets together, or this street alone
--   aid_pending_rule     left_out (default) | counted     whether undecided applications stand in the base of T5-06
--   legal_person_base    certified (default) | all        which unions are to hold a certificate
-- "In the year" means from New Year to the cutoff. event_people and event_units are those of sets_service.sql.

-- population: law_units
-- One row per unit. is_enterprise: 企业, unit types 110-300. covered: took part in an event of kind 9 (普法), or was
-- served from the menu, in the year. reached: its distinct people on the lists of such events; where there is no list, the
-- best attended event or menu service, never a sum, because nobody can tell whether the same people came again.
-- source: 新东城报 2017 聚焦5; domain handbook 8.3, 2.5, 12.2
-- ledger: unit
WITH guest (person_key, unit_id) AS (
  SELECT person_key, unit_id FROM (
    SELECT person_key, unit_id, max(held_on || record) AS latest FROM event_people
    WHERE in_year AND unit_id IS NOT NULL AND kind = '9' GROUP BY person_key)
), guests (unit_id, n) AS (SELECT unit_id, count(*) FROM guest GROUP BY unit_id
), served (unit_id, persons) AS (
  SELECT o.unit_id, o.persons FROM legal_menu_order o, period p WHERE o.served_on BETWEEN p.year_begins AND p.cutoff
), told (unit_id, persons) AS (
  SELECT unit_id, persons FROM event_units WHERE in_year AND NOT has_list AND kind = '9'
  UNION ALL SELECT unit_id, persons FROM served
), best (unit_id, persons) AS (SELECT unit_id, max(persons) FROM told GROUP BY unit_id
), reached (unit_id) AS (
  SELECT unit_id FROM event_units WHERE in_year AND kind = '9' UNION SELECT unit_id FROM served
)
SELECT n.record AS record, u.community_code AS community, n.is_alive AS is_alive, n.is_unionised AS is_unionised,
       coalesce(n.unit_type IN ('110', '120', '130', '140', '151', '159', '161', '169', '170', '190', '200', '300'), 0) AS is_enterprise,
       n.record IN (SELECT unit_id FROM reached WHERE unit_id IS NOT NULL) AS covered,
       n.is_alive AND (n.is_unionised OR (SELECT value FROM setting WHERE key = 'legal_staff_base') <> 'unionised') AS in_base,
       coalesce(n.employees, 0) AS employees, max(coalesce(g.n, 0), coalesce(b.persons, 0)) AS reached
FROM units n JOIN unit u ON u.id = n.record LEFT JOIN guests g ON g.unit_id = n.record LEFT JOIN best b ON b.unit_id = n.record;

-- population: external
-- One row per figure from outside, with the days its period spans. counted: lies in the year up to the cutoff, and not
-- inside a longer one of the same name (a year beside its quarters counts once).
-- source: domain handbook 2.10, 14.4
-- ledger: external_stat
WITH first (id, begins, months) AS (
  SELECT id, CASE substr(period, 5, 1)
               WHEN 'Y' THEN substr(period, 1, 4) || '-01-01'
               WHEN 'H' THEN substr(period, 1, 4) || CASE substr(period, 6) WHEN '1' THEN '-01-01' ELSE '-07-01' END
               WHEN 'Q' THEN printf('%s-%02d-01', substr(period, 1, 4), 3 * substr(period, 6) - 2)
               WHEN 'M' THEN substr(period, 1, 4) || '-' || substr(period, 6) || '-01' END,
         CASE substr(period, 5, 1) WHEN 'Y' THEN 12 WHEN 'H' THEN 6 WHEN 'Q' THEN 3 ELSE 1 END
  FROM external_stat
), spans (id, name, street_code, value, begins, ends) AS (
  SELECT e.id, e.name, e.street_code, e.value, f.begins, date(f.begins, '+' || f.months || ' months', '-1 day')
  FROM external_stat e JOIN first f ON f.id = e.id
)
SELECT s.id AS record, s.name AS name, s.street_code AS street_code, s.begins AS begins, s.ends AS ends, s.value AS value,
       coalesce(s.begins >= p.year_begins AND s.ends <= p.cutoff, 0) AND NOT EXISTS (
         SELECT 1 FROM spans o
         WHERE o.name = s.name AND coalesce(o.street_code, '') = coalesce(s.street_code, '') AND o.id <> s.id
           AND o.begins >= p.year_begins AND o.ends <= p.cutoff AND o.begins <= s.begins AND o.ends >= s.ends
           AND (o.begins < s.begins OR o.ends > s.ends OR o.id < s.id)) AS counted
FROM spans s, period p;

-- population: law_cases
-- One row per mediation case. level: that of the body which took it, else of its mediator's body. filings_known and
-- centre_known: it was accepted on a day for which the filings (the centre's cases) are known, so that a rate never holds
-- a whole year of cases against half a year of filings. concluded: agreement or none; a withdrawal is neither.
-- source: 新东城报 2017 聚焦5; domain handbook 8.2 (concluded, not accepted, is the base of the success rate)
-- ledger: mediation_case
SELECT c.id AS record, c.unit_id AS unit_id, u.community_code AS community, coalesce(o.level, w.level) AS level,
       c.accepted_on AS accepted_on, c.closed_on AS closed_on, c.cause AS cause, c.outcome AS outcome,
       coalesce(c.accepted_on BETWEEN p.year_begins AND p.cutoff, 0) AS accepted_in_year,
       coalesce(c.closed_on BETWEEN p.year_begins AND p.cutoff, 0) AS closed_in_year,
       coalesce(c.outcome = '1', 0) AS settled,
       coalesce(c.outcome IN ('1', '2') OR c.outcome = '4'
                AND (SELECT value FROM setting WHERE key = 'concluded_rule') = 'arbitration', 0) AS concluded,
       coalesce(days_between(c.accepted_on, c.closed_on) BETWEEN 0 AND 15, 0) AS in_time,
       EXISTS (SELECT 1 FROM external e WHERE e.name = '1' AND e.street_code IS NULL AND e.counted
               AND c.accepted_on BETWEEN e.begins AND e.ends) AS filings_known,
       EXISTS (SELECT 1 FROM external e WHERE e.name = '2' AND e.street_code IS NULL AND e.counted
               AND c.accepted_on BETWEEN e.begins AND e.ends) AS centre_known,
       EXISTS (SELECT 1 FROM case_followup f WHERE f.parent_id = c.id AND f.happened_on <= p.cutoff) AS followed_up
FROM mediation_case c, period p LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN mediation_org o ON o.id = c.org_id
  LEFT JOIN mediator m ON m.id = c.mediator_id LEFT JOIN mediation_org w ON w.id = m.org_id;

-- population: subcentre_cases
-- What the street sub-centres accepted: one row per case of this street's, and where all streets are taken together, one
-- row per number of the other streets that the district has sent (external figure 5, on the days the centre's are known);
-- such a number is no record of this ledger, so it counts and has no record to show.
-- source: 新东城报 2017 聚焦5; domain handbook 8.2, 2.10
-- ledger: mediation_case
SELECT c.record AS record, c.accepted_on AS accepted_on, 1 AS value
FROM law_cases c WHERE c.level = '2' AND c.accepted_in_year AND c.centre_known
UNION ALL
SELECT NULL, x.begins, x.value
FROM external x
WHERE x.name = '5' AND x.counted AND (SELECT value FROM setting WHERE key = 'subcentre_rule') <> 'each'
  AND EXISTS (SELECT 1 FROM external e WHERE e.name = '2' AND e.street_code IS NULL AND e.counted
              AND x.begins >= e.begins AND x.ends <= e.ends);

-- population: aid_cases
-- One row per application for legal aid. It belongs to the year in which it was decided, so that it counts once. eligible:
-- decided, and not refused as not qualifying; undecided ones only where the setting counts them. aided: approved or passed
-- on to the city's or district's centre.
-- source: 新东城报 2017 聚焦5 应援尽援; domain handbook 8.5
-- ledger: legal_aid_case
SELECT a.id AS record, u.community_code AS community, a.category AS category, a.applied_on AS applied_on, a.decided_on AS decided_on,
       a.decision AS decision, coalesce(a.reject_reason, '') AS reject_reason, a.unit_id AS unit_id,
       coalesce(a.decision IN ('1', '3') AND a.decided_on BETWEEN p.year_begins AND p.cutoff, 0) AS aided,
       CASE WHEN a.decision IS NOT NULL AND a.decided_on <= p.cutoff
            THEN a.decided_on >= p.year_begins AND NOT (a.decision = '2' AND coalesce(a.reject_reason, '') = '1')
            ELSE coalesce(a.applied_on <= p.cutoff, 0)
                 AND (SELECT value FROM setting WHERE key = 'aid_pending_rule') = 'counted' END AS eligible,
       coalesce(a.recovered, 0) AS recovered
FROM legal_aid_case a, period p LEFT JOIN unit u ON u.id = a.unit_id;

-- population: cert_unions
-- One row per union in being at the cutoff. has_status: registered as a legal person, by an old certificate or a new one,
-- and not struck off by the cutoff. is_valid: an 18-digit code of a union (81…, check digit right) whose certificate was issued
-- and is in force at the cutoff; a 9-digit organisation code or the employer's code is none.
-- source: 新东城报 2017 聚焦5 全部完成换证; domain handbook 8.6, 13.1
-- ledger: union_org
WITH struck (cert_id) AS (
  SELECT parent_id FROM cert_event WHERE kind = '5' AND issued_on <= (SELECT cutoff FROM period)
), held (union_id, code, valid_to, is_valid) AS (
  SELECT c.union_id, max(c.code), max(c.valid_to),
         max(coalesce(length(c.code) = 18 AND substr(c.code, 1, 2) = '81' AND uscc_ok(c.code) AND c.issued_on <= p.cutoff
                      AND coalesce(c.valid_from, c.issued_on) <= p.cutoff AND c.valid_to >= p.cutoff, 0))
  FROM legal_person_cert c, period p
  WHERE c.id NOT IN (SELECT cert_id FROM struck WHERE cert_id IS NOT NULL)
    AND NOT (coalesce(c.status, '1') = '2' AND NOT EXISTS (SELECT 1 FROM cert_event e WHERE e.parent_id = c.id AND e.kind = '5'))
    AND (c.old_cert_no IS NOT NULL OR coalesce(c.issued_on, c.valid_from) <= p.cutoff)
  GROUP BY c.union_id
)
SELECT u.record AS record, n.community_code AS community,
       h.union_id IS NOT NULL OR (SELECT value FROM setting WHERE key = 'legal_person_base') = 'all'
         AND coalesce(u.union_type, '') <> '10' AS has_status,
       coalesce(h.is_valid, 0) AS is_valid, u.record AS union_id, u.unit_id AS unit_id, h.union_id IS NOT NULL AS is_listed,
       h.code AS code, h.valid_to AS valid_to, coalesce(h.valid_to < (SELECT cutoff FROM period), 0) AS has_ended
FROM unions u LEFT JOIN held h ON h.union_id = u.record LEFT JOIN unit n ON n.id = u.unit_id
WHERE u.is_normal = 1;

-- population: supervisions
-- One row per supervision case. is_due: its reply was due in the year.
-- source: domain handbook 8.1
-- ledger: supervision_case
SELECT s.id AS record, s.unit_id AS unit_id, u.community_code AS community, s.found_on AS found_on,
       coalesce(s.due_on BETWEEN p.year_begins AND p.cutoff, 0) AS is_due,
       coalesce(s.result = '1' AND s.reply_on <= p.cutoff, 0) AS mended
FROM supervision_case s, period p LEFT JOIN unit u ON u.id = s.unit_id;

-- population: mediators
-- One row per mediator. is_serving: not left by the cutoff.
-- source: 新东城报 2017 聚焦5 加强非律师调解员队伍建设; domain handbook 8.2
-- ledger: mediator
SELECT m.id AS record, m.person_id AS person_id, m.org_id AS org_id, o.level AS level, o.community_code AS community,
       coalesce(m.lawyer, 0) AS is_lawyer, m.ends_on IS NULL OR m.ends_on > p.cutoff AS is_serving
FROM mediator m, period p LEFT JOIN mediation_org o ON o.id = m.org_id;

-- population: mediation_orgs
-- One row per mediation body, with its mediators at the cutoff.
-- source: domain handbook appendix A20
-- ledger: mediation_org
SELECT o.id AS record, o.level AS level, o.community_code AS community, coalesce(o.founded_on <= p.cutoff, 0) AS is_founded,
       (SELECT count(*) FROM mediators m WHERE m.org_id = o.id AND m.is_serving) AS mediators
FROM mediation_org o, period p;

-- population: menu_orders
-- One row per order of a legal service.
-- source: domain handbook 8.3
-- ledger: legal_menu_order
SELECT o.id AS record, o.unit_id AS unit_id, u.community_code AS community, o.service AS service, o.ordered_on AS ordered_on,
       coalesce(o.ordered_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year, coalesce(o.served_on <= p.cutoff, 0) AS served
FROM legal_menu_order o, period p LEFT JOIN unit u ON u.id = o.unit_id;

-- population: studios
-- One row per community studio, with the consultations of the year from its duty records.
-- source: 新东城报 2017 聚焦5 扩大社区职工法律服务工作室试点范围; domain handbook 8.3
-- ledger: legal_studio
SELECT s.id AS record, s.community_code AS community,
       coalesce(s.opened_on <= p.cutoff, 0) AND (s.closed_on IS NULL OR s.closed_on > p.cutoff) AS is_open,
       (SELECT coalesce(sum(d.consultations), 0) FROM studio_duty d
        WHERE d.parent_id = s.id AND d.happened_on BETWEEN p.year_begins AND p.cutoff) AS consultations
FROM legal_studio s, period p;

-- population: counsels
-- One row per contract with a law firm. in_force: at the cutoff.
-- source: 新东城报 2017 聚焦5 推动街道总工会建立律师顾问制度; domain handbook 8.4
-- ledger: lawyer_counsel
SELECT c.id AS record, coalesce(p.cutoff BETWEEN c.begins_on AND c.ends_on, 0) AS in_force, coalesce(c.services, 0) AS services
FROM lawyer_counsel c, period p;

-- population: tasks
-- One row per task without a number. is_due: its time is over by the cutoff, in the year; what was called off is not.
-- source: domain handbook 11
-- ledger: work_task
SELECT t.id AS record, t.level AS level, u.community_code AS community,
       coalesce(t.due_on BETWEEN p.year_begins AND p.cutoff, 0) AND coalesce(t.status, '') <> '9' AS is_due,
       coalesce(t.done_on <= p.cutoff, 0) AS done, coalesce(t.done_on <= p.cutoff AND t.done_on <= t.due_on, 0) AS done_in_time
FROM work_task t, period p LEFT JOIN union_org o ON o.id = t.union_id LEFT JOIN unit u ON u.id = o.unit_id;
