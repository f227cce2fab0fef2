import { type Node, parse, textOf } from '../../adapters/discord/look/markdown.ts';
import type { ShownPaper } from '../contracts/adapter.ts';
import { allOf, type Component, componentsOf, KIND, optionsOf } from './message.ts';

/** Papers of a message in the order of showing, as people see them. */
export function readShown(body: unknown): ShownPaper[] {
  return allOf(componentsOf(body)).flatMap((one) =>
    one.type === KIND.text ? readPaper(parse(String(one.content))) : [],
  );
}

/** All that people read in a message, unescaped, every run of white space as one space; buttons and options too. */
export function readText(body: unknown): string {
  const parts = allOf(componentsOf(body)).flatMap(partsOf);
  return parts.map(unisolated).join(' ').replace(/\s+/g, ' ').trim();
}

function partsOf(one: Component): string[] {
  if (one.type === KIND.text) return [textOf(parse(String(one.content)))];
  if (one.type === KIND.button) return [String(one.label ?? '')];
  if (one.type !== KIND.select) return [];
  return [String(one.placeholder ?? ''), ...optionsOf(one).map(({ label }) => String(label))];
}

/**
 * A paper stands in a text of its own: a bold line that begins with its number, or a heading of the third level, and
 * right under it small print with its votes. Words that only look so have no such figures.
 */
function readPaper([first, ...rest]: readonly Node[]): ShownPaper[] {
  const figures = rest.find(({ kind }) => kind === 'subtext');
  const votes = figures && /(?:^|· )▲ (\d[\d,.\u202F]*)/.exec(textOf([figures]))?.[1];
  if (!first || !('children' in first) || votes === undefined) return [];
  const line = unisolated(textOf([first])).trim();
  const number = first.kind === 'bold' ? /^(\d+)\. /.exec(line)?.[1] : undefined;
  if (number === undefined && !(first.kind === 'heading' && first.level === 3)) return [];
  return [
    {
      ...(number === undefined ? {} : { number: Number(number) }),
      title: number === undefined ? line : line.slice(number.length + 2),
      upvotes: Number(votes.replace(/\D/g, '')),
      url: firstLink([first, ...(figures ? [figures] : [])]),
    },
  ];
}

function firstLink(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) {
    if (node.kind === 'link') return node.url;
    const inner = 'children' in node ? firstLink(node.children) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Without the signs that keep right-to-left text apart. */
function unisolated(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}
