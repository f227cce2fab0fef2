/**
 * What Slack's client makes of a `mrkdwn` text that is `verbatim`. The checks of the tests read what we send by the same
 * parser; tests of its own hold it to what is known of the client.
 */
export type Node =
  | { kind: 'text'; text: string }
  /** Without a label the address is shown. */
  | { kind: 'link'; url: string; children: Node[]; isBare?: true }
  /** `channel`: `<#C…>`, `call`: what calls somebody, `other`: a date, or what Slack does not know. */
  | { kind: 'emoji' | 'channel' | 'call' | 'other' | 'code'; source: string }
  | { kind: 'bold' | 'italic' | 'strike' | 'quote' | 'list'; children: Node[] };

interface Rule {
  pattern: RegExp;
  where: 'line' | 'anywhere';
  read(match: readonly (string | undefined)[]): Node;
}

const format = (kind: 'bold' | 'italic' | 'strike', sign: string): Rule => ({
  // Where clients differ, the one that obeys more: it opens everywhere but within a word, and closes everywhere.
  pattern: new RegExp(`(?<![A-Za-z0-9])\\${sign}(?=[^\\s])([^\\n${sign}]*[^\\s${sign}])\\${sign}`, 'y'),
  where: 'anywhere',
  read: ([, inner = '']) => ({ kind, children: parse(inner, false) }),
});

const line = (kind: 'quote' | 'list', pattern: RegExp): Rule => ({
  pattern,
  where: 'line',
  read: ([, inner = '']) => ({ kind, children: parse(inner, false) }),
});

/** In the order in which they are tried at a place. */
const RULES: readonly Rule[] = [
  line('quote', /(?:>|&gt;)+ ?([^\n]*)(?:\n|$)/y),
  line('list', /• ?([^\n]*)(?:\n|$)/y),
  { pattern: /`+[^`]*`+/y, where: 'anywhere', read: ([source = '']) => ({ kind: 'code', source }) },
  { pattern: /<([^<>]*)>/y, where: 'anywhere', read: ([source = '', inner = '']) => token(source, inner) },
  format('bold', '*'),
  format('italic', '_'),
  format('strike', '~'),
  {
    pattern: /:[^\s:]{1,100}:(?::skin-tone-\d:)?/y,
    where: 'anywhere',
    read: ([source = '']) => ({ kind: 'emoji', source }),
  },
];

/** Reads a text as Slack's client does; `isLineStart`: nothing stands before it on its line. */
export function parse(source: string, isLineStart = true): Node[] {
  const nodes: Node[] = [];
  let text = '';
  let at = 0;
  const flush = () => {
    if (text !== '') nodes.push({ kind: 'text', text: unescaped(text) });
    text = '';
  };
  while (at < source.length) {
    const found = findRule(source, at, isLineStart);
    if (!found) {
      text += source.charAt(at);
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.rule.read(found.match));
    at += found.match[0].length;
  }
  flush();
  return nodes;
}

/** All that is read, without what makes it look as it does. */
export function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if ('source' in node) return node.source;
      const isLine = node.kind === 'quote' || node.kind === 'list';
      return isLine ? `${textOf(node.children)}\n` : textOf(node.children);
    })
    .join('');
}

/** `&amp;`, `&lt;` and `&gt;` as they are read. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** No rule begins with any other character. */
const CAN_BEGIN = /[>&•`<*_~:]/;

function findRule(source: string, at: number, isLineStart: boolean) {
  if (!CAN_BEGIN.test(source.charAt(at))) return undefined;
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  const isStart = /^[\s\u2068]*$/.test(before) && (isLineStart || before.length < at);
  for (const rule of RULES) {
    if (rule.where === 'line' && !isStart) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(source);
    if (match) return { rule, match };
  }
  return undefined;
}

/** What stands between `<` and `>`; the first `|` parts a label from it. */
function token(source: string, inner: string): Node {
  if (/^[@!]/.test(inner)) return { kind: /^!date/.test(inner) ? 'other' : 'call', source };
  if (inner.startsWith('#')) return { kind: 'channel', source };
  const at = inner.indexOf('|');
  const url = unescaped(at < 0 ? inner : inner.slice(0, at));
  if (!/^[a-z][a-z\d+.-]*:/i.test(url)) return { kind: 'other', source };
  if (at < 0) return { kind: 'link', url, children: [{ kind: 'text', text: url }], isBare: true };
  return { kind: 'link', url, children: parse(inner.slice(at + 1), false) };
}
