import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openStore } from '../../src/stores/index.ts';
import { eventually, stop } from '../end-to-end/running.ts';
import { openSlackWorld, posted, textOfAnswer } from '../end-to-end/slack-world.ts';
import { heading } from './measure.ts';
import { reportSpread, spreadOf } from './spread.ts';

const PEOPLE = 200;

/** How long an emoji on a topic panel takes to become a stored subscription, with the bot in a process of its own. */
export async function benchSlackReactions(): Promise<void> {
  heading('Slack: from a reaction to its stored follow (aim ≤ 100 ms)');
  for (const way of ['socket', 'http'] as const) {
    const spread = spreadOf(await followBy(way));
    reportSpread(`${PEOPLE} people, one after the other, by ${way}`, spread);
  }
}

/** How long each follow took, in milliseconds. */
async function followBy(way: 'socket' | 'http'): Promise<number[]> {
  await using world = await openSlackWorld({ specs: false, way });
  const { fake, channel, team, ada } = world;
  const bot = await world.start({ LOG_LEVEL: 'warn' });
  await textOfAnswer(ada.slash(channel, '/paper topics panel'));
  await eventually(() => (posted(fake, channel)[0]?.reactions.size ?? 0) >= 20, 'the panel has its emoji');
  const [panel] = posted(fake, channel);
  if (!panel) throw new Error('There is no panel.');
  const store = await openStore(world.storeUrl, { clock: systemClock, log: silentLog });
  const times: number[] = [];
  for (let count = 0; count < PEOPLE; count += 1) {
    const person = fake.addPerson({ name: `Person ${count}` });
    const member = { platform: 'slack', workspace: team.id, id: person.id } as const;
    const before = performance.now();
    person.react(panel, 'robot_face');
    while ((await store.people.subscriptions(member)).length === 0) await setImmediate();
    times.push(performance.now() - before);
  }
  await store.close();
  await stop(bot);
  return times;
}
