import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { renderFeedForm } from './feed-form.ts';
import { FORM_OPTIONS } from './feed-options.ts';
import type { GivenView } from './incoming.ts';
import type { Outcome, Sent } from './submission.ts';
import { topicChoices } from './topics.ts';
import { doneView, troubleView } from './views.ts';

export interface OutcomeDependencies {
  host: Pick<Host, 'run'>;
  clock: Clock;
}

/** A field shows no more of what is wrong with it. */
const MAX_ERROR = 300;

/** What becomes of a form on the screen. */
export interface Shown {
  /** Takes the place of the form. */
  view: types.ModalView;
  /** In time this is shown at the fields instead, by their names, and all that was typed stays. */
  errors?: Record<string, string> | undefined;
}

/** What Slack is told of a form in time. */
export function responseOf({ view, errors }: Shown): Json {
  if (errors) return { response_action: 'errors', errors };
  return { response_action: 'update', view: view as unknown as Json };
}

/** What is wrong with a field stands at that field. */
export async function shownOf(
  sent: Sent,
  outcome: Outcome,
  dependencies: OutcomeDependencies,
): Promise<Shown> {
  const view = await outcomeView(sent, outcome, dependencies);
  return { view, errors: outcome.kind === 'refused' ? fieldOf(outcome, sent) : undefined };
}

/** That nothing came of a form, and why; it stands at the first field, whichever that is. */
export function troubleOf(sentence: string, { state }: GivenView, texts: Texts): Shown {
  const [field] = Object.keys(state?.values ?? {});
  const errors = field === undefined ? undefined : { [field]: shorten(sentence, MAX_ERROR) };
  return { view: troubleView(sentence, texts), errors };
}

/** What takes the place of a form: what was done, or the form as it was sent, with what kept it from being saved. */
export async function outcomeView(
  sent: Sent,
  outcome: Outcome,
  { host, clock }: OutcomeDependencies,
): Promise<types.ModalView> {
  const { caller, about, values } = sent;
  const texts = textsFor(caller.locale);
  if (outcome.kind === 'done') return doneView(outcome.reply, texts, outcome.aside);
  const { sentence: warning, canJoin = false, aside } = outcome;
  const topics = await topicChoices(host, caller, clock.now());
  return renderFeedForm({ about, values, topics, warning, canJoin, aside }, texts);
}

/** Of a field that was in the form; and not where the bot can mend it by itself, or there is more to say. */
function fieldOf(
  { option, sentence, canJoin, aside }: Extract<Outcome, { kind: 'refused' }>,
  { values }: Sent,
): Record<string, string> | undefined {
  const field = FORM_OPTIONS.find((name) => name === option && values[name] !== undefined);
  return field === undefined || canJoin || aside !== undefined
    ? undefined
    : { [field]: shorten(sentence, MAX_ERROR) };
}
