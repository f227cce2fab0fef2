import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Log } from '../../../src/log.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { sentence } from '../answering/answers.ts';
import type { Caller } from '../answering/caller.ts';
import { give } from '../answering/give.ts';
import { troubleText } from '../answering/trouble.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import { type FeedForm, renderFeedForm } from './feed-form.ts';
import { type FormKind, firstForm } from './first-form.ts';
import { readPress, readSubmission, readTrigger } from './incoming.ts';
import { responseOf, shownOf, troubleOf } from './outcomes.ts';
import { createFormPresses } from './presses.ts';
import { resultView } from './result-view.ts';
import { createSubmit, sentBy } from './submission.ts';
import { suggestZones } from './suggest.ts';
import { openView, updateView, workingView } from './views.ts';

export type { FormKind } from './first-form.ts';

export interface FormsDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  clock: Clock;
  log: Log;
}

/** The form by which feeds are made and changed: all that begins with `form:`. See `Hooks`. */
export interface Forms {
  /**
   * Opens the form for whoever did something that opens views. Out: why it could not be opened, as a sentence, where they
   * could not be told in place.
   */
  open(told: Told, caller: Caller, form: FormKind): Promise<string | undefined>;
  onPress(told: Told): Promise<void>;
  onSubmit(told: Told): Promise<void>;
  onSuggest(told: Told): Promise<void>;
}

/** Slack waits 3 s for what becomes of a form; what takes longer is shown later. */
const PROMPT_MS = 2 * SECOND_MS;
const SHOWN_MS = SECOND_MS / 2;

export function createForms(dependencies: FormsDependencies): Forms {
  const { places, ask, clock, log } = dependencies;
  const submit = createSubmit(dependencies);
  const press = createFormPresses({ ...dependencies, submit });

  return {
    open: (told, caller, form) => open(told, caller, form, dependencies),
    async onPress(told) {
      await told.ack();
      await press(readPress(told.body));
    },
    async onSubmit(told) {
      const { ids, view } = readSubmission(told.body);
      let texts = textsFor(undefined);
      const saving = sentBy(ids, view, places).then(async (sent) => {
        texts = textsFor(sent.caller.locale);
        return await shownOf(sent, await submit(sent), dependencies);
      });
      const showing = saving.catch((error: unknown) =>
        troubleOf(troubleText(error, texts, log), view, texts),
      );
      const prompt = await within(PROMPT_MS, showing, clock);
      if (prompt) return await told.ack(responseOf(prompt));
      await told.ack(responseOf({ view: workingView(texts) }));
      // Slack may show what it was answered with later than what it is asked for right after.
      const [shown] = await Promise.all([showing, clock.sleep(SHOWN_MS)]);
      await updateView(view.id, ids, shown.view, ask);
    },
    onSuggest: (told) => suggestZones(told, dependencies),
  };
}

async function open(
  told: Told,
  caller: Caller,
  form: FormKind,
  dependencies: FormsDependencies,
): Promise<string | undefined> {
  await told.ack();
  const texts = textsFor(caller.locale);
  const making = firstForm(caller, form, dependencies).then((made) => viewOf(made, texts));
  const ids = { team: caller.place.workspace, user: caller.member.id };
  try {
    await openView({ trigger: readTrigger(told.body), ids }, making, texts, dependencies);
    return undefined;
  } catch (error) {
    const reason = troubleText(error, texts, dependencies.log);
    dependencies.log.info('A form could not be opened', { workspace: ids.team, error });
    if (!told.respond) return reason;
    await give(told, sentence(reason, texts), 'private', { texts, ...dependencies });
    return undefined;
  }
}

function viewOf(made: FeedForm | { sentence: string }, texts: Texts): types.ModalView {
  if (!('sentence' in made)) return renderFeedForm(made, texts);
  const cards = [{ kind: 'text' as const, title: texts.host.failed, paragraphs: [made.sentence] }];
  return resultView({ visibility: 'private', cards, outcome: 'refused' }, texts.slackForms.addTitle, texts);
}
