import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '../../src/domain/calendar.ts';
import { createRandom } from '../fakes/random.ts';
import type { Fault as SourceFault } from '../fakes/source-server.ts';
import { pick, type Unanswered, WHO, type Who } from './people.ts';
import type { SoakWorld } from './world.ts';

/** Something that goes wrong and is over after a while. */
interface Trouble {
  name: string;
  /** Whom it may keep from an answer. */
  harms: readonly Who[];
  /** What it delays goes out with one of the next minutes. */
  needsMinutes?: true;
  strike(world: SoakWorld, forMs: number): Promise<void>;
}

/** A trouble as it was. */
export interface Struck {
  name: string;
  harms: readonly Who[];
  fromMs: number;
  /** Infinite while it lasts. */
  toMs: number;
}

const POST = 'POST /channels/{channel}/messages';
/** What Discord and Slack do wrong, they do to so many messages. */
const TIMES = { times: 2 };
/** Less than people wait for a first answer, as the process waits with it. */
const STORE_BUSY_MS = 1500;
const CLOCK_MS = 20 * SECOND_MS;
/** Who was cut off is back within this. */
const BACK_MS = 10 * SECOND_MS;
/** People who ask right before or after a connection was cut may wait in vain. */
const AROUND_MS = 4 * SECOND_MS;

const ofSource = (name: string, fault: SourceFault): Trouble => ({
  name: `source: ${name}`,
  // Who asks for a paper that is not known waits until the source was given up, longer than people here do.
  harms: fault.kind === 'hang' ? ['discord', 'slack'] : [],
  needsMinutes: true,
  async strike({ source }, forMs) {
    source.setFault('all', fault);
    await delay(forMs);
    source.setFault('all', undefined);
  },
});

const ofDiscord = (name: string, fault: Parameters<SoakWorld['discord']['fail']>[1]): Trouble => ({
  name: `Discord: ${name}`,
  harms: [],
  strike: async ({ discord }) => void discord.fail(POST, fault, TIMES),
});

const ofSlack = (name: string, fault: Parameters<SoakWorld['slack']['fail']>[1]): Trouble => ({
  name: `Slack: ${name}`,
  harms: [],
  ...(fault.kind === 'throttle' ? {} : { needsMinutes: true }),
  strike: async ({ slack }) => void slack.fail('chat.postMessage', fault, TIMES),
});

const ofMail = (name: string, ...fault: Parameters<SoakWorld['mail']['fail']>): Trouble => ({
  name: `mail: ${name}`,
  harms: [],
  needsMinutes: true,
  strike: async ({ mail }) => void mail.fail(...fault),
});

const ofGateway = (name: string, cut: (gateway: SoakWorld['discord']['gateway']) => void): Trouble => ({
  name: `gateway: ${name}`,
  harms: ['discord'],
  async strike({ discord: { gateway } }) {
    cut(gateway);
    await delay(SECOND_MS);
    await Promise.race([gateway.whenConnected(), delay(BACK_MS)]);
  },
});

const ofSockets = (name: string, cut: (sockets: SoakWorld['slack']['sockets']) => void): Trouble => ({
  name: `socket: ${name}`,
  harms: ['slack'],
  async strike({ slack }) {
    cut(slack.sockets);
    await delay(SECOND_MS);
    await Promise.race([slack.until(() => slack.sockets.count > 0), delay(BACK_MS)]);
  },
});

