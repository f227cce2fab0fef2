import type { types } from '@slack/bolt';
import type { Reply } from '../../../src/command.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fits } from '../cards/budget.ts';
import { LIMITS } from '../cards/limits.ts';
import { actionsBlocks, context, mrkdwn } from '../cards/parts.ts';
import type { SlackBody } from '../cards/payload.ts';
import { render } from '../cards/render.ts';

/** A `response_url` takes five messages; the last one is kept for what shows the rest. */
export const MOST_MESSAGES = 4;

/**
 * Cards as messages, at least one and at most five: short ones share a message, and what is too long ends with a sentence
 * that says which command shows the rest.
 */
export function answersOf({ cards }: Pick<Reply, 'cards'>, texts: Texts, command: string): SlackBody[] {
  const bodies = cards.flatMap((card) => render(card, texts).map(({ body }) => body));
  const messages = together(bodies);
  if (messages.length <= MOST_MESSAGES) return messages;
  const title = texts.card.continued(`/paper ${command}`);
  return [
    ...messages.slice(0, MOST_MESSAGES),
    ...sentence(texts.gateway.shortened(command), texts, title).slice(0, 1),
  ];
}

/** One sentence as an answer. */
export function sentence(text: string, texts: Texts, title = texts.host.failed): SlackBody[] {
  return bodiesOf({ kind: 'text', title, paragraphs: [text] }, texts);
}

export function bodiesOf(card: Card, texts: Texts): SlackBody[] {
  return render(card, texts).map(({ body }) => body);
}

/** Messages that follow each other, joined as far as all limits hold. */
function together(bodies: readonly SlackBody[]): SlackBody[] {
  const messages: SlackBody[] = [];
  for (const body of bodies) {
    const last = messages.at(-1);
    const joined = last && join(last, body);
    if (joined && fits(joined.blocks) && joined.text.length <= LIMITS.text)
      messages[messages.length - 1] = joined;
    else messages.push(body);
  }
  return messages;
}

function join(one: SlackBody, other: SlackBody): SlackBody {
  const blocks = [...one.blocks, ...other.blocks];
  return { text: `${one.text}\n${other.text}`, blocks: numbered(blocks) };
}

/** `press:0`, `choose:1:show|paper?`: the number says nothing, but must differ within a message. */
const NUMBERED = /^(press|choose|link):\d+/;

/** The same blocks, in which no two buttons or selects have one number. */
export function numbered(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  let next = 0;
  const written = JSON.stringify(blocks, (key, value: unknown) =>
    key === 'action_id' && typeof value === 'string' && NUMBERED.test(value)
      ? value.replace(NUMBERED, (_, kind: string) => `${kind}:${next++}`)
      : value,
  );
  return JSON.parse(written) as types.KnownBlock[];
}

/** The same messages with buttons under the last one, as far as there is room for them. */
export function withButtons(bodies: readonly SlackBody[], buttons: readonly types.Button[]): SlackBody[] {
  const last = bodies.at(-1);
  if (!last || buttons.length === 0) return [...bodies];
  const end = last.blocks.at(-1);
  const hasRoom = end?.type === 'actions' && end.elements.length + buttons.length <= LIMITS.actionsElements;
  const blocks: types.KnownBlock[] = hasRoom
    ? [...last.blocks.slice(0, -1), { ...end, elements: [...end.elements, ...buttons] }]
    : [...last.blocks, ...actionsBlocks(buttons)];
  return blocks.length > LIMITS.blocks ? [...bodies] : [...bodies.slice(0, -1), { ...last, blocks }];
}

/** The same messages with small print under the last one; `line` is inert `mrkdwn`. */
export function withNote(bodies: readonly SlackBody[], line: string): SlackBody[] {
  const last = bodies.at(-1);
  if (!last) return [];
  const note = context([line]);
  const blocks = [...last.blocks, ...note];
  if (blocks.length <= LIMITS.blocks) return [...bodies.slice(0, -1), { ...last, blocks }];
  return [...bodies, { text: mrkdwn(line).text, blocks: note }];
}
