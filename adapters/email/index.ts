import type { Adapter } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Json } from '../../src/domain/delivery.ts';
import type { Gate } from '../../src/gate.ts';
import type { Log } from '../../src/log.ts';
import type { Seal } from '../../src/sealing.ts';
import type { Server } from '../../src/server.ts';
import type { Mailboxes } from '../../src/subscribers.ts';
import { createDraw, MOST_KEPT } from './cards/draw.ts';
import { render } from './cards/payload.ts';
import { remembered } from './cards/remember.ts';
import type { Dkim } from './posting/dkim.ts';
import { createPost } from './posting/post.ts';
import { send } from './posting/send.ts';
import { readSender } from './posting/sender.ts';
import type { Report } from './posting/troubles.ts';
import { createSubscribing } from './subscribing/index.ts';
import { createLinks } from './subscribing/links.ts';

export interface EmailAdapterConfig {
  /** `SMTP_URL`. */
  smtpUrl: string;
  /** `MAIL_FROM`. */
  from: string;
  /** Absent where the mail server signs. */
  dkim?: Dkim;
  /** Where people reach this bot, without a slash at the end. */
  publicUrl: string;
  /** Hides addresses in links. */
  seal: Seal;
  /** Whoever knows it may report bounces and complaints. */
  hookSecret: string;
  mailboxes: Mailboxes;
  /** Is told how we stand with the mail server, also where only editions are posted. */
  report: Report;
  /** Takes `/email` of the one port. */
  route: Server['route'];
  /** Before every page. */
  gate: Gate;
  clock: Clock;
  log: Log;
}

const NOBODY_TELLS = 'A mail server does not tell what it has delivered.';

/**
 * Brings editions by mail to whoever confirmed that they want them. Errors: `ConfigError` for a key that does not sign. See
 * `docs/decisions/0009-email.md`.
 */
export function createEmailAdapter(config: EmailAdapterConfig): Adapter {
  const { mailboxes, clock, log } = config;
  const post = createPost(config);
  const draw = createDraw();
  // Many follow the same: what is packed for one is packed for all.
  const pack = remembered(render, MOST_KEPT);
  const links = createLinks(config);
  const { domain } = readSender(config.from);
  const posting = { post, draw, links, mailboxes, domain, clock, log };
  const subscribing = createSubscribing({ ...config, post, draw, links });

  return {
    platform: 'email',
    async start(host) {
      subscribing.mount(host);
      // Whoever wrote a wrong password into SMTP_URL shall hear of it now and not with the first edition.
      post.verify().catch((error: unknown) => log.warn('The mail server does not let us in yet', { error }));
    },
    // A card is made of what JSON keeps.
    render: (card) => pack(card) as unknown as Json[],
    send: (message, signal) => send(message, posting, signal),
    // Each one that arrives is shown: that some mailboxes compare `Message-ID` is no promise.
    repeatableForMs: () => 0,
    find: async () => ({ kind: 'unknown', reason: NOBODY_TELLS }),
    invite: subscribing.invite,
    // Nobody lets a bot into their mail: each speaks for themselves.
    installer: async () => undefined,
    async stop() {
      await subscribing.stop();
      await post.close();
    },
  };
}
