import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import type { DrawnMail, MailLinks } from '../cards/draw.ts';
import { readAddress } from '../subscribing/address.ts';
import { channelOf, createCarry, refused } from './carry.ts';
import { createCompose } from './compose.ts';
import { openConnection } from './connection.ts';
import type { Dkim } from './dkim.ts';
import { troubleIn } from './failures.ts';
import { type Journey, setOut } from './journey.ts';
import { type Connect, createPool } from './pool.ts';
import { readSender } from './sender.ts';
import { readSmtpUrl } from './server.ts';
import { createTroubles, type Report } from './troubles.ts';

/** A mail for one address. */
export interface Letter {
  to: string;
  /** A `Message-ID` with its brackets and its domain, or an id of ours, of which it is made; see `messageIdOf`. */
  messageId: string;
  drawn: DrawnMail;
  /** By which its reader ends it; absent where nothing more will come. */
  links?: MailLinks;
}

/** Hands mails to the mail server. */
export interface Post {
  /** Once: whether to send again is the caller's decision. Errors: as those of `Adapter.send`. */
  send(letter: Letter, signal?: AbortSignal): Promise<void>;
  /** Whether the server lets us in. Errors: `DeliveryUnavailableError`. */
  verify(): Promise<void>;
  /** Lets go of every connection, once what is under way is over; the next mail opens another one. */
  close(): Promise<void>;
}

export interface PostConfig {
  /** `SMTP_URL`. */
  smtpUrl: string;
  /** `MAIL_FROM`. */
  from: string;
  /** Absent where the mail server signs. */
  dkim?: Dkim;
  /** Default: nobody is there to be told. */
  report?: Report;
  clock: Clock;
  log: Log;
}

/** Connections at the same time: providers let one sender have ten or so. */
export const MOST_CONNECTIONS = 10;
/** What is under way when the bot is told to stop gets so long. */
const CLOSE_MS = 8 * SECOND_MS;

/** Errors: `ConfigError` for a key that does not sign. */
export function createPost({ smtpUrl, from, dkim, report, clock, log }: PostConfig): Post {
  const url = readSmtpUrl(smtpUrl);
  const sender = readSender(from);
  const carry = createCarry(sender, createCompose({ sender, dkim, clock }));
  const open: Connect = (signal) => openConnection(url, sender.domain, signal);
  const pool = createPool(open, MOST_CONNECTIONS);
  const troubles = createTroubles({ report: report ?? (async () => {}), clock, log });

  /** Has the work done on a journey of its own, and tells the operator how it went. `to`: empty for no mail. */
  async function travel(journey: Journey, to: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      troubles.over();
    } catch (cause) {
      const trouble = troubleIn(cause, sender.address);
      const isOurs = trouble !== undefined && troubles.met(trouble, to);
      throw journey.failureOf(cause, isOurs);
    } finally {
      journey.end();
    }
  }

  return {
    async send(letter, signal) {
      signal?.throwIfAborted();
      const to = readAddress(letter.to);
      if (to === undefined) throw refused(letter, 'gone', 'This is no e-mail address.');
      const journey = setOut(channelOf(letter), signal, clock);
      const work = (connect: Connect) => carry(letter, to, connect, journey);
      await travel(journey, to, () => pool.use(journey.cut, work));
    },
    async verify() {
      const journey = setOut('', undefined, clock);
      journey.reach('opening');
      await travel(journey, '', async () => (await open(journey.cut)).quit());
    },
    async close() {
      await within(CLOSE_MS, pool.close(), clock);
    },
  };
}
