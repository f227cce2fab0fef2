import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import type { Log } from '../../../src/log.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { callerOf } from '../answering/caller.ts';
import { troubleText } from '../answering/trouble.ts';
import type { Forms } from '../forms/forms.ts';
import { type Press, readPress } from '../forms/incoming.ts';
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
  log: Log;
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
  const { places, clock, log } = dependencies;
  const publishing = createPublishing(dependencies);
  const carryOut = createPressing(dependencies);
  const turns = createTurns();

  async function show(press: Press, working: Promise<Outcome>, textsOf: () => Texts): Promise<void> {
    const { ids, view, action } = press;
    const isPaging = action.action_id.startsWith('home:page:');
    const page = pageIn(isPaging ? action.value : view?.private_metadata);
    const prompt = await within(PROMPT_MS, working, clock);
    if (!prompt) await publishing.changed(ids, { page, notice: textsOf().slackForms.working });
    const { isChanged, notice } = prompt ?? (await working);
    if (!prompt || isChanged) await publishing.changed(ids, { page, notice });
  }

  async function work(press: Press, told: Told, onTexts: (texts: Texts) => void): Promise<Outcome> {
    const { ids, action } = press;
    const caller = await callerOf(ids, places);
    const texts = textsFor(caller.locale);
    onTexts(texts);
    const doing = () => carryOut({ press, told, caller, texts });
    // What is ticked must not overtake what was ticked before it.
    const isTick = action.action_id.startsWith('home:topics:');
    return await (isTick ? turns.run(`${ids.team} ${ids.user}`, doing) : doing());
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
      let texts = textsFor(undefined);
      const working = work(press, told, (known) => {
        texts = known;
      }).catch((error: unknown) => ({ isChanged: true, notice: troubleText(error, texts, log) }));
      await show(press, working, () => texts);
    },
    onSuggest: (told) => suggestZones(told, dependencies),
  };
}
