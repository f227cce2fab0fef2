import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Reply } from '../../../src/command.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { inert } from '../cards/inert.ts';
import { divider, plainLabel, section } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import { answersOf, numbered } from './answers.ts';
import type { View } from './incoming.ts';

/** What the modal, and its field, are told by. */
export const SEARCH_VIEW = 'search:papers';
export const FIELD = 'search:query';
export const BACK_BUTTON = 'search:back';

/** As much as `search` takes. */
const MOST_TYPED = 500;
/** Of a view (docs.slack.dev/reference/views, 2026-11-26): 100, less the field and what stands around. */
const MOST_BLOCKS = 90;
/** Its title and its buttons (the same page). */
const SHORT = 24;

const metadataSchema = z.object({ channel: z.string().default(''), query: z.string().default('') });
export type Metadata = z.infer<typeof metadataSchema>;

/** The channel that it was opened in; empty for none. */
export function channelOfView(view: View): string {
  return metadataOf(view).channel;
}

export function metadataOf({ private_metadata: text }: View): Metadata {
  const { data } = metadataSchema.safeParse(jsonIn(text));
  return data ?? { channel: '', query: '' };
}

/** What no modal of ours keeps is nothing. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a search comes to. */
export interface Found {
  view: types.ModalView;
  trouble?: string;
}

/** What was typed stays where nothing came of it. */
export function responseOf({ view, trouble }: Found): Json {
  if (trouble !== undefined) return { response_action: 'errors', errors: { [FIELD]: trouble } };
  return { response_action: 'update', view: view as unknown as Json };
}

export function troubleOf(trouble: string, metadata: Metadata, texts: Texts): types.ModalView {
  return viewOf(section([inert(trouble)]), metadata, texts);
}

export function blocksOf(reply: Reply, texts: Texts, command: string): types.KnownBlock[] {
  const bodies: readonly SlackBody[] = answersOf(reply, texts, command);
  const all: types.KnownBlock[] = [];
  for (const { blocks } of bodies) if (all.length + blocks.length <= MOST_BLOCKS) all.push(...blocks);
  return numbered(all);
}

export function viewOf(
  blocks: readonly types.KnownBlock[],
  metadata: Metadata,
  texts: Texts,
): types.ModalView {
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
