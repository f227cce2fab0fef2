import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import { type Clock, within } from '../../../src/clock.ts';
import type { Reply } from '../../../src/command.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Log } from '../../../src/log.ts';
import { type Texts, textsFor } from '../../../src/texts/index.ts';
import { actionsBlocks, context, divider, plainLabel, pressButton } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import type { Told } from '../gateway/told.ts';
import type { Ask } from '../posting/ask.ts';
import { answersOf, numbered } from './answers.ts';
import type { Asked } from './asked.ts';
import type { Caller } from './caller.ts';
import type { View } from './incoming.ts';

/** What the modal, and its field, are told by. */
export const SEARCH_VIEW = 'search:papers';
const FIELD = 'search:query';
export const BACK_BUTTON = 'search:back';

/** Slack waits three seconds for what comes in place of a modal. */
const PATIENCE_MS = 2 * SECOND_MS;
/** As much as `search` takes. */
const MOST_TYPED = 500;
/** Of a view (docs.slack.dev/reference/views, 2026-11-26): 100, less the field and what stands around. */
const MOST_BLOCKS = 90;
/** Its title and its buttons (the same page). */
const SHORT = 24;

export interface SearchDependencies {
  host: Pick<Host, 'run'>;
  ask: Ask;
  clock: Clock;
  log: Log;
}

/** The modal in which one searches: its field stays, and what is found stands under it. */
export interface SearchModal {
  /** Opens it with the trigger of what was done. Never rejects. */
  open(trigger: string | undefined, caller: Caller, signal: AbortSignal): Promise<void>;
  /** Searches for what was typed, and acknowledges with what is found, or in time without it. */
  submit(told: Told, view: View, caller: Promise<Caller>, signal: AbortSignal): Promise<void>;
  /** Shows in the modal what a press in it asks for; undefined: what was searched for last. */
  show(asked: Asked | undefined, view: View, caller: Caller, signal: AbortSignal): Promise<void>;
}

const metadataSchema = z.object({ channel: z.string().default(''), query: z.string().default('') });
type Metadata = z.infer<typeof metadataSchema>;

/** The channel that it was opened in; empty for none. */
export function channelOfView(view: View): string {
  return metadataOf(view).channel;
}

function metadataOf({ private_metadata: text }: View): Metadata {
  const { data } = metadataSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : {});
  return data ?? { channel: '', query: '' };
}

export function createSearchModal({ host, ask, clock, log }: SearchDependencies): SearchModal {
  async function run({ command, options }: Asked, caller: Caller, signal: AbortSignal): Promise<Reply> {
    return await host.run({ command, options, ...caller, at: clock.now(), signal });
  }

  async function call(method: string, args: Record<string, Json>, caller: Caller, signal: AbortSignal) {
    const { workspace } = caller.place;
    await ask({ method, args, workspace, channel: `@${caller.member.id}`, signal }).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        log.warn('The search could not be shown', { method, error });
      },
    );
  }

  async function update(view: View, shown: object, caller: Caller, signal: AbortSignal): Promise<void> {
    await call('views.update', { view_id: view.id, view: shown as Json }, caller, signal);
  }

  return {
    async open(trigger, caller, signal) {
      const metadata = { channel: caller.place.channel, query: '' };
      const view = viewOf([], metadata, textsFor(caller.locale));
      await call('views.open', { trigger_id: trigger ?? '', view: view as unknown as Json }, caller, signal);
    },
    async submit(told, view, whenCaller, signal) {
      const query = view.state?.values[FIELD]?.[FIELD]?.value ?? '';
      const metadata = { ...metadataOf(view), query };
      const searched = whenCaller.then(async (caller) => {
        const reply = await run({ command: 'search', options: { query } }, caller, signal);
        return { caller, reply };
      });
      const prompt = await within(PATIENCE_MS, searched, clock);
      if (!prompt) {
        const texts = textsFor(undefined);
        const working = viewOf(context([texts.slackAnswers.modal.working]), metadata, texts);
        await told.ack({ response_action: 'update', view: working as unknown as Json });
      }
      const { caller, reply } = prompt ?? (await searched);
      const texts = textsFor(caller.locale);
      const shown = viewOf(blocksOf(reply, texts, 'search'), metadata, texts);
      if (!prompt) return await update(view, shown, caller, signal);
      await told.ack({ response_action: 'update', view: shown as unknown as Json });
    },
    async show(asked, view, caller, signal) {
      const metadata = metadataOf(view);
      const wanted = asked ?? { command: 'search', options: { query: metadata.query } };
      const texts = textsFor(caller.locale);
      const reply = await run(wanted, caller, signal);
      const blocks = blocksOf(reply, texts, wanted.command);
      const isAway = wanted.command !== 'search' && metadata.query !== '';
      const back = pressButton(texts.slackAnswers.modal.back, BACK_BUTTON, 'back');
      const shown = [...blocks, ...(isAway ? actionsBlocks([back]) : [])];
      await update(view, viewOf(shown, metadata, texts), caller, signal);
    },
  };
}

function blocksOf(reply: Reply, texts: Texts, command: string): types.KnownBlock[] {
  const bodies: readonly SlackBody[] = answersOf(reply, texts, command);
  const all: types.KnownBlock[] = [];
  for (const { blocks } of bodies) if (all.length + blocks.length <= MOST_BLOCKS) all.push(...blocks);
  return numbered(all);
}

function viewOf(blocks: readonly types.KnownBlock[], metadata: Metadata, texts: Texts): types.ModalView {
  const { modal: say } = texts.slackAnswers;
  const isNew = metadata.query === '';
  return {
    type: 'modal',
    callback_id: SEARCH_VIEW,
    title: plainLabel(say.title, SHORT),
    submit: plainLabel(say.submit, SHORT),
    close: plainLabel(say.close, SHORT),
    private_metadata: JSON.stringify(metadata),
    blocks: [field(metadata.query, texts), ...(isNew ? [] : [divider()]), ...blocks],
  };
}

function field(query: string, { slackAnswers: { modal: say } }: Texts): types.InputBlock {
  return {
    type: 'input',
    block_id: FIELD,
    label: plainLabel(say.label, SHORT * 4),
    hint: { type: 'plain_text', text: say.hint, emoji: false },
    element: {
      type: 'plain_text_input',
      action_id: FIELD,
      max_length: MOST_TYPED,
      placeholder: plainLabel(say.placeholder, SHORT * 4),
      ...(query === '' ? { focus_on_load: true } : { initial_value: query }),
    },
  };
}
