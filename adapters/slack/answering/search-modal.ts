import type { types } from '@slack/bolt';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Log } from '../../../src/log.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { actionsBlocks, context, pressButton } from '../cards/parts.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { isCode } from '../posting/failures.ts';
import type { Asked } from './asked.ts';
import type { Caller, CallerIds } from './caller.ts';
import type { View } from './incoming.ts';
import {
  BACK_BUTTON,
  blocksOf,
  FIELD,
  type Found,
  type Metadata,
  metadataOf,
  responseOf,
  troubleOf,
  viewOf,
} from './search-view.ts';
import { troubleText } from './trouble.ts';

/** Slack waits three seconds for what comes in place of a modal. */
const PATIENCE_MS = 2 * SECOND_MS;
/** Answers by which the modal was closed meanwhile (docs.slack.dev/reference/methods/views.update, 2026-11-26). */
const CLOSED = ['not_found', 'view_not_found'] as const;

export interface SearchDependencies {
  host: Pick<Host, 'run'>;
  ask: Ask;
  clock: Clock;
  log: Log;
}

/** The modal in which one searches: its field stays, and what is found stands under it. */
export interface SearchModal {
  /**
   * Opens it with the trigger of what was done. Out: why it could not be opened, as a sentence. Rejects with the signal's
   * reason alone.
   */
  open(trigger: string | undefined, caller: Caller, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Searches for what was typed, and acknowledges with what is found, or in time without it; with a sentence where nothing
   * came of it. Rejects with the signal's reason alone.
   */
  submit(told: Told, view: View, searcher: Searcher, signal: AbortSignal): Promise<void>;
  /** Shows in the modal what a press in it asks for; undefined: what was searched for last. Errors: those of `Ask`. */
  show(asked: Asked | undefined, view: View, caller: Caller, signal: AbortSignal): Promise<void>;
  /** Says in the modal that nothing came of a press. Rejects with the signal's reason alone. */
  excuse(error: unknown, view: View, ids: CallerIds, signal: AbortSignal): Promise<void>;
}

/** Who searches: by their ids, and as they are found to be. */
export interface Searcher {
  ids: CallerIds;
  caller: Promise<Caller>;
}

type Ids = Pick<CallerIds, 'team' | 'user'>;

export function createSearchModal(dependencies: SearchDependencies): SearchModal {
  const { ask, clock, log } = dependencies;

  async function update(view: View, shown: types.ModalView, ids: Ids, signal: AbortSignal): Promise<void> {
    const args = { view_id: view.id, view: shown as unknown as Json };
    const question = { args, workspace: ids.team, channel: `@${ids.user}`, signal };
    await ask({ method: 'views.update', ...question }).catch((error: unknown) => {
      if (!isCode(error, ...CLOSED)) throw error;
    });
  }

  async function tell(view: View, shown: types.ModalView, ids: Ids, signal: AbortSignal): Promise<void> {
    await update(view, shown, ids, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      log.warn('The search could not be shown', { error });
    });
  }

  return {
    open: (trigger, caller, signal) => open(trigger, caller, dependencies, signal),
    async submit(told, view, { ids, caller }, signal) {
      const query = view.state?.values[FIELD]?.[FIELD]?.value ?? '';
      const metadata = { ...metadataOf(view), query };
      const searching = found(metadata, caller, dependencies, signal);
      const prompt = await within(PATIENCE_MS, searching, clock);
      if (prompt) return await told.ack(responseOf(prompt));
      const texts = textsFor(undefined);
      const working = viewOf(context([texts.slackAnswers.modal.working]), metadata, texts);
      await told.ack(responseOf({ view: working }));
      await tell(view, (await searching).view, ids, signal);
    },
    async excuse(error, view, ids, signal) {
      const texts = textsFor(undefined);
      const shown = troubleOf(troubleText(error, texts, log), metadataOf(view), texts);
      await tell(view, shown, ids, signal);
    },
    async show(asked, view, caller, signal) {
      const metadata = metadataOf(view);
      const wanted = asked ?? { command: 'search', options: { query: metadata.query } };
      const texts = textsFor(caller.locale);
      const reply = await run(wanted, caller, dependencies, signal);
      const blocks = blocksOf(reply, texts, wanted.command);
      const isAway = wanted.command !== 'search' && metadata.query !== '';
      const back = pressButton(texts.slackAnswers.modal.back, BACK_BUTTON, 'back');
      const shown = [...blocks, ...(isAway ? actionsBlocks([back]) : [])];
      const ids = { team: caller.place.workspace, user: caller.member.id };
      await update(view, viewOf(shown, metadata, texts), ids, signal);
    },
  };
}

async function open(
  trigger: string | undefined,
  caller: Caller,
  { ask, log }: SearchDependencies,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { place, member, locale } = caller;
  const texts = textsFor(locale);
  const view = viewOf([], { channel: place.channel, query: '' }, texts);
  const args = { trigger_id: trigger ?? '', view: view as unknown as Json };
  const question = { args, workspace: place.workspace, channel: `@${member.id}`, signal };
  try {
    await ask({ method: 'views.open', ...question });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    log.warn('The search could not be opened', { error });
    return troubleText(error, texts, log);
  }
}

/** What is found; or why nothing is, beside what was typed. */
async function found(
  metadata: Metadata,
  whenCaller: Promise<Caller>,
  dependencies: SearchDependencies,
  signal: AbortSignal,
): Promise<Found> {
  let texts = textsFor(undefined);
  try {
    const caller = await whenCaller;
    texts = textsFor(caller.locale);
    const { query } = metadata;
    const reply = await run({ command: 'search', options: { query } }, caller, dependencies, signal);
    return { view: viewOf(blocksOf(reply, texts, 'search'), metadata, texts) };
  } catch (error) {
    signal.throwIfAborted();
    const trouble = troubleText(error, texts, dependencies.log);
    return { trouble, view: troubleOf(trouble, metadata, texts) };
  }
}

async function run(
  { command, options }: Asked,
  caller: Caller,
  { host, clock }: SearchDependencies,
  signal: AbortSignal,
): Promise<Reply> {
  return await host.run({ command, options, ...caller, at: clock.now(), signal });
}
