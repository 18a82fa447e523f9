-- Populations of focus 3: training, events, the walking app, volunteers, publicity. Written like sets.sql, which says
-- what `period` and `setting` are. Settings used here (defined in 704_indicators_service.toml):
--   trained_share        60 (default)                     per cent of a class's hours that make a trainee trained
--   count_sessions       classes (default) | sessions     what 场 of free training counts
--   count_when           graduated (default) | enrolled   when a sponsored student counts
--   step_count_rule      active (default) | registered    who has registered and used the walking app
--   participation_rule   best (default) | listed          whether events without a list of names count
--   volunteer_rule       stock (default) | new            volunteers at the cutoff, or registered in the year
--   staff_base           all (default) | unionised        whose employees the rates of focus 3 divide by
-- "In the year" means from New Year to the cutoff. A person is one identity number, or one record where there is none.
-- For other groups of figures: trainees and event_people have one row per name, event_units one per event and unit.

-- population: trainees
-- One row per name on the list of a class that was not cancelled. trained: attended the share of its hours that the
-- setting asks for, on whole numbers. in_year: the class ended in the year.
-- source: domain handbook 6.1
-- ledger: training_attendance
SELECT a.id AS record, c.id AS class_id, c.kind AS kind, c.end_on AS ended_on, a.person_id AS person_id,
       coalesce(q.id_no, a.person_id) AS person_key, a.unit_id AS unit_id, u.community_code AS community,
       coalesce(c.end_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year,
       coalesce(c.hours > 0 AND 100 * a.hours_attended >= s.share * c.hours, 0) AS trained, coalesce(a.passed, 0) AS passed
FROM training_attendance a JOIN training_class c ON c.id = a.parent_id, period p,
     (SELECT CAST(value AS NUMERIC) AS share FROM setting WHERE key = 'trained_share') s
  LEFT JOIN person q ON q.id = a.person_id LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.person_id IS NOT NULL AND coalesce(c.status, '') <> '9';

-- population: training_classes
-- One row per class that was not cancelled. counted: 1, or its sessions where the district counts 场 as sessions.
-- source: 新东城报 2017 聚焦3; domain handbook 6.1
-- ledger: training_class
SELECT c.id AS record, c.kind AS kind, c.end_on AS ended_on, coalesce(c.kind = '2' AND coalesce(c.free, 1) = 1, 0) AS is_free,
       CASE WHEN (SELECT value FROM setting WHERE key = 'count_sessions') = 'sessions' THEN coalesce(c.sessions, 1) ELSE 1 END AS counted
FROM training_class c
WHERE coalesce(c.status, '') <> '9';

-- population: sponsorships
-- One row per sponsored student. counted_on: the day that makes the student count, by the chosen reading; who left does not.
-- source: 新东城报 2017 聚焦3 完成学历教育; domain handbook 6.1
-- ledger: degree_sponsorship
SELECT d.id AS record, coalesce(q.id_no, d.person_id) AS person_key, coalesce(d.free, 0) AS is_free, u.community_code AS community,
       d.enrolled_on AS enrolled_on, coalesce(d.status = '1', 0) AS is_studying,
       CASE WHEN d.status = '3' THEN NULL
            WHEN (SELECT value FROM setting WHERE key = 'count_when') = 'enrolled' THEN d.enrolled_on
            WHEN d.status = '2' THEN d.graduated_on END AS counted_on
FROM degree_sponsorship d LEFT JOIN person q ON q.id = d.person_id LEFT JOIN unit u ON u.id = d.unit_id;

-- population: step_counts
-- One row per unit: its newest report of the year. Reports are stocks, so months are never added up and a report of last
-- year says nothing about this one. added: registered since the last report before the year.
-- source: 新东城报 2017 聚焦3; domain handbook 6.2
-- ledger: step_app
WITH before (unit_id, as_of, registered) AS (
  SELECT b.unit_id, max(b.as_of), b.registered FROM step_app b
  WHERE b.as_of < (SELECT year_begins FROM period) GROUP BY b.unit_id
)
SELECT s.id AS record, s.unit_id AS unit_id, u.community_code AS community, max(s.as_of) AS as_of,
       coalesce(s.registered, 0) AS registered, coalesce(s.active, 0) AS active,
       CASE WHEN (SELECT value FROM setting WHERE key = 'step_count_rule') = 'registered' THEN coalesce(s.registered, 0)
            ELSE coalesce(s.active, 0) END AS counted,
       coalesce(s.registered, 0) - coalesce(b.registered, 0) AS added
FROM step_app s LEFT JOIN unit u ON u.id = s.unit_id LEFT JOIN before b ON b.unit_id = s.unit_id
WHERE s.unit_id IS NOT NULL AND s.as_of BETWEEN (SELECT year_begins FROM period) AND (SELECT cutoff FROM period)
GROUP BY s.unit_id;

-- population: held_events
-- One row per event.
-- source: domain handbook 6.3
-- ledger: event
SELECT e.id AS record, e.kind AS kind, e.held_on AS held_on, e.organiser_union_id AS union_id, u.community_code AS community,
       coalesce(e.attendances, 0) AS attendances, coalesce(e.persons, 0) AS persons, coalesce(e.female_persons, 0) AS women
FROM event e LEFT JOIN union_org o ON o.id = e.organiser_union_id LEFT JOIN unit u ON u.id = o.unit_id;

-- population: event_people
-- One row per name on the list of an event. is_woman: by the person's gender, or by the identity number where it is not given.
-- source: domain handbook 6.3 and 2.5
-- ledger: event_attendee
SELECT a.id AS record, e.id AS event_id, e.kind AS kind, e.held_on AS held_on, a.person_id AS person_id,
       coalesce(q.id_no, a.person_id) AS person_key, a.unit_id AS unit_id, u.community_code AS community,
       coalesce(e.held_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year,
       coalesce(q.gender = '2' OR coalesce(q.gender, '') <> '1' AND length(q.id_no) = 18
                AND CAST(substr(q.id_no, 17, 1) AS INTEGER) % 2 = 0, 0) AS is_woman
FROM event_attendee a JOIN event e ON e.id = a.parent_id, period p
  LEFT JOIN person q ON q.id = a.person_id LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.person_id IS NOT NULL;

-- population: event_units
-- One row per event and unit that took part: how many of its people, counted from the list where there is one, else as
-- stated for the unit; the event's own number is the unit's where only one took part. An event for which no unit is
-- registered is that of the organiser's own unit. persons and women are NULL where nobody can tell the unit's share.
-- source: domain handbook 6.3
-- ledger: event
WITH named (event_id, unit_id, persons, women) AS (
  SELECT event_id, unit_id, count(DISTINCT person_key), count(DISTINCT CASE WHEN is_woman THEN person_key END)
  FROM event_people WHERE unit_id IS NOT NULL GROUP BY event_id, unit_id
), told (event_id, unit_id, persons, women) AS (
  SELECT parent_id, unit_id, max(persons), max(female_persons) FROM event_unit WHERE unit_id IS NOT NULL GROUP BY parent_id, unit_id
), sole (event_id) AS (
  SELECT event_id FROM told GROUP BY event_id HAVING count(*) = 1
), share (event_id, unit_id, persons, women, has_list) AS (
  SELECT event_id, unit_id, persons, women, 1 FROM named
  UNION ALL
  SELECT t.event_id, t.unit_id, coalesce(t.persons, CASE WHEN s.event_id IS NOT NULL THEN e.persons END),
         coalesce(t.women, CASE WHEN s.event_id IS NOT NULL THEN e.female_persons END), 0
  FROM told t JOIN event e ON e.id = t.event_id LEFT JOIN sole s ON s.event_id = t.event_id
  WHERE t.event_id NOT IN (SELECT event_id FROM named)
  UNION ALL
  SELECT e.id, o.unit_id, e.persons, e.female_persons, 0
  FROM event e JOIN union_org o ON o.id = e.organiser_union_id
  WHERE o.unit_id IS NOT NULL AND e.id NOT IN (SELECT event_id FROM named) AND e.id NOT IN (SELECT event_id FROM told)
)
SELECT e.id AS record, x.unit_id AS unit_id, u.community_code AS community, e.kind AS kind, e.held_on AS held_on,
       coalesce(e.held_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year, x.has_list AS has_list,
       x.persons AS persons, x.women AS women
FROM share x JOIN event e ON e.id = x.event_id, period p LEFT JOIN unit u ON u.id = x.unit_id;

-- population: service_units
-- One row per unit with its people who took part in the year, each person counted once and at one unit (the latest).
-- trained: general course (kind 1); skill_trained: kind 3; joined: culture and sport (kinds 1, 2); women_joined: women at
-- culture, sport and women's events (kinds 1, 2, 7); walkers and enlisted: its part of T3-04 and T3-06. Where an event has no list of names, persons of several events
-- cannot be told apart: then the unit's best attended event counts, never their sum; so no person counts twice.
-- in_base: alive at the cutoff, and unionised where the setting asks for it.
-- source: 新东城报 2017 聚焦3 and 聚焦2; domain handbook 2.5, 5.5, 6.1, 6.3
-- ledger: unit
WITH learner (topic, person_key, unit_id) AS (
  SELECT kind, person_key, unit_id FROM (
    SELECT kind, person_key, unit_id, max(ended_on || record) AS latest FROM trainees
    WHERE in_year AND trained AND unit_id IS NOT NULL AND kind IN ('1', '3') GROUP BY kind, person_key)
), learned (unit_id, general, skill) AS (
  SELECT unit_id, sum(topic = '1'), sum(topic = '3') FROM learner GROUP BY unit_id
), guest (person_key, unit_id) AS (
  SELECT person_key, unit_id FROM (
    SELECT person_key, unit_id, max(held_on || record) AS latest FROM event_people
    WHERE in_year AND unit_id IS NOT NULL AND kind IN ('1', '2') GROUP BY person_key)
), woman (person_key, unit_id) AS (
  SELECT person_key, unit_id FROM (
    SELECT person_key, unit_id, max(held_on || record) AS latest FROM event_people
    WHERE in_year AND is_woman AND unit_id IS NOT NULL AND kind IN ('1', '2', '7') GROUP BY person_key)
), guests (unit_id, n) AS (SELECT unit_id, count(*) FROM guest GROUP BY unit_id
), women (unit_id, n) AS (SELECT unit_id, count(*) FROM woman GROUP BY unit_id
), best (unit_id, persons, women) AS (
  SELECT unit_id, max(CASE WHEN kind IN ('1', '2') THEN persons END), max(women) FROM event_units
  WHERE in_year AND NOT has_list AND kind IN ('1', '2', '7')
    AND (SELECT value FROM setting WHERE key = 'participation_rule') <> 'listed' GROUP BY unit_id
), enrolled (unit_id, n) AS (
  SELECT unit_id, count(DISTINCT id_no) FROM volunteers WHERE counted AND unit_id IS NOT NULL GROUP BY unit_id
)
SELECT n.record AS record, u.community_code AS community, n.is_alive AS is_alive, n.is_unionised AS is_unionised,
       n.is_alive AND (n.is_unionised OR (SELECT value FROM setting WHERE key = 'staff_base') <> 'unionised') AS in_base,
       coalesce(n.employees, 0) AS employees, coalesce(n.female, 0) AS female,
       coalesce(l.general, 0) AS trained, coalesce(l.skill, 0) AS skill_trained,
       max(coalesce(g.n, 0), coalesce(b.persons, 0)) AS joined, max(coalesce(w.n, 0), coalesce(b.women, 0)) AS women_joined,
       coalesce(s.counted, 0) AS walkers, coalesce(v.n, 0) AS enlisted
FROM units n JOIN unit u ON u.id = n.record LEFT JOIN learned l ON l.unit_id = n.record
  LEFT JOIN guests g ON g.unit_id = n.record LEFT JOIN women w ON w.unit_id = n.record
  LEFT JOIN best b ON b.unit_id = n.record LEFT JOIN step_counts s ON s.unit_id = n.record LEFT JOIN enrolled v ON v.unit_id = n.record;

-- population: volunteers
-- One row per registration; the figure counts distinct identity numbers, so who is registered twice counts once and who has
-- no number does not count (实名制). in_register: at the cutoff. has_served: at least one service in the year.
-- source: 新东城报 2017 聚焦3 实名制招募; domain handbook 6.4
-- ledger: volunteer
WITH served (volunteer_id) AS (
  SELECT DISTINCT parent_id FROM volunteer_service
  WHERE served_on BETWEEN (SELECT year_begins FROM period) AND (SELECT cutoff FROM period)
), registered (id, held, fresh) AS (
  SELECT v.id, coalesce(v.registered_on <= p.cutoff AND (v.ended_on > p.cutoff OR v.ended_on IS NULL AND v.status = '1'), 0),
         coalesce(v.registered_on BETWEEN p.year_begins AND p.cutoff, 0)
  FROM volunteer v, period p
)
SELECT v.id AS record, q.id_no AS id_no, v.unit_id AS unit_id, u.community_code AS community, v.registered_on AS registered_on, r.held AS in_register,
       CASE WHEN (SELECT value FROM setting WHERE key = 'volunteer_rule') = 'new' THEN r.fresh ELSE r.held END AS counted,
       v.id IN (SELECT volunteer_id FROM served) AS has_served
FROM volunteer v JOIN registered r ON r.id = v.id LEFT JOIN person q ON q.id = v.person_id LEFT JOIN unit u ON u.id = v.unit_id;

-- population: articles
-- One row per placement in a medium. is_original: not taken over from another one.
-- source: domain handbook 6.5
-- ledger: publicity_item
SELECT i.id AS record, i.published_on AS published_on, i.media AS media, i.level AS grade, u.community_code AS community,
       i.original_id IS NULL AS is_original
FROM publicity_item i LEFT JOIN unit u ON u.id = i.unit_id;

-- population: info_officers
-- One row per information officer. is_trained: in the year, by their own row or by a class they passed. items: first
-- placements of the year that name them as officer, or as author from the same unit.
-- source: 新东城报 2017 聚焦3 通过业务培训提高信息员的业务能力; domain handbook 6.5
-- ledger: info_officer
WITH learned (person_key) AS (SELECT DISTINCT person_key FROM trainees WHERE kind = '6' AND in_year AND passed),
written (officer_id, n) AS (
  SELECT o.id, count(DISTINCT i.id)
  FROM info_officer o JOIN person q ON q.id = o.person_id, period p
    JOIN publicity_item i ON i.officer_id = o.id OR i.officer_id IS NULL AND i.author = q.name AND i.unit_id = o.unit_id
  WHERE i.original_id IS NULL AND i.published_on BETWEEN p.year_begins AND p.cutoff GROUP BY o.id
)
SELECT o.id AS record, o.unit_id AS unit_id, u.community_code AS community,
       coalesce(o.appointed_on <= p.cutoff, 0) AND (o.ended_on IS NULL OR o.ended_on > p.cutoff) AS is_serving,
       coalesce(o.trained_on BETWEEN p.year_begins AND p.cutoff, 0)
         OR coalesce(coalesce(q.id_no, o.person_id) IN (SELECT person_key FROM learned), 0) AS is_trained,
       coalesce(w.n, 0) AS items
FROM info_officer o, period p LEFT JOIN person q ON q.id = o.person_id LEFT JOIN unit u ON u.id = o.unit_id
  LEFT JOIN written w ON w.officer_id = o.id;

-- population: opinions
-- One row per note of the year. is_closed: by the cutoff.
-- source: domain handbook 6.5
-- ledger: opinion_note
SELECT o.id AS record, o.tone AS tone, o.noted_on AS noted_on, coalesce(o.noted_on BETWEEN p.year_begins AND p.cutoff, 0) AS in_year,
       coalesce(o.closed_on <= p.cutoff, 0) AS is_closed
FROM opinion_note o, period p;
