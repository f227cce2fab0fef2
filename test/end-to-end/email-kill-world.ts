import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryId } from '../../src/domain/delivery.ts';
import { createSubscribers } from '../../src/scheduler/subscribers.ts';
import { MAIL, type MailOrder } from '../../src/subscribers.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { type FakeMail, type Fault, type Stage, startMail } from '../fakes/mail/index.ts';
import { createRandom } from '../fakes/random.ts';
import { FIRST_DAY, SECOND_DAY } from './bot-source.ts';
import { withStore } from './bot-store.ts';
import { type BotProcess, letRest, startBot } from './bots.ts';
import { type FastTime, timeFrom } from './fast-clock.ts';
import { type Killings, type KillMoments, kill } from './killing.ts';

/**
 * A minute takes 6 s; whoever is killed leaves its feeds claimed for 18 s. Not faster: a server that a busy machine keeps
 * silent for 4 s is given up.
 */
const SPEED = 10;
const AMID_MAILS: KillMoments = {
  whileSending: 0.8,
  mostBegun: 100,
  longestWaitMs: 12_000,
  afterBegunMs: 30,
  afterStartMs: 4000,
};
const REST_MS = 180_000;

const CLOSING: Fault = { kind: 'answer', code: 421, text: '4.3.2 Going down' };
const DROP: Fault = { kind: 'drop' };

/** What goes wrong beside all kills, each of so many in a hundred: at every stage the connection breaks. */
const FAULTS: readonly (readonly [stage: Stage, chance: number, fault: Fault])[] = [
  ['greeting', 0.03, DROP],
  ['login', 0.03, DROP],
  ['sender', 0.02, DROP],
  ['recipient', 0.02, DROP],
  ['recipient', 0.02, CLOSING],
  ['body', 0.03, DROP],
  ['end', 0.02, DROP],
  ['end', 0.03, { kind: 'drop', isKept: true }],
  ['end', 0.01, { kind: 'hang', isKept: true }],
];

const WHOLE_LIST: MailOrder = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] };

/** What is left of a mail server to which bots sent that were killed, on each of two days until one was let live. */
export interface KilledMail extends Killings {
  fake: FakeMail;
  /** Each gets the edition of both days. */
  readers: readonly string[];
  storeUrl: string;
  folder: string;
  bots: BotProcess[];
  /** Deliveries that a killed bot had begun and not done, by the ledger. */
  inHand: Set<DeliveryId>;
  /** The bots that were let live came to rest, and ended well when they were told to stop. */
  endedWell: boolean;
}

export interface MailKillOptions {
  readers: number;
  /** On each of two days. */
  kills: number;
  seed: number;
}

/**
 * Kills bots so often on each of two days while they send, to a mail server that loses connections, and then lets one live
 * until all is done. Stop the server and remove the folder afterwards.
 */
export async function killOnMail({ readers: count, kills, seed }: MailKillOptions): Promise<KilledMail> {
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-kill-mail-'));
  const storeUrl = `sqlite:${join(folder, 'store.db')}`;
  const random = createRandom(seed);
  // Read in the end: it takes longer than all else.
  const fake = await startMail({ parses: false });
  const world: KilledMail = {
    ...{ fake, storeUrl, folder, bots: [], killed: 0, killedInDelivery: 0 },
    readers: await subscribe(storeUrl, count),
    inHand: new Set(),
    endedWell: true,
  };
  FAULTS.forEach(([stage, chance, fault], index) => {
    fake.fail(stage, fault, { chance, seed: seed + index });
  });
  for (const day of [FIRST_DAY, SECOND_DAY]) {
    const time = timeFrom(`${day}T09:00:05.000Z`, SPEED);
    for (let killed = 0; killed < kills; killed += 1) await killOne(world, time, random);
    world.endedWell = (await letRest(start(world, time), REST_MS)) && world.endedWell;
  }
  return world;
}

/** Readers who confirmed before the first day’s edition. */
async function subscribe(storeUrl: string, count: number): Promise<string[]> {
  const readers = Array.from({ length: count }, (_, index) => `reader-${index}@example.net`);
  const clock = createFakeClock(`${FIRST_DAY}T06:00:00.000Z`);
  await withStore(storeUrl, async (store) => {
    const subscribers = createSubscribers({ store, clock });
    for (const reader of readers) await subscribers.put(reader, WHOLE_LIST);
  });
  return readers;
}

async function killOne(world: KilledMail, time: FastTime, random: () => number): Promise<void> {
  await kill(world, start(world, time), AMID_MAILS, random);
  const left = await withStore(world.storeUrl, ({ ledger }) => ledger.openDeliveries(MAIL));
  for (const { id, state } of left) if (state === 'sending') world.inHand.add(id);
}

function start({ fake, storeUrl, bots }: KilledMail, time: FastTime): BotProcess {
  const bot = startBot({ storeUrl, platformUrl: fake.url, kind: 'email', time });
  bots.push(bot);
  return bot;
}
