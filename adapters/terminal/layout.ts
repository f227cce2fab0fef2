import type { Card, TextCard } from '../../src/domain/card.ts';
import type { Topic } from '../../src/domain/topic.ts';
import { commandText } from './command-text.ts';
import { inShell } from './in-shell.ts';
import { layOutList } from './layout-list.ts';
import { layOutPaper } from './layout-paper.ts';
import { type Abilities, paint } from './paint.ts';
import { type Line, span, widthOf } from './spans.ts';
import { indent, wrap } from './wrap.ts';

/** Narrower than this nothing can be read, so it is laid out as if it were this wide. */
const MIN_COLUMNS = 20;
/** Narrower than this a value stands under its name. */
const MIN_COLUMNS_FOR_TABLE = 40;
/** Longer lines are hard to read: the eye loses the next one on its way back. */
const MAX_COLUMNS = 100;

/**
 * A card as text for a terminal, ended by a blank line so that cards stand apart.
 *
 * No line is wider than `columns` (from 20 up), with one exception: an address on a line of its own stays whole, for a
 * broken one can neither be clicked nor copied. Without links every paper's address is printed under it.
 */
export function layOut(card: Card, terminal: Abilities & { columns: number }): string {
  const columns = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, Math.floor(terminal.columns)));
  return paint([...linesOf(card, columns, terminal.hasLinks), ...actionLines(card, columns), []], terminal);
}

function linesOf(card: Card, columns: number, hasLinks: boolean): Line[] {
  switch (card.kind) {
    case 'list':
      return layOutList(card, columns, hasLinks);
    case 'paper':
      return layOutPaper(card, columns, hasLinks);
    case 'text':
      return layOutText(card, columns);
    case 'panel':
      return layOutText({ ...card, kind: 'text', rows: card.topics.map(topicRow) }, columns);
    default:
      throw new TypeError(`"${card satisfies never}" is no card.`);
  }
}

/** A topic of a panel with the command that follows it. */
function topicRow({ emoji, name, slug }: Topic): { name: string; value: string } {
  return { name: `${emoji} ${name}`, value: commandText({ command: 'follow', options: { what: slug } }) };
}

/** What may be done, as it is typed. */
function actionLines(card: Card, columns: number): Line[] {
  const actions = card.kind === 'panel' ? [] : (card.actions ?? []);
  const commands = actions.map((action) => ({ name: `${action.label}:`, value: commandText(action) }));
  return commands.length > 0 ? [[], ...layOutRows(commands, columns)] : [];
}

function layOutText({ title, paragraphs, rows = [] }: TextCard, columns: number): Line[] {
  return [
    ...wrap(span(title, 'heading'), columns),
    ...paragraphs.flatMap((paragraph) => wrap(span(inShell(paragraph)), columns)),
    ...(rows.length > 0 && paragraphs.length > 0 ? [[]] : []),
    ...layOutRows(
      rows.map(({ name, value }) => ({ name, value: inShell(value) })),
      columns,
    ),
  ];
}

/** Values stand under each other; a name too long for its column has its value on the next line. */
function layOutRows(rows: NonNullable<TextCard['rows']>, columns: number): Line[] {
  const most = columns < MIN_COLUMNS_FOR_TABLE ? 0 : Math.floor(columns / 3);
  const widths = rows.map(({ name }) => widthOf(span(name).text)).filter((width) => width <= most);
  const column = Math.max(2, ...widths.map((width) => width + 2));
  return rows.flatMap(({ name, value }) => {
    const label = span(name, 'label');
    const lines = wrap(span(value), columns - column);
    if (widthOf(label.text) + 2 <= column) return indent(lines, column, label);
    return [...wrap(label, columns), ...indent(lines, column)];
  });
}
