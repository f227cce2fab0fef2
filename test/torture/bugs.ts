import type { Bug } from './bug.ts';

/** What bots of this field get wrong, and what a hasty change could get wrong in this one. */
export const BUGS: readonly Bug[] = [
  {
    name: 'repeats a message though the platform does not know repetitions',
    file: 'src/pipeline/deliver.ts',
    find: 'return ageMs >= 0 && ageMs < adapter.repeatableForMs(messageOf(delivery, first));',
    replace: 'return ageMs >= 0;',
  },
  {
    name: 'writes to the ledger only after sending',
    file: 'src/pipeline/deliver.ts',
    find: "delivery = await move(delivery, { state: 'sending' }, dependencies);",
    replace: '',
  },
  {
    name: 'asks whether a claim is free and then takes it',
    seed: 356,
    file: 'src/stores/sqlite/ledger.ts',
    find: `      attempt('claim', \`claims:\${key}\`, () => {
        sweep();
        // Whoever holds it is gone with the power too: all are on this machine.
        return fleeting(database, () => claims.take(key, owner, ttlMs));
      }),`,
    replace: `{
      const row = database.prepare('SELECT owner FROM claims WHERE key = ? AND expires > ?').get(key, Date.parse(clock.now()));
      if (row && row.owner !== owner) return false;
      for (let turns = 0; turns < 6; turns += 1) await undefined;
      database.prepare('INSERT OR REPLACE INTO claims (key, owner, expires) VALUES (?, ?, ?)').run(key, owner, Date.parse(clock.now()) + ttlMs);
      return sweep() === undefined;
    },`,
  },
  {
    name: 'works on a feed without a claim',
    seed: 262,
    file: 'src/pipeline/claim.ts',
    find: 'if (!(await take())) return undefined;',
    replace: 'await take();',
  },
  {
    name: 'keeps the claims of the dead for ever',
    file: 'src/stores/sqlite/claims.ts',
    find: 'const now = nowMs();',
    replace: 'const now = 0;',
  },
  {
    name: 'takes for new what is newer than yesterday',
    file: 'src/pipeline/select.ts',
    find: 'const seen = new Set(choice.considered.keys());',
    replace: `const seen = new Set(
      [...choice.considered].filter(([, one]) => one.consideredOn >= choice.at.slice(0, 10)).map(([id]) => id),
    );`,
  },
  {
    name: 'sends again what nobody can tell of',
    file: 'src/pipeline/resolve.ts',
    find: "if (look.kind === 'absent' && isDatable) {",
    replace: "if (look.kind === 'absent' || look.kind === 'unknown') {",
  },
  {
    name: 'looks for a message before it can have arrived',
    seed: 181,
    file: 'src/pipeline/resolve.ts',
    find: 'const DOUBT_MS = 2 * SEND_MS;',
    replace: 'const DOUBT_MS = 0;',
    // A claim that outlives its holder, and a slot that rests before it looks again, guard against the same.
    more: [
      {
        file: 'src/pipeline/claim.ts',
        find: 'const CLAIM_MS = 3 * MINUTE_MS;',
        replace: 'const CLAIM_MS = MINUTE_MS / 100;',
      },
    ],
  },
  {
    name: 'takes what was being sent for sent',
    file: 'src/pipeline/deliver.ts',
    find: "if (delivery.state !== 'planned' && delivery.state !== 'sending') continue;",
    replace: "if (delivery.state !== 'planned') continue;",
  },
  {
    name: 'takes what was being sent for not sent',
    file: 'src/pipeline/deliver.ts',
    find: "if (given.state === 'planned') return await send(given, dependencies, signal);",
    replace: 'return await send(given, dependencies, signal);',
  },
  {
    name: 'takes every failure for "not arrived"',
    file: 'src/pipeline/retry.ts',
    find: 'if (!(error instanceof DeliveryUnavailableError) || error.mayHaveArrived) return undefined;',
    replace: '',
  },
  {
    name: 'lets a refusal settle what an earlier try left in doubt',
    seed: 39,
    file: 'src/pipeline/retry.ts',
    find: 'if (sure && !wasInDoubt) return sure;',
    replace: 'if (sure) return sure;',
  },
  {
    name: 'drops what is uncertain without a word',
    file: 'src/pipeline/alarms.ts',
    find: 'const isInPart = deliveries.some(isUndecided);',
    replace: 'const isInPart = false;',
  },
  {
    name: 'calls an edition posted before its messages are out',
    file: 'src/pipeline/record.ts',
    find: "const lost = deliveries.filter(({ state }) => state !== 'sent');",
    replace: 'const lost = deliveries.slice(0, 0);',
  },
  {
    name: 'lets a rejected card stop its edition',
    file: 'src/pipeline/retry.ts',
    find: "if (error instanceof CardRejectedError) return { kind: 'rejected' };",
    replace: "if (error instanceof CardRejectedError) return { kind: 'closed', error };",
  },
  {
    name: 'never tries a suspended feed again',
    file: 'src/scheduler/cadence.ts',
    find: "if (feed.state === 'paused' || quietEndOf(feed, at)) return [];",
    replace: "if (feed.state !== 'active' || quietEndOf(feed, at)) return [];",
  },
  {
    name: 'leaves a suspended feed suspended',
    file: 'src/pipeline/outcome.ts',
    find: "else if (hasSent && feed.state === 'suspended') await resume(feed.id, store, clock);",
    replace: '',
  },
  {
    name: 'lets the next edition pass one that is not out',
    seed: 84,
    file: 'src/pipeline/lanes.ts',
    find: "if (result.status === 'rejected' || !isDone(result.value.state)) blocked.add(one.feed.id);",
    replace: '',
  },
  {
    name: 'forgets an edition that was planned on another date',
    file: 'src/scheduler/cadence.ts',
    find: 'const begun = begunSlots(progress);',
    replace: 'const begun = begunSlots(progress).filter(({ day }) => day === dateOf(feed, at));',
  },
  {
    name: 'plans a slot again that was planned',
    file: 'src/pipeline/prepare.ts',
    find: 'if (before?.isPlanned) return { edition, deliveries };',
    replace: 'if (before && before.state !== "waiting") return { edition, deliveries };',
  },
  {
    name: 'makes up for no list that was missed',
    file: 'src/pipeline/choose.ts',
    find: 'const missed = ripe.filter((day) => day >= from && !taken.has(day));',
    replace: 'const missed = ripe.slice(-1).filter((day) => day >= from && !taken.has(day));',
  },
  {
    name: 'never looks again at a list it has posted',
    file: 'src/pipeline/choose.ts',
    find: 'const revisited = daysToRevisit(editions).filter((day) => !missed.includes(day));',
    replace: 'const revisited = daysToRevisit(editions).slice(0, 0);',
  },
  {
    name: 'forgets what a digest has sent once its member follows nothing',
    file: 'src/scheduler/digests.ts',
    find: 'await changeDigest(digestId(member), rested, dependencies);',
    replace: 'await store.removeFeed(digestId(member));',
  },
  {
    name: 'keeps of a digest nothing of what it looked at',
    file: 'src/pipeline/select.ts',
    find: "return feed.isDigest === undefined || fate !== 'filtered';",
    replace: 'return feed.isDigest === undefined;',
  },
  {
    name: 'drops the digest of a member whose messages are closed',
    file: 'src/pipeline/deliver.ts',
    find: "await move(delivery, { state: 'planned', reason: error.message }, dependencies);",
    replace: `if (/^@m\\d/.test(delivery.destination.channel)) return { delivery: await move(delivery, { state: 'dismissed' }, dependencies) };
      await move(delivery, { state: 'planned', reason: error.message }, dependencies);`,
  },
  {
    name: 'lets a digest rest for ever once it rested',
    file: 'src/scheduler/digest-changes.ts',
    find: "const state = feed.state === 'paused' ? 'active' : feed.state;",
    replace: 'const { state } = feed;',
  },
  {
    name: 'raises an alarm for a digest',
    file: 'src/pipeline/alarms.ts',
    find: 'if (feed.isDigest) return;',
    replace: '',
  },
  {
    name: 'reposts a card instead of editing it',
    file: 'src/pipeline/refresh.ts',
    find: 'adapter.edit?.bind(adapter)',
    replace: 'adapter.send.bind(adapter) as never',
  },
  {
    name: 'tells of an alarm after it has recorded the outcome',
    seed: 109,
    file: 'src/pipeline/outcome.ts',
    find: 'await watch(',
    replace: 'await store.ledger.putSlot(record);\n    await watch(',
  },
  {
    name: 'believes a clock that was wrong',
    seed: 1198,
    file: 'src/pipeline/resolve.ts',
    find: 'const isDatable = ageMs >= 0;',
    replace: 'const isDatable = true;',
  },
  {
    name: 'raises no alarm for an edition that is late',
    file: 'src/pipeline/alarms.ts',
    find: '} else if (isLate(seen, dependencies.clock.now())) {',
    replace: '} else if (seen.isClosed) {',
  },
  {
    name: 'raises an alarm whenever an edition waits',
    file: 'src/pipeline/alarms.ts',
    find: 'if (since === undefined) return false;',
    replace: 'if (since !== undefined) return true;',
  },
  {
    name: 'tells no manager',
    file: 'src/pipeline/upkeep.ts',
    find: "await apart('telling managers', () => notices.send(signal), signal);",
    replace: '',
  },
  {
    name: 'gives up when a manager cannot be reached',
    file: 'src/pipeline/notices.ts',
    find: 'await store.ledger.planNotice(',
    replace: 'void (',
  },
  {
    name: 'takes the operator for told before the webhook has taken it',
    file: 'src/pipeline/operator.ts',
    find: 'await call?.(alarm, event, signal);\n    await store.alarms.setTold(alarm.id, event);',
    replace: 'await store.alarms.setTold(alarm.id, event);\n    await call?.(alarm, event, signal);',
  },
  {
    name: 'does not say that a list was not complete',
    seed: 42,
    file: 'src/pipeline/record.ts',
    find: 'return edition.isSoFar',
    replace: 'return edition.isSoFar && edition.sections.length === 0',
  },
  {
    name: 'never brings a card up to date',
    file: 'src/pipeline/plan.ts',
    find: 'const isRefreshed = ',
    replace: 'const isRefreshed = false && ',
  },
  {
    name: 'moves a delivery that another process has moved',
    seed: 269,
    file: 'src/stores/sqlite/deliveries.ts',
    find: 'WHERE delivery_id = ? AND state = ?`',
    replace: "WHERE delivery_id = ? AND ? <> ''`",
    more: [
      {
        file: 'src/pipeline/deliver.ts',
        find: 'if (clock.now() > addMs(leavesAt, LEAVE_MS)) throw taken(delivery);',
        replace: '',
      },
    ],
  },
  {
    name: 'goes on where it was frozen without looking whose feed it is',
    seed: 781,
    file: 'src/pipeline/deliver.ts',
    find: 'await dependencies.renew();',
    replace: '',
    more: [
      {
        file: 'src/pipeline/deliver.ts',
        find: 'if (clock.now() > addMs(leavesAt, LEAVE_MS)) throw taken(delivery);',
        replace: '',
      },
      // Nor does the request heed that its time is over.
      {
        file: 'src/pipeline/deliver.ts',
        find: 'const call = (cut: AbortSignal) => adapter.send(messageOf(delivery, first), cut);',
        replace: 'const call = () => adapter.send(messageOf(delivery, first));',
      },
    ],
  },
];
