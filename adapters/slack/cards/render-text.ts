import type { CardRow, RowPart, TextCard } from '../../../src/domain/card.ts';
import { firstWhere } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fits, fitted } from './budget.ts';
import { fallback, NAMELESS } from './fallback.ts';
import { inert, inertBold, inertLines } from './inert.ts';
import { LIMITS } from './limits.ts';
import { actionsBlocks, context, header, sections } from './parts.ts';
import type { SlackBody } from './payload.ts';
import { showActions } from './render-actions.ts';

/** As written; a message holds the longest line beside its title and everything that may be done. */
const ROOM = { paragraph: 2800, name: 120, value: 1500 } as const;

/** What is said in one message: what is only told, and what has a name. */
interface Said {
  paragraphs: string[];
  rows: string[];
}

/** Words without papers; what is too much for one message goes on in the next. */
export function renderText(card: TextCard, texts: Texts): SlackBody[] {
  const { buttons, typed } = showActions(card.actions ?? []);
  const ending = [...context(typed), ...actionsBlocks(buttons)];
  const rest = texts.card.continued(card.title);
  const start = ({ paragraphs, rows }: Said, title: string) => [
    header(plain(title) || NAMELESS),
    ...sections(paragraphs),
    ...sections(rows),
  ];
  const messages = pack(card, (said) => fits([...start(said, rest), ...ending]));
  return messages.map((said, index) => {
    const title = index === 0 ? card.title : rest;
    const spoken = index === 0 ? [...card.paragraphs, ...(card.rows ?? []).map(spokenRow)] : [];
    return {
      text: fallback([plain(title) || NAMELESS, ...spoken]),
      blocks: [...start(said, title), ...(index === messages.length - 1 ? ending : [])],
    };
  });
}

/** Fills messages with lines in their order; at least one message. */
function pack({ paragraphs, rows = [] }: TextCard, isFitting: (said: Said) => boolean): Said[] {
  const lines: Said[] = [
    ...paragraphs.map((one) => ({ paragraphs: [fitted(one, ROOM.paragraph, inertLines)], rows: [] })),
    ...rows.map((row) => ({ paragraphs: [], rows: [rowText(row)] })),
  ];
  const messages: Said[] = [];
  for (let from = 0; from < lines.length || messages.length === 0; ) {
    const most = mostThatMayFit(lines, from);
    // A list of a workspace's feeds has a thousand lines: a message is measured a few times, not once a line.
    const surplus = firstWhere(most, (fewer) => isFitting(joined(lines.slice(from, from + most - fewer))));
    const count = most - surplus;
    messages.push(joined(lines.slice(from, from + count)));
    from += Math.max(count, 1);
  }
  return messages;
}

/** So many lines from this one on at the most, at least one, whatever stands around them. */
function mostThatMayFit(lines: readonly Said[], from: number): number {
  let size = 0;
  let to = from;
  while (to < lines.length && size <= LIMITS.total) size += sizeOfLine(lines[to++]);
  return Math.max(1, to - from);
}

function sizeOfLine({ paragraphs, rows }: Said = { paragraphs: [], rows: [] }): number {
  return [...paragraphs, ...rows].reduce((size, { length }) => size + length, 0);
}

function joined(lines: readonly Said[]): Said {
  return {
    paragraphs: lines.flatMap(({ paragraphs }) => paragraphs),
    rows: lines.flatMap(({ rows }) => rows),
  };
}

function rowText({ name, value, parts = [value] }: CardRow): string {
  const label = fitted(name, ROOM.name, inertBold);
  const said = parts.map((part) => partText(part, Math.floor(ROOM.value / parts.length))).join('');
  return [label === '' ? '' : `*${label}*`, said].join(' ').trim();
}

function spokenRow({ name, value }: CardRow): string {
  return `${plain(name)} ${plain(value)}`;
}

/** Text with a blank on each side where the part had one: what stands beside it is another part. */
function betweenBlanks(part: string, shown: string): string {
  return `${/^\s/.test(part) ? ' ' : ''}${shown}${/\S\s+$/.test(part) ? ' ' : ''}`;
}

/** A channel or a user group as Slack shows it, where it is named as Slack names one. */
function partText(part: RowPart, room: number): string {
  if (typeof part === 'string') return betweenBlanks(part, fitted(part, room, inert));
  if ('channel' in part)
    return /^[CG][A-Z0-9]{2,20}$/.test(part.channel)
      ? `<#${part.channel}>`
      : fitted(part.channel, room, inert);
  return /^S[A-Z0-9]{2,20}$/.test(part.role) ? `<!subteam^${part.role}>` : fitted(part.role, room, inert);
}
