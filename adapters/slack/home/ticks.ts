import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import type { Press } from '../forms/incoming.ts';

const optionsSchema = z.array(z.object({ value: z.string() }));
const groupSchema = z.object({
  block_id: z.string(),
  elements: z.tuple([
    z.object({ options: optionsSchema.optional(), initial_options: optionsSchema.optional() }),
  ]),
});

/** What ticks in a group of topics come to. */
export interface Ticked {
  /** By slug, in the order of the group. */
  follow: string[];
  unfollow: string[];
}

/** Groups of which a tick is remembered: each is shown once, and forgotten before it is shown again. */
const MOST_REMEMBERED = 5000;
/** A group is shown anew as soon as a tick in it is done. */
const SHOWN_MS = MINUTE_MS;

/**
 * Reads what was ticked: Slack tells of a group all that is ticked by now, and not what was pressed. What differs from what
 * was ticked before is meant; where another process took the tick before, all that is ticked and all that is not. Errors:
 * `StoreError`.
 */
export function createTicks({ isFirst }: Pick<Host, 'isFirst'>): (press: Press) => Promise<Ticked> {
  const last = new Map<string, readonly string[]>();

  async function beforeIn(key: string, shown: Group | undefined, after: readonly string[]) {
    const before = last.get(key);
    if (before) return before;
    const name = createHash('sha256').update(key).digest('base64url');
    if (await isFirst(`slack ticks ${name}`, SHOWN_MS)) return shown?.ticked ?? [];
    return shown?.all.filter((slug) => !after.includes(slug)) ?? [];
  }

  return async ({ ids, action, view }) => {
    const block = action.block_id ?? '';
    const key = [ids.team, ids.user, view?.id, block].join(' ');
    const after = (action.selected_options ?? []).flatMap(({ value }) => value ?? []);
    const before = await beforeIn(key, shownIn(view?.blocks ?? [], block), after);
    if (last.size >= MOST_REMEMBERED) last.delete(last.keys().next().value ?? '');
    last.set(key, after);
    return {
      follow: after.filter((slug) => !before.includes(slug)),
      unfollow: before.filter((slug) => !after.includes(slug)),
    };
  };
}

/** A group as it was shown, by slugs. */
interface Group {
  all: string[];
  ticked: string[];
}

function shownIn(blocks: readonly unknown[], block: string): Group | undefined {
  const groups = blocks.flatMap((one) => groupSchema.safeParse(one).data ?? []);
  const ticks = groups.find(({ block_id: id }) => id === block)?.elements[0];
  const slugsOf = (options: z.infer<typeof optionsSchema> = []) => options.map(({ value }) => value);
  return ticks && { all: slugsOf(ticks.options), ticked: slugsOf(ticks.initial_options) };
}
