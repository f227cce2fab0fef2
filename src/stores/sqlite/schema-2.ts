/**
 * What was considered becomes a compact table, editions name their papers instead of holding them, payloads may be
 * compressed; alarms, notices, refreshes and what is needed to forget come in.
 */
export const SCHEMA_2 = `
ALTER TABLE slots ADD COLUMN is_planned INTEGER NOT NULL DEFAULT 0;
UPDATE slots SET is_planned = 1 WHERE slot_id IN (SELECT slot_id FROM plans);
CREATE INDEX slots_by_age ON slots (day, slot_id);
CREATE INDEX slots_unfinished ON slots (feed_id, day) WHERE state IN ('due', 'waiting');

ALTER TABLE plans ADD COLUMN is_notice INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plans ADD COLUMN refresh INTEGER;
CREATE INDEX plans_by_refresh ON plans (refresh, slot_id) WHERE refresh IS NOT NULL;
CREATE INDEX plans_of_notices ON plans (slot_id) WHERE is_notice = 1;

ALTER TABLE deliveries RENAME TO old_deliveries;
CREATE TABLE deliveries (
  -- In the order of planning.
  number INTEGER PRIMARY KEY,
  delivery_id TEXT NOT NULL UNIQUE,
  slot_id TEXT NOT NULL REFERENCES plans ON DELETE CASCADE,
  position INTEGER NOT NULL,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  message_id TEXT,
  reason TEXT,
  changed_at TEXT NOT NULL,
  -- JSON: compressed as a blob, or as text from before it was.
  payload ANY NOT NULL,
  UNIQUE (slot_id, position)
) STRICT;
INSERT INTO deliveries (delivery_id, slot_id, position, platform, workspace, channel, state, message_id, reason,
  changed_at, payload)
SELECT delivery_id, slot_id, position, platform, workspace, channel, state, message_id, reason, changed_at, payload
FROM old_deliveries ORDER BY rowid;
DROP TABLE old_deliveries;
CREATE INDEX deliveries_open ON deliveries (slot_id)
  WHERE state IN ('planned', 'sending', 'refused', 'uncertain');

-- Millions of rows, 14 bytes each: a feed, a paper and what was decided, by number. Feeds of one day decide alike, so
-- there are few decisions. The numbers of papers outlive the archive's papers.
CREATE TABLE considered_papers (number INTEGER PRIMARY KEY, paper_id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE considered_decisions (
  number INTEGER PRIMARY KEY,
  fate INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  day INTEGER NOT NULL,
  UNIQUE (day, kind, key, fate)
) STRICT;
CREATE TABLE considered (
  feed INTEGER NOT NULL,
  paper INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  PRIMARY KEY (feed, paper)
) STRICT, WITHOUT ROWID;

-- A record that does not read counts as posted on a list that no feed takes: never twice.
CREATE TABLE old_considered AS
SELECT feed, paper_id,
  CASE WHEN kind IS NULL OR key IS NULL OR day IS NULL THEN 0
    ELSE CASE fate WHEN 'left-out' THEN 1 WHEN 'filtered' THEN 2 WHEN 'below-votes' THEN 3 ELSE 0 END END AS fate,
  coalesce(kind, 'search') AS kind, coalesce(key, '') AS key, coalesce(day, 0) AS day
FROM (
  SELECT feed, paper_id, record ->> '$.fate' AS fate, record ->> '$.listing.kind' AS kind,
    record ->> '$.listing.key' AS key, unixepoch(record ->> '$.consideredAt') / 86400 AS day
  FROM (
    SELECT feeds.position AS feed, substr(key, instr(key, '/') + 1) AS paper_id,
      CASE WHEN json_valid(value) THEN value -> '$.value.record' END AS record
    FROM records JOIN feeds ON feed_id = substr(key, 1, instr(key, '/') - 1)
    WHERE namespace = 'considered'
  )
);
INSERT INTO considered_papers (paper_id) SELECT DISTINCT paper_id FROM old_considered ORDER BY paper_id;
INSERT INTO considered_decisions (fate, kind, key, day)
SELECT DISTINCT fate, kind, key, day FROM old_considered ORDER BY day, kind, key, fate;
INSERT INTO considered
SELECT feed, papers.number, decisions.number FROM old_considered
JOIN considered_papers AS papers USING (paper_id)
JOIN considered_decisions AS decisions USING (fate, kind, key, day)
ORDER BY feed, papers.number;
DROP TABLE old_considered;
DELETE FROM records WHERE namespace = 'considered';
DELETE FROM damaged WHERE namespace = 'considered';

UPDATE records SET value = json_set(
  json_remove(value, '$.value.record.considered'),
  '$.value.v', 2,
  '$.value.record.layout', coalesce(
    (SELECT feed.value ->> '$.value.record.layout' FROM records AS feed
     WHERE feed.namespace = 'feeds' AND feed.key = records.value ->> '$.value.record.slot.feedId'
       AND CASE WHEN json_valid(feed.value) THEN feed.value ->> '$.value.record.layout' END IN ('digest', 'cards')),
    'digest'),
  '$.value.record.sections', json((
    SELECT json_group_array(json_set(json_remove(section.value, '$.papers'), '$.paperIds', json((
      SELECT json_group_array(paper.value ->> '$.id' ORDER BY paper.key)
      FROM json_each(section.value, '$.papers') AS paper))) ORDER BY section.key)
    FROM json_each(records.value, '$.value.record.sections') AS section)),
  '$.value.record.awaited', json((
    SELECT json_group_array(json(listing) ORDER BY place) FROM (
      SELECT one.value -> '$.listing' AS listing, min(one.key) AS place
      FROM json_each(records.value, '$.value.record.considered') AS one
      WHERE one.value ->> '$.fate' = 'below-votes' GROUP BY listing)))
)
WHERE namespace = 'editions' AND CASE WHEN json_valid(value) THEN
  value ->> '$.value.v' = 1 AND json_type(value, '$.value.record.sections') = 'array' END;

-- On which day, counted from 1970, a record of the archive was last brought.
CREATE TABLE seen (
  namespace TEXT NOT NULL,
  key TEXT NOT NULL,
  day INTEGER NOT NULL,
  PRIMARY KEY (namespace, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_day ON seen (day, namespace, key);
INSERT INTO seen
SELECT namespace, key, day FROM (
  SELECT namespace, key, CASE WHEN json_valid(value)
    THEN unixepoch(value ->> '$.value.record.fetchedAt') / 86400 END AS day
  FROM records WHERE namespace = 'listings'
) WHERE day IS NOT NULL;
INSERT INTO seen
SELECT namespace, key, day FROM (
  SELECT namespace, key, CASE WHEN json_valid(value) THEN coalesce(
    (SELECT max(seen.day) FROM json_each(records.value, '$.value.record.listings') AS listing
     JOIN seen ON seen.namespace = 'listings' AND seen.key = listing.value),
    unixepoch(value ->> '$.value.record.firstSeenAt') / 86400) END AS day
  FROM records WHERE namespace = 'papers'
) WHERE day IS NOT NULL;

CREATE TABLE alarms (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  alarm_id TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  feed_id TEXT,
  sentence TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  cleared_at TEXT,
  is_raise_told INTEGER NOT NULL DEFAULT 0,
  is_clear_told INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Of several processes that see the same trouble one opens the alarm.
CREATE UNIQUE INDEX alarms_open ON alarms (subject) WHERE cleared_at IS NULL;
CREATE INDEX alarms_untold ON alarms (position)
  WHERE is_raise_told = 0 OR (cleared_at IS NOT NULL AND is_clear_told = 0);
CREATE INDEX alarms_by_feed ON alarms (feed_id);
CREATE INDEX alarms_by_age ON alarms (raised_at) WHERE cleared_at IS NOT NULL;

-- Has its row while a transfer from another store has not ended.
CREATE TABLE unfinished_transfer (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
`;
