import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOUR_MS } from '../../src/domain/calendar.ts';
import { installationKey } from '../../src/installations.ts';
import { silentLog } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from '../contracts/people-samples.ts';
import { aSeenReaction, CARD, CHANNEL, PANEL } from '../contracts/presence-samples.ts';
import { anAlarm } from '../contracts/store-alarms.ts';
import { aMailbox } from '../contracts/store-mailboxes.ts';
import { aNotice } from '../contracts/store-notices.ts';
import { anArchivedListing, anEdition, archived, deliveriesOf, START } from '../contracts/store-samples.ts';
import { fill } from '../contracts/transfer-samples.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { describeWith } from '../servers/index.ts';
import { type PostgresPlace, postgres } from './subjects-postgres.ts';

/** As much as makes a way through a whole table dear, in each table that grows with the years. */
const MUCH = [
  `INSERT INTO feeds (feed_id, platform, workspace, wake, is_digest, alongside, manager)
   SELECT 'f' || i, 'slack', 'w' || i / 10, 4e12::bigint, i % 2 = 0, 'f' || i / 50, 'm' || i
   FROM generate_series(1, 2000) AS i`,
  `INSERT INTO workspaces SELECT 'slack', 'w' || i, '2026-01-01', CASE WHEN i % 50 = 0 THEN '2026-12-01' END, true
   FROM generate_series(1, 2000) AS i`,
  `INSERT INTO slots SELECT feed_id || '@2026-11-' || day, feed_id, '2026-11-' || day, '', 'posted', '', '', NULL,
     NULL, true FROM feeds, generate_series(10, 12) AS day`,
  'INSERT INTO plans SELECT slot_id, feed_id, false, CASE WHEN random() < 0.01 THEN 4e12::bigint END FROM slots',
  `INSERT INTO plans SELECT 'notice' || i, 'f' || i, true, NULL FROM generate_series(1, 1000) AS i`,
  `INSERT INTO deliveries (delivery_id, slot_id, is_notice, position, platform, workspace, channel, state,
     changed_at, payload, is_packed)
   SELECT slot_id || '#0', slot_id, is_notice, 0, 'slack', 'w', 'C', 'sent', '2026-11-12', '', true FROM plans`,
  "INSERT INTO considered_papers (paper_id) SELECT 'p' || i FROM generate_series(1, 2000) AS i",
  `INSERT INTO considered_decisions (fate, kind, key, day)
   SELECT 0, 'daily', 'd' || i, i FROM generate_series(1, 1000) AS i`,
  `INSERT INTO considered SELECT feed, paper, 1 + paper % 1000
   FROM generate_series(1, 2000) AS feed, generate_series(1, 5) AS paper`,
  `INSERT INTO records SELECT namespace, 'p' || i, repeat('x', 200)::bytea, NULL
   FROM unnest('{papers,listings,feeds,editions,installations,mailboxes}'::text[]) AS namespace,
     generate_series(1, 1000) AS i`,
  "INSERT INTO archive_sequence SELECT i, 'p' || i FROM generate_series(1, 2000) AS i",
  'UPDATE counters SET value = 2000',
  "INSERT INTO seen SELECT 'papers', 'p' || i, 20000 + i FROM generate_series(1, 2000) AS i",
  `INSERT INTO alarms (alarm_id, subject, feed_id, sentence, raised_at, cleared_at, is_raise_told, is_clear_told)
   SELECT 'a' || i, 'feed/' || i, 'f' || i, '', '2026-11-' || 10 + i % 20, '2026-11-30', true, true
   FROM generate_series(1, 2000) AS i`,
  `INSERT INTO topics (platform, workspace, slug, name, emoji, meaning, query, created_at)
   SELECT 'slack', 'w' || i, 's', '', '', '', '', '' FROM generate_series(1, 2000) AS i`,
  `INSERT INTO subscriptions (platform, workspace, member, kind, key, label, followed_at)
   SELECT 'slack', 'w' || i / 20, 'm' || i, 'topic', 'agents', '', '' FROM generate_series(1, 2000) AS i`,
  `INSERT INTO saved SELECT 'slack', 'w' || i / 20, 'm' || i, 'p' || i, '' FROM generate_series(1, 2000) AS i`,
  `INSERT INTO ratings SELECT 'slack', 'w' || i / 20, 'm' || i, 'p' || i, 'up', ''
   FROM generate_series(1, 2000) AS i`,
  `INSERT INTO panels (platform, workspace, channel, message_id)
   SELECT CASE WHEN i % 20 = 0 THEN 'slack' ELSE 'discord' END, 'w' || i, 'C', 'm'
   FROM generate_series(1, 2000) AS i`,
  `INSERT INTO reactions SELECT 'slack', 'w' || i / 20, 'C', 'm' || i, 'x', 'm' || i, 'm' || i, '2026-11-20'
   FROM generate_series(1, 2000) AS i`,
  'ANALYZE',
];

