import { expect, it } from 'vitest';
import { eventually, stop, TODAY } from './running.ts';
import { addFeed, openSlackWorld, posted, textOfAnswer } from './slack-world.ts';

/** Messages with links to papers that nobody has seen. */
const MESSAGES = 250;
/** Of ids that Hugging Face does not know it and arXiv are asked for one. */
const MOST_ASKED = 10;

it('keeps an edition and commands waiting for no flood of links', async () => {
  await using world = await openSlackWorld({ way: 'http', extras: ['unfurl'], limits: false });
  const { fake, source, channel, ada, bo } = world;
  const first = await world.start();
  await addFeed(world, { limit: 1 });
  await stop(first);
  world.setTime(`${TODAY}T08:59:55.000Z`);
  const bot = await world.start();
  const before = source.count();
  for (let index = 0; index < MESSAGES; index += 1)
    bo.say(
      channel,
      `https://arxiv.org/abs/2401.${10_000 + index} https://arxiv.org/abs/2402.${10_000 + index}`,
    );
  expect(await textOfAnswer(ada.slash(channel, '/paper today limit:2'))).toContain('2026-11-2');
  await eventually(() => posted(fake, channel).length === 1, 'the edition is out');
  await eventually(() => fake.told.filter(({ isAcked }) => isAcked).length > MESSAGES, 'all is told');
  expect(source.count() - before).toBeLessThanOrEqual(MOST_ASKED);
  await stop(bot);
});
