import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { callerOf } from '../answering/caller.ts';
import type { Forms } from '../forms/forms.ts';
import { type Press, readPress, readSuggestion } from '../forms/incoming.ts';
import { suggestZones } from '../forms/suggest.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import { createPressing, type Outcome } from './pressing.ts';
import { createPublishing } from './publishing.ts';
import { pageIn } from './render.ts';

export interface HomeDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  forms: Pick<Forms, 'open'>;
  clock: Clock;
}

/** The Home tab: all that begins with `home:`. See `Hooks`. */
export interface Home {
  /** An `app_home_opened` with its envelope; nothing for the tab of messages. */
  onOpened(envelope: unknown): Promise<void>;
  onPress(told: Told): Promise<void>;
  onSuggest(told: Told): Promise<void>;
}

/** What takes longer than this is told to be under way. */
const PROMPT_MS = SECOND_MS;

/** docs.slack.dev/reference/events/app_home_opened, 2026-11-26. */
const openedSchema = z.object({
  team_id: z.string(),
  event: z.object({ user: z.string(), tab: z.string().optional() }),
});

export function createHome(dependencies: HomeDependencies): Home {
  const { places, clock } = dependencies;
  const publishing = createPublishing(dependencies);
  const carryOut = createPressing(dependencies);
  const turns = createTurns();

  async function show(press: Press, working: Promise<Outcome>, texts: Texts): Promise<void> {
    const { ids, view, action } = press;
    const isPaging = action.action_id.startsWith('home:page:');
    const page = pageIn(isPaging ? action.value : view?.private_metadata);
    const prompt = await within(PROMPT_MS, working, clock);
    if (!prompt) await publishing.changed(ids, { page, notice: texts.slackForms.working });
    const { isChanged, notice } = prompt ?? (await working);
    if (!prompt || isChanged) await publishing.changed(ids, { page, notice });
  }

  return {
    async onOpened(envelope) {
      const { team_id: team, event } = openedSchema.parse(envelope);
      if (event.tab === 'messages') return;
      await publishing.opened({ team, channel: `@${event.user}`, user: event.user });
    },
    async onPress(told) {
      await told.ack();
      const press = readPress(told.body);
      const { ids, action } = press;
      const caller = await callerOf(ids, places);
      const texts = textsFor(caller.locale);
      const work = () => carryOut({ press, told, caller, texts });
      // What is ticked must not overtake what was ticked before it.
      const isTick = action.action_id.startsWith('home:topics:');
      await show(press, isTick ? turns.run(`${ids.team} ${ids.user}`, work) : work(), texts);
    },
    onSuggest: (told) => suggestZones(told, readSuggestion(told.body), dependencies),
  };
}
