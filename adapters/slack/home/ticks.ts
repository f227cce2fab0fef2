import { z } from 'zod';
import type { Press } from '../forms/incoming.ts';

const groupSchema = z.object({
  block_id: z.string(),
  elements: z.tuple([z.object({ initial_options: z.array(z.object({ value: z.string() })).optional() })]),
});

/** What ticks in a group of topics come to. */
export interface Ticked {
  /** By slug, in the order of the group. */
  follow: string[];
  unfollow: string[];
}

/** Groups of which a tick is remembered: each is shown once, and forgotten before it is shown again. */
const MOST_REMEMBERED = 5000;

/** Reads what was ticked: Slack tells of a group all that is ticked by now, and not what was pressed. */
export function createTicks(): (press: Press) => Ticked {
  const last = new Map<string, readonly string[]>();
  return ({ ids, action, view }) => {
    const block = action.block_id ?? '';
    const key = [ids.team, ids.user, view?.id, block].join(' ');
    const before = last.get(key) ?? shownIn(view?.blocks ?? [], block);
    const after = (action.selected_options ?? []).flatMap(({ value }) => value ?? []);
    if (last.size >= MOST_REMEMBERED) last.delete(last.keys().next().value ?? '');
    last.set(key, after);
    return {
      follow: after.filter((slug) => !before.includes(slug)),
      unfollow: before.filter((slug) => !after.includes(slug)),
    };
  };
}

/** What was ticked when the group was shown. */
function shownIn(blocks: readonly unknown[], block: string): string[] {
  const groups = blocks.flatMap((one) => groupSchema.safeParse(one).data ?? []);
  const group = groups.find(({ block_id: id }) => id === block);
  return group?.elements[0].initial_options?.map(({ value }) => value) ?? [];
}
