import type { types } from '@slack/bolt';
import type { Reply } from '../../../src/command.ts';
import type { Card, CardEntry } from '../../../src/domain/card.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fitted } from '../cards/budget.ts';
import { inertLabel, isLabel, link, plain, safeUrl } from '../cards/inert.ts';
import { header, mrkdwn } from '../cards/parts.ts';
import { section, smallPrint, VIEW_LIMITS } from './parts.ts';
import { wordsView } from './views.ts';

/** A title and its link in one section take less. */
const MAX_TITLE = 300;
const MAX_LINE = 400;
const MAX_NOTES = 5;

/** A reply in a modal, to be read: what can be pressed in messages would have no place to be answered there. */
export function resultView({ cards }: Reply, title: string, texts: Texts): types.ModalView {
  const blocks = cards.flatMap((card) => cardBlocks(card, texts));
  return wordsView(title, withinLimits(blocks), texts.slackForms.close);
}

function cardBlocks(card: Card, texts: Texts): types.KnownBlock[] {
  switch (card.kind) {
    case 'list':
      return [
        header(card.title),
        ...(card.subtitle ? [smallPrint(card.subtitle)] : []),
        ...card.sections.flatMap(({ heading, entries }) => [
          ...(heading === undefined ? [] : [section(heading)]),
          ...entries.map((entry) => entrySection(entry, texts)),
        ]),
        ...card.notes.slice(0, MAX_NOTES).map((note) => smallPrint(note)),
      ];
    case 'paper':
      return [entrySection(card.entry, texts)];
    case 'text':
      return [
        header(card.title),
        ...card.paragraphs.filter((words) => words.trim() !== '').map((words) => section(words)),
        ...(card.rows ?? []).map(({ name, value }) => section(`${name}: ${value}`)),
      ];
    case 'panel':
      return [header(card.title), ...card.paragraphs.map((words) => section(words))];
    default:
      return card satisfies never;
  }
}

/** A paper in two lines: its number and title, its figures and why it is here. */
export function entrySection(
  { number, paper, reason }: CardEntry,
  texts: Texts,
  accessory?: types.SectionBlock['accessory'],
): types.SectionBlock {
  const { card: say } = texts;
  const figures = [
    say.votes(paper.upvotes),
    ...(paper.githubUrl === undefined ? [] : [say.code]),
    ...(reason === undefined ? [] : [reason]),
  ].join(' · ');
  const lines = [`*${number}.* ${titleLink(paper)}`, fitted(figures, MAX_LINE, inertLabel)];
  return { type: 'section', text: mrkdwn(lines.join('\n')), ...(accessory ? { accessory } : {}) };
}

/** A paper's title as a link to it, where both may be that. */
export function titleLink({ title, url }: Pick<CardEntry['paper'], 'title' | 'url'>): string {
  const label = fitted(title, MAX_TITLE, inertLabel) || '…';
  const target = safeUrl(url);
  return target !== undefined && isLabel(plain(title)) ? link(label, target) : label;
}

/** As many blocks as a view holds; what is beyond is in the answers of commands. */
export function withinLimits(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const shown = blocks.slice(0, VIEW_LIMITS.blocks);
  while (Buffer.byteLength(JSON.stringify(shown)) > VIEW_LIMITS.bytes) shown.pop();
  return shown;
}
