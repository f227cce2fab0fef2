import { anchor } from '../../../src/drawing.ts';
import { escaped } from '../../../src/html.ts';
import { type Node, parse } from './markdown.ts';

const TAGS: Partial<Record<Node['kind'], string>> = {
  bold: 'b',
  italic: 'em',
  underline: 'u',
  strike: 's',
  spoiler: 'mark',
  quote: 'blockquote',
  list: 'li',
  subtext: 'small',
};

/** A text in Discord's markdown as HTML. */
export function drawText(markdown: string): string {
  return nodes(parse(markdown));
}

function nodes(all: readonly Node[]): string {
  return all.map(node).join('');
}

function node(one: Node): string {
  if (one.kind === 'text') return escaped(one.text);
  if ('source' in one) return `<span class="${one.kind}">${escaped(one.source)}</span>`;
  const inner = nodes(one.children);
  if (one.kind === 'link') return anchor(inner, one.url);
  const tag = one.kind === 'heading' ? `h${one.level}` : (TAGS[one.kind] ?? 'span');
  return `<${tag}>${inner}</${tag}>`;
}
