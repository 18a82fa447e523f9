-- Populations: what there is to count. One view per population, one row per subject, facts as columns.
--
-- Every ledger named here is a view of its alive rows (not voided). `period` has one row: begins, ends, cutoff,
-- year, year_begins, today (ISO text). `setting(key, value)` holds the street's choices; the readings used here are
--   founding_date_rule   congress (default) | approval    which date founds a union
--   growth_rule          gross (default) | net            whether what ended within the year still is new growth
--   new_member_rule      new (default) | with_transfers   whether a transfer in is a new member
--   ballot_turnout       2/3 (default), written a/b or n% share of eligible members that makes a ballot valid
--   ballot_satisfaction  both (default) | strict | half   how satisfaction is counted
-- A union that moved to another owner leaves from `moved_out_on`; one that came counts from `moved_in_on` and is never new.
-- `community` is that of the subject's unit; the year page splits by it.
-- Booleans are 0/1. Columns are named with AS: that is how the definitions know them.
-- Headcounts come from the newest snapshot on or before the cutoff, so a past report does not change
-- when somebody edits a unit today (domain handbook, reading rule 7).

-- population: headcounts
-- The newest headcount snapshot of each unit at the cutoff. A bare column beside max() comes from the row of the maximum.
-- source: domain handbook 2.7 and 3.2
-- ledger: employee_stat
SELECT s.id AS record, s.unit_id AS unit_id, max(s.as_of) AS as_of, s.employees AS employees, s.female AS female,
       s.migrant AS migrant, (SELECT n.community_code FROM unit n WHERE n.id = s.unit_id) AS community
FROM employee_stat s
WHERE s.as_of <= (SELECT cutoff FROM period)
GROUP BY s.unit_id;

-- population: union_units
-- Which unit belongs to which union at the cutoff: through its own union, or through coverage. One row per pair. A union that
-- is dissolved or moved away covers nobody, whether or not the coverage was closed.
-- source: domain handbook 4.2 and 4.3
-- ledger: unit
SELECT u.unit_id AS record, u.id AS union_id, 1 AS is_own
FROM union_org u
WHERE u.unit_id IS NOT NULL AND u.founded_on <= (SELECT cutoff FROM period)
  AND (u.dissolved_on IS NULL OR u.dissolved_on > (SELECT cutoff FROM period))
  AND (u.moved_out_on IS NULL OR u.moved_out_on > (SELECT cutoff FROM period))
  AND (u.moved_in_on IS NULL OR u.moved_in_on <= (SELECT cutoff FROM period))
  AND NOT (coalesce(u.status, '') = '1' OR coalesce(u.status, '') = '5' AND u.dissolved_on IS NULL)
UNION
SELECT c.unit_id AS record, c.union_id AS union_id, 0 AS is_own
FROM union_coverage c LEFT JOIN union_org u ON u.id = c.union_id
WHERE c.unit_id IS NOT NULL AND c.covered_from <= (SELECT cutoff FROM period)
  AND (c.covered_to IS NULL OR c.covered_to >= (SELECT cutoff FROM period))
  AND (u.dissolved_on IS NULL OR u.dissolved_on > (SELECT cutoff FROM period))
  AND NOT (coalesce(u.status, '') = '5' AND u.dissolved_on IS NULL)
  AND (u.moved_out_on IS NULL OR u.moved_out_on > (SELECT cutoff FROM period))
  AND (u.moved_in_on IS NULL OR u.moved_in_on <= (SELECT cutoff FROM period));

