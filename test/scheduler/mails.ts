import type { Instant } from '../../src/domain/calendar.ts';
import type { PaperId } from '../../src/domain/paper.ts';
import { MAIL, type MailOrder } from '../../src/subscribers.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type PlatformKind, type PostedMessage } from '../fakes/memory-adapter.ts';
import { paperBy, SUNDAY, show } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';
import { papersIn } from './weeks.ts';

export const ADDRESS = 'ada@example.org';

/** The whole list, each weekday at nine. */
export const WHOLE: MailOrder = { listing: 'daily', time: '09:00', zone: 'UTC', interests: [] };
/** Papers by one author. */
export const BY_BO: MailOrder = {
  ...WHOLE,
  interests: [{ kind: 'author', key: 'bo li', label: 'Bo Li' }],
};

/**
 * A world on Sunday with mails beside the terminal, which tell nothing of what arrived. A paper by Bo Li is on each list of
 * Friday (1), Monday (2), Tuesday (3) and Wednesday (4), beside one by Cy Wu (11 to 14) and twenty others.
 */
export async function openMails({ at = SUNDAY, kind = 'blind' }: { at?: Instant; kind?: PlatformKind } = {}) {
  const clock = createFakeClock(at);
  const adapter = createMemoryAdapter({ ...PLACE, clock });
  const mails = createMemoryAdapter({ platform: MAIL.platform, kind, clock });
  const world = await openWorld(at, { clock, adapter, adapters: [adapter, mails] });
  for (const [index, day] of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'].entries()) {
    const [own, other] = [`2611.0000${index + 1}`, `2611.0001${index + 1}`];
    show(world, day, paperBy('Bo Li', own, { upvotes: 9 }), paperBy('Cy Wu', other, { upvotes: 8 }));
  }
  const { subscribers } = world.host;
  const mailsTo = (address: string): PostedMessage[] =>
    mails.posted.filter(({ destination }) => destination.channel === `@${address}`);
  return {
    ...world,
    subscribers,
    mails,
    mailsTo,
    /** The papers that came to an address, as often as they did. */
    papersTo: (address: string): PaperId[] => papersIn({ adapter: { ...mails, posted: mailsTo(address) } }),
  };
}

export type MailWorld = Awaited<ReturnType<typeof openMails>>;
