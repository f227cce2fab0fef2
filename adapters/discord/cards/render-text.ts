import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { CardRow, RowPart, TextCard } from '../../../src/domain/card.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { cost, fitted } from './budget.ts';
import { inert, inertLines } from './inert.ts';
import { frame, heading, text } from './parts.ts';
import { helpRow, showActions } from './render-actions.ts';

/** As written; a message holds the longest line beside its title. */
const ROOM = { title: 250, paragraph: 2000, name: 120, value: 1500, message: 3300 } as const;

/** Lines that stand together. */
type Lines = readonly string[];

/** Words without papers; what is too much for one message goes on in the next. */
export function renderText(card: TextCard, texts: Texts): APIMessageTopLevelComponent[][] {
  const { rows, typed } = showActions(card.actions ?? []);
  const paragraphs = card.paragraphs.map((one) => fitted(one, ROOM.paragraph, inertLines));
  const groups = [paragraphs, (card.rows ?? []).map(rowText), typed.map((line) => line ?? '')];
  const messages = pack(groups.map((lines) => lines.filter((line) => line !== '')));
  return messages.map((shown, index) => {
    const title = index === 0 ? card.title : texts.card.continued(card.title);
    const presses = index === messages.length - 1 ? rows : [];
    return [
      frame([
        ...text(heading(3, title, ROOM.title)),
        ...shown.flatMap((lines) => text(...lines)),
        ...(presses.length > 0 ? presses : helpRow(texts)),
      ]),
    ];
  });
}

function rowText({ name, value, parts = [value] }: CardRow): string {
  const label = fitted(name, ROOM.name, inert);
  const said = parts.map((part) => partText(part, Math.floor(ROOM.value / parts.length))).join('');
  return [label === '' ? '' : `**${label}**`, said].join(' ').trim();
}

/** Text with a blank on each side where the part had one: what stands beside it is another part. */
function betweenBlanks(part: string, shown: string): string {
  return `${/^\s/.test(part) ? ' ' : ''}${shown}${/\S\s+$/.test(part) ? ' ' : ''}`;
}

/** A channel or role as Discord shows it; nobody is called by it, as no message of ours lets anybody be. */
function partText(part: RowPart, room: number): string {
  if (typeof part === 'string') return betweenBlanks(part, fitted(part, room, inert));
  const id = 'channel' in part ? part.channel : part.role;
  if (!/^\d{15,20}$/.test(id)) return fitted(id, room, inert);
  return 'channel' in part ? `<#${id}>` : `<@&${id}>`;
}

/** Fills messages with lines in their order; each message has the groups that fall into it. At least one message. */
function pack(groups: readonly Lines[]): string[][][] {
  const messages: string[][][] = [[]];
  let room: number = ROOM.message;
  for (const lines of groups) {
    messages.at(-1)?.push([]);
    for (const line of lines) {
      room -= cost(line) + 1;
      if (room < 0) {
        messages.push([[]]);
        room = ROOM.message - cost(line) - 1;
      }
      messages.at(-1)?.at(-1)?.push(line);
    }
  }
  return messages;
}
