import { deliveryIn } from '../../adapters/slack/posting/metadata.ts';
import { systemClock } from '../../src/clock.ts';
import { msBetween } from '../../src/domain/calendar.ts';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import type { Answer, Message } from '../fakes/slack/index.ts';
import { withStore } from './bot-store.ts';
import { installProgram, NOBODY } from './program.ts';
import { eventually, running, shifted, stop } from './running.ts';
import type { KilledSlack } from './slack-kill-world.ts';
import { posted } from './slack-world.ts';

/** How a manager decided: by the buttons of the message that told them, or by a command. */
export interface Decisions {
  byButton: number;
  byCommand: number;
}

/**
 * Has the manager decide about every message that is uncertain, as they do who look: what does not stand in its channel is
 * sent again, what stands there is let be. The program runs at the machine's speed meanwhile, over a connection of its own.
 */
export async function decideAsAPerson(world: KilledSlack): Promise<Decisions> {
  const { fake, storeUrl } = world;
  fake.mend();
  const program = installProgram(NOBODY);
  const byMs = msBetween(systemClock.now(), world.slowDown());
  const env = { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
  const bot = running(program.spawn(['start'], { ...env, ...shifted(byMs), STORE_URL: storeUrl }));
  try {
    await eventually(
      () => bot.said().includes('Paperwire is running'),
      `it starts: ${bot.said()}${bot.log()}`,
    );
    const decisions = await decideAll(world);
    await stop(bot);
    return decisions;
  } finally {
    bot.kill('SIGKILL');
    await bot.ended;
    program.remove();
  }
}

async function decideAll(world: KilledSlack): Promise<Decisions> {
  const { fake, ada, feeds } = world;
  const [{ channel }] = feeds as [(typeof feeds)[number]];
  const decisions: Decisions = { byButton: 0, byCommand: 0 };
  const notices = posted(fake, ada.dm());
  for (const [slot, open] of await undecided(world)) {
    const notice = notices.find((message) => slotOf(message) === slot);
    const verbs = new Set(open.map((one) => verbFor(one, world)));
    const [only] = verbs;
    if (notice && only && verbs.size === 1) {
      await answered(ada.press(notice, only === 'resend' ? 'Resend' : 'Dismiss'));
      decisions.byButton += 1;
      continue;
    }
    for (const one of open) {
      await answered(ada.slash(channel, `/paper delivery ${verbFor(one, world)} id:${one.id}`));
      decisions.byCommand += 1;
    }
  }
  return decisions;
}

async function answered(answer: Promise<Answer>): Promise<void> {
  await (await answer).whenShown();
}

/** What a person has to decide, by edition. */
async function undecided({ storeUrl, fake }: KilledSlack): Promise<Map<string, DeliveryStatus[]>> {
  const where = { platform: 'slack', workspace: fake.team.id } as const;
  const open = await withStore(storeUrl, ({ ledger }) => ledger.openDeliveries(where));
  return Map.groupBy(open, ({ slotId }) => slotId);
}

function verbFor({ id, destination }: DeliveryStatus, { fake, feeds }: KilledSlack): 'resend' | 'dismiss' {
  const place = feeds.find(({ channel }) => channel.id === destination.channel)?.channel;
  const stands = place && fake.messages(place).some(({ metadata }) => deliveryIn(metadata) === id);
  return stands ? 'dismiss' : 'resend';
}

const RESEND = /"delivery\+resend\|id=([^"]+)"/;

/** The edition that a notice is about, as its own buttons name it. */
function slotOf({ blocks }: Message): string | undefined {
  return RESEND.exec(JSON.stringify(blocks))?.[1];
}
