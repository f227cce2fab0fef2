// Sends as many and as large mails as a bot did by Nodemailer's own pool alone, and tells how long it took:
//
//   node mail-ceiling-child.ts SETTINGS    (a `MailCeilingSettings` as JSON; forked)
import nodemailer from 'nodemailer';
import { createDraw } from '../../adapters/email/cards/draw.ts';
import type { MailPayload } from '../../adapters/email/cards/payload.ts';
import { systemClock } from '../../src/clock.ts';
import { memberAt } from '../../src/domain/member.ts';
import { silentLog } from '../../src/log.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import type { Store } from '../../src/store.ts';
import { openStore } from '../../src/stores/index.ts';
import { MAIL } from '../../src/subscribers.ts';
import { type WholeMail, whole } from '../mail-checks/whole.ts';
import { readerAt } from './mail-papers.ts';

export interface MailCeilingSettings {
  /** Of the bot, which has sent all. */
  storeUrl: string;
  smtpUrl: string;
  readers: number;
  connections: number;
}

export interface MailCeilingFigures {
  sent: number;
  tookMs: number;
  cpuMs: number;
}

const LINKS = {
  manage: `https://papers.example.org/email/manage/${'m'.repeat(200)}`,
  unsubscribe: `https://papers.example.org/email/unsubscribe/${'u'.repeat(200)}`,
};

interface Ready {
  to: string;
  drawn: WholeMail;
}

/** What the bot has sent, drawn before the time is taken; what is alike is there once. */
async function readyMails({ ledger }: Store, readers: number): Promise<Ready[]> {
  const draw = createDraw();
  const drawn = new Map<string, WholeMail>();
  const mails: Ready[] = [];
  for (let index = 0; index < readers; index += 1) {
    const [slot] = await ledger.plannedSlots(digestId(memberAt(MAIL, readerAt(index))), 1);
    for (const { payload, destination } of slot === undefined ? [] : await ledger.deliveries(slot)) {
      const key = JSON.stringify(payload);
      const mail = drawn.get(key) ?? whole(draw(payload as unknown as MailPayload, LINKS));
      drawn.set(key, mail);
      mails.push({ to: destination.channel.slice(1), drawn: mail });
    }
  }
  return mails;
}

const { storeUrl, smtpUrl, readers, connections } = JSON.parse(process.argv[2] ?? '') as MailCeilingSettings;
const store = await openStore(storeUrl, { clock: systemClock, log: silentLog });
const mails = await readyMails(store, readers);
await store.close();
const { hostname: host, port } = new URL(smtpUrl);
const pool = nodemailer.createTransport({
  ...{ pool: true, host, port: Number(port), ignoreTLS: true },
  ...{ maxConnections: connections, maxMessages: Number.POSITIVE_INFINITY },
});
const beganMs = performance.now();
const usedBefore = process.cpuUsage();
// As many in hand as keep every connection busy: all at once would be a queue, and its memory.
const waiting = mails.entries();
await Promise.all(
  Array.from({ length: 2 * connections }, async () => {
    for (const [index, { to, drawn }] of waiting)
      await pool.sendMail({
        ...{ from: 'Paperwire <papers@example.org>', to, ...drawn },
        messageId: `<ceiling-${index}@example.org>`,
        headers: {
          'List-Id': 'Paperwire <papers.example.org>',
          'List-Unsubscribe': `<${LINKS.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
        },
      });
  }),
);
const tookMs = performance.now() - beganMs;
const used = process.cpuUsage(usedBefore);
pool.close();
process.send?.({
  ...{ sent: mails.length, tookMs, cpuMs: (used.user + used.system) / 1000 },
} satisfies MailCeilingFigures);
process.disconnect();