-- population: unions
-- One row per union, dissolved ones too: a union founded this year and dissolved since still counts as new (gross reading).
-- is_new: counts as founded here: not in preparation, not moved in after its founding, and by the net reading still standing.
-- is_normal: founded, neither dissolved nor moved away at the cutoff. ballot_valid_in_year: a ballot of the year, held by the cutoff,
-- with enough votes, decided on whole numbers: whole*valid >= part*eligible (3*valid >= 2*eligible for 2/3).
-- source: 新东城报 2017 聚焦1; domain handbook 4.2, 9.2, reading rules 1, 3 and 6
-- ledger: union_org
WITH turnout (part, whole) AS (
  SELECT CASE WHEN instr(v, '/') THEN CAST(substr(v, 1, instr(v, '/') - 1) AS INTEGER) ELSE CAST(v AS INTEGER) END,
         CASE WHEN instr(v, '/') THEN CAST(substr(v, instr(v, '/') + 1) AS INTEGER) ELSE 100 END
  FROM (SELECT coalesce((SELECT value FROM setting WHERE key = 'ballot_turnout'), '2/3') AS v)
)
SELECT u.id AS record, u.union_type AS union_type, u.unit_id AS unit_id,
       (SELECT n.community_code FROM unit n WHERE n.id = u.unit_id) AS community,
       CASE WHEN (SELECT value FROM setting WHERE key = 'founding_date_rule') = 'approval' THEN u.approved_on
            ELSE u.founded_on END AS founded_on,
       u.employees_at_founding AS employees_at_founding,
       coalesce(u.union_type = '01', 0) AS is_own,
       coalesce(coalesce(u.status, '') <> '1' AND (u.moved_in_on IS NULL OR u.moved_in_on <= u.founded_on)
                AND (coalesce((SELECT value FROM setting WHERE key = 'growth_rule'), 'gross') <> 'net'
                     OR u.dissolved_on > (SELECT cutoff FROM period)
                     OR u.dissolved_on IS NULL AND coalesce(u.status, '') <> '5'), 0) AS is_new,
       coalesce(u.founded_on <= (SELECT cutoff FROM period)
                AND (u.dissolved_on IS NULL OR u.dissolved_on > (SELECT cutoff FROM period))
                AND (u.moved_out_on IS NULL OR u.moved_out_on > (SELECT cutoff FROM period))
                AND (u.moved_in_on IS NULL OR u.moved_in_on <= (SELECT cutoff FROM period))
                AND NOT (coalesce(u.status, '') = '1' OR coalesce(u.status, '') = '5' AND u.dissolved_on IS NULL), 0) AS is_normal,
       u.id IN (SELECT b.union_id FROM home_ballot b, turnout t, period p
                WHERE b.year = p.year AND b.held_on <= p.cutoff AND b.eligible > 0
                  AND t.whole * b.valid >= t.part * b.eligible) AS ballot_valid_in_year
FROM union_org u;

-- population: union_changes
-- One row per change of the number of unions: +1 founded or moved in, -1 dissolved or moved out. Their sum over a year is
-- year-end minus year-begin: the net change beside the growth (domain handbook, reading rule 6).
-- source: domain handbook 2.6, 4.2, 4.6
-- ledger: union_org
SELECT u.id AS record, coalesce(u.union_type = '01', 0) AS is_own, coalesce(u.moved_in_on, u.founded_on) AS happened_on, 1 AS change,
       (SELECT n.community_code FROM unit n WHERE n.id = u.unit_id) AS community
FROM union_org u WHERE coalesce(u.status, '') <> '1' AND u.founded_on IS NOT NULL
UNION ALL
SELECT u.id AS record, coalesce(u.union_type = '01', 0) AS is_own,
       min(coalesce(u.dissolved_on, u.moved_out_on), coalesce(u.moved_out_on, u.dissolved_on)) AS happened_on, -1 AS change,
       (SELECT n.community_code FROM unit n WHERE n.id = u.unit_id) AS community
FROM union_org u
WHERE coalesce(u.status, '') <> '1' AND u.founded_on IS NOT NULL AND coalesce(u.dissolved_on, u.moved_out_on) IS NOT NULL;

