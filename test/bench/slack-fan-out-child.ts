// A bot that does what is due on a Slack in another process, in simulated time, and tells its figures:
//
//   node slack-fan-out-child.ts SETTINGS    (a `SlackSettings` as JSON; forked, as it waits by asking its parent)
import { createSlackAdapter, type SlackAdapterConfig } from '../../adapters/slack/index.ts';
import type { Clock } from '../../src/clock.ts';
import { runSimulated, type SimulatedSettings } from './simulated-bot.ts';
import { installationsIn } from './slack-feeds.ts';

export interface SlackSettings extends SimulatedSettings {
  tokens: SlackAdapterConfig['tokens'];
  /** How long Slack takes for each answer, by simulated time; 0 for none at all. */
  answerMs: number;
}

/** Each answer so much later by a clock; read whole before, so that nothing of it is under way meanwhile. */
function takeTime(answerMs: number, clock: Clock): void {
  const send = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    const { status, headers, body } = await send(url, init).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      body: await response.text(),
    }));
    await clock.sleep(answerMs);
    return new Response(body, { status, headers });
  };
}

const settings = JSON.parse(process.argv[2] ?? '') as SlackSettings;
await runSimulated(settings, ({ store, clock, log }) => {
  const { apiUrl, tokens, answerMs } = settings;
  if (answerMs > 0) takeTime(answerMs, clock);
  return createSlackAdapter({
    apiUrl,
    tokens,
    // Nobody asks it anything.
    hearing: { kind: 'http', signingSecret: 'none' },
    route() {},
    installations: installationsIn(store, clock),
    clock,
    log,
  });
});
