import type { types } from '@slack/bolt';
import type { Texts } from '../../../src/texts/index.ts';
import { LIMITS } from '../cards/limits.ts';
import { actionsBlocks, mrkdwn, optionOf, pressButton } from '../cards/parts.ts';
import { pageOf, titleOf } from '../cards/render-entry.ts';
import { section, smallPrint } from '../forms/parts.ts';
import type { Part } from '../forms/replies.ts';
import { PAGE_SIZE } from './read.ts';
import type { HomeSaved } from './schema.ts';

const MAX_TITLE = 250;

/** A page of what a member saved, the newest first. */
export function savedBlocks(saved: Part<HomeSaved>, page: number, texts: Texts): types.KnownBlock[] {
  if ('sentence' in saved) return [section(saved.sentence)];
  const { total, papers } = saved.data;
  if (papers.length === 0) return [section(texts.saved.none)];
  const say = texts.slackHome;
  const first = (page - 1) * PAGE_SIZE + 1;
  const range = say.savedRange(first, first + papers.length - 1, total);
  const turn = (label: string, to: number) => pressButton(label, `home:page:${to}`, String(to));
  const turns = [
    ...(page > 1 ? [turn(texts.action.back, page - 1)] : []),
    ...(first + papers.length <= total ? [turn(texts.action.more, page + 1)] : []),
  ];
  return [
    ...papers.map((one, index) => savedSection(one, first + index, texts)),
    ...actionsBlocks(turns),
    ...(turns.length > 0 ? [smallPrint(range)] : []),
    smallPrint(say.exportHow),
  ];
}

/** One that the archive has lost is shown by its id. */
function savedSection(
  { paperId, savedAt, paper }: HomeSaved['papers'][number],
  number: number,
  texts: Texts,
): types.SectionBlock {
  const { slackHome: say, action, saved } = texts;
  const unknown = { title: paperId, url: '', arxivUrl: '', pdfUrl: '', upvotes: 0, keywords: [] };
  const known = { ...unknown, ...paper, id: paperId };
  const { shown, page } = titleOf(known, MAX_TITLE, texts, `${number}. `);
  const url = pageOf(known);
  const canBeNamed = paperId.length <= LIMITS.optionValue - 10;
  const options = [
    ...(url === undefined ? [] : [{ ...optionOf(say.open, 'open'), url }]),
    ...(canBeNamed
      ? [optionOf(action.similar, `similar ${paperId}`), optionOf(say.remove, `remove ${paperId}`)]
      : []),
  ];
  const accessory: types.Overflow = { type: 'overflow', action_id: `home:saved:${number}`, options };
  const line = [...page, saved.savedOn(savedAt.slice(0, 10))].join(' · ');
  return {
    type: 'section',
    text: mrkdwn(`${shown}\n${line}`),
    ...(options.length > 0 ? { accessory } : {}),
  };
}
