import { bytesOf, checkedValue, LINES, type LineValue, lineText } from '../lines.ts';
import { alarmOf, consideredOf, STATUS_COLUMNS, slotOf, statusOf, toldOf } from '../rows.ts';
import { createConsidered } from './considered.ts';
import { prepareInsert } from './delivery-row.ts';
import { createFeedIndex } from './feeds.ts';
import { createMover, type Mover, prepareIsThere } from './mover.ts';
import { prepareInsertSlot } from './slots.ts';

const WAKES = createMover('wakes', {
  sql: 'SELECT feed_id AS line_key, * FROM feeds ORDER BY position',
  valueOf: ({ platform, workspace, wake, is_digest, alongside, manager }) => ({
    platform: String(platform) as LineValue<'wakes'>['platform'],
    workspace: String(workspace),
    wakeAt: new Date(Number(wake)).toISOString(),
    ...(is_digest === 1 ? { isDigest: true } : {}),
    ...(alongside === null ? {} : { alongside: String(alongside) }),
    ...(manager === null ? {} : { manager: String(manager) }),
  }),
  prepareWrite(database) {
    const isThere = prepareIsThere(database, 'feeds', 'feed_id');
    const feeds = createFeedIndex(database);
    return ({ wakeAt, platform, workspace, ...own }, id) => {
      if (!isThere(id)) feeds.put({ id, destination: { platform, workspace }, ...own }, wakeAt);
    };
  },
});

/** By feed in their order, then by paper: the numbers of papers are each database's own. */
const CONSIDERED: Mover = {
  *read(database) {
    const feeds = database.prepare('SELECT feed_id, position FROM feeds ORDER BY position');
    const ofFeed = database.prepare(
      `SELECT paper_id, fate, kind, key, day FROM considered
       JOIN considered_papers AS papers ON papers.number = paper
       JOIN considered_decisions AS decisions ON decisions.number = decision
       WHERE feed = ? ORDER BY paper_id`,
    );
    for (const { feed_id, position } of feeds.all()) {
      for (const row of ofFeed.all(Number(position))) {
        const [feedId, paperId] = [String(feed_id), String(row.paper_id)];
        const { fate, listing, consideredOn } = consideredOf(row);
        const { kind, key } = listing;
        const value = { feedId, paperId, fate, listing: { kind, key }, consideredOn };
        yield { kind: 'considered', key: `${feedId}/${paperId}`, value };
      }
    }
  },
  prepareWrite(database) {
    const considered = createConsidered(database);
    return (line) => {
      const { feedId, paperId, fate, listing, consideredOn } = checkedValue(LINES.considered, line);
      if (considered.of(feedId, [paperId]).size > 0) return;
      considered.put(feedId, consideredOn, [{ paperId, listing, fate }]);
    };
  },
};

const SLOTS = createMover('slots', {
  sql: 'SELECT slot_id AS line_key, * FROM slots ORDER BY slot_id',
  valueOf: slotOf,
  prepareWrite(database) {
    // Those of feeds that are gone move too.
    return prepareInsertSlot(database, 'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  },
});

const PLANS = createMover('plans', {
  sql: 'SELECT slot_id AS line_key, feed_id, is_notice, refresh FROM plans ORDER BY slot_id',
  valueOf: ({ feed_id, is_notice, refresh }) => ({
    feedId: String(feed_id),
    ...(is_notice === 1 ? { isNotice: true } : {}),
    ...(refresh === null ? {} : { refreshAt: new Date(Number(refresh)).toISOString() }),
  }),
  prepareWrite(database) {
    const insert = database.prepare(
      'INSERT INTO plans (slot_id, feed_id, is_notice, refresh) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    return ({ feedId, isNotice = false, refreshAt }, id) => {
      const refresh = refreshAt === undefined ? null : Date.parse(refreshAt);
      insert.run(id, feedId, Number(isNotice), refresh);
    };
  },
});

const DELIVERIES = createMover('deliveries', {
  sql: `SELECT delivery_id AS line_key, ${STATUS_COLUMNS},
          typeof(payload) = 'blob' AS is_packed, CAST(payload AS BLOB) AS bytes
        FROM deliveries ORDER BY number`,
  valueOf: (row) => ({ ...statusOf(row), payload: payloadLine(row) }),
  prepareWrite(database) {
    const isThere = prepareIsThere(database, 'deliveries', 'delivery_id');
    const insert = prepareInsert(database);
    const insertText = prepareInsert(database, 'CAST(? AS TEXT)');
    return ({ payload, ...delivery }) => {
      if (isThere(delivery.id)) return;
      if ('deflated' in payload) insert(delivery, Buffer.from(payload.deflated, 'base64'));
      else insertText(delivery, bytesOf(payload));
    };
  },
});

function payloadLine(row: Record<string, unknown>): LineValue<'deliveries'>['payload'] {
  const bytes = row.bytes as Uint8Array;
  return row.is_packed === 1 ? { deflated: Buffer.from(bytes).toString('base64') } : lineText(bytes);
}

const ALARMS = createMover('alarms', {
  sql: 'SELECT alarm_id AS line_key, * FROM alarms ORDER BY position',
  valueOf: (row) => ({ alarm: alarmOf(row), ...toldOf(row) }),
  prepareWrite(database) {
    const insert = database.prepare(
      `INSERT INTO alarms
       (alarm_id, subject, feed_id, sentence, raised_at, cleared_at, is_raise_told, is_clear_told)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    return ({ alarm, isRaiseTold, isClearTold }) => {
      const { id, subject, feedId = null, sentence, raisedAt, clearedAt = null } = alarm;
      const told = [Number(isRaiseTold), Number(isClearTold)];
      insert.run(id, subject, feedId, sentence, raisedAt, clearedAt, ...told);
    };
  },
});

export const LEDGER_ROWS = {
  wakes: WAKES,
  considered: CONSIDERED,
  slots: SLOTS,
  plans: PLANS,
  deliveries: DELIVERIES,
  alarms: ALARMS,
};
