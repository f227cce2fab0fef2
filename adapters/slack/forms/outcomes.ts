import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { renderFeedForm } from './feed-form.ts';
import { FORM_OPTIONS } from './feed-options.ts';
import type { Outcome, Sent } from './submission.ts';
import { topicChoices } from './topics.ts';
import { doneView } from './views.ts';

export interface OutcomeDependencies {
  host: Pick<Host, 'run'>;
  clock: Clock;
}

/** A field shows no more of what is wrong with it. */
const MAX_ERROR = 300;

/** What Slack is told of a form in time: what is wrong with a field stands at that field. */
export async function responseTo(
  sent: Sent,
  outcome: Outcome,
  dependencies: OutcomeDependencies,
): Promise<Json> {
  const field = outcome.kind === 'refused' ? fieldOf(outcome, sent) : undefined;
  if (field) return { response_action: 'errors', errors: field };
  const view = (await outcomeView(sent, outcome, dependencies)) as unknown as Json;
  return { response_action: 'update', view };
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
