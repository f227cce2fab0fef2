import { type Node, parse, textOf } from '../../adapters/slack/look/mrkdwn.ts';
import { isObject, type Shape } from './read.ts';

/** What nobody sees and what turns text round; the two isolating signs are looked at by themselves. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2067\ufeff\u{e0000}-\u{e007f}]/u;
/** What may stand in what; the empty name is the text itself. */
const ALLOWED: Readonly<Record<string, readonly Node['kind'][]>> = {
  '': ['text', 'bold', 'link'],
  bold: ['text', 'link'],
  link: ['text'],
};
const CALL = /^<!subteam\^S[A-Z0-9]+>$/;
const CHANNEL = /^<#[CG][A-Z0-9]+>$/;

/**
 * What acts in a message, a modal or a Home tab but our own structure: markup, a forged link, a call, what nobody sees;
 * empty when nothing does. `body` is what leaves: `text` and `blocks`, or a view.
 */
export function checkInert(body: unknown): string[] {
  const all = objectsIn(body);
  const fallback = isObject(body) && typeof body.text === 'string' ? body.text : '';
  return [
    ...fallbackProblems(fallback),
    ...callProblems(all),
    ...all.flatMap((one) => {
      if (one.type === 'mrkdwn') return mrkdwnProblems(one);
      if (one.type === 'plain_text') return plainProblems(one);
      return addressProblems(one);
    }),
  ];
}

/** Notifications read it as `mrkdwn`: there all is plain. */
function fallbackProblems(text: string): string[] {
  const acting = parse(text).filter(({ kind }) => kind !== 'text');
  return [
    ...acting.map(({ kind }) => say(`has a ${kind} in its fallback`, text)),
    ...entityProblems(text),
    ...text.split('\n').flatMap(lineProblems),
  ];
}

/** A group is called at most once by its own section. */
function callProblems(all: readonly Shape[]): string[] {
  const alone = all.filter(({ type, text }) => type === 'mrkdwn' && CALL.test(String(text)));
  return alone.length > 1 ? [say('calls more than once', alone)] : [];
}

function mrkdwnProblems({ text: given, verbatim }: Shape): string[] {
  const text = String(given);
  const problems = verbatim === true ? [] : [say('is parsed', text)];
  if (CALL.test(text)) return problems;
  return [
    ...problems,
    ...entityProblems(text),
    ...text.split('\n').flatMap((line) => [...lineProblems(line), ...rowProblems(line)]),
    // Whatever runs over several lines.
    ...nodeProblems(
      '',
      parse(text).filter(({ kind }) => ['code', 'quote', 'list'].includes(kind)),
      text,
    ),
  ];
}

/** `&` begins an entity, `<` and `>` are ours: they hold a token. */
function entityProblems(text: string): string[] {
  const rest = text.replace(/<[^<>\n]+>/g, '');
  return /[<>]|&(?!(?:amp|lt|gt);)/.test(rest) ? [say('is not escaped', text)] : [];
}

/** A line of ours: bold text at its start, a custom emoji before it, and in the rest of a named row a channel or group. */
function rowProblems(line: string): string[] {
  const nodes = parse(line);
  const start = nodes.findIndex(({ kind }) => kind === 'bold');
  const isNamed = start >= 0 && isAtLineStart(nodes, start);
  const rest = nodes.filter((node, index) => {
    if (node.kind === 'emoji') return !(index === 0 && isNamed && start === 2);
    if (node.kind === 'call') return !(isNamed && index > start && CALL.test(node.source));
    if (node.kind === 'channel') return !(isNamed && index > start && CHANNEL.test(node.source));
    return true;
  });
  const isMisplaced = nodes.some(({ kind }, index) => kind === 'bold' && !isAtLineStart(nodes, index));
  return [
    ...(isMisplaced ? [say('has bold text within a line', line)] : []),
    ...nodeProblems('', rest, line),
  ];
}

function nodeProblems(parent: string, nodes: readonly Node[], text: string): string[] {
  return nodes.flatMap((node) => [
    ...(ALLOWED[parent]?.includes(node.kind) ? [] : [say(`has a ${node.kind} in "${parent}"`, text)]),
    ...(node.kind === 'link' ? linkProblems(node, text) : []),
    ...('children' in node ? nodeProblems(node.kind, node.children, text) : []),
  ]);
}

/** What names a host by itself, or an address. */
const NAMES_HOST = /\/\/|\bwww\.|^\s*(?:\d+\. )?\S+\.\p{L}{2,}\/?\s*$|[\p{L}\d-]\.\p{L}{2,}\//iu;

function linkProblems(node: Node & { kind: 'link' }, text: string): string[] {
  const label = textOf(node.children).replace(/[\u2068\u2069]/g, '');
  return [
    ...(node.isBare ? [say('has an address without a label', text)] : []),
    ...(label.trim() === '' ? [say('has a link that nobody sees', text)] : []),
    ...(NAMES_HOST.test(label.normalize('NFKC')) ? [say(`has a link that names "${label}"`, text)] : []),
    ...urlProblems(node.url),
  ];
}

function addressProblems({ url, image_url: imageUrl, alt_text: altText }: Shape): string[] {
  const addresses = [url, imageUrl].filter((one) => one !== undefined).map(String);
  return [...addresses.flatMap(urlProblems), ...(altText === undefined ? [] : lineProblems(String(altText)))];
}

function urlProblems(address: string): string[] {
  const url = URL.parse(address);
  const isSafe = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isSafe && /^[\x21-\x7e]+$/.test(address) && !/[|<>"]/.test(address)
    ? []
    : [say('leads somewhere else', address)];
}

/** An emoji's name becomes an emoji where `emoji` is set: then only a topic's own may, before its name. */
function plainProblems({ text: given, emoji }: Shape): string[] {
  const text = String(given);
  const named = emoji === false ? '' : text.replace(/^:[\w+-]+: (?=\S)/, '');
  return [
    ...(/:[^\s:]{1,100}:/.test(named) ? [say('has the name of an emoji', text)] : []),
    ...text.split('\n').flatMap(hiddenProblems),
  ];
}

function lineProblems(line: string): string[] {
  return [...hiddenProblems(line.replace(/[\u2068\u2069]/g, '')), ...isolationProblems(line)];
}

function hiddenProblems(line: string): string[] {
  return HIDDEN.test(line) || /[\u2068\u2069]/.test(line) ? [say('hides something', line)] : [];
}

/** What isolates right-to-left text ends in the line where it begins, and in `mrkdwn` there is none without it. */
function isolationProblems(line: string): string[] {
  let depth = 0;
  for (const sign of line.match(/[\u2068\u2069]/g) ?? []) {
    depth += sign === '\u2068' ? 1 : -1;
    if (depth < 0 || depth > 1) return [say('is isolated crookedly', line)];
  }
  return depth === 0 ? [] : [say('is isolated crookedly', line)];
}

/** Before it on its line stand at most an emoji and a blank. */
function isAtLineStart(nodes: readonly Node[], index: number): boolean {
  const before = textOf(nodes.slice(0, index)).split('\n').at(-1) ?? '';
  return /^(?:\P{L}{0,16}|:[\w+-]+: )$/u.test(before.replace(/[\u2068\u2069]/g, ''));
}

function objectsIn(value: unknown): Shape[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

function say(what: string, where: unknown): string {
  return `It ${what}: ${JSON.stringify(where).slice(0, 600)}`;
}