-- population: covered_units
-- One row per coverage; the figure counts distinct units. is_community: covered by a community union (type 03).
-- is_new: the unit was not already in a community union when the year began (a list copied forward with a new date is no
-- growth), and by the net reading it still is covered.
-- source: 新东城报 2017 聚焦1; domain handbook 4.3
-- ledger: union_coverage
WITH before (id) AS (
  SELECT DISTINCT c.id FROM union_coverage c JOIN union_coverage x ON x.unit_id = c.unit_id AND x.id <> c.id
    JOIN union_org u ON u.id = x.union_id, period p
  WHERE u.union_type = '03' AND x.covered_from < p.year_begins
    AND (x.covered_to IS NULL OR x.covered_to >= date(p.year_begins, '-1 day'))
)
SELECT c.id AS record, c.unit_id AS unit_id, c.union_id AS union_id, u.union_type AS union_type,
       coalesce(c.community_code, (SELECT n.community_code FROM unit n WHERE n.id = c.unit_id)) AS community,
       coalesce(u.union_type = '03', 0) AS is_community, c.covered_from AS covered_from, c.covered_to AS covered_to,
       c.id NOT IN (SELECT id FROM before)
         AND (coalesce((SELECT value FROM setting WHERE key = 'growth_rule'), 'gross') <> 'net'
              OR c.covered_to IS NULL OR c.covered_to >= (SELECT cutoff FROM period)) AS is_new,
       coalesce(c.covered_from <= (SELECT cutoff FROM period)
                AND (c.covered_to IS NULL OR c.covered_to >= (SELECT cutoff FROM period)), 0) AS is_current
FROM union_coverage c LEFT JOIN union_org u ON u.id = c.union_id;

-- population: members
-- One row per membership. in_register: 在籍 at the cutoff; one who left since then was still in. Members of a union that
-- moved belong to its new owner from that day. is_new: a new joiner, not one who came with a union from elsewhere, and by the
-- net reading still in the register.
-- persons: 1 for each distinct person, so that an identity entered twice is one person in a sum.
-- CASE, because SQLite works out both sides of OR and AND in a column.
-- is_qualified: nothing required is missing, the number is sound, agrees with birth and gender (`id_sound`, kept with the
-- member), and nobody else in the register bears it.
-- source: 新东城报 2017 聚焦1; domain handbook 2.6, 3.3 (only qualified records count at year end), 4.4, 4.6
-- ledger: membership
WITH entered (id_no) AS (  -- answered from the index alone: nearly nobody is entered twice
  SELECT id_no FROM membership WHERE id_no IS NOT NULL GROUP BY id_no HAVING count(*) > 1
),
twice (id_no, keeper) AS (
  SELECT id_no, min(id) FROM membership WHERE status = '1' AND id_no IN (SELECT id_no FROM entered) GROUP BY id_no HAVING count(*) > 1
),
elsewhere (id) AS (
  SELECT id FROM union_org, period p WHERE moved_out_on <= p.cutoff OR moved_in_on > p.cutoff
),
came (id) AS (
  SELECT m.id FROM union_org u CROSS JOIN membership m ON m.union_id = u.id WHERE u.moved_in_on IS NOT NULL AND m.joined_on < u.moved_in_on
),
left_since (id) AS (
  SELECT e.parent_id FROM membership_event e, period p
  WHERE e.event IN ('2', '4', '5', '6', '7') AND e.happened_on > p.cutoff
  UNION ALL SELECT id FROM membership, period p WHERE status <> '1' AND left_on > p.cutoff
)
SELECT m.id AS record, m.id_no AS id_no, m.union_id AS union_id, m.unit_id AS unit_id, m.join_mode AS join_mode,
       m.joined_on AS joined_on, m.status AS status,
       (SELECT n.community_code FROM unit n
        WHERE n.id = coalesce(m.unit_id, (SELECT u.unit_id FROM union_org u WHERE u.id = m.union_id))) AS community,
       CASE WHEN coalesce(m.join_mode, '') <> '1' AND NOT (coalesce(m.join_mode, '') = '2'
                 AND coalesce((SELECT value FROM setting WHERE key = 'new_member_rule'), 'new') = 'with_transfers') THEN 0
            WHEN CASE WHEN EXISTS (SELECT 1 FROM came) THEN m.id IN (SELECT id FROM came) END THEN 0
            WHEN m.status = '1' OR coalesce((SELECT value FROM setting WHERE key = 'growth_rule'), 'gross') <> 'net' THEN 1
            ELSE EXISTS (SELECT 1 FROM left_since l WHERE l.id = m.id) END AS is_new,
       CASE WHEN m.joined_on IS NULL OR m.joined_on > (SELECT cutoff FROM period) THEN 0
            WHEN CASE WHEN EXISTS (SELECT 1 FROM elsewhere) THEN m.union_id IN (SELECT id FROM elsewhere) END THEN 0
            WHEN m.status = '1' THEN 1
            ELSE EXISTS (SELECT 1 FROM left_since l WHERE l.id = m.id) END AS in_register,
       coalesce(w.keeper IS NULL OR w.keeper = m.id, 0) AS persons,
       CASE WHEN w.keeper IS NOT NULL OR m.raw IS NOT NULL OR m.name IS NULL OR m.id_type IS NULL OR m.id_no IS NULL
                 OR m.gender IS NULL OR m.birth_date IS NULL OR m.ethnicity IS NULL OR m.phone IS NULL
                 OR m.union_id IS NULL AND m.unit_id IS NULL OR m.joined_on IS NULL THEN 0
            ELSE m.id_sound END AS is_qualified
