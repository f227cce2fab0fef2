import type { types } from '@slack/bolt';
import { anchor, picture, wordsIn } from '../../../src/drawing.ts';
import { escaped } from '../../../src/html.ts';
import { drawText } from './text.ts';

/** What may stand in a block. */
type Element =
  | NonNullable<types.SectionBlock['accessory']>
  | types.ActionsBlockElement
  | types.ContextBlockElement
  | types.InputBlock['element'];

/** A block, or what stands in one. */
export type Part = types.KnownBlock | Element;

/** What is drawn in one way on a page and in another in the pictures of our documentation. All give HTML. */
export interface Drawings {
  picture(address: string): string;
  /** What no card becomes. */
  other(part: Part): string;
}

/** Where people read in a part of any kind; what `text` holds may be an object with a `text`. */
const SPOKEN = new Set(['alt_text', 'text', 'title']);

/** Pictures are loaded from where they lie; of what has no drawing the words are left. */
const ON_PAGES: Drawings = {
  picture,
  other: (part) => `<div class="text">${escaped(wordsIn(part, SPOKEN).join(' '))}</div>`,
};

/** Blocks of a message or a view, one under the other, as HTML. */
export function drawBlocks(blocks: readonly types.KnownBlock[], drawings: Drawings = ON_PAGES): string {
  return `<div class="blocks">${blocks.map((one) => drawBlock(one, drawings)).join('')}</div>`;
}

function drawBlock(one: types.KnownBlock, drawings: Drawings): string {
  const row = (elements: readonly Element[]) => elements.map((each) => drawElement(each, drawings)).join('');
  switch (one.type) {
    case 'header':
      return `<h2>${escaped(one.text.text)}</h2>`;
    case 'section':
      return section(one, drawings);
    case 'context':
      return `<div class="context">${row(one.elements)}</div>`;
    case 'actions':
      return `<div class="actions">${row(one.elements)}</div>`;
    case 'divider':
      return '<hr>';
    default:
      return drawings.other(one);
  }
}

function section({ text, fields = [], accessory }: types.SectionBlock, drawings: Drawings): string {
  const more = fields.length === 0 ? '' : `<div class="fields">${fields.map(drawText).join('')}</div>`;
  const inner = `<div class="text">${text === undefined ? '' : drawText(text)}${more}</div>`;
  return `<div class="part">${inner}${accessory ? drawElement(accessory, drawings) : ''}</div>`;
}

export function drawElement(one: Element, drawings: Drawings): string {
  switch (one.type) {
    case 'mrkdwn':
    case 'plain_text':
      return drawText(one);
    case 'image':
      return `<div class="picture">${drawings.picture('image_url' in one ? one.image_url : '')}</div>`;
    case 'button':
      return button(one);
    case 'static_select':
      return drawSelect(one.placeholder, one.initial_option?.text.text);
    case 'multi_static_select':
      return drawSelect(one.placeholder, textsOf(one.initial_options));
    default:
      return drawings.other(one);
  }
}

function button({ text, style, url }: types.Button): string {
  const name = style === undefined ? 'button' : `button ${style}`;
  const label = escaped(text.text);
  return url === undefined ? `<span class="${name}">${label}</span>` : anchor(label, url, name);
}

/** A select as it stands before somebody opens it; `chosen`: what is chosen in it at first. */
export function drawSelect(placeholder?: types.PlainTextElement, chosen = ''): string {
  const shown = `<span${chosen === '' ? '' : ' class="chosen"'}>${escaped(chosen || (placeholder?.text ?? ''))}</span>`;
  return `<div class="select">${shown}<i aria-hidden="true">⌄</i></div>`;
}

/** What options say, one beside the other. */
export function textsOf(options: readonly types.Option[] = []): string {
  return options.map(({ text }) => text.text).join(', ');
}