/** Everything that a store does while it runs. */
async function doAll(store: Store, place: PostgresPlace): Promise<void> {
  await fill(store, place);
  const { ledger, people, presence, alarms } = store;
  const edition = anEdition('zeta', '2026-11-20');
  const claim = { key: 'feed:zeta', owner: 'run' };
  const { slot } = edition;
  const stands = { ...slot, state: 'due', sentence: '', changedAt: START } as const;
  const change = { state: 'sent', changedAt: START } as const;
  for (const call of [
    () => ledger.claim(claim.key, claim.owner, HOUR_MS),
    () => store.plan({ slot: stands, edition, considered: [], deliveries: deliveriesOf(edition, 2), claim }),
    () => ledger.release(claim.key, claim.owner),
    () => Promise.all([ledger.feedIds(HERE), ledger.feedsToWake(START)]),
    () => Promise.all([ledger.setWake('zeta', START), ledger.wakeAlongside('zeta', START)]),
    () => Promise.all([ledger.putSlot(stands), ledger.slot(edition.id), ledger.slots('zeta', 5)]),
    () => Promise.all([ledger.unfinishedSlots('zeta'), ledger.plannedSlots('zeta', 5)]),
    () => Promise.all([ledger.considered('zeta', ['a', 'b']), ledger.deliveries(edition.id)]),
    () => Promise.all([ledger.delivery(`${edition.id}#0`), ledger.openDeliveries('zeta')]),
    () => Promise.all([ledger.openDeliveries(), ledger.openDeliveries(HERE, 9)]),
    () => ledger.moveDelivery(`${edition.id}#0`, 'planned', change),
    () => ledger.readdress('zeta', CHANNEL),
    () => Promise.all([ledger.setRefresh(edition.id, START), ledger.slotsToRefresh(START, 9)]),
    () => Promise.all([ledger.planNotice(aNotice('new', 1, 'zeta')), ledger.openNotices(9)]),
    () => ledger.changedPapers(1990, 5),
    () => alarms.raise(anAlarm({ subject: 'feed/new', feedId: 'zeta' })),
    () => Promise.all([alarms.open('feed/zeta'), alarms.untold(9), alarms.setTold('a', 'raised')]),
    () => alarms.clear('a', START),
    () => store.papers.getMany(['a', 'b']),
    () => store.installations.delete(installationKey(HERE)),
    () =>
      Promise.all([
        store.mailboxes.get('a'),
        store.mailboxes.set('b', aMailbox()),
        store.mailboxes.delete('c'),
      ]),
    () => store.archive(anArchivedListing(), [archived(aPaper({ id: 'new' }))]),
    () => store.saveFeed(aFeed({ id: 'zeta' }), START),
    () => store.addFeed(aFeed({ id: 'new' }), START),
    () => store.changeFeed('zeta', (feed) => feed, START),
    () => Promise.all([people.subscriptions(ADA), people.followers(HERE), people.topics(HERE)]),
    () => Promise.all([people.follow(ADA, aSubscription(), 9), people.addTopic(HERE, aTopic('new'), 9)]),
    () => Promise.all([people.unfollow(ADA, aSubscription()), people.removeTopic(HERE, 'new')]),
    () => Promise.all([people.save(ADA, savedPaper('a')), people.saved(ADA, { offset: 0, limit: 5 })]),
    () => Promise.all([people.unsave(ADA, 'a'), people.unrate(ADA, 'a'), people.rate(ADA, aRating('b'))]),
    () => Promise.all([people.ratings(ADA, ['a', 'b']), people.workspacesOf(ADA)]),
    () => people.forgetMember(ADA),
    () => Promise.all([presence.departed('slack'), presence.ungreeted('slack'), presence.greeted(HERE)]),
    () => Promise.all([presence.watch(PANEL), presence.see(CARD, [aSeenReaction()], START)]),
    () => Promise.all([presence.reactions(CARD), presence.hasSeen(CARD, aSeenReaction())]),
    () => Promise.all([presence.unsee(CARD, [aSeenReaction()]), presence.panels('slack')]),
    () => presence.unwatch(PANEL),
    () => presence.present('slack'),
    () => presence.editions('web', '2026-11-30'),
    () => presence.left(HERE, START),
    () => presence.joined(HERE, START, START),
    () => presence.left(HERE, START),
    () => presence.joined(HERE, START, '2026-12-31T00:00:00.000Z'),
    () => store.forget({ outcomesBefore: START, archiveBefore: START }),
    () => store.removeFeed('zeta'),
    () => store.figures(),
  ])
    await call();
}

