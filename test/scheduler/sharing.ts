import { createFakeSharedQueue } from '../fakes/shared-queue.ts';
import type { Given } from '../world.ts';
import { twoWeeks } from './weeks.ts';

/** A world whose process shares its work, and takes jobs itself when it is told to. */
export async function sharing(given: Given = {}) {
  const queue = createFakeSharedQueue();
  const world = await twoWeeks({ ...given, queue });
  await queue.work(world.scheduler.handle);
  return { ...world, queue };
}
