import type { types } from '@slack/bolt';
import type { PaperCard } from '../../../src/domain/card.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { figures } from '../../../src/paper-lines.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from '../cards/budget.ts';
import { inert } from '../cards/inert.ts';
import { actionsBlocks, buttonOf, section } from '../cards/parts.ts';
import { PEN } from '../cards/pen.ts';
import { thumbnailOf, titleOf } from '../cards/render-entry.ts';

/** As written: what stands under somebody else's message is short. */
const ROOM = { title: 300, author: 60, summary: 400 } as const;
const AUTHORS_SHOWN = 3;
/** What one may do about it there. */
const COMMANDS: ReadonlySet<string> = new Set(['save', 'similar']);

/** A paper in short, to stand under a link to it. */
export function linkCard({ entry, actions = [] }: PaperCard, texts: Texts): types.KnownBlock[] {
  const { paper } = entry;
  const title = titleOf(paper, ROOM.title, texts);
  const line = [...title.page, ...figures(paper, texts, PEN)].join(' · ');
  const buttons = actions
    .filter(({ command }) => COMMANDS.has(command))
    .flatMap((action, index) => buttonOf(action, index) ?? []);
  return [
    ...section([title.shown, authorsOf(paper, texts), line], thumbnailOf(paper, texts)),
    ...section([fitted(paper.summary ?? '', ROOM.summary, inert)]),
    ...actionsBlocks(buttons),
  ];
}

function authorsOf({ authors = [] }: Paper, { card }: Texts): string {
  const rest = authors.length - AUTHORS_SHOWN;
  const some = rest > 1 ? authors.slice(0, AUTHORS_SHOWN) : authors;
  const names = some.map(({ name }) => fitted(name, ROOM.author, inert)).filter((name) => name !== '');
  return [names.join(', '), ...(rest > 1 ? [card.others(rest)] : [])].join(' ').trim();
}
