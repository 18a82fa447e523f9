-- Populations of focus 2: contracts, congresses, open management, directors, women. Written like sets.sql, which says what
-- `period` and `setting` are. The readings used here are defined in 703_indicators_rights.toml:
--   contract_base         which units the contract rates are of: enterprises | with_institutions
--   rights_union          which of them have a union: own | joined (own or covered)
--   director_mode         both | any                 which posts a company must have filled
--   women_sync_rule       flow | stock               new unions of the year, or all
--   women_grace_days      30                         days a women's organisation may come after its union
--   contract_review_days  15                         days after filing until a contract takes effect
-- "Enterprise" is unit types 110 to 300, "institution" 400; the restricted group of T2-09 and T2-11 is `is_state`.

-- population: contract_standing
-- One row per contract. in_force: filed, 15 days gone without objection, begun, not run out and not ended at the cutoff.
-- An expired contract is not in force whatever its status says. is_running: signed and in its term, filed or not.
-- is_expiring: its last 60 days have begun. steps: how many of the eight steps of the guideline were taken.
-- source: 新东城报 2017 聚焦2; domain handbook 5.1
-- ledger: collective_contract
SELECT c.id AS record, c.kind AS kind, c.level AS level, c.unit_id AS unit_id, c.union_id AS union_id,
       n.community_code AS community, c.signed_on AS signed_on, c.filed_on AS filed_on, c.valid_to AS valid_to,
       c.covered AS covered_persons, coalesce(c.independent, 0) AS independent, coalesce(c.standard_ok, 0) AS standard_ok,
       coalesce(c.review = '1' AND c.valid_from <= p.cutoff AND c.valid_to >= p.cutoff
                AND date(c.filed_on, '+' || (SELECT value FROM setting WHERE key = 'contract_review_days') || ' days') <= p.cutoff
                AND (c.ended_on IS NULL OR c.ended_on > p.cutoff), 0) AS in_force,
       coalesce(c.signed_on <= p.cutoff AND c.valid_from <= p.cutoff AND c.valid_to >= p.cutoff
                AND (c.ended_on IS NULL OR c.ended_on > p.cutoff), 0) AS is_running,
       coalesce(c.valid_to BETWEEN p.cutoff AND date(p.cutoff, '+60 days'), 0) AS is_expiring,
       coalesce(c.filed_on <= p.cutoff, 0) AS is_filed,
       CASE WHEN c.standard_steps IS NULL THEN 0 ELSE 1 + length(c.standard_steps) - length(replace(c.standard_steps, ',', '')) END AS steps,
       coalesce(c.signed_on BETWEEN p.year_begins AND p.cutoff AND date(c.signed_on, '+10 days') < p.cutoff
                OR c.signed_on BETWEEN p.year_begins AND p.cutoff AND c.filed_on <= p.cutoff, 0) AS filing_due,
       coalesce(c.filed_on <= date(c.signed_on, '+10 days') AND c.filed_on <= p.cutoff, 0) AS filed_in_time
FROM collective_contract c LEFT JOIN unit n ON n.id = c.unit_id, period p;

-- population: contract_reach
-- One row per unit and contract in force that covers it: by its own signature (levels 1 and 4), or named in the coverage of
-- an area, industry or group contract. Only a contract of level 1 is the unit's own.
-- source: domain handbook 5.1
-- ledger: unit
SELECT s.unit_id AS record, s.record AS contract_id, s.kind AS kind, s.level AS level, s.independent AS independent,
       s.standard_ok AS standard_ok
FROM contract_standing s
WHERE s.in_force = 1 AND s.level IN ('1', '4') AND s.unit_id IS NOT NULL
UNION ALL
SELECT v.unit_id, s.record, s.kind, s.level, 0, s.standard_ok
FROM contract_standing s JOIN contract_coverage v ON v.parent_id = s.record, period p
WHERE s.in_force = 1 AND s.level IN ('2', '3', '4') AND v.unit_id IS NOT NULL AND v.begins_on <= p.cutoff;

