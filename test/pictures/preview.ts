import { type Node, parse } from '../discord-checks/markdown.ts';
import { type Component, componentsOf, isObject, KIND, optionsOf } from '../discord-checks/message.ts';
import { drawing, MEASURE, text } from './drawing.ts';
import { STYLE } from './style.ts';

/** A message as it stands in a channel. */
export interface Shown {
  /** As it leaves for Discord. */
  body: unknown;
  /** Answered privately: only who asked sees it. */
  isPrivate?: true;
  /** Emoji under it. */
  reactions?: readonly string[];
}

/** Messages of one place, with what stands above them. */
export interface Scene {
  /** `# papers`, or the name of a thread. */
  place: string;
  messages: readonly Shown[];
}

/**
 * A page that looks as Discord in its dark theme shows these messages. It needs nothing from outside: pictures are
 * drawings of our own, drawn from the address that they stand for.
 */
export function preview(scenes: readonly Scene[]): string {
  const body = scenes.map(({ place, messages }) => {
    const shown = messages.map(message).join('');
    return `<section><header>${text(place)}</header>${shown}</section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Preview</title><style>${STYLE}</style>${body.join('')}${MEASURE}`;
}

function message({ body, isPrivate, reactions = [] }: Shown): string {
  const content = componentsOf(body).map(component).join('');
  const below = reactions.map((emoji) => `<span class="reaction">${text(emoji)} 1</span>`).join('');
  return `<article${isPrivate ? ' class="private"' : ''}><div class="avatar">P</div><div class="content">
<div class="author"><b>Paperwire</b><span class="app">APP</span><time>09:00</time></div>${content}
${below === '' ? '' : `<div class="reactions">${below}</div>`}
${isPrivate ? '<div class="only">Only you can see this · <a>Dismiss message</a></div>' : ''}</div></article>`;
}

function component(one: Component): string {
  const inner = one.components.map(component).join('');
  switch (one.type) {
    case KIND.container: {
      const color = `#${Number(one.accent_color ?? 0)
        .toString(16)
        .padStart(6, '0')}`;
      return `<div class="container" style="border-left-color:${color}">${inner}</div>`;
    }
    case KIND.section:
      return `<div class="section"><div>${inner}</div>${one.accessory ? component(one.accessory) : ''}</div>`;
    case KIND.thumbnail:
      return `<div class="thumbnail">${drawing(isObject(one.media) ? String(one.media.url) : '')}</div>`;
    case KIND.text:
      return `<div class="text">${nodes(parse(String(one.content)))}</div>`;
    case KIND.row:
      return `<div class="row">${inner}</div>`;
    case KIND.button:
      return `<span class="button${one.style === 1 ? ' primary' : ''}">${text(String(one.label))}${one.url === undefined ? '' : '<i>↗</i>'}</span>`;
    case KIND.select:
      return `<div class="select" data-options="${optionsOf(one).length}"><span>${text(String(one.placeholder))}</span><i>⌄</i></div>`;
    default:
      throw new TypeError(`There is no drawing of a component of type ${one.type}.`);
  }
}

const TAGS: Partial<Record<Node['kind'], string>> = {
  bold: 'b',
  italic: 'em',
  underline: 'u',
  strike: 's',
  spoiler: 'mark',
  quote: 'blockquote',
  list: 'li',
};

function nodes(all: readonly Node[]): string {
  return all.map(node).join('');
}

function node(one: Node): string {
  if (one.kind === 'text') return text(one.text);
  if ('source' in one) return `<span class="${one.kind}">${text(one.source)}</span>`;
  if (one.kind === 'link') return `<a>${nodes(one.children)}</a>`;
  if (one.kind === 'heading') return `<h${one.level}>${nodes(one.children)}</h${one.level}>`;
  if (one.kind === 'subtext') return `<small>${nodes(one.children)}</small>`;
  const tag = TAGS[one.kind] ?? 'span';
  return `<${tag}>${nodes(one.children)}</${tag}>`;
}
