import { type Node, parse, textOf } from '../../adapters/slack/look/mrkdwn.ts';
import type { ShownPaper } from '../contracts/adapter.ts';
import { blocksOf, isObject, textIn } from './read.ts';

/** Papers of a message in the order of showing, as people see them. `body`: what leaves, with its `blocks`. */
export function readShown(body: unknown): ShownPaper[] {
  const texts = blocksOf(body).flatMap(({ type, text, expand }) =>
    type === 'section' && isObject(text) && expand !== true ? [textIn(text)] : [],
  );
  return texts.flatMap((text, index) =>
    readPaper(text).filter(({ number, url }) => index === 0 || number !== undefined || url !== undefined),
  );
}

/** All that people read in blocks or a view, unescaped, every run of white space as one space; buttons and options too. */
export function readText(body: unknown): string {
  const texts = blocksOf(body).flatMap(textsIn);
  return texts.map(unisolated).join(' ').replace(/\s+/g, ' ').trim();
}

/** Every text object, in the order of showing. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  if (value.type === 'mrkdwn') return [textOf(parse(String(value.text)))];
  if (value.type === 'plain_text') return [String(value.text)];
  return Object.values(value).flatMap(textsIn);
}

/**
 * A paper stands in a section of its own: a bold line that may begin with its number, and right under it a line with its
 * votes. One that has neither number nor link stands first. Lines of a text are in sections that
 * are always expanded.
 */
function readPaper(text: string): ShownPaper[] {
  const [first = '', figures = ''] = text.split('\n');
  const [bold, ...more] = parse(first);
  const votes = VOTES.exec(textOf(parse(figures)))?.[1];
  if (bold?.kind !== 'bold' || more.length > 0 || votes === undefined) return [];
  const line = unisolated(textOf([bold])).trim();
  const number = /^(\d+)\. /.exec(line)?.[1];
  return [
    {
      ...(number === undefined ? {} : { number: Number(number) }),
      title: number === undefined ? line : line.slice(number.length + 2),
      upvotes: Number(votes.replace(/\D/g, '')),
      url: firstLink([bold, ...parse(figures)]),
    },
  ];
}

/** At the start of its line, or behind the link to the paper's page. */
const VOTES = /^(?:[\p{L}]+ · )?▲ (\d[\d,.\u202F]*)(?: · |$)/u;

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
