import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { CallerIds } from '../answering/caller.ts';
import { LIMITS } from '../cards/limits.ts';
import { optionOf } from '../cards/parts.ts';
import type { Told } from '../gateway/told.ts';

/** Slack waits 3 s for what a select offers. */
const PROMPT_MS = 2 * SECOND_MS;

/** Answers how the name of a time zone may go on; what is not known in time is nothing. */
export async function suggestZones(
  told: Told,
  { typed, ids }: { typed: string; ids: CallerIds },
  { host, clock }: { host: Pick<Host, 'complete'>; clock: Clock },
): Promise<void> {
  const { team: workspace, channel, user: id } = ids;
  const place = { platform: 'slack' as const, workspace, channel };
  const member = { id, isManager: false };
  const asked = host.complete({ command: 'feed add', option: 'zone', typed, place, member });
  const found = (await within(PROMPT_MS, asked, clock)) ?? [];
  const options = found
    .filter(({ value }) => value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ label, value }) => optionOf(label, value));
  await told.ack({ options: options.map(({ text, value = '' }) => ({ text: { ...text }, value })) });
}
