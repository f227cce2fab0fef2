import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Log } from '../../../src/log.ts';
import { LIMITS } from '../cards/limits.ts';
import { optionOf } from '../cards/parts.ts';
import type { Told } from '../gateway/told.ts';
import { readSuggestion } from './incoming.ts';

/** Slack waits 3 s for what a select offers. */
const PROMPT_MS = 2 * SECOND_MS;

export interface SuggestDependencies {
  host: Pick<Host, 'complete'>;
  clock: Clock;
  log: Log;
}

/** Answers how the name of a time zone may go on; what is not known in time, or at all, is nothing. */
export async function suggestZones(told: Told, dependencies: SuggestDependencies): Promise<void> {
  const options = await zonesFor(told.body, dependencies).catch((error: unknown) => {
    dependencies.log.error('No time zones could be offered', { error });
    return [];
  });
  await told.ack({ options });
}

async function zonesFor(body: unknown, { host, clock }: SuggestDependencies): Promise<Json[]> {
  const { typed, ids } = readSuggestion(body);
  const { team: workspace, channel, user: id } = ids;
  const place = { platform: 'slack' as const, workspace, channel };
  const member = { id, isManager: false };
  const asked = host.complete({ command: 'feed add', option: 'zone', typed, place, member });
  const found = (await within(PROMPT_MS, asked, clock)) ?? [];
  const options = found
    .filter(({ value }) => value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ label, value }) => optionOf(label, value));
  return options.map(({ text, value = '' }) => ({ text: { ...text }, value }));
}
