/**
 * What Discord's client makes of a text. The checks of the tests read what we send by the same parser; tests of its own
 * hold it to what is known of the client.
 *
 * `link` without `label` is an address that became a link by itself.
 */
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'link'; url: string; label?: string; children: Node[] }
  | { kind: 'mention' | 'emoji' | 'time' | 'code'; source: string }
  | {
      kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler' | 'heading' | 'subtext' | 'quote' | 'list';
      level?: number;
      children: Node[];
    };

interface Context {
  /** Nothing but blanks stands before the text on its line. */
  isLineStart: boolean;
  /** Inside the label of a link, where nothing is escaped. */
  isLabel: boolean;
}

interface Rule {
  pattern: RegExp;
  where: 'line' | 'anywhere';
  /** Also inside the label of a link. */
  inLabel?: true;
  read(match: readonly (string | undefined)[], context: Context): Node;
}

const inside = (kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', pattern: RegExp): Rule => ({
  pattern,
  where: 'anywhere',
  inLabel: true,
  read: ([, inner = ''], context) => ({ kind, children: parseIn(inner, context) }),
});

const line = (kind: 'heading' | 'subtext' | 'quote' | 'list', pattern: RegExp): Rule => ({
  pattern,
  where: 'line',
  read: ([, sign = '', inner = '']) => ({
    kind,
    level: sign.trim().length,
    children: parseIn(inner, { isLineStart: true, isLabel: false }),
  }),
});

const sourced = (kind: 'mention' | 'emoji' | 'time' | 'code', pattern: RegExp, inLabel?: true): Rule => ({
  pattern,
  where: 'anywhere',
  ...(inLabel ? { inLabel } : {}),
  read: ([source = '']) => ({ kind, source }),
});

/**
 * In the order in which they are tried at a place. Watched in the client by people who wrote parsers and by Discord's
 * own answers (discord/discord-api-docs#6116, #6185, #6565); where clients differ, the one that obeys more.
 */
const RULES: readonly Rule[] = [
  line('heading', /(#{1,3})\s+(?!#)([^\n]*)(?:\n|$)/y),
  line('subtext', /(-#) *([^\n]+)(?:\n|$)/y),
  line('quote', /(>>>) ?([\s\S]*)/y),
  line('quote', /(>) ?([^\n]*)(?:\n|$)/y),
  line('list', /([*+-]|\d+\.) +([^\n]*)(?:\n|$)/y),
  sourced('code', /```[\s\S]+?```/y),
  sourced('code', /(`+)[\s\S]+?(?<!`)\1(?!`)/y, true),
  inside('bold', /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y),
  inside('underline', /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y),
  inside('italic', /\*(?!\s)((?:\\[\s\S]|\*\*|[^*\\])+?)(?<!\s) {0,2}\*(?!\*)/y),
  inside('italic', /_((?:\\[\s\S]|__|[^_\\])+?)_(?!\w)/y),
  inside('strike', /~~([\s\S]+?)~~(?!_)/y),
  inside('spoiler', /\|\|([\s\S]+?)\|\|/y),
  sourced('mention', /<(?:@[!&]?\d+|#\d+|id:\w+|\/[^<>:]+:\d+)>|@everyone|@here/iy),
  sourced('time', /<t:-?\d+(?::\w)?>/y, true),
  sourced('emoji', /<a?:\w+:\d+>|:[\w+-]+:/y, true),
  {
    pattern: /<([a-z][a-z\d+.-]*:[^\s>]+|[^\s<>@]+@[^\s<>@]+|\+\d+)>/iy,
    where: 'anywhere',
    read: ([, url = '']) => ({ kind: 'link', url, children: [{ kind: 'text', text: url }] }),
  },
  {
    pattern: /(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/iy,
    where: 'anywhere',
    read: ([url = '']) => ({ kind: 'link', url, children: [{ kind: 'text', text: url }] }),
  },
  {
    pattern:
      /\[((?:\[[^\]]*\]|[^[\]])*[^[]*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\[^\n])*?)>?(?:\s+['"][\s\S]*?['"])?\s*\)/y,
    where: 'anywhere',
    read: ([, label = '', url = '']) => ({
      kind: 'link',
      url: unescaped(url),
      label,
      children: parseIn(label, { isLineStart: true, isLabel: true }),
    }),
  },
];

/** A backslash before a letter, a digit or a blank is one. */
const ESCAPED = /\\([^A-Za-z0-9\s])/y;

/**
 * Reads a text as Discord's client does: in milliseconds what `inert` wrote. Brackets that nobody escaped can take time
 * that grows with the cube of their number.
 */
export function parse(source: string): Node[] {
  return parseIn(source, { isLineStart: true, isLabel: false });
}

/** All that is read, without what makes it look as it does. */
export function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if ('source' in node) return node.source;
      const isLine = ['heading', 'subtext', 'quote', 'list'].includes(node.kind);
      return isLine ? `${textOf(node.children)}\n` : textOf(node.children);
    })
    .join('');
}

function parseIn(source: string, context: Context): Node[] {
  const nodes: Node[] = [];
  let text = '';
  let at = 0;
  const flush = () => {
    if (text !== '') nodes.push({ kind: 'text', text });
    text = '';
  };
  while (at < source.length) {
    const literal = context.isLabel ? null : matchAt(ESCAPED, source, at);
    if (literal) {
      text += literal[1];
      at += literal[0].length;
      continue;
    }
    const found = findRule(source, at, context);
    if (!found) {
      text += source.charAt(at);
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.rule.read(found.match, { ...context, isLineStart: isLineStart(source, at, context) }));
    at += found.match[0].length;
  }
  flush();
  return nodes;
}

/** No rule begins with any other letter. */
const CAN_BEGIN = /[^\p{L} ]|[hsd]/iu;

function findRule(source: string, at: number, context: Context) {
  if (!CAN_BEGIN.test(source.charAt(at))) return undefined;
  const isStart = isLineStart(source, at, context);
  for (const rule of RULES) {
    if ((rule.where === 'line' && !isStart) || (context.isLabel && !rule.inLabel)) continue;
    const match = matchAt(rule.pattern, source, at);
    if (match) return { rule, match };
  }
  return undefined;
}

/** Blanks do not count, nor does the sign that isolates right-to-left text. */
function isLineStart(source: string, at: number, { isLineStart, isLabel }: Context): boolean {
  if (isLabel) return false;
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  const isFirst = before.length === at;
  return /^[ \u2068]*$/.test(before) && (!isFirst || isLineStart);
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function unescaped(text: string): string {
  return text.replace(/\\([^A-Za-z0-9\s])/g, '$1');
}