-- population: congress_meetings
-- One row per congress. is_valid: held by the cutoff with two thirds of the delegates; one still prepared is not.
-- source: 新东城报 2017 聚焦2; domain handbook 5.2
-- ledger: workers_congress
SELECT w.id AS record, w.unit_id AS unit_id, w.union_id AS union_id, w.level AS level, w.held_on AS held_on,
       coalesce(w.status, '2') <> '1' AND w.held_on <= p.cutoff AND w.delegates > 0
         AND 3 * w.present >= 2 * w.delegates AS is_valid,
       coalesce(w.held_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year,
       coalesce(w.filed_on <= p.cutoff, 0) AS is_filed
FROM workers_congress w, period p;

-- population: rights_units
-- One row per unit: all that the figures of focus 2 ask of a unit, in one scan.
-- in_contract_base (E): enterprises alive with a living union; employees >= 100 makes it E100.
-- in_women_base (W): of these, those whose own union has a women's organisation and that have a general contract in force.
-- in_congress_base: enterprises and institutions alive with a living union. is_state: the group held to 100 %.
-- An area or industry congress counts for the units its union covers and for those whose own union belongs to that union.
-- The _till and _waits facts say why: the day the unit's own last contract ran out, and one signed that is not yet in force.
-- director_ok: as many kinds of posts filled as `director_mode` asks; a term that has run out is no term.
-- source: 新东城报 2017 聚焦2; domain handbook 5.1 to 5.4, 12.2, 12.3
-- ledger: unit
WITH reading (base, joined, posts) AS (
  SELECT (SELECT value FROM setting WHERE key = 'contract_base'), (SELECT value FROM setting WHERE key = 'rights_union'),
         (SELECT value FROM setting WHERE key = 'director_mode')
),
agreed (unit_id, general, wage, women, safety, own_general, own_wage, standard) AS (
  SELECT record, max(kind = '1'), max(kind = '2'), max(kind = '3'), max(kind = '4'),
         max(kind = '1' AND level = '1' AND independent = 1), max(kind = '2' AND level = '1' AND independent = 1),
         max(kind = '2' AND standard_ok = 1)
  FROM contract_reach GROUP BY record
),
lapsed (unit_id, general_till, wage_till, women_till, general_waits, wage_waits, women_waits) AS (
  SELECT s.unit_id, max(CASE WHEN s.kind = '1' AND s.valid_to < p.cutoff THEN s.valid_to END),
         max(CASE WHEN s.kind = '2' AND s.valid_to < p.cutoff THEN s.valid_to END),
         max(CASE WHEN s.kind = '3' AND s.valid_to < p.cutoff THEN s.valid_to END),
         max(s.kind = '1' AND s.valid_to >= p.cutoff), max(s.kind = '2' AND s.valid_to >= p.cutoff),
         max(s.kind = '3' AND s.valid_to >= p.cutoff)
  FROM contract_standing s, period p
  WHERE s.in_force = 0 AND s.level IN ('1', '4') AND s.signed_on <= p.cutoff GROUP BY s.unit_id
),
held (unit_id, in_year, level) AS (
  SELECT unit_id, in_year, level FROM congress_meetings WHERE is_valid = 1
  UNION ALL
  SELECT b.record, m.in_year, m.level FROM congress_meetings m JOIN union_units b ON b.union_id = m.union_id
  WHERE m.is_valid = 1 AND m.level IN ('3', '4') AND b.is_own = 0
  UNION ALL
  SELECT b.record, m.in_year, m.level
  FROM congress_meetings m JOIN union_org o ON m.union_id IN (o.industry_union_id, o.parent_union_id)
    JOIN union_units b ON b.union_id = o.id AND b.is_own = 1
  WHERE m.is_valid = 1 AND m.level IN ('3', '4')
),
met (unit_id, in_year, of_group) AS (SELECT unit_id, max(in_year), max(level = '2') FROM held GROUP BY unit_id),
opened (unit_id, in_year) AS (
  SELECT o.unit_id, max(EXISTS (SELECT 1 FROM disclosure d WHERE d.parent_id = o.id
                                AND d.disclosed_on BETWEEN p.year_begins AND p.cutoff))
  FROM open_affairs o, period p WHERE o.system_since <= p.cutoff GROUP BY o.unit_id
),
seated (unit_id, directors, supervisors) AS (
  SELECT e.unit_id, sum(e.post = '1'), sum(e.post = '2') FROM employee_director e, period p
  WHERE e.elected_on <= p.cutoff AND e.term_end >= p.cutoff GROUP BY e.unit_id
),
womanly (unit_id) AS (
  SELECT DISTINCT b.record FROM union_units b JOIN women_org w ON w.union_id = b.union_id, period p
  WHERE b.is_own = 1 AND w.founded_on <= p.cutoff
),
facts (id, community, employees, alive, enterprise, institution, has_union, state, is_group, boarded, board, supervised) AS (
  SELECT u.record, n.community_code, u.employees, u.is_alive,
         coalesce(n.unit_type IN ('110', '120', '130', '140', '151', '159', '161', '169', '170', '190', '200', '300'), 0)
           OR r.base = 'with_institutions' AND coalesce(n.unit_type = '400' AND n.as_enterprise = 1, 0),
         coalesce(n.unit_type IN ('110', '120', '130', '140', '151', '159', '161', '169', '170', '190', '200', '300', '400'), 0),
         CASE r.joined WHEN 'joined' THEN u.is_unionised ELSE u.has_own_union END,
         coalesce(n.holding IN ('1', '2', '3', '4'), 0) OR coalesce(n.unit_type = '400', 0), coalesce(n.is_group, 0),
         coalesce(n.is_company, 1) AND (coalesce(n.has_board, 0) OR coalesce(n.has_supervisors, 0)),
         coalesce(n.has_board, 0), coalesce(n.has_supervisors, 0)
  FROM units u JOIN unit n ON n.id = u.record, reading r
)
SELECT f.id AS record, f.community AS community, f.employees AS employees, f.is_group AND f.alive AS is_group,
       f.alive AND f.enterprise AND f.has_union AS in_contract_base,
       f.alive AND f.enterprise AND f.has_union AND coalesce(a.general, 0) AND w.unit_id IS NOT NULL AS in_women_base,
       f.alive AND f.institution AND f.has_union AS in_congress_base, f.state AS is_state,
       coalesce(a.general, 0) AS general_in_force, coalesce(a.wage, 0) AS wage_in_force,
       coalesce(a.women, 0) AS women_in_force, coalesce(a.safety, 0) AS safety_in_force,
       coalesce(a.own_general, 0) AS own_general, coalesce(a.own_wage, 0) AS own_wage,
       coalesce(a.standard, 0) AS wage_by_standard,
       l.general_till AS general_till, l.wage_till AS wage_till, l.women_till AS women_till,
       coalesce(l.general_waits, 0) AS general_waits, coalesce(l.wage_waits, 0) AS wage_waits, coalesce(l.women_waits, 0) AS women_waits,
       coalesce(m.in_year, 0) AS congress_in_year, coalesce(m.of_group, 0) AS group_congress,
       o.unit_id IS NOT NULL AS has_open_affairs, coalesce(o.in_year, 0) AS opened_in_year,
       f.alive AND f.boarded AS in_director_base, f.board AND coalesce(s.directors, 0) = 0 AS lacks_director,
       f.supervised AND coalesce(s.supervisors, 0) = 0 AS lacks_supervisor,
       CASE r.posts WHEN 'any' THEN coalesce(s.directors, 0) + coalesce(s.supervisors, 0) > 0
            ELSE (NOT f.board OR coalesce(s.directors, 0) > 0) AND (NOT f.supervised OR coalesce(s.supervisors, 0) > 0)
            END AS director_ok
FROM facts f JOIN reading r LEFT JOIN agreed a ON a.unit_id = f.id LEFT JOIN lapsed l ON l.unit_id = f.id LEFT JOIN met m ON m.unit_id = f.id
  LEFT JOIN opened o ON o.unit_id = f.id LEFT JOIN seated s ON s.unit_id = f.id LEFT JOIN womanly w ON w.unit_id = f.id;

-- population: contract_fields
-- One row per contract of the year and required field: is_valid when the field is filled and sound. Contracts that ran out
-- before the year are history; the filing is asked for from the eleventh day after signing.
-- source: 新东城报 2017 聚焦2 集体合同数据库信息录入完整准确; domain handbook 5.1
-- ledger: collective_contract
WITH wanted (name) AS (VALUES ('kind'), ('level'), ('unit_id'), ('union_id'), ('negotiated_on'), ('congress_on'),
  ('cong_expected'), ('cong_present'), ('cong_agree'), ('worker_rep'), ('employer_rep'), ('signed_on'), ('covered'),
  ('covered_female'), ('valid_from'), ('valid_to'), ('independent'), ('filed_on'), ('filing_no'), ('review'),
  ('standard_ok'), ('db_entered_on'), ('db_ok'))
SELECT c.id AS record, f.name AS field, n.community_code AS community, coalesce(CASE f.name
         WHEN 'kind' THEN c.kind IS NOT NULL
         WHEN 'level' THEN c.level IS NOT NULL
         WHEN 'unit_id' THEN c.unit_id IS NOT NULL
              OR c.level IN ('2', '3') AND EXISTS (SELECT 1 FROM contract_coverage v WHERE v.parent_id = c.id)
         WHEN 'union_id' THEN c.union_id IS NOT NULL
         WHEN 'negotiated_on' THEN c.negotiated_on >= coalesce(c.offer_on, '')
         WHEN 'congress_on' THEN c.congress_on >= coalesce(c.negotiated_on, '')
         WHEN 'cong_expected' THEN c.cong_expected > 0
         WHEN 'cong_present' THEN 3 * c.cong_present >= 2 * c.cong_expected AND c.cong_present <= c.cong_expected
         WHEN 'cong_agree' THEN 2 * c.cong_agree > c.cong_expected AND c.cong_agree <= c.cong_present
         WHEN 'worker_rep' THEN c.worker_rep <> coalesce(c.employer_rep, '')
         WHEN 'employer_rep' THEN c.employer_rep <> coalesce(c.worker_rep, '')
         WHEN 'signed_on' THEN c.signed_on >= coalesce(c.congress_on, '')
         WHEN 'covered' THEN c.covered > 0
         WHEN 'covered_female' THEN c.covered_female <= coalesce(c.covered, c.covered_female)
         WHEN 'valid_from' THEN c.valid_from IS NOT NULL
         WHEN 'valid_to' THEN c.valid_to > coalesce(c.valid_from, '')
         WHEN 'independent' THEN c.independent IS NOT NULL AND NOT (c.independent = 1 AND c.level IN ('2', '3'))
         WHEN 'filed_on' THEN c.filed_on >= c.signed_on
         WHEN 'filing_no' THEN c.filing_no IS NOT NULL
         WHEN 'review' THEN c.review IS NOT NULL
         WHEN 'standard_ok' THEN c.standard_ok IS NOT NULL
         WHEN 'db_entered_on' THEN c.db_entered_on IS NOT NULL
         WHEN 'db_ok' THEN c.db_ok = 1 END, 0) AS is_valid
FROM collective_contract c JOIN wanted f LEFT JOIN unit n ON n.id = c.unit_id, period p
WHERE (c.signed_on <= p.cutoff OR c.signed_on IS NULL AND c.status <> '1')
  AND (c.valid_to >= p.year_begins OR c.valid_to IS NULL)
  AND NOT (f.name IN ('filed_on', 'filing_no') AND c.filed_on IS NULL AND coalesce(date(c.signed_on, '+10 days') >= p.cutoff, 0));

-- population: democracy_fields
-- Two rows at most per entry of the year's congresses, the standing open management and the directors in office: its
-- required fields that are filled and sound (is_valid), and those that are not. The subject is the unit, so that the
-- missing ones are a list of units to go to.
-- source: 新东城报 2017 聚焦2 民主管理数据库信息录入完整、准确; domain handbook 5.2 to 5.4, Appendix A11 to A13
-- ledger: unit
WITH entry (unit_id, kind, wanted, sound) AS (
  SELECT w.unit_id, 'congress', 9, 1 + (w.level IS NOT NULL) + coalesce(w.term_no >= 1, 0) + coalesce(w.session_no >= 1, 0)
         + (w.held_on IS NOT NULL) + (w.agenda IS NOT NULL) + coalesce(w.delegates > 0, 0)
         + coalesce(3 * w.present >= 2 * w.delegates AND w.present <= w.delegates, 0) + coalesce(w.db_ok = 1, 0)
  FROM workers_congress w, period p
  WHERE coalesce(w.status, '2') <> '1' AND w.held_on BETWEEN p.year_begins AND p.cutoff
  UNION ALL
  SELECT o.unit_id, 'affairs', 5, 1 + (o.system_since IS NOT NULL) + (o.leading_group IS NOT NULL) + (o.forms IS NOT NULL)
         + coalesce(o.db_ok = 1, 0)
  FROM open_affairs o, period p WHERE coalesce(o.system_since, '') <= p.cutoff
  UNION ALL
  SELECT e.unit_id, 'director', 5, 1 + (e.person_id IS NOT NULL) + (e.post IS NOT NULL) + (e.elected_on IS NOT NULL)
         + coalesce(e.term_end > coalesce(e.elected_on, ''), 0)
  FROM employee_director e, period p
  WHERE coalesce(e.elected_on, '') <= p.cutoff AND coalesce(e.term_end, '9999') >= p.year_begins
),
verdict (is_valid) AS (VALUES (1), (0))
SELECT e.unit_id AS record, e.kind AS kind, n.community_code AS community, v.is_valid AS is_valid,
       CASE v.is_valid WHEN 1 THEN e.sound ELSE e.wanted - e.sound END AS fields
FROM entry e JOIN verdict v JOIN unit n ON n.id = e.unit_id
WHERE v.is_valid = 1 OR e.sound < e.wanted;

-- population: congress_systems
-- One row per standing congress of a unit alive, a group, or the union that holds an area or industry one; the record is
-- the newest session. is_filed: any of its sessions was filed by the cutoff.
-- source: 新东城报 2017 聚焦2 职代会制度、厂务公开制度向上级工会备案率达到100%; domain handbook 5.3
-- ledger: workers_congress
SELECT m.record AS record, max(m.held_on) AS held_on, sum(m.is_filed) > 0 AS is_filed, n.community_code AS community
FROM congress_meetings m JOIN units u ON u.record = m.unit_id JOIN unit n ON n.id = m.unit_id
WHERE m.is_valid = 1 AND u.is_alive = 1
GROUP BY m.level, CASE WHEN m.level IN ('3', '4') THEN coalesce(m.union_id, m.unit_id) ELSE m.unit_id END;

-- population: disclosure_systems
-- One row per open management of a unit alive, set up by the cutoff.
-- source: 新东城报 2017 聚焦2 职代会制度、厂务公开制度向上级工会备案率达到100%; domain handbook 5.3
-- ledger: open_affairs
SELECT o.id AS record, o.unit_id AS unit_id, n.community_code AS community, coalesce(o.filed_on <= p.cutoff, 0) AS is_filed
FROM open_affairs o JOIN units u ON u.record = o.unit_id JOIN unit n ON n.id = o.unit_id, period p
WHERE u.is_alive = 1 AND o.system_since <= p.cutoff;

-- population: women_standing
-- One row per union alive at the cutoff that has women workers: by the headcounts of its units, or because it has a women's
-- organisation. in_step: that came no later than the days of grace after the union. in_base and counted follow the chosen
-- reading of T2-13, other_base and other_counted the other one, so that both are printed.
-- source: 新东城报 2017 聚焦2 女职工组织与工会组织同步组建率稳定在100%; domain handbook 5.5
-- ledger: union_org
WITH staff (union_id, female) AS (
  SELECT b.union_id, sum(h.female) FROM union_units b JOIN headcounts h ON h.unit_id = b.record GROUP BY b.union_id
),
women (union_id, founded_on) AS (
  SELECT w.union_id, min(w.founded_on) FROM women_org w, period p WHERE w.founded_on <= p.cutoff GROUP BY w.union_id
),
fact (id, founded_on, community, female, is_new, has_women_org, in_step, stock) AS (
  SELECT u.record, u.founded_on, n.community_code, s.female,
         coalesce(u.founded_on BETWEEN p.year_begins AND p.cutoff, 0), w.union_id IS NOT NULL,
         coalesce(w.founded_on <= date(u.founded_on, '+' || (SELECT value FROM setting WHERE key = 'women_grace_days') || ' days'), 0),
         (SELECT value FROM setting WHERE key = 'women_sync_rule') = 'stock'
  FROM unions u LEFT JOIN staff s ON s.union_id = u.record LEFT JOIN women w ON w.union_id = u.record
    LEFT JOIN unit n ON n.id = u.unit_id, period p
  WHERE u.is_normal = 1 AND (coalesce(s.female, 0) > 0 OR w.union_id IS NOT NULL)
)
SELECT f.id AS record, f.founded_on AS founded_on, f.community AS community, f.female AS female, f.is_new AS is_new,
       f.has_women_org AS has_women_org, f.in_step AS in_step,
       CASE WHEN f.stock THEN 1 ELSE f.is_new END AS in_base,
       CASE WHEN f.stock THEN f.has_women_org ELSE f.in_step END AS counted,
       CASE WHEN f.stock THEN f.is_new ELSE 1 END AS other_base,
       CASE WHEN f.stock THEN f.in_step ELSE f.has_women_org END AS other_counted
FROM fact f;

-- population: women_directors
-- One row per women's organisation of a union alive at the cutoff. Only a committee has a director (form 1).
-- source: 新东城报 2017 聚焦2 女工委员会主任享受同级副主席待遇要稳定在100%; domain handbook 5.5
-- ledger: women_org
SELECT w.id AS record, w.union_id AS union_id, n.community_code AS community, coalesce(w.form = '1', 0) AS is_committee,
       coalesce(w.director_treatment, 0) AS has_treatment
FROM women_org w JOIN unions u ON u.record = w.union_id LEFT JOIN unit n ON n.id = u.unit_id, period p
WHERE u.is_normal = 1 AND w.founded_on <= p.cutoff;

-- population: proposal_cases
-- One row per proposal. is_due: its time ran out in the year by the cutoff.
-- source: domain handbook 5.2
-- ledger: proposal
SELECT r.id AS record, n.community_code AS community, r.due_on AS due_on, r.done_on AS done_on,
       coalesce(r.due_on BETWEEN p.year_begins AND p.cutoff, 0) AS is_due,
       coalesce(r.done_on <= r.due_on AND r.done_on <= p.cutoff, 0) AS done_in_time
FROM proposal r LEFT JOIN workers_congress w ON w.id = r.parent_id LEFT JOIN unit n ON n.id = w.unit_id, period p;

-- population: disclosure_votes
-- One row per publication with a vote of the employees.
-- source: domain handbook 5.3
-- ledger: disclosure
SELECT d.id AS record, n.community_code AS community, d.disclosed_on AS disclosed_on,
       coalesce(d.satisfied, 0) + coalesce(d.basic, 0) AS content,
       coalesce(d.satisfied, 0) + coalesce(d.basic, 0) + coalesce(d.unsatisfied, 0) AS votes
FROM disclosure d LEFT JOIN open_affairs o ON o.id = d.parent_id LEFT JOIN unit n ON n.id = o.unit_id;

-- population: women_projects
-- One row per project. ended_on: the day it ended, once it was closed.
-- source: 新东城报 2017 聚焦2 创新“项目制”品牌服务活动内容; domain handbook 5.5
-- ledger: women_project
SELECT w.id AS record, n.community_code AS community, w.persons AS persons,
       CASE WHEN w.status IN ('4', '5') THEN w.ends_on END AS ended_on
FROM women_project w LEFT JOIN union_org o ON o.id = w.owner_union_id LEFT JOIN unit n ON n.id = o.unit_id;

-- population: union_rights
-- One row per union alive at the cutoff: what the home evaluation (C1 to C3, D1 to D3) asks of contracts, congresses and
-- open management; each fact is what is lacking. A contract is the union's own by its signature, or by its unit's name in
-- an area contract. steps_missing: of the eight of the guideline, in the best wage contract. lacks_both: an enterprise of a hundred
-- or more with neither congress nor contract (veto V4).
-- source: domain handbook 9.1
-- ledger: union_org
WITH own (union_id, unit_id) AS (SELECT union_id, record FROM union_units WHERE is_own = 1),
paired (union_id, contract_id) AS (
  SELECT s.union_id, s.record FROM contract_standing s WHERE s.is_running = 1 AND s.union_id IS NOT NULL
  UNION
  SELECT w.union_id, s.record FROM contract_standing s JOIN own w ON w.unit_id = s.unit_id WHERE s.is_running = 1
  UNION
  SELECT w.union_id, s.record FROM contract_standing s JOIN contract_coverage v ON v.parent_id = s.record
    JOIN own w ON w.unit_id = v.unit_id WHERE s.is_running = 1
),
agreed (union_id, general, general_filed, general_lasting, wage, wage_steps, women) AS (
  SELECT d.union_id, max(s.kind = '1'), max(s.kind = '1' AND s.is_filed), max(s.kind = '1' AND NOT s.is_expiring),
         max(s.kind = '2'), max(CASE WHEN s.kind = '2' THEN s.steps END), max(s.kind = '3')
  FROM paired d JOIN contract_standing s ON s.record = d.contract_id GROUP BY d.union_id
),
democracy (union_id, met, opened, met_filed, opened_filed, is_large) AS (
  SELECT w.union_id, max(r.congress_in_year), max(r.opened_in_year),
         max(EXISTS (SELECT 1 FROM congress_meetings m WHERE m.unit_id = w.unit_id AND m.is_valid = 1 AND m.is_filed = 1)),
         max(EXISTS (SELECT 1 FROM disclosure_systems d WHERE d.unit_id = w.unit_id AND d.is_filed = 1)),
         max(r.in_contract_base AND coalesce(r.employees >= 100, 0))
  FROM own w JOIN rights_units r ON r.record = w.unit_id GROUP BY w.union_id
)
SELECT u.record AS record, NOT coalesce(a.general, 0) AS general_missing,
       coalesce(a.general AND NOT a.general_filed, 0) AS general_unfiled,
       coalesce(a.general AND NOT a.general_lasting, 0)
         AND NOT EXISTS (SELECT 1 FROM collective_contract n, period p WHERE n.kind = '1' AND n.union_id = u.record
                         AND n.offer_on BETWEEN date(p.cutoff, '-120 days') AND p.cutoff) AS general_unstarted,
       NOT coalesce(a.wage, 0) AS wage_missing, CASE WHEN a.wage THEN max(0, 8 - a.wage_steps) ELSE 0 END AS steps_missing,
       NOT coalesce(a.women, 0) AS women_missing, NOT d.met AS congress_missing, NOT d.opened AS affairs_missing,
       (NOT d.met_filed) + (NOT d.opened_filed) AS filings_missing,
       coalesce(d.is_large AND NOT d.met, 0) AND NOT coalesce(a.general, 0) AS lacks_both
FROM unions u LEFT JOIN agreed a ON a.union_id = u.record LEFT JOIN democracy d ON d.union_id = u.record
WHERE u.is_normal = 1;
