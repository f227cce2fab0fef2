import type { Reply } from '../../../src/command.ts';
import type { CardAction, TextCard } from '../../../src/domain/card.ts';
import type { Typed } from '../../../src/typed.ts';

/** More buttons are not looked through. */
const MOST_FEEDS = 25;

/** An answer with buttons for what comes next, where there is something; `run` carries a command out for the same member. */
export async function withWayOn(
  reply: Reply,
  { command, options }: Typed,
  run: (asked: Typed) => Promise<Reply>,
): Promise<Reply> {
  const isUnclear = command === 'feed run' && reply.outcome === 'refused' && reply.option === 'id';
  if (isUnclear && options.id === undefined) return await withChoice(reply, run);
  const [card, ...others] = reply.cards;
  const action = card?.kind === 'text' ? wayOnFrom(card, reply, command) : undefined;
  if (card?.kind !== 'text' || !action) return reply;
  return { ...reply, cards: [{ ...card, actions: [...(card.actions ?? []), action] }, ...others] };
}

/** Asks which of the feeds instead, where they can be listed. What else there is to tell, once, stays. */
async function withChoice(reply: Reply, run: (asked: Typed) => Promise<Reply>): Promise<Reply> {
  const listed = await run({ command: 'feed list', options: {} });
  const [list, ...told] = listed.cards;
  if (listed.outcome !== 'done' || list?.kind !== 'text') return reply;
  return { ...reply, cards: [choiceOf(list), ...reply.cards.slice(1), ...told], outcome: 'done' };
}

/** Of the feeds in a list, a row each by its id, one is to be run. */
function choiceOf({ rows = [] }: TextCard): TextCard {
  const actions = rows.slice(0, MOST_FEEDS).map(({ name: id, value }) => ({
    label: `${id}: ${value}`,
    command: 'feed run',
    options: { id },
  }));
  const paragraphs = ['Its edition is posted now.'];
  if (rows.length > MOST_FEEDS)
    paragraphs.push('There are more: /paper feed list shows all, /paper feed run id:… runs any.');
  return { kind: 'text', title: 'Which feed?', paragraphs, actions };
}

/** Without a feed there is nothing to run; with a new one there is. */
function wayOnFrom(
  { actions }: TextCard,
  { outcome, option }: Reply,
  command: string,
): CardAction | undefined {
  if (command === 'feed run' && outcome === 'refused' && option === undefined)
    return { label: 'Add a feed', command: 'feed add', options: {} };
  if (command !== 'feed add' || outcome !== 'done') return undefined;
  // There may be others: it is named as that button names it.
  const preview = actions?.find((action) => action.command === 'feed preview');
  return preview && { label: 'Run it now', command: 'feed run', options: preview.options };
}
