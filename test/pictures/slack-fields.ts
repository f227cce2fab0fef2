import type { types } from '@slack/bolt';
import {
  type Drawings,
  drawElement,
  drawSelect,
  type Part,
  textsOf,
} from '../../adapters/slack/look/blocks.ts';
import { drawText } from '../../adapters/slack/look/text.ts';
import { drawing } from '../../src/drawing.ts';
import { escaped } from '../../src/html.ts';

/** Nothing comes from outside; what modals and Home tabs have beside cards is drawn too, and nothing is left out. */
export const DRAWINGS: Drawings = { picture: drawing, other: drawOther };

function drawOther(part: Part): string {
  switch (part.type) {
    case 'input':
      return field(part);
    case 'plain_text_input':
    case 'number_input':
      return line(part);
    case 'checkboxes':
      return boxes(part, part.initial_options);
    case 'radio_buttons':
      return boxes(part, part.initial_option && [part.initial_option]);
    case 'external_select':
      return drawSelect(part.placeholder, textsOf(part.initial_option && [part.initial_option]));
    case 'conversations_select':
      return drawSelect(part.placeholder, part.initial_conversation && '# papers');
    case 'timepicker':
      return drawSelect(part.placeholder, part.initial_time);
    case 'overflow':
      return '<span class="button">⋯</span>';
    default:
      throw new TypeError(`There is no drawing of what is of type ${part.type}.`);
  }
}

function field({ label, element, hint, optional }: types.InputBlock): string {
  const below = hint === undefined ? '' : `<div class="hint">${escaped(hint.text)}</div>`;
  const title = `<div class="label">${escaped(label.text)}${optional === true ? ' (optional)' : ''}</div>`;
  return `<div class="field">${title}${drawElement(element, DRAWINGS)}${below}</div>`;
}

function line({
  placeholder,
  initial_value: typed,
  ...rest
}: types.PlainTextInput | types.NumberInput): string {
  const many = 'multiline' in rest && rest.multiline === true ? ' many' : '';
  const shown = typed ?? (placeholder?.text || '\u00a0');
  return `<div class="line${many}${typed === undefined ? '' : ' chosen'}">${escaped(shown)}</div>`;
}

function boxes(
  { type, options }: types.Checkboxes | types.RadioButtons,
  chosen: readonly types.Option[] = [],
): string {
  const on = new Set(chosen.map(({ value }) => value));
  const round = type === 'radio_buttons' ? ' round' : '';
  const rows = options.map(({ text, description, value }) => {
    const small = description === undefined ? '' : `<small>${drawText(description)}</small>`;
    return `<div class="box${round}${on.has(value) ? ' on' : ''}"><div>${drawText(text)}${small}</div></div>`;
  });
  return `<div>${rows.join('')}</div>`;
}
