import type { types } from '@slack/bolt';
import { anchor } from '../../../src/drawing.ts';
import { escaped } from '../../../src/html.ts';
import { type Node, parse } from './mrkdwn.ts';

const TAGS: Partial<Record<Node['kind'], string>> = {
  bold: 'b',
  italic: 'em',
  strike: 's',
  quote: 'blockquote',
  list: 'li',
};

/** A text of a block as HTML. */
export function drawText({ type, text }: types.TextObject): string {
  return `<div class="text">${type === 'mrkdwn' ? nodes(parse(text)) : escaped(text)}</div>`;
}

function nodes(all: readonly Node[]): string {
  return all.map(node).join('');
}

function node(one: Node): string {
  if (one.kind === 'text') return escaped(one.text);
  // Slack alone knows what the channel is called.
  if (one.kind === 'channel') return '<span class="mention">#papers</span>';
  if (one.kind === 'emoji') return `<span>${escaped(one.source)}</span>`;
  if ('source' in one) return `<span class="mention">${escaped(one.source)}</span>`;
  const inner = nodes(one.children);
  if (one.kind === 'link') return anchor(inner, one.url);
  const tag = TAGS[one.kind] ?? 'span';
  return `<${tag}>${inner}</${tag}>`;
}
