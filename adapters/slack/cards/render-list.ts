import type { types } from '@slack/bolt';
import type { CardEntry, ListCard } from '../../../src/domain/card.ts';
import { nameOf } from '../../../src/paper-lines.ts';
import { firstFitting, splitEvenly } from '../../../src/text/fitting.ts';
import { plain } from '../../../src/text/line.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { fits, fitted } from './budget.ts';
import { fallback, NAMELESS } from './fallback.ts';
import { inert, inertBold } from './inert.ts';
import { LIMITS } from './limits.ts';
import { actionsBlocks, context, header, notesIn, optionOf, section, selectOf } from './parts.ts';
import type { SlackBody } from './payload.ts';
import { showActions } from './render-actions.ts';
import { type Detail, entryIn, spokenEntry } from './render-entry.ts';

/** As written. Everything at its longest leaves room for a paper in one message. */
const ROOM = { subtitle: 200, heading: 150, notes: 800 } as const;
/** A long summary with a thumbnail first, then shorter ones; then none has a thumbnail, and then the list is split. */
const DETAILS: readonly Detail[] = [
  ...[300, 250, 210, 180, 155, 135, 115, 100].map((summary) => ({ summary, isPictured: true })),
  ...[210, 180, 155, 135, 115, 100, 85, 70].map((summary) => ({ summary, isPictured: false })),
];
const LEAST: Detail = { summary: 70, isPictured: false };

/** A paper with the heading it stands under. */
interface Item {
  heading: string | undefined;
  draw: (detail: Detail) => types.SectionBlock[];
  option: types.PlainTextOption;
  spoken: string;
}

/** One message of a list. */
interface Page extends Pick<ListCard, 'title' | 'notes'> {
  subtitle?: string | undefined;
  items: readonly Item[];
  actions: NonNullable<ListCard['actions']>;
}

/**
 * Papers one under the other, each with its figures and one sentence, and a select that shows one whole. Where that is
 * too much for a message, all summaries become shorter, then thumbnails go, then the list goes on in another message.
 */
export function renderList(card: ListCard, texts: Texts): SlackBody[] {
  return pagesOf(card, texts).map((page) => ({
    text: fallback([plain(page.title) || NAMELESS, page.subtitle, ...page.items.map(({ spoken }) => spoken)]),
    blocks: firstFitting(DETAILS, (detail) => build(page, detail, texts), fits),
  }));
}

function pagesOf(card: ListCard, texts: Texts): Page[] {
  const { notes, actions = [] } = card;
  const rest = texts.card.continued(card.title);
  const items = card.sections.flatMap(({ heading, entries }) =>
    entries.map((entry) => itemOf(heading, entry, texts)),
  );
  const groups = splitEvenly(items, LIMITS.blocks, (some) =>
    fits(build({ ...card, title: rest, items: some, actions }, LEAST, texts)),
  );
  return groups.map((some, index) => ({
    ...(index === 0 ? { title: card.title, subtitle: card.subtitle } : { title: rest }),
    items: some,
    ...(index === groups.length - 1 ? { notes, actions } : { notes: [], actions: [] }),
  }));
}

function itemOf(heading: string | undefined, entry: CardEntry, texts: Texts): Item {
  const { number, paper } = entry;
  return {
    heading,
    draw: entryIn(entry, texts),
    option: optionOf(`${number}. ${nameOf(paper)}`, paper.id),
    spoken: spokenEntry(entry, texts),
  };
}

function build({ title, subtitle, items, notes, actions }: Page, detail: Detail, texts: Texts) {
  const { buttons, typed } = showActions(actions);
  const select = detailsSelect(items, texts);
  return [
    header(plain(title) || NAMELESS),
    ...context([subtitle === undefined ? undefined : fitted(subtitle, ROOM.subtitle, inert)]),
    ...entryBlocks(items, detail),
    ...context([...notesIn(notes, ROOM.notes), ...typed]),
    ...actionsBlocks([...(select ? [select] : []), ...buttons]),
  ];
}

function entryBlocks(items: readonly Item[], detail: Detail): types.KnownBlock[] {
  return items.flatMap(({ heading = '', draw }, index) => {
    const over = heading === items[index - 1]?.heading ? '' : fitted(heading, ROOM.heading, inertBold);
    return [...section([over === '' ? undefined : `*${over}*`]), ...draw(detail)];
  });
}

function detailsSelect(items: readonly Item[], texts: Texts): types.StaticSelect | undefined {
  // A paper that stands here twice is chosen once.
  const options = [...new Map(items.map(({ option }) => [option.value, option])).values()];
  const placeholder = texts.card.details;
  return selectOf({ index: 0, command: 'show', choose: 'paper', placeholder, options });
}
