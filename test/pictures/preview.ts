import { type Node, parse } from '../discord-checks/markdown.ts';
import { type Component, componentsOf, isObject, KIND, optionsOf } from '../discord-checks/message.ts';
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

/** Tells how high the page has become. */
const MEASURE =
  '<script>document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)</script>';

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

function text(plain: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return plain.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

/** A sheet of paper with a figure on it, the same for the same address. */
function drawing(address: string): string {
  const seed = [...address].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const hue = seed % 360;
  const at = (index: number, range: number) => ((seed >>> (index * 3)) % 97) * (range / 97);
  const points = [0, 1, 2, 3, 4, 5].map((x) => `${12 + x * 12},${60 - at(x, 34)}`).join(' ');
  return `<svg viewBox="0 0 85 85"><rect width="85" height="85" fill="hsl(${hue} 38% 24%)"/>
<rect x="10" y="9" width="${34 + at(6, 28)}" height="5" rx="2.5" fill="hsl(${hue} 55% 82%)"/>
<rect x="10" y="18" width="${24 + at(7, 24)}" height="3" rx="1.5" fill="hsl(${hue} 40% 62%)"/>
<polyline points="${points}" fill="none" stroke="hsl(${(hue + 40) % 360} 85% 66%)" stroke-width="3"/>
<path d="M10 28V70H76" fill="none" stroke="hsl(${hue} 30% 55%)"/></svg>`;
}
