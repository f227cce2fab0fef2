import type { Message } from '../../../fakes/discord/index.ts';
import { follows, scene } from '../watched-bot.ts';

/** All that was done on the channel before is taken by now: events of one channel are taken in turn. */
export async function settle(panel: Message): Promise<void> {
  scene.bo.react(panel, '🦾');
  await follows(scene.bo, ['robotics']);
  scene.bo.unreact(panel, '🦾');
  await follows(scene.bo, []);
}
