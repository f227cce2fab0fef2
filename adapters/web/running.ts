import { createHash, randomUUID } from 'node:crypto';
import type { Host } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import type { Reply } from '../../src/command.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DeliveryId } from '../../src/domain/delivery.ts';
import { onBoard } from './board/attempt.ts';
import type { Board } from './board/board.ts';
import { PLAYGROUND } from './place.ts';
import type { Asked } from './playground.ts';

export interface RunDependencies {
  board: Board;
  host: Host;
  clock: Clock;
}

/** Carries a command out, as `Playground.run`; one that forgets its member erases what the board has of them, too. */
export type Run = (asked: Asked, member: string, signal?: AbortSignal) => Promise<Reply>;

export function createRun({ board, host, clock }: RunDependencies): Run {
  async function post(deliveryId: DeliveryId, card: Card): Promise<void> {
    const { channel } = PLAYGROUND;
    const messageId = onBoard('post', () => board.post({ deliveryId, channel, card }, clock.now()));
    if (card.kind === 'panel') await host.reactions.watch({ place: PLAYGROUND, messageId });
  }

  async function run(asked: Asked, member: string, signal?: AbortSignal): Promise<Reply> {
    const key = keyOf(asked, member);
    const reply = await host.run({
      ...asked,
      key,
      place: PLAYGROUND,
      member: { id: member, isManager: true },
      at: clock.now(),
      ...(signal ? { signal } : {}),
    });
    if (reply.visibility === 'private') return reply;
    for (const [index, card] of reply.cards.entries()) await post(`reply:${key}#${index}`, card);
    return reply;
  }

  return async (asked, member, signal) => {
    const reply = await run(asked, member, signal);
    // The store first: where that fails they are not told that they are forgotten, and ask again.
    if (isForgetting(asked) && reply.outcome === 'done') onBoard('forget', () => board.forget(member));
    return reply;
  };
}

/** Tells nothing of the member, as it is kept with what others see. */
function keyOf({ key = randomUUID() }: Asked, member: string): string {
  return createHash('sha256')
    .update(JSON.stringify([member, key]))
    .digest('base64url')
    .slice(0, 22);
}

/** The member wants nothing to be left of them. */
export function isForgetting({ command, options }: Asked): boolean {
  return command === 'forget-me' && options.confirm === true;
}
