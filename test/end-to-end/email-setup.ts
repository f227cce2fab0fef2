import { createEmailAdapter } from '../../adapters/email/index.ts';
import type { Adapter } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { createGate } from '../../src/gate.ts';
import type { Log } from '../../src/log.ts';
import { createMailboxes } from '../../src/sealing/mailboxes.ts';
import { createSeal } from '../../src/sealing.ts';
import type { Store } from '../../src/store.ts';

/** Whom mails are from in tests. */
export const DOMAIN = 'papers.example.org';
const FROM = `Paperwire <papers@${DOMAIN}>`;
export const PUBLIC_URL = 'https://papers.example.org';
/** What links are sealed with, and what is known of addresses kept under. */
export const SECRET_KEY = 'a-secret-key-for-tests-0123456789abcdef';

/** What it is set up with; `smtpUrl` that of a mail server on this machine. */
export function emailEnv(smtpUrl: string): Record<string, string> {
  return { SMTP_URL: smtpUrl, MAIL_FROM: FROM, PUBLIC_URL, SECRET_KEY };
}

/** An adapter that nobody reaches by the web: it posts, and that is what it is made for. */
export function createPostingAdapter(
  smtpUrl: string,
  { store, clock, log }: { store: Store; clock: Clock; log: Log },
): Adapter {
  return createEmailAdapter({
    ...{ smtpUrl, from: FROM, publicUrl: PUBLIC_URL },
    seal: createSeal(SECRET_KEY),
    hookSecret: SECRET_KEY,
    mailboxes: createMailboxes({ store, secretKey: SECRET_KEY }),
    async report() {},
    route() {},
    gate: createGate({ host: '127.0.0.1', log }),
    clock,
    log,
  });
}
