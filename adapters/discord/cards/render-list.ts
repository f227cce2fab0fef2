import type { APIMessageTopLevelComponent, APISelectMenuOption } from 'discord-api-types/v10';
import type { CardEntry, ListCard } from '../../../src/domain/card.ts';
import { nameOf } from '../../../src/paper-lines.ts';
import { firstFitting, splitEvenly } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fits, fitted, sizeOf } from './budget.ts';
import { safeUrl } from './inert.ts';
import { LIMITS } from './limits.ts';
import { frame, heading, type Part, selectRow, small, smallPrint, text } from './parts.ts';
import { withPiece, writePress } from './press.ts';
import { helpRow, type ShownActions, showActions } from './render-actions.ts';
import { type Detail, entryIn } from './render-entry.ts';

/** As written. Everything at its longest leaves room for a paper in one message. */
const ROOM = { title: 250, subtitle: 200, heading: 150, notes: 500 } as const;
/** Lengths of a summary, from a full one to one that still says something; then the list is split. */
const SUMMARIES = [300, 250, 210, 180, 155, 135, 115, 100, 85, 70] as const;
const SHORTEST = 70;
/** Thumbnails for fewer papers than this share of a message look forgotten. */
const PICTURED_SHARE = 0.5;

/** A paper with the heading it stands under. */
interface Item {
  heading: string | undefined;
  draw: (detail: Detail) => Part;
  hasThumbnail: boolean;
  option: APISelectMenuOption;
}

/** One message of a list. */
interface Page {
  title: string;
  subtitle?: string | undefined;
  items: readonly Item[];
  notes: readonly string[];
  actions: NonNullable<ListCard['actions']>;
}

/**
 * Papers one under the other, each with its figures and one sentence, and a select that shows one whole. Where that is
 * too much for a message, papers at the end go without thumbnails, then all summaries become shorter, then the list goes
 * on in another message.
 */
export function renderList(card: ListCard, texts: Texts): APIMessageTopLevelComponent[][] {
  return pagesOf(card, texts).map((page) => {
    const pictures = picturesIn(page, texts);
    const choices = [
      ...SUMMARIES.map((summary) => ({ summary, pictures })),
      { summary: SHORTEST, pictures: 0 },
    ];
    return firstFitting(choices, (detail) => build(page, detail, texts), fits);
  });
}

function pagesOf(card: ListCard, texts: Texts): Page[] {
  const { notes, actions = [] } = card;
  const rest = texts.card.continued(card.title);
  const items = card.sections.flatMap(({ heading, entries }) =>
    entries.map((entry) => itemOf(heading, entry, texts)),
  );
  const groups = splitEvenly(items, LIMITS.options, (some) =>
    fits(build({ ...card, title: rest, items: some, actions }, { summary: SHORTEST, pictures: 0 }, texts)),
  );
  return groups.map((some, index) => ({
    ...(index === 0 ? { title: card.title, subtitle: card.subtitle } : { title: rest }),
    items: some,
    ...(index === groups.length - 1 ? { notes, actions } : { notes: [], actions: [] }),
  }));
}

function itemOf(over: string | undefined, entry: CardEntry, texts: Texts): Item {
  const { number, paper } = entry;
  const label = fitted(`${number}. ${nameOf(paper)}`, LIMITS.optionLabel, plain);
  return {
    heading: over,
    draw: entryIn(entry, texts),
    hasThumbnail: safeUrl(paper.thumbnailUrl) !== undefined,
    option: { label, value: paper.id },
  };
}

/** How many papers, from the first one, have room for their thumbnail; 0 where that would be a few of many. */
function picturesIn(page: Page, texts: Texts): number {
  const bare = sizeOf(build(page, { summary: SHORTEST, pictures: 0 }, texts)).components;
  const room = Math.floor((LIMITS.components - bare) / 2);
  return room < page.items.length * PICTURED_SHARE ? 0 : room;
}

function build(
  { title, subtitle, items, notes, actions }: Page,
  { summary, pictures }: { summary: number; pictures: number },
  texts: Texts,
): APIMessageTopLevelComponent[] {
  // A paper that stands here twice is chosen once.
  const options = [...new Map(items.map(({ option }) => [option.value, option])).values()];
  const longest = Math.max(0, ...options.map(({ value }) => value.length));
  const shown = showActions(actions, { options: options.length, room: LIMITS.optionValue - 1 - longest });
  return [
    frame([
      ...text(heading(2, title, ROOM.title), small(subtitle, ROOM.subtitle)),
      ...entryParts(items, summary, pictures),
      ...text(...smallPrint(notes, ROOM.notes), ...shown.typed),
      ...pressRows(options, shown, texts),
    ]),
  ];
}

function entryParts(items: readonly Item[], summary: number, pictures: number): Part[] {
  let room = pictures;
  return items.flatMap(({ heading: over, draw, hasThumbnail }, index) => {
    const isPictured = hasThumbnail && room > 0;
    if (isPictured) room -= 1;
    const isNew = over !== undefined && over !== items[index - 1]?.heading;
    return [...(isNew ? text(heading(3, over, ROOM.heading)) : []), draw({ summary, isPictured })];
  });
}

function pressRows(
  options: readonly APISelectMenuOption[],
  { rows, pieces }: ShownActions,
  texts: Texts,
): Part[] {
  const show = writePress({ command: 'show', options: {} }, 'paper');
  if (options.length === 0 || show === undefined) return rows.length > 0 ? rows : helpRow(texts);
  const carrying = options.map((option, index) => ({
    ...option,
    value: withPiece(option.value, pieces[index]),
  }));
  return [selectRow({ custom_id: show, placeholder: texts.card.details, options: carrying }), ...rows];
}