FROM membership m LEFT JOIN twice w ON w.id_no = m.id_no;

-- population: units
-- One row per unit. is_alive: not struck off or moved away at the cutoff. is_unionised: own union or covered at the cutoff.
-- persons: its employees, under the same name as in `members`, so that 入会率 can divide one by the other.
-- source: domain handbook 2.7, 3.1, 4.4
-- ledger: unit
SELECT n.id AS record, n.unit_type AS unit_type, n.holding AS holding, n.community_code AS community,
       NOT (coalesce(n.biz_status IN ('3', '4'), 0) AND coalesce(n.status_from, '') <= (SELECT cutoff FROM period)) AS is_alive,
       n.id IN (SELECT record FROM union_units WHERE is_own = 1) AS has_own_union,
       n.id IN (SELECT record FROM union_units WHERE is_own = 0) AS is_covered,
       n.id IN (SELECT record FROM union_units) AS is_unionised,
       h.employees AS employees, h.employees AS persons, h.female AS female
FROM unit n LEFT JOIN headcounts h ON h.unit_id = n.id;

-- population: prospects
-- One row per prospect on the list in the year: listed by the cutoff and not already closed before the year began.
-- converted: founded (50) or taken into a joint union (60) by the cutoff.
-- source: domain handbook 4.1
-- ledger: founding_prospect
SELECT f.id AS record, f.unit_id AS unit_id, f.listed_on AS listed_on, f.closed_on AS closed_on, f.est_employees AS est_employees,
       coalesce(f.community_code, (SELECT n.community_code FROM unit n WHERE n.id = f.unit_id)) AS community,
       coalesce(f.listed_on <= p.cutoff AND (f.closed_on IS NULL OR f.closed_on >= p.year_begins), 0) AS is_listed,
       coalesce(f.status IN ('50', '60') AND f.closed_on <= p.cutoff, 0) AS is_converted
FROM founding_prospect f, period p;

-- population: tenants
-- One row per tenancy; the figure counts distinct units. is_counted: in the building at the cutoff, the unit still in
-- business, and the building is more than an address where companies are registered.
-- source: domain handbook 4.5
-- ledger: building_tenant
SELECT t.id AS record, t.unit_id AS unit_id, t.parent_id AS building_id, b.community_code AS community,
       t.unit_id IS NOT NULL AND coalesce(t.moved_in, '') <= (SELECT cutoff FROM period)
         AND (t.moved_out IS NULL OR t.moved_out > (SELECT cutoff FROM period)) AND coalesce(b.virtual_address, 0) = 0
         AND coalesce(n.is_alive, 0) AS is_counted,
       coalesce(n.has_own_union, 0) AS has_union, coalesce(n.is_covered, 0) AS is_covered,
       coalesce(n.is_unionised, 0) AS is_unionised
FROM building_tenant t LEFT JOIN building b ON b.id = t.parent_id LEFT JOIN units n ON n.record = t.unit_id;