/** All that goes wrong. What may leave a mail in doubt does not: only a person could say whether it arrived. */
const TROUBLES: readonly Trouble[] = [
  ofSource('503', { kind: 'status', status: 503 }),
  ofSource('500', { kind: 'status', status: 500 }),
  ofSource('429', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }),
  ofSource('reset', { kind: 'reset' }),
  ofSource('cut within', { kind: 'cut' }),
  ofSource('silent', { kind: 'hang' }),
  ofDiscord('429', { kind: 'throttle', retryAfterMs: 2 * SECOND_MS }),
  ofDiscord('500', { kind: 'status', status: 500 }),
  ofDiscord('502 after it took it', { kind: 'status', status: 502, isHandled: true }),
  ofDiscord('cut after it took it', { kind: 'cut-after' }),
  ofDiscord('reset', { kind: 'reset-before' }),
  ofSlack('429', { kind: 'throttle', retryAfterMs: 2 * SECOND_MS }),
  ofSlack('500', { kind: 'status', status: 500 }),
  ofSlack('cut after it took it', { kind: 'cut-after' }),
  ofSlack('reset', { kind: 'reset-before' }),
  ofMail('451', 'sender', { kind: 'answer', code: 451, text: '4.3.0 Try later' }, TIMES),
  ofMail('421', 'recipient', { kind: 'answer', code: 421, text: '4.3.2 Going down' }, TIMES),
  ofMail('cut at the greeting', 'greeting', { kind: 'drop' }, TIMES),
  ofGateway('cut', (gateway) => gateway.cut()),
  ofGateway('closed with 4000', (gateway) => gateway.close(4000)),
  ofGateway('asked to reconnect', (gateway) => gateway.askReconnect()),
  ofGateway('session invalid', (gateway) => gateway.invalidate(true)),
  ofSockets('cut', (sockets) => sockets.drop()),
  ofSockets('asked to reconnect', (sockets) => sockets.disconnect('refresh_requested')),
  {
    name: 'store busy',
    harms: WHO,
    async strike({ storeFile }) {
      const other = new DatabaseSync(storeFile, { timeout: STORE_BUSY_MS });
      other.exec('BEGIN IMMEDIATE');
      await delay(STORE_BUSY_MS);
      other.exec('ROLLBACK');
      other.close();
    },
  },
  // A minute that the clock leaps over is made up for with the next one.
  ...[CLOCK_MS, -CLOCK_MS].map(
    (byMs): Trouble => ({
      name: `clock ${byMs / SECOND_MS} s off`,
      // Slack's client judges by the date whether its connection lives, and connects anew.
      harms: ['slack'],
      needsMinutes: true,
      async strike({ skew }, forMs) {
        skew(byMs);
        await delay(forMs);
        skew(0);
      },
    }),
  ),
];

/**
 * Makes trouble until told to stop: each kind once before any comes again, in an order that the seed decides. Then all is
 * mended. `isShort`: only what is over within seconds. Out: what was done, growing. `now`: in milliseconds since the soak began.
 */
export function makeTrouble(
  world: SoakWorld,
  given: { seed: number; everyMs: number; isShort: boolean; now: () => number; stop: AbortSignal },
): { struck: readonly Struck[]; over: Promise<void> } {
  const { seed, everyMs, isShort, now, stop } = given;
  const all = TROUBLES.filter(({ needsMinutes }) => !(isShort && needsMinutes));
  const random = createRandom(seed);
  const struck: Struck[] = [];
  const live = async () => {
    let deck: readonly Trouble[] = [];
    while (!stop.aborted) {
      if (deck.length === 0) deck = all;
      const trouble = pick(deck, random);
      deck = deck.filter((one) => one !== trouble);
      const entry = {
        name: trouble.name,
        harms: trouble.harms,
        fromMs: now(),
        toMs: Number.POSITIVE_INFINITY,
      };
      struck.push(entry);
      await trouble.strike(world, everyMs * (0.3 + 0.7 * random()));
      entry.toMs = now();
      await delay(everyMs * random(), undefined, { signal: stop }).catch(() => undefined);
    }
    mend(world);
  };
  return { struck, over: live() };
}

function mend({ discord, slack, mail, source }: SoakWorld): void {
  source.setFault('all', undefined);
  discord.mend();
  slack.mend();
  mail.mend();
}

/** What the bot logs as an error when somebody's connection is cut right before their answer. */
const PROVOKED: ReadonlyMap<string, Who> = new Map([['An answer could not be given', 'slack']]);

/** Whether a trouble explains an error of the bot's log; `atMs` by its clock, in milliseconds since the soak began. */
export function isProvoked(message: string, atMs: number, struck: readonly Struck[]): boolean {
  const who = PROVOKED.get(message);
  const around = AROUND_MS + CLOCK_MS;
  return struck.some(
    (one) => who && one.harms.includes(who) && one.fromMs - around <= atMs && atMs <= one.toMs + around,
  );
}

/** Whether a trouble explains that somebody was not answered. */
export function isExplained({ who, fromMs, toMs }: Unanswered, struck: readonly Struck[]): boolean {
  return struck.some(
    (one) => one.harms.includes(who) && one.fromMs - AROUND_MS <= toMs && fromMs <= one.toMs + AROUND_MS,
  );
}