/** Statements that go through a table for good reasons. */
const MEANT: readonly [part: RegExp, reason: string][] = [
  [/^SELECT \(SELECT id FROM unfinished_transfer\)/, 'the first row of each table is enough'],
  [/FROM panels\s+WHERE platform = \$1 AND NOT/, 'all panels of a platform are asked for'],
  [/FROM workspaces WHERE platform = \$1 AND left_at IS NULL ORDER/, 'all that have us are asked for'],
];

/** How the server plans when no table is small enough to go through it all. */
const AS_IF_HUGE = [
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
];

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
}

/** Indices that hold few rows whatever their tables hold. */
const FEW = /_open|_untold|_unfinished|workspaces_left|_ungreeted|feeds_listed|plans_by_refresh/;
const GROWING =
  /^(feeds|records|slots|plans|deliveries|considered|considered_papers|archive_sequence|seen|alarms|topics|subscriptions|saved|ratings|workspaces|panels|reactions)$/;

/** The table of each index, and its columns in their order. */
type Indices = ReadonlyMap<string, { table: string; columns: readonly string[] }>;

/** Whether an index leads to some rows: by its first columns, and not by a platform or a namespace alone. */
function isNarrow(node: Node, indices: Indices): boolean {
  const { 'Index Name': name = '', 'Index Cond': condition = '' } = node;
  const columns = indices.get(name)?.columns ?? [];
  const asked = columns.map((column) => new RegExp(`\\b${column}\\b`).test(condition));
  const first = asked.includes(false) ? columns.slice(0, asked.indexOf(false)) : columns;
  return FEW.test(name) || first.some((column) => column !== 'platform' && column !== 'namespace');
}

/** The tables of which a plan means to go through all rows, or all of a platform. */
function scansOf(node: Node, indices: Indices): string[] {
  const table = node['Relation Name'] ?? indices.get(node['Index Name'] ?? '')?.table ?? '';
  const reads = /^(Seq|Index|Index Only|Bitmap Index) Scan$/.test(node['Node Type']) && GROWING.test(table);
  const below = (node.Plans ?? []).flatMap((one) => scansOf(one, indices));
  return reads && !isNarrow(node, indices) ? [table, ...below] : below;
}

describeWith('postgres', 'what a store on Postgres does while it runs', () => {
  let place: PostgresPlace;
  beforeEach(async () => {
    place = await postgres.makePlace();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await place.remove();
  });

  async function plansOf(texts: Iterable<string>): Promise<[text: string, plan: Node][]> {
    for (const setting of AS_IF_HUGE) await place.query(`SET ${setting}`);
    const plans: [string, Node][] = [];
    for (const text of texts) {
      const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
      const nulls = Array.from({ length: Math.max(0, ...numbers) }, () => 'NULL').join(', ');
      await place.query(`PREPARE one AS ${text}`);
      const rows = await place.query(`EXPLAIN (FORMAT JSON) EXECUTE one${nulls && `(${nulls})`}`);
      await place.query('DEALLOCATE one');
      const explained = rows.flatMap((row) => row['QUERY PLAN'] as { Plan: Node }[]);
      for (const { Plan } of explained) plans.push([text, Plan]);
    }
    return plans;
  }

  async function indicesOf(): Promise<Indices> {
    const rows = await place.query(
      `SELECT indexrelid::regclass::text AS name, indrelid::regclass::text AS table,
         array_agg(attname::text ORDER BY attnum) AS columns
       FROM pg_index JOIN pg_attribute ON attrelid = indexrelid
       WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
       GROUP BY indexrelid, indrelid`,
    );
    return new Map(
      rows.map(({ name, table, columns }) => [
        String(name),
        { table: String(table), columns: columns as string[] },
      ]),
    );
  }

  it('goes by an index through every table that grows with the years', async () => {
    const store = await place.open({ clock: createFakeClock(START), log: silentLog });
    for (const text of MUCH) await place.query(text);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await doAll(store, place);
    const named = query.mock.calls.map(([one]) => one as unknown as { name?: string; text: string });
    const texts = named.filter(({ name }) => name !== undefined).map(({ text }) => text);
    query.mockRestore();
    const statements = new Set(texts.filter((text) => /^(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text)));
    expect(statements.size).toBeGreaterThan(100);
    const indices = await indicesOf();
    const scansBy = async (texts: Iterable<string>) => {
      const scans = (await plansOf(texts)).map(([text, plan]) => [text, scansOf(plan, indices)] as const);
      return scans.filter(([, tables]) => tables.length > 0);
    };
    const bounded = [...statements].filter((text) => !MEANT.some(([part]) => part.test(text)));
    expect(await scansBy(bounded)).toEqual([]);
    const whole = 'SELECT 1 FROM deliveries WHERE reason IS NULL';
    expect(await scansBy([whole])).toEqual([[whole, ['deliveries']]]);
    const wide = "SELECT 1 FROM saved WHERE platform = 'slack' AND saved_at = ''";
    expect(await scansBy([wide])).toEqual([[wide, ['saved']]]);
  });
});
