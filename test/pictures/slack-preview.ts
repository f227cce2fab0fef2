import { type Node, parse } from '../slack-checks/mrkdwn.ts';
import { blocksOf, isObject, objectsIn, optionsOf, type Shape, textIn } from '../slack-checks/read.ts';
import { drawing, MEASURE, text } from './drawing.ts';
import { STYLE } from './slack-style.ts';

/** A message as it stands in a channel, or a view as it is opened. */
export type Shown =
  | {
      /** As it leaves for Slack. */
      body: unknown;
      /** Answered privately: only who asked sees it. */
      isPrivate?: true;
      /** Emoji under it. */
      reactions?: readonly string[];
    }
  /** A modal or a Home tab, as it leaves for Slack. */
  | { view: unknown };

/** What is seen in one place, with what stands above it. */
export interface Scene {
  /** `# papers`, `Thread`. */
  place: string;
  shown: readonly Shown[];
}

/**
 * A page that looks as Slack in its light theme shows these messages and views. It needs nothing from outside: pictures
 * are drawings of our own, drawn from the address that they stand for.
 */
export function preview(scenes: readonly Scene[]): string {
  const body = scenes.map(({ place, shown }) => {
    const inner = shown.map((one) => ('view' in one ? view(one.view) : message(one))).join('');
    return `<section><header>${text(place)}</header>${inner}</section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Preview</title><style>${STYLE}</style>${body.join('')}${MEASURE}`;
}

function message({ body, isPrivate, reactions = [] }: Exclude<Shown, { view: unknown }>): string {
  const below = reactions.map((emoji) => `<span class="reaction">${text(emoji)} 1</span>`).join('');
  return `<article${isPrivate ? ' class="private"' : ''}>${isPrivate ? '<div class="only">👁 Only visible to you</div>' : ''}
<div class="avatar">P</div><div class="content">
<div class="author"><b>Paperwire</b><span class="app">APP</span><time>9:00 AM</time></div>${blocks(body)}
${below === '' ? '' : `<div class="reactions">${below}</div>`}</div></article>`;
}

function view(given: unknown): string {
  const shape = isObject(given) ? given : {};
  if (shape.type !== 'modal') return `<div class="home">${blocks(shape)}</div>`;
  const close = `<span class="button">${text(textIn(shape.close) || 'Cancel')}</span>`;
  const submit =
    shape.submit === undefined ? '' : `<span class="button primary">${text(textIn(shape.submit))}</span>`;
  return `<div class="modal"><div class="title">${text(textIn(shape.title))}</div>${blocks(shape)}
<div class="foot">${close}${submit}</div></div>`;
}

function blocks(body: unknown): string {
  return `<div class="blocks">${blocksOf(body).map(block).join('')}</div>`;
}

function block(one: Shape): string {
  switch (one.type) {
    case 'header':
      return `<h2>${text(textIn(one.text))}</h2>`;
    case 'section':
      return section(one);
    case 'context':
      return `<div class="context">${objectsIn(one.elements).map(said).join('')}</div>`;
    case 'actions':
      return `<div class="actions">${objectsIn(one.elements).map(element).join('')}</div>`;
    case 'divider':
      return '<hr>';
    case 'input':
      return `<div class="field"><div class="label">${text(textIn(one.label))}${one.optional === true ? ' (optional)' : ''}</div>
${isObject(one.element) ? element(one.element) : ''}${one.hint === undefined ? '' : `<div class="hint">${text(textIn(one.hint))}</div>`}</div>`;
    default:
      throw new TypeError(`There is no drawing of a block of type ${String(one.type)}.`);
  }
}

function section({ text: main, fields, accessory }: Shape): string {
  const inner = main === undefined ? '' : said(main);
  const more = objectsIn(fields).map(said).join('');
  const beside = isObject(accessory) ? element(accessory) : '';
  return `<div class="part"><div class="text">${inner}${more === '' ? '' : `<div class="fields">${more}</div>`}</div>${beside}</div>`;
}

function element(one: Shape): string {
  const type = String(one.type);
  if (type === 'image') return `<div class="picture">${drawing(String(one.image_url))}</div>`;
  if (type === 'button')
    return `<span class="button ${String(one.style ?? '')}">${text(textIn(one.text))}</span>`;
  if (type === 'checkboxes' || type === 'radio_buttons') return boxes(one);
  if (type === 'overflow') return '<span class="button">⋯</span>';
  if (/_input$/.test(type)) {
    const many = one.multiline === true ? ' many' : '';
    const typed = one.initial_value === undefined ? '' : ' chosen';
    return `<div class="line${many}${typed}">${text(String(one.initial_value ?? (textIn(one.placeholder) || '\u00a0')))}</div>`;
  }
  if (/select$|picker$/.test(type)) {
    const chosen = chosenIn(one);
    const label = `<span${chosen === '' ? '' : ' class="chosen"'}>${text(chosen || textIn(one.placeholder))}</span>`;
    return `<div class="select" data-options="${optionsOf(one).length}">${label}<i>⌄</i></div>`;
  }
  throw new TypeError(`There is no drawing of an element of type ${type}.`);
}

/** What is chosen in a select or a picker at first. */
function chosenIn(one: Shape): string {
  const options = [...objectsIn([one.initial_option]), ...objectsIn(one.initial_options)];
  const named = options.map(({ text: label }) => textIn(label)).join(', ');
  const channel = (one.initial_conversation ?? one.initial_channel) === undefined ? undefined : '# papers';
  return named || String(one.initial_time ?? one.initial_date ?? channel ?? '');
}

function boxes(one: Shape): string {
  const chosen = [...objectsIn([one.initial_option]), ...objectsIn(one.initial_options)];
  const on = new Set(chosen.map(({ value }) => value));
  const round = one.type === 'radio_buttons' ? ' round' : '';
  const rows = optionsOf(one).map(({ text: label, description, value }) => {
    const small = description === undefined ? '' : `<small>${said(description)}</small>`;
    return `<div class="box${round}${on.has(value) ? ' on' : ''}"><div>${said(label)}${small}</div></div>`;
  });
  return `<div>${rows.join('')}</div>`;
}

function said(value: unknown): string {
  if (!isObject(value)) return '';
  if (value.type === 'image') return element(value);
  const inner = value.type === 'mrkdwn' ? nodes(parse(textIn(value))) : text(textIn(value));
  return `<div class="text">${inner}</div>`;
}

const TAGS: Partial<Record<Node['kind'], string>> = {
  bold: 'b',
  italic: 'em',
  strike: 's',
  quote: 'blockquote',
  list: 'li',
  link: 'a',
};

function nodes(all: readonly Node[]): string {
  return all.map(node).join('');
}

function node(one: Node): string {
  if (one.kind === 'text') return text(one.text);
  if (one.kind === 'channel') return '<span class="mention">#papers</span>';
  if ('source' in one)
    return `<span class="${one.kind === 'emoji' ? '' : 'mention'}">${text(one.source)}</span>`;
  const tag = TAGS[one.kind] ?? 'span';
  return `<${tag}>${nodes(one.children)}</${tag}>`;
}
