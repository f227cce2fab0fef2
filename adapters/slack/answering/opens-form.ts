import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Told } from '../gateway/told.ts';
import type { Places } from '../posting/places.ts';
import type { Asked } from './asked.ts';
import type { Asking } from './asking.ts';
import { feedOf } from './barrier.ts';
import type { Caller } from './caller.ts';

/**
 * Opens the form of a feed with the trigger of what was done, which lasts three seconds. Out: why it could not be opened,
 * as a sentence, where the caller has not been told.
 */
export type OpenFeedForm = (
  told: Told,
  caller: Caller,
  which: { kind: 'add' } | { kind: 'edit'; id: string },
) => Promise<string | undefined>;

export interface FormDependencies {
  host: Host;
  places: Places;
  openFeedForm: OpenFeedForm;
  clock: Clock;
}

/** What a feed is to be, where it was not said, is asked for in a form; undefined where the command needs none. */
export async function opensForm(
  asked: Asked,
  { told, caller, signal }: Asking,
  dependencies: FormDependencies,
): Promise<{ trouble?: string } | undefined> {
  const isBare = Object.keys(asked.options).every((name) => name === 'id');
  if (!isBare || !caller.member.isManager) return undefined;
  const feed = asked.command === 'feed edit' ? await feedOf(asked, caller, dependencies, signal) : undefined;
  if (!feed && asked.command !== 'feed add') return undefined;
  const which = feed ? ({ kind: 'edit', id: feed.id } as const) : ({ kind: 'add' } as const);
  const trouble = await dependencies.openFeedForm(told, caller, which);
  return trouble === undefined ? {} : { trouble };
}
