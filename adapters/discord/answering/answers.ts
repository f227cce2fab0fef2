import { type APIMessageTopLevelComponent, ComponentType, type RawFile } from 'discord.js';
import type { Reply, ReplyFile } from '../../../src/command.ts';
import type { PanelCard } from '../../../src/domain/card.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { LIMITS } from '../cards/limits.ts';
import type { DiscordBody } from '../cards/payload.ts';
import { render } from '../cards/render.ts';

/** A message of an answer. */
export interface Answer {
  body: DiscordBody;
  files?: RawFile[];
  /** The panel that begins with this message. */
  panel?: PanelCard;
}

/** The first message and five more: so many may follow where only the member brought us (developers/interactions). */
const MOST_ANSWERS = 6;

/**
 * A reply as messages, at least one. What is too long ends with a sentence that says which command shows the rest. A file
 * hangs at the last one.
 */
export function answersOf({ cards, file }: Reply, texts: Texts, command: string): Answer[] {
  const answers = cards.flatMap((card) =>
    render(card, texts).map(({ body }, index) =>
      card.kind === 'panel' && index === 0 ? { body, panel: card } : { body },
    ),
  );
  const shown = file ? withFile(answers, file) : answers;
  if (shown.length <= MOST_ANSWERS) return shown;
  const title = texts.card.continued(`/paper ${command}`);
  const rest = sentenceAnswer(texts.gateway.shortened(command), texts, title);
  return [...shown.slice(0, MOST_ANSWERS - 1), rest];
}

/** One sentence as a message. */
export function sentenceAnswer(text: string, texts: Texts, title = texts.host.failed): Answer {
  const [first] = render({ kind: 'text', title, paragraphs: [text] }, texts);
  if (!first) throw new Error('A card without a message.');
  return { body: first.body };
}

function withFile(answers: readonly Answer[], { name, mediaType, content }: ReplyFile): Answer[] {
  const files: RawFile[] = [{ name, contentType: mediaType, data: content }];
  const shown: APIMessageTopLevelComponent = {
    type: ComponentType.File,
    file: { url: `attachment://${name}` },
  };
  const last = answers.at(-1);
  const body = last?.body ?? { flags: 0, components: [], allowed_mentions: { parse: [] } };
  if (count(body.components) >= LIMITS.components) {
    return [...answers, { body: { ...body, components: [shown] }, files }];
  }
  return [
    ...answers.slice(0, -1),
    { ...last, body: { ...body, components: [...body.components, shown] }, files },
  ];
}

/** Components, with those inside others. */
function count(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const isComponent = 'type' in part ? 1 : 0;
  return Object.values(part).reduce((sum: number, inner) => sum + count(inner), isComponent);
}