-- population: fees
-- One row per fee: month_on is the first day of the month it belongs to. A payment without a due sum would make the share
-- larger than it is, so is_counted asks for both.
-- source: domain handbook 4.8
-- ledger: fee_collection
SELECT f.id AS record, f.unit_id AS unit_id, f.union_id AS union_id, f.period || '-01' AS month_on, f.channel AS channel,
       (SELECT n.community_code FROM unit n
        WHERE n.id = coalesce(f.unit_id, (SELECT u.unit_id FROM union_org u WHERE u.id = f.union_id))) AS community,
       f.due AS due, f.paid AS paid, f.due IS NOT NULL AND f.paid IS NOT NULL AS is_counted
FROM fee_collection f;

-- population: home_money
-- One row per yearly grant for a workers' home.
-- source: domain handbook 4.10
-- ledger: home_funding
SELECT f.id AS record, h.union_id AS union_id, f.year AS year, f.approved AS approved, f.used AS used,
       (SELECT n.community_code FROM unit n JOIN union_org u ON u.unit_id = n.id WHERE u.id = h.union_id) AS community
FROM home_funding f LEFT JOIN workers_home h ON h.id = f.parent_id;

-- population: union_facts
-- One row per union alive at the cutoff: the facts the automatic items of the home evaluation rest on.
-- members and employees are those of its own or covered units; inspections_short is that of its worst unit in scope;
-- the ballot is the last one of the year; satisfied over voted follows the chosen reading (half weight doubles both).
-- source: domain handbook 9.1 and 9.2
-- ledger: union_org
WITH belongs (union_id, unit_id) AS (SELECT DISTINCT union_id, record FROM union_units),
staff (union_id, employees) AS (
  SELECT b.union_id, sum(h.employees) FROM belongs b JOIN headcounts h ON h.unit_id = b.unit_id GROUP BY b.union_id
),
joined (union_id, members) AS (
  SELECT union_id, count(DISTINCT id_no) FROM members WHERE in_register = 1 GROUP BY union_id
),
visits (union_id, short) AS (
  SELECT b.union_id, max(max(0, 2 - s.inspections_valid)) FROM belongs b JOIN safety_units s ON s.record = b.unit_id
  WHERE s.in_scope = 1 GROUP BY b.union_id
),
late (union_id, hazards, major) AS (
  SELECT b.union_id, count(*), sum(h.grade = '2') FROM belongs b JOIN hazards h ON h.unit_id = b.unit_id
  WHERE h.overdue = 1 GROUP BY b.union_id
),
vote (union_id, last, eligible, valid, satisfied, basic) AS (
  SELECT b.union_id, max(printf('%s.%04d', b.held_on, b.round)), b.eligible, b.valid, b.satisfied, b.basic
  FROM home_ballot b, period p
  WHERE b.year = p.year AND b.held_on <= p.cutoff GROUP BY b.union_id
),
reading (chosen) AS (SELECT coalesce((SELECT value FROM setting WHERE key = 'ballot_satisfaction'), 'both'))
SELECT u.record AS record, j.members AS members, t.employees AS employees,
       coalesce(o.term_end < p.cutoff, 0) AS term_expired,
       coalesce(date(o.term_end, '+6 months') < p.cutoff, 0) AS term_long_expired,
       coalesce(o.has_audit, 0) = 0 AS audit_missing, coalesce(o.has_women, 0) = 0 AS women_missing,
       v.short AS inspections_short, coalesce(l.hazards, 0) AS overdue_hazards,
       coalesce(l.major, 0) > 0 AS overdue_major, b.eligible AS eligible, b.valid AS valid,
       CASE r.chosen WHEN 'strict' THEN b.satisfied WHEN 'half' THEN 2 * b.satisfied + b.basic
                     ELSE b.satisfied + b.basic END AS satisfied,
       CASE r.chosen WHEN 'half' THEN 2 * b.valid ELSE b.valid END AS voted
FROM unions u JOIN union_org o ON o.id = u.record, period p, reading r
  LEFT JOIN staff t ON t.union_id = u.record LEFT JOIN joined j ON j.union_id = u.record
  LEFT JOIN visits v ON v.union_id = u.record LEFT JOIN late l ON l.union_id = u.record
  LEFT JOIN vote b ON b.union_id = u.record
WHERE u.is_normal = 1;
