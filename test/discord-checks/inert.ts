import { type Node, parse, textOf } from '../../adapters/discord/look/markdown.ts';
import { allOf, type Component, componentsOf, isObject, KIND, stringsIn } from './message.ts';

/** What nobody sees and what turns text round; the two isolating signs are looked at by themselves. */
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2067\ufeff\u{e0000}-\u{e007f}]/u;
/** Discord shows a link with such a label as it is written. */
const UNFIT_LABEL = /[\\*_`~|<>[\]]|[^\P{Emoji_Presentation}]|\uFE0F|\/\/|www\./u;
/** What may stand in what; the empty name is the text itself. */
const ALLOWED: Readonly<Record<string, readonly Node['kind'][]>> = {
  '': ['text', 'bold', 'link', 'heading', 'subtext'],
  heading: ['text', 'link'],
  subtext: ['text', 'link'],
  bold: ['text', 'link'],
  link: ['text'],
};

/** Throws when something in a message acts but our own structure: markup, a forged link, a call, what nobody sees. */
export function assertInert(body: unknown): void {
  const called = assertNobodyCalled(body);
  for (const one of allOf(componentsOf(body))) {
    if (one.type === KIND.text) assertText(String(one.content), called);
    if (one.type === KIND.button && one.url !== undefined) assertAddress(String(one.url));
    if (one.type === KIND.thumbnail && isObject(one.media)) assertAddress(String(one.media.url));
    assertPlain(one);
  }
}

/** Out: the roles that may be called. */
function assertNobodyCalled(body: unknown): unknown[] {
  const mentions = isObject(body) ? body.allowed_mentions : undefined;
  if (!isObject(mentions) || !Array.isArray(mentions.parse) || mentions.parse.length > 0)
    fail('calls', mentions);
  const { roles = [], users } = mentions as { roles?: unknown; users?: unknown };
  if (users !== undefined || !Array.isArray(roles) || roles.length > 1) fail('calls', mentions);
  return roles as unknown[];
}

function assertText(content: string, called: readonly unknown[]): void {
  if (called.some((role) => content === `<@&${role}>`)) return;
  content.split('\n').forEach(assertIsolated);
  assertNodes('', withoutOwnEmoji(parse(content)), content);
  const seen = content.replace(/[\n\u2068\u2069]/g, '');
  if (HIDDEN.test(seen)) fail('hides something', content);
}

function assertNodes(parent: string, nodes: readonly Node[], content: string): void {
  nodes.forEach((node, index) => {
    if (!ALLOWED[parent]?.includes(node.kind)) fail(`has a ${node.kind} in "${parent}"`, content);
    if (node.kind === 'bold' && !isAtLineStart(nodes, index)) fail('has bold text within a line', content);
    if (node.kind === 'link') assertLink(node, content);
    if ('children' in node) assertNodes(node.kind, node.children, content);
  });
}

function assertLink({ url, label }: Node & { kind: 'link' }, content: string): void {
  if (label === undefined) fail('has an address that became a link', content);
  if (label === '' || UNFIT_LABEL.test(label ?? '')) fail(`has a link with the label "${label}"`, content);
  assertAddress(url);
}

function assertAddress(address: string): void {
  const url = URL.parse(address);
  const isSafe = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!isSafe || !/^[\x21-\x7e]+$/.test(address)) fail('leads somewhere else', address);
}

/** On a panel a custom emoji of ours begins a line, before the name of its topic. */
function withoutOwnEmoji(nodes: readonly Node[]): Node[] {
  return nodes.filter(
    (node, index) =>
      node.kind !== 'emoji' || !isAtLineStart(nodes, index) || nodes[index + 2]?.kind !== 'bold',
  );
}

/** Before it on its line stand at most an emoji and a blank. */
function isAtLineStart(nodes: readonly Node[], index: number): boolean {
  const before = textOf(nodes.slice(0, index)).split('\n').at(-1) ?? '';
  return /^\P{L}{0,16}$/u.test(before.replace(/[\u2068\u2069]/g, ''));
}

/** What isolates right-to-left text ends in the line where it begins, and there is none without it. */
function assertIsolated(line: string): void {
  let depth = 0;
  for (const sign of line.match(/[\u2068\u2069]/g) ?? []) {
    depth += sign === '\u2068' ? 1 : -1;
    if (depth < 0 || depth > 1) fail('is isolated crookedly', line);
  }
  if (depth !== 0) fail('is isolated crookedly', line);
  const outside = line.replace(/\u2068[^\u2069]*\u2069/g, '');
  if (/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(outside))
    fail('turns round', line);
}

/** Texts without markdown: labels, options, alt texts. */
function assertPlain({ type, components: _, accessory: __, ...own }: Component): void {
  if (type === KIND.text) return;
  for (const text of stringsIn(own)) if (HIDDEN.test(text)) fail('hides something', text);
}

function fail(what: string, where: unknown): never {
  throw new Error(`It ${what}: ${JSON.stringify(where)}`);
}
