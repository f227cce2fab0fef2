import type { SlotId } from '../../domain/edition.ts';
import { StoreError } from '../../errors.ts';
import type { TransferLine } from '../../transfer.ts';
import { bytesOf, checkedValue, LINES, type LineValue, lineText } from '../lines.ts';
import type { Work } from './connection.ts';
import { DEFLATED, isUnsent, statusOf, TEXT } from './delivery-row.ts';
import type { Keys } from './keys.ts';
import { createMover, type Line, type Mover, writeMissing } from './mover.ts';
import { byBytes } from './parts.ts';
import { insertDelivery, insertPlan } from './planning.ts';
import { partsOf, type Reads } from './reads.ts';

/** Plans that are read at once. */
const AT_ONCE = 200;

/** A plan as its hash says. */
interface PlanRow {
  feedId: string;
  isNotice: boolean;
  /** The place of its first delivery. */
  number: number;
}

export function createPlanMover(keys: Keys): Mover {
  return createMover('plans', {
    async *read(then) {
      const ids = (await candidates(then, keys)).sort(byBytes);
      for (const part of partsOf(ids, AT_ONCE)) {
        const [rows, refreshes] = await Promise.all([
          planRows(then, keys, part),
          then.zmscore(keys.refreshes, part),
        ]);
        for (const [index, key] of part.entries()) {
          const [row, refresh] = [rows.get(key), refreshes[index]];
          if (row) yield { key, value: planLine(row, refresh) };
        }
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        ({ key }) => tx.exists(keys.plan(key)),
        (missing) => {
          for (const { key, value } of missing) {
            const { feedId, isNotice = false, refreshAt } = value;
            insertPlan(tx, keys, key, { feedId, isNotice, number: 0 });
            if (refreshAt !== undefined) tx.zadd(keys.refreshes, Date.parse(refreshAt), key);
          }
        },
      ),
  });
}

/** Where there may be a plan: each lies beside its slot, or is a notice. */
async function candidates(reads: Reads, keys: Keys): Promise<SlotId[]> {
  return (await Promise.all([reads.zrange(keys.slots), reads.zrange(keys.notices)])).flat();
}

async function planRows(reads: Reads, keys: Keys, ids: readonly SlotId[]): Promise<Map<SlotId, PlanRow>> {
  const rows = await Promise.all(ids.map((id) => reads.hmget(keys.plan(id), ['feed', 'notice', 'number'])));
  const there = ids.flatMap((id, index) => {
    const [feedId, notice, number] = rows[index] ?? [];
    if (feedId === undefined) return [];
    return [[id, { feedId, isNotice: notice !== undefined, number: Number(number) }] as const];
  });
  return new Map(there);
}

function planLine({ feedId, isNotice }: PlanRow, refresh: number | undefined): LineValue<'plans'> {
  return {
    feedId,
    ...(isNotice ? { isNotice: true } : {}),
    ...(refresh === undefined ? {} : { refreshAt: new Date(refresh).toISOString() }),
  };
}

export function createDeliveryMover(keys: Keys): Mover {
  return createMover('deliveries', {
    async *read(then) {
      for (const part of partsOf(await plansInOrder(then, keys), AT_ONCE)) {
        const deliveries = await Promise.all(part.map((id) => deliveriesIn(then, keys, id)));
        for (const value of deliveries.flat()) yield { key: value.id, value };
      }
    },
    write: (tx, lines, batch) =>
      writeMissing(
        lines,
        ({ key }) => tx.exists(keys.delivery(key)),
        (missing) => insertDeliveries(tx, keys, missing, plansAmong(batch)),
      ),
  });
}

function plansAmong(batch: readonly TransferLine[]): Map<SlotId, PlanRow> {
  const plans = batch.filter(({ kind }) => kind === 'plans');
  return new Map(
    plans.map((line) => {
      const { feedId, isNotice = false } = checkedValue(LINES.plans, line);
      return [line.key, { feedId, isNotice, number: 0 }];
    }),
  );
}

/** In the order of planning: the deliveries of each stand together. */
async function plansInOrder(then: Reads, keys: Keys): Promise<SlotId[]> {
  const numbers: [SlotId, number][] = [];
  for (const part of partsOf(await candidates(then, keys), AT_ONCE))
    for (const [id, { number }] of await planRows(then, keys, part)) numbers.push([id, number]);
  return numbers.sort(([, one], [, other]) => one - other).map(([id]) => id);
}

async function deliveriesIn(then: Reads, keys: Keys, slotId: SlotId): Promise<LineValue<'deliveries'>[]> {
  const ids = await then.zrange(keys.deliveriesOf(slotId));
  const rows = await Promise.all(
    ids.map((id) => Promise.all([then.hgetall(keys.delivery(id)), then.getBytes(keys.payload(id))])),
  );
  return ids
    .map((id, index) => {
      const [fields = new Map<string, string>(), payload] = rows[index] ?? [];
      const value = { ...statusOf(id, fields), payload: payloadLine(payload) };
      return { value, number: Number(fields.get('number')) };
    })
    .sort((one, other) => one.number - other.number)
    .map(({ value }) => value);
}

function payloadLine(bytes: Buffer = Buffer.alloc(0)): LineValue<'deliveries'>['payload'] {
  const rest = bytes.subarray(1);
  return bytes[0] === TEXT ? lineText(rest) : { deflated: rest.toString('base64') };
}

function payloadOf(payload: LineValue<'deliveries'>['payload']): Buffer {
  if ('deflated' in payload)
    return Buffer.concat([Uint8Array.of(DEFLATED), Buffer.from(payload.deflated, 'base64')]);
  return Buffer.concat([Uint8Array.of(TEXT), bytesOf(payload)]);
}

/** `beside`: what the lines of plans in the same batch say, which no read sees yet. */
async function insertDeliveries(
  tx: Work,
  keys: Keys,
  lines: readonly Line<LineValue<'deliveries'>>[],
  beside: ReadonlyMap<SlotId, PlanRow>,
): Promise<void> {
  const ids = [...new Set(lines.map(({ value }) => value.slotId))];
  const [first, kept, counts] = await Promise.all([
    tx.reserve('delivery', lines.length),
    planRows(tx, keys, ids),
    Promise.all(ids.map((id) => tx.zcard(keys.deliveriesOf(id)))),
  ]);
  const plans = new Map([...beside, ...kept]);
  const begun = new Set(ids.filter((_, index) => counts[index] !== 0));
  for (const [index, { key, value }] of lines.entries()) {
    const { payload, ...delivery } = value;
    const plan = plans.get(delivery.slotId);
    if (!plan) throw withoutPlan(key);
    const number = first + index;
    insertDelivery(tx, keys, delivery, { ...plan, number }, payloadOf(payload));
    if (!begun.has(delivery.slotId)) {
      plan.number = number;
      begun.add(delivery.slotId);
      tx.hset(keys.plan(delivery.slotId), { number });
    }
    if (plan.isNotice && isUnsent(delivery.state)) tx.zadd(keys.unsentNotices, plan.number, delivery.slotId);
  }
}

function withoutPlan(id: string): StoreError {
  return new StoreError('transfer', {
    key: `deliveries:${id}`,
    message: 'there is no plan that it belongs to.',
  });
}
