import { createAnswering } from '../../../../adapters/slack/answering/answering.ts';
import { createUpload } from '../../../../adapters/slack/answering/upload.ts';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { createHearing } from '../../../../adapters/slack/gateway/hearing.ts';
import type { Hooks } from '../../../../adapters/slack/gateway/told.ts';
import { createOneToken } from '../../../../adapters/slack/installing/one-token.ts';
import { createAsk } from '../../../../adapters/slack/posting/ask.ts';
import { createBudget } from '../../../../adapters/slack/posting/budget.ts';
import { createCall } from '../../../../adapters/slack/posting/call.ts';
import { createPlaces } from '../../../../adapters/slack/posting/places.ts';
import { systemClock } from '../../../../src/clock.ts';
import type { Card } from '../../../../src/domain/card.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { createLog } from '../../../../src/log.ts';
import { createMemoryAdapter } from '../../../fakes/memory-adapter.ts';
import { type Channel, type SlackOptions, startSlack } from '../../../fakes/slack/index.ts';
import { somePapers } from '../../../fixtures/papers.ts';
import { openWorld } from '../../../world.ts';

/** A Wednesday. */
const NOW = '2026-11-25T12:00:00.000Z';

/** The whole bot behind our answering drawer, and the real Bolt before it, at a loopback Slack. */
export async function openSlack(options: SlackOptions = {}) {
  const fake = await startSlack({ limits: false, ...options });
  const world = await openWorld(NOW, {
    adapter: createMemoryAdapter({ platform: 'slack' }),
  });
  world.source.set({ kind: 'daily', key: '2026-11-25' }, somePapers('2601', [5, 4, 3, 2, 1]));
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const clock = systemClock;
  const call = createCall({ apiUrl: fake.apiUrl, clock, log });
  const tokens = createOneToken({ botToken: fake.botToken, call, clock });
  const ask = createAsk({ call, tokens, budget: createBudget({ clock }) });
  const places = createPlaces({ ask, tokens, clock });

  async function post(channel: string, card: Card): Promise<void> {
    for (const { body } of render(card))
      await ask({
        method: 'chat.postMessage',
        args: { channel, text: body.text, blocks: body.blocks as unknown as Json },
        workspace: fake.team.id,
        channel,
      });
  }

  const answering = createAnswering({
    host: { ...world.host, run: (invocation) => world.host.run({ ...invocation, at: world.clock.now() }) },
    places,
    ask,
    async postPanel({ channel }, card) {
      await post(channel, card);
      return undefined;
    },
    openFeedForm: async () => 'The form is somebody else’s.',
    upload: createUpload(),
    clock,
    log,
  });
  const hooks: Hooks = { ...answering, async onEvent() {}, onLimited() {} };
  const hearing = createHearing({
    hearing: { kind: 'socket', appToken: fake.appToken },
    apiUrl: fake.apiUrl,
    tokens,
    hooks,
    route() {},
    onTrouble() {},
    onBack() {},
    clock,
    log,
  });
  await hearing.start();

  return {
    fake,
    world,
    /** Everybody's, with the bot in it. */
    channel: fake.addChannel({ name: 'papers' }),
    /** A manager. */
    ada: fake.addPerson({ name: 'Ada', role: 'admin' }),
    /** A member, who reads German. */
    bo: fake.addPerson({ name: 'Bo', locale: 'de-DE' }),
    post: (channel: Channel, card: Card) => post(channel.id, card),
    logged: (level: number) => lines.filter((line) => line.level === level),
    async [Symbol.asyncDispose]() {
      await answering.stop(1000);
      await hearing.stop(1000);
      await world.close();
      await fake.stop();
    },
  };
}
